// Starts the Chrome 86 that `cargo xtask floor` brings, for the walks beside this file.
"use strict";
const puppeteer = require("puppeteer-core");

/** The address of the server under test, without a slash at its end. */
const origin = process.env.DOORSTEP_URL;

/** A phone of the floor: Chrome 86 as WeChat of 2021 carries it. */
const phone = {
  viewport: { width: 360, height: 740, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  userAgent:
    "Mozilla/5.0 (Linux; Android 10; ANA-AN00; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 " +
    "Chrome/86.0.4240.99 XWEB/3145 MMWEBSDK/20211001 Mobile Safari/537.36 MicroMessenger/8.0.16.2040 Language/zh_CN",
};

/** Starts the browser; `browser.close()` ends it. */
function launch() {
  return puppeteer.launch({
    executablePath: process.env.DOORSTEP_CHROME_86,
    args: ["--no-sandbox", "--disable-gpu", "--single-process", "--no-zygote", "--disable-dev-shm-usage", "--lang=zh-CN"],
    headless: true,
  });
}

/** A page that remembers everything that went wrong on it, in `page.faults`. */
async function open(browser, path) {
  const page = await browser.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(`error: ${error.message}`));
  page.on("console", (line) => line.type() === "error" && page.faults.push(`console: ${line.text()}`));
  page.on("requestfailed", (request) => page.faults.push(`request: ${request.url()} ${request.failure().errorText}`));
  await page.setUserAgent(phone.userAgent);
  await page.setViewport(phone.viewport);
  await page.goto(origin + path, { waitUntil: "load" });
  await page.waitForSelector("html[data-ready]", { timeout: 20000 }).catch(() => {
    throw new Error(`the app did not start on ${path}: ${page.faults.join("; ") || "no message"}`);
  });
  return page;
}

/** Runs named steps one after the other; prints `ok` or `not ok` for each, ends with the failures' number. */
async function walk(steps) {
  const browser = await launch();
  console.log(`# ${await browser.version()}`);
  const world = { browser };
  let failed = 0;
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step(world);
      console.log(`ok - ${name}`);
    } catch (cause) {
      failed += 1;
      console.log(`not ok - ${name}`);
      console.log(`  ${cause.message.replace(/\n/g, "\n  ")}`);
    }
  }
  // A browser of one process sometimes does not answer to being closed.
  await Promise.race([browser.close(), new Promise((done) => setTimeout(done, 3000))]);
  process.exit(failed ? 1 : 0);
}

module.exports = { open, walk };
