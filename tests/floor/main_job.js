// The main job: from the home page to a table at the centre, and the way back.
"use strict";
const assert = require("assert");
const { blank, picture, visit } = require("./chrome86.js");
const { look, pickTime, see, seeNo, signIn, tap } = require("./person.js");

module.exports = {
  async "the server's page stands before the app, and the app takes it over"(world) {
    const page = (world.page = await blank(world.browser));
    const html = await (await page.goto(process.env.DOORSTEP_URL, { waitUntil: "domcontentloaded" })).text();
    assert(/<div id="first">.*乒乓球桌/s.test(html), "the server writes no first screen");
    await visit(page, "/");
    await see(page, "乒乓球桌");
    assert.strictEqual(await page.$("#first"), null, "the first screen stays beside the app");
    const asked = page.fetched.filter((path) => path.endsWith("/home"));
    assert.deepStrictEqual(asked, [], "what stood in the page was asked for again");
    await picture(page, "home");
  },

  async "home leads to the list, which comes in a file of its own"({ page }) {
    assert(!page.fetched.some((path) => path.startsWith("/find-")), "the list's code came with the home page");
    await tap(page, "报名", ".tabs");
    await see(page, "筛选");
    await see(page, "乒乓球桌");
    assert(page.fetched.some((path) => /^\/find-\w+\.wasm$/.test(path)), `fetched: ${page.fetched.join(" ")}`);
    await picture(page, "join");
  },

  async "the list leads to the table and its times"(world) {
    const { page } = world;
    await tap(page, "乒乓球桌");
    await see(page, "二楼乒乓球室");
    await picture(page, "offering");
    world.time = await pickTime(page);
    await look(page, world.time, ".foot");
    await picture(page, "slot");
  },

  async "signing in comes back to the same slot"({ page, time }) {
    await tap(page, "登录后预约");
    // Another neighbour each time: a code is not sent twice within a minute.
    await signIn(page, `138${Math.floor(1e8 * (1 + Math.random())).toString().slice(1)}`);
    await see(page, "二楼乒乓球室");
    await look(page, time, ".foot");
    await look(page, "我自己", ".foot button");
    await picture(page, "signed-in");
  },

  async "a tap books, and the ticket has a code that can be read and scanned"(world) {
    const { page, time } = world;
    await tap(page, "确认预约");
    await see(page, "订好了");
    await look(page, time, ".ticket");
    const code = await look(page, " ", ".ticket-number");
    world.code = await code.evaluate((code) => code.innerText);
    assert(/^[0-9A-Z]{3} [0-9A-Z]{3}$/.test(world.code), `the code reads ${world.code}`);
    const drawn = () => document.querySelector("img.ticket-code").naturalWidth > 0;
    await page.waitForFunction(drawn, { timeout: 15000 });
    await picture(page, "ticket");
  },

  async "it stands under 我的, also after loading anew"({ page, code }) {
    await tap(page, "我的", ".tabs");
    await see(page, "接下来");
    await see(page, "乒乓球桌");
    await picture(page, "mine");
    await visit(page, "/mine");
    await tap(page, "乒乓球桌");
    await see(page, code);
  },

  async "a place can be given back"({ page }) {
    await tap(page, "取消预约");
    await see(page, "确定不去了吗？");
    await picture(page, "question");
    await tap(page, "不去了，取消");
    await see(page, "已取消");
    await seeNo(page, "取消预约");
    await picture(page, "cancelled");
    await page.goBack();
    await see(page, "还没有预约");
  },
};
