// Browsers that lack something. Without WebAssembly the page still tells how to reach the centre;
// with what iOS 13.4 has, and no more, the app runs.
"use strict";
const assert = require("assert");
const { blank, origin, picture, visit } = require("./chrome86.js");
const { look, pickTime, see, tap } = require("./person.js");

/** Takes away what Chrome 86 has and Safari 13.1 has not. In the page. */
function becomeSafari13() {
  const newer = {
    window: ["BigInt", "BigInt64Array", "BigUint64Array", "FinalizationRegistry", "WeakRef", "AggregateError", "structuredClone", "requestIdleCallback", "cookieStore", "ReadableByteStreamController", "TransformStream", "WritableStream"],
    WebAssembly: ["instantiateStreaming", "compileStreaming"],
    Promise: ["any"],
    "String.prototype": ["replaceAll", "at"],
    "Array.prototype": ["at", "findLast"],
    "DataView.prototype": ["getBigInt64", "setBigInt64", "getBigUint64", "setBigUint64"],
    "Element.prototype": ["replaceChildren", "computedStyleMap", "attributeStyleMap"],
    "Document.prototype": ["replaceChildren"],
    "DocumentFragment.prototype": ["replaceChildren"],
    "MediaQueryList.prototype": ["addEventListener", "removeEventListener"],
    "Blob.prototype": ["arrayBuffer", "text", "stream"],
    "Navigator.prototype": ["connection", "userAgentData", "share"],
  };
  for (const [owner, names] of Object.entries(newer)) {
    const from = owner.split(".").reduce((found, name) => found[name], window);
    for (const name of names) delete from[name];
  }
}

/** What stands on the page. */
const words = (page) => page.evaluate(() => document.body.innerText);

/** Waits until the page knows that the app will not come. */
const givenUp = (page) => page.waitForSelector('html[data-boot="failed"]', { timeout: 15000 });

/** Waits until so many faults have come; what a console says arrives later than what it is about. */
async function told(page, count) {
  for (let left = 100; page.faults.length < count && left; left -= 1) {
    await new Promise((done) => setTimeout(done, 50));
  }
}

module.exports = {
  async "the app runs with what iOS 13.4 has, and no more"(world) {
    const page = (world.page = await blank(world.browser));
    await page.evaluateOnNewDocument(becomeSafari13);
    await visit(page, "/");
    await tap(page, "报名", ".tabs");
    await tap(page, "乒乓球桌");
    await pickTime(page);
    await tap(page, "确认预约", ".foot");
    await see(page, "订好了");
    await tap(page, "取消预约");
    await tap(page, "不去了，取消");
    await see(page, "已取消");
    await visit(page, "/mine");
    await tap(page, "设置");
    await see(page, "字的大小");
    await visit(page, "/wishes");
    await see(page, "办成的");
    await visit(page, "/volunteer");
    await see(page, "搭把手");
    await visit(page, "/centres");
    await see(page, "石塔");
  },

  async "without WebAssembly the page tells telephone, address and hours, and its links lead on"(world) {
    const page = (world.page = await blank(world.browser));
    await page.evaluateOnNewDocument(() => delete window.WebAssembly);
    await page.goto(origin, { waitUntil: "load" });
    await givenUp(page);
    const phone = await look(page, "0514-", '.first-reach a[href^="tel:"]');
    const shown = await words(page);
    for (const needed of ["打电话或者直接来都行", "新盛", "8:30"]) assert(shown.includes(needed), `no ${needed}`);
    const inSight = await phone.evaluate((phone) => phone.getBoundingClientRect().bottom < innerHeight - 80);
    assert(inSight, "the telephone is further down than the screen");
    await picture(page, "without-wasm");
    // The page that is left has given up, too: only the next one counts.
    await Promise.all([page.waitForNavigation({ waitUntil: "load" }), tap(page, "报名", "#first .tabs")]);
    await givenUp(page);
    assert((await words(page)).includes("筛选"), "the server's list has no words");
    await picture(page, "without-wasm-list");
    // boot.js tells why, once on each page; anything else counts.
    await told(page, 2);
    const faults = page.faults.splice(0);
    assert.strictEqual(faults.length, 2, faults.join("\n"));
    assert(faults.every((fault) => fault.includes("WebAssembly is not defined")), faults.join("\n"));
  },
};
