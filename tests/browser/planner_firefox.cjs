/**
 * Plan, save in Word, open last time's record and plan from it, in Firefox. Usage: planner_firefox.cjs PROGRAM PAGE RECORD FOLDER
 *
 * What was seen is printed as JSON. What is saved goes into FOLDER.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const puppeteer = require("puppeteer-core");

const [executablePath, page, record, folder] = process.argv.slice(2);
/** Save without asking, into the folder. */
const extraPrefsFirefox = { "browser.download.folderList": 2, "browser.download.dir": folder, "browser.download.useDownloadDir": true,
  "browser.download.always_ask_before_handling_new_types": false, "browser.download.start_downloads_in_tmp_dir": false };

/** The first file of an ending in the folder, once it is whole. @param {string} ending */
async function savedFile(ending) {
  for (let n = 0; n < 120; n += 1) {
    const names = fs.readdirSync(folder);
    const name = names.find((each) => each.endsWith(ending) && !names.includes(`${each}.part`));
    if (name && fs.statSync(path.join(folder, name)).size) return name;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error("nothing was saved");
}

async function main() {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, extraPrefsFirefox });
  const seen = { errors: [], wide: [] };
  try {
    const tab = await browser.newPage();
    tab.on("pageerror", (error) => seen.errors.push(String(error)));
    await tab.goto(pathToFileURL(page).href);
    await tab.waitForFunction(() => ["ready", "fault"].includes(document.body.dataset.state), { timeout: 120000 });
    await tab.evaluate(() => document.querySelector("#who button").click());
    await tab.waitForSelector("#brings input");
    await tab.type("#brings input", "The letter to the school");
    await tab.keyboard.press("Enter");
    await tab.waitForFunction(() => document.querySelectorAll("#parts li").length > 2
      && document.getElementById("brings").textContent.includes("The letter to the school"), { timeout: 60000 });
    await tab.waitForFunction(() => [...document.querySelectorAll("#agenda *")].some((each) => each.shadowRoot?.querySelector("h1")), { timeout: 60000 });
    seen.parts = await tab.evaluate(() => [...document.querySelectorAll("#parts li")].map((each) => each.textContent));
    await tab.evaluate(() => document.querySelector(".paper-acts button.main").click());
    seen.word = await savedFile(".docx");

    await tab.evaluate(() => document.querySelector("[data-show=records]").click());
    const picker = await tab.waitForSelector("#records input[type=file]");
    await picker.uploadFile(record);
    await tab.waitForSelector(".record", { timeout: 60000 });
    await tab.evaluate(() => document.querySelector(".record button[aria-expanded=false]")?.click());
    seen.record = await tab.evaluate(() => document.querySelector(".record").textContent);
    for (const width of [1280, 390]) {
      await tab.setViewport({ width, height: 900 });
      seen.wide.push(await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth));
    }
    await tab.evaluate(() => document.getElementById("records-plan").click());
    await tab.waitForFunction(() => !document.querySelector("[data-view=plan]").hidden, { timeout: 60000 });
    await tab.waitForFunction(() => [...document.querySelectorAll("#agenda *")].some((each) => /Ring the school/.test(each.shadowRoot?.textContent ?? "")), { timeout: 60000 });
    seen.agenda = await tab.evaluate(() => [...document.querySelectorAll("#agenda *")].map((each) => each.shadowRoot?.textContent ?? "").join(" "));
  } finally {
    await browser.close();
  }
  process.stdout.write(JSON.stringify(seen));
}

main().catch((error) => { process.stderr.write(String(error?.stack ?? error)); process.exit(1); });
