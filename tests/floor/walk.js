// The main job on the oldest browser we promise: Chrome 86.
"use strict";
const assert = require("assert");
const { open, walk } = require("./chrome86.js");

walk({
  async "the home page starts"(world) {
    world.page = await open(world.browser, "/");
    const text = await world.page.$eval("#app", (app) => app.innerText.trim());
    assert.notStrictEqual(text, "", "the app shows nothing");
    assert.deepStrictEqual(world.page.faults, []);
  },
});
