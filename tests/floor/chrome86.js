// Starts the Chrome 86 that `cargo xtask floor` brings, for the walks beside this file.
"use strict";
const fs = require("fs");
const http = require("http");
const path = require("path");
const puppeteer = require("puppeteer-core");

/** The address of the server under test, without a slash at its end. */
const origin = process.env.DOORSTEP_URL;

/** Where pictures of the screens go; nowhere when it is not set. */
const pictures = process.env.DOORSTEP_PICTURES;

/** A phone of the floor: Chrome 86 as WeChat of 2021 carries it. */
const phone = {
  viewport: { width: 360, height: 740, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  userAgent:
    "Mozilla/5.0 (Linux; Android 10; ANA-AN00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 " +
    "Chrome/86.0.4240.99 XWEB/3145 MMWEBSDK/20211001 Mobile Safari/537.36 MicroMessenger/8.0.16.2040 Language/zh_CN",
};

/** How long the browser may take to show an empty page, in milliseconds. */
const START = 20000;

/** How long one step of a walk may take, in milliseconds. */
const STEP = 90000;

/**
 * Starts the browser; `browser.close()` ends it. In its one process it now and then stands still
 * before its first page, for ever: then another takes its place.
 */
async function launch() {
  for (let left = 3; ; left -= 1) {
    const browser = await puppeteer.launch({
      executablePath: process.env.DOORSTEP_CHROME_86,
      args: ["--no-sandbox", "--disable-gpu", "--single-process", "--no-zygote", "--disable-dev-shm-usage", "--lang=zh-CN"],
      headless: true,
    });
    try {
      await within(START, "the browser stands still", opensAPage(browser));
      return browser;
    } catch (cause) {
      browser.process().kill("SIGKILL");
      if (!left) throw cause;
      console.log(`# ${cause.message}`);
    }
  }
}

/** Opens an empty page and closes it. */
async function opensAPage(browser) {
  const page = await browser.newPage();
  await page.evaluate(() => document.title);
  await page.close();
}

/** What `doing` gives, or an error when it takes too long. */
function within(time, words, doing) {
  let timer;
  const late = new Promise((_, failed) => {
    timer = setTimeout(() => failed(new Error(words)), time);
  });
  return Promise.race([doing, late]).finally(() => clearTimeout(timer));
}

/**
 * A page that has gone nowhere yet. It remembers what went wrong on it in `page.faults`, and what
 * it fetched in `page.fetched`.
 */
async function blank(browser) {
  const page = await browser.newPage();
  page.faults = [];
  page.fetched = [];
  page.on("pageerror", (error) => page.faults.push(`error: ${error.message}`));
  page.on("console", (line) => line.type() === "error" && tell(line).then((text) => text && page.faults.push(`console: ${text}`)));
  page.on("requestfailed", (request) => {
    // Leaving a page ends what it was still asking for; that is no fault of the page.
    const why = request.failure().errorText;
    if (why !== "net::ERR_ABORTED") page.faults.push(`request: ${request.url()} ${why}`);
  });
  page.on("response", (answer) => {
    page.fetched.push(answer.url().replace(origin, ""));
    if (answer.status() >= 400) page.faults.push(`answer: ${answer.status()} to ${answer.url()}`);
  });
  await page.setUserAgent(phone.userAgent);
  await page.setViewport(phone.viewport);
  return page;
}

/**
 * What was written to the console; of an error its message and where it came from. Nothing where the
 * page has been left meanwhile: it complains of the parts it was still fetching, like `requestfailed`.
 */
async function tell(line) {
  const words = (value) => (value instanceof Error ? value.stack || value.message : String(value));
  const parts = line.args().map((part) => part.executionContext().evaluate(words, part));
  return (await Promise.all(parts).catch(() => [])).join(" ") || (parts.length ? "" : line.text());
}

/** Goes to an address of ours and waits until the app has the screen. */
async function visit(page, address) {
  await page.goto(origin + address, { waitUntil: "load" });
  await ready(page);
}

/** Waits until the app has taken over from the server's page. */
async function ready(page) {
  const html = await page.waitForSelector("html[data-ready], html[data-boot]", { timeout: 20000 }).catch(() => null);
  if (!html || !(await html.evaluate((html) => "ready" in html.dataset))) {
    throw new Error(`the app did not start on ${page.url()}`);
  }
}

/** Throws what went wrong since the last time it was asked. */
function nothingWentWrong(page) {
  const faults = page.faults.splice(0);
  if (faults.length) throw new Error(faults.join("\n"));
}

let taken = 0;

/** Takes a picture of what the phone shows. */
async function picture(page, name) {
  if (!pictures) return;
  taken += 1;
  const file = `${String(taken).padStart(2, "0")}-${name}.png`;
  await page.screenshot({ path: path.join(pictures, file) });
}

/** Sets the server's clock to `hour` o'clock in China, today or tomorrow: never backwards. */
function setClock(hour) {
  const day = 86400000;
  const wanted = (hour - 8) * 3600000;
  const now = Date.now();
  const today = Math.floor(now / day) * day + wanted;
  const at = today > now ? today : today + day;
  return new Promise((done, failed) => {
    const request = http.request(`${origin}/test/clock`, { method: "POST" }, (answer) => {
      answer.resume();
      if (answer.statusCode === 204) done();
      else failed(new Error(`the server's clock cannot be set (${answer.statusCode}): start it with --test-clock`));
    });
    request.on("error", failed);
    request.end(String(at));
  });
}

/** Runs named steps one after the other; prints `ok` or `not ok` for each, ends with the failures' number. */
async function walk(steps) {
  if (pictures) fs.mkdirSync(pictures, { recursive: true });
  await setClock(9);
  const browser = await launch();
  console.log(`# ${await browser.version()}`);
  const world = { browser };
  let failed = 0;
  for (const [name, step] of Object.entries(steps)) {
    try {
      await within(STEP, "it takes for ever", step(world));
      if (world.page) nothingWentWrong(world.page);
      console.log(`ok - ${name}`);
    } catch (cause) {
      failed += 1;
      console.log(`not ok - ${name}`);
      const more = world.page ? world.page.faults.splice(0) : [];
      console.log(`  ${[cause.message, ...more].join("\n").replace(/\n/g, "\n  ")}`);
      if (world.page) await picture(world.page, "failed").catch(() => {});
    }
  }
  // A browser of one process sometimes does not answer to being closed.
  await Promise.race([browser.close(), new Promise((done) => setTimeout(done, 3000))]);
  process.exit(failed ? 1 : 0);
}

module.exports = { blank, origin, picture, ready, visit, walk };
