// What a person does with a page: looks for words, taps them, and fills in what is asked.
"use strict";
const { picture, ready } = require("./chrome86.js");

/** How long a person waits, in milliseconds. */
const PATIENCE = 15000;

/** Looks for an element that shows `words`; the smallest, where one lies in the other. In the page. */
function find(selector, words) {
  const shows = (element) => {
    const text = `${element.innerText || ""} ${element.getAttribute("aria-label") || ""}`;
    if (!text.replace(/\s+/g, " ").includes(words)) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === "visible";
  };
  const found = Array.from(document.querySelectorAll(selector)).filter(shows);
  return found.find((element) => !found.some((other) => other !== element && element.contains(other))) || null;
}

/** Waits for an element with these words and brings it to the middle of the screen. */
async function look(page, words, selector) {
  const found = await page.waitForFunction(find, { timeout: PATIENCE }, selector, words).catch(async () => {
    const shown = await page.evaluate(() => document.body.innerText.replace(/\s+/g, " ").slice(0, 600));
    throw new Error(`“${words}” is not there. ${page.url()} shows: ${shown}`);
  });
  return found.asElement();
}

/** Reads: the words are on the page. */
async function see(page, words) {
  await look(page, words, "h1, h2, h3, p, b, span, a, button, li, dd, dt, div, label");
}

/** Reads: the words are not on the page, or not any more. */
async function seeNo(page, words) {
  const gone = (words) => !document.body.innerText.includes(words);
  await page.waitForFunction(gone, { timeout: PATIENCE }, words).catch(() => {
    throw new Error(`“${words}” is still there on ${page.url()}`);
  });
}

/**
 * Finds and taps. The screen may be drawn anew just then, when an answer arrives: a finger that
 * missed tries again.
 */
async function press(page, words, selector) {
  for (let left = 3; ; left -= 1) {
    const element = await look(page, words, selector);
    try {
      await element.evaluate((element) => element.scrollIntoView({ block: "center" }));
      await element.tap();
      return;
    } catch (cause) {
      if (!left || !/detached|not visible/.test(cause.message)) throw cause;
    }
  }
}

/** Taps a link or a button by its words; a disabled one is waited for. */
async function tap(page, words, inside = "") {
  const kinds = ["a[href]", "button:not([disabled])", "label", "summary"];
  await press(page, words, kinds.map((kind) => `${inside} ${kind}`).join(", "));
}

/** Picks the first time that has room; which it was. */
async function pickTime(page) {
  await press(page, "张空着", "button.slot:not([disabled])");
  const picked = await look(page, ":", 'button.slot[aria-pressed="true"] .slot-time');
  return picked.evaluate((time) => time.innerText);
}

/** Types into the field with this label. */
async function fill(page, label, text) {
  const found = await page.waitForFunction(
    (words) => {
      const label = Array.from(document.querySelectorAll("label")).find((label) => label.innerText.includes(words));
      return label && label.control;
    },
    { timeout: PATIENCE },
    label,
  );
  await found.asElement().type(text);
}

/** Signs in with a number, from the sign-in page; the demo shows the code there. */
async function signIn(page, number) {
  await see(page, "留个手机号");
  await fill(page, "手机号", number);
  await picture(page, "sign-in");
  await tap(page, "获取验证码");
  await see(page, "验证码：");
  await picture(page, "code");
  const shown = await page.evaluate(() => /验证码：(\d{6})/.exec(document.body.innerText)[1]);
  await fill(page, "6 位数字", shown);
}

/** The page loads anew after something else was done. */
async function reloaded(page, doing) {
  await Promise.all([page.waitForNavigation({ waitUntil: "load", timeout: PATIENCE }), doing()]);
  await ready(page);
}

module.exports = { fill, look, pickTime, reloaded, see, seeNo, signIn, tap };
