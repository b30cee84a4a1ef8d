// What neighbours do for each other: wishes and a helping hand; and large words for whom needs them.
"use strict";
const assert = require("assert");
const { picture, visit } = require("./chrome86.js");
const { fill, reloaded, see, tap } = require("./person.js");

const WISH = "希望门口的台阶旁边加一段扶手";

module.exports = {
  async "a wish is made, and stands in the list"({ page }) {
    await visit(page, "/");
    await tap(page, "心愿", ".tiles");
    await see(page, "邻里心愿");
    await tap(page, "说个心愿");
    await tap(page, "老人", "form");
    await fill(page, "您的心愿", WISH);
    await picture(page, "wish-form");
    await tap(page, "提交心愿");
    await see(page, "社区收到了");
    await see(page, WISH);
    await picture(page, "wish");
    await tap(page, "邻里心愿");
    await see(page, WISH);
    await picture(page, "wishes");
  },

  async "somebody who is needed comes to help, and can say that they cannot"({ page }) {
    await tap(page, "志愿", ".tabs");
    await see(page, "搭把手");
    await picture(page, "volunteer");
    await tap(page, "给 6 位老人送午饭", ".stack");
    await tap(page, "我来帮忙");
    await see(page, "谢谢您！到时见。");
    await picture(page, "task");
    await tap(page, "有事去不了");
    await tap(page, "确定不去了");
    await see(page, "我来帮忙");
  },

  async "the elder version has large words and large targets"({ page }) {
    await visit(page, "/");
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    const usual = await size();
    await reloaded(page, () => tap(page, "字大一些：长辈版"));
    await see(page, "订午饭");
    assert((await size()) >= 20 && (await size()) > usual, `words of ${await size()} px`);
    const low = await page.$$eval("main a[href], main button, .tabs a", (targets) =>
      targets.filter((target) => target.offsetHeight && target.offsetHeight < 44).map((target) => target.innerText),
    );
    assert.deepStrictEqual(low, [], "targets below 44 px");
    await picture(page, "elder");
    await reloaded(page, () => tap(page, "回到普通版"));
    await see(page, "字大一些：长辈版");
  },
};
