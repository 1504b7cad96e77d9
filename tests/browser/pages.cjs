/*
 * Drives Chromium over pages that tests/test_fillable.py made, and prints what it saw as JSON.
 *
 * node pages.cjs CHROMIUM FOLDER PART; it looks for pages in FOLDER, and writes there.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const [executablePath, folder, part] = process.argv.slice(2);
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const address = (name) => pathToFileURL(path.join(folder, name)).href;

/** What is written and ticked on a page, place by place. */
const state = (page) => page.evaluate(() => [...document.querySelectorAll("textarea, input:not([type=file])")]
  .map((field) => [field.name || field.getAttribute("aria-label"), field.type === "radio" ? field.checked : field.value]));

const status = (page) => page.locator("[role=status]").textContent();

/** Write in every box and line, tick something in every group, and fill a row that is added. */
async function fill(page, text) {
  for (const more of await page.getByRole("button", { name: /^Add a row/ }).all()) await more.click();
  for (const [n, field] of (await page.locator("textarea, input[type=text]").all()).entries()) await field.fill(`${n} ${text}`);
  for (const set of await page.locator("fieldset").all()) {
    const radios = await set.locator("input[type=radio]").all();
    if (radios.length) await radios[radios.length - 1].check();
  }
}

async function open(page, name, content) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a copy" }).click();
  await page.locator("[role=status]").evaluate((place) => { place.textContent = ""; });
  await (await chooser).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(content) });
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent !== "");
  return status(page);
}

async function save(page, act = () => page.getByRole("button", { name: "Save a copy" }).click()) {
  const waiting = page.waitForEvent("download");
  await act();
  const download = await waiting;
  return { name: download.suggestedFilename(), text: fs.readFileSync(await download.path(), "utf8") };
}

/** Whether closing the page asks first. */
async function asks(page) {
  let asked = false;
  const once = (dialog) => { asked = dialog.type() === "beforeunload"; dialog.dismiss(); };
  page.once("dialog", once);
  await page.close({ runBeforeUnload: true });
  await new Promise((done) => { setTimeout(done, 300); });
  page.off("dialog", once);
  return asked;
}

/** What happens when somebody does not want to lose what is not saved. */
async function declined(context, copy) {
  const page = await context.newPage();
  await page.goto(address("record.html"));
  const first = page.locator("textarea").first();
  await first.fill("not saved");
  const asked = [];
  page.once("dialog", (dialog) => { asked.push(dialog.type()); dialog.dismiss(); });
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a copy" }).click();
  const question = page.waitForEvent("dialog");
  await (await chooser).setFiles({ name: "copy.json", mimeType: "application/json", buffer: Buffer.from(copy) });
  await question;
  return { asked, first: await first.inputValue() };
}

/** Each place where the Tab key stops on a phone: whether it is seen, and outlined. */
async function stops(context) {
  const page = await context.newPage();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(address("record.html"));
  await page.evaluate(() => { document.querySelector("[role=status]").textContent = "Three lines of words. ".repeat(6); });
  const found = [];
  for (let n = 0; n < 90; n++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const here = document.activeElement;
      if (here === document.body) return null;
      const box = here.getBoundingClientRect();
      const x = box.left + box.width / 2;
      const seen = [box.top + 3, box.bottom - 3].some((y) => document.elementFromPoint(x, y) === here);
      return { name: here.name || here.textContent, seen, outlined: getComputedStyle(here).outlineStyle === "solid" };
    });
    if (!stop) break;
    found.push(stop);
  }
  return found;
}

const parts = {
  async filling(browser) {
    const seen = { requests: [], errors: [] };
    const context = await browser.newContext({ acceptDownloads: true });
    context.on("page", (page) => {
      page.on("request", (request) => seen.requests.push(request.url().split(":")[0]));
      page.on("console", (message) => seen.errors.push(message.text()));
      page.on("pageerror", (error) => seen.errors.push(String(error)));
    });
    const page = await context.newPage();
    await page.goto(address("record.html"));
    seen.blank = await state(page);
    const clears = () => page.getByRole("button", { name: /^Clear: / }).count();
    seen.clears = [await clears()];
    await page.locator("textarea").first().fill("one word");
    seen.told = await status(page);
    await page.locator("textarea").first().fill("");
    await fill(page, fs.readFileSync(path.join(folder, "typed.txt"), "utf8"));
    seen.filled = await state(page);
    seen.clears.push(await clears());
    const other = await context.newPage();
    await other.goto(address("record.html"));
    seen.asksBlank = await asks(other);
    seen.asksUnsaved = await asks(page);
    seen.saved = await save(page);
    seen.said = await status(page);
    seen.again = await save(page);
    await page.evaluate(() => addEventListener("keydown", (event) => { window.left = event.defaultPrevented; }));
    seen.byKeys = await save(page, () => page.keyboard.press("Control+s"));
    seen.left = await page.evaluate(() => window.left);
    await page.reload();
    seen.reloaded = await state(page);
    seen.stored = await page.evaluate(async () => [
      localStorage.length, sessionStorage.length, document.cookie.length, history.state,
      (await indexedDB.databases()).length, (await caches.keys()).length,
    ]).catch(async () => page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie.length, history.state]));
    seen.opened = await open(page, "copy.json", seen.saved.text);
    seen.reopened = await state(page);
    seen.resaved = await save(page);
    await page.getByRole("button", { name: /^Clear: / }).first().click();
    seen.cleared = await page.locator("fieldset").first().locator("input:checked").count();
    seen.clears.push(await clears());
    seen.focus = await page.evaluate(() => document.activeElement.type);
    seen.asksCleared = await asks(page);
    seen.declined = await declined(context, seen.saved.text);
    seen.stops = await stops(context);
    return seen;
  },

  async copies(browser) {
    const { copies } = JSON.parse(fs.readFileSync(path.join(folder, "copies.json"), "utf8"));
    const seen = {};
    const page = await browser.newPage();
    page.on("dialog", (dialog) => dialog.accept());
    for (const [name, content] of Object.entries(copies)) {
      await page.goto(address("record.html"));
      await page.locator("textarea").first().fill("what was here");
      const before = await state(page);
      const said = await open(page, `${name}.json`, content);
      const after = await state(page);
      const shown = await page.locator("#reflect-kept").allTextContents();
      const markup = await page.locator("#reflect-kept img, #reflect-kept script, #reflect-kept b").count();
      seen[name] = { said, same: JSON.stringify(before) === JSON.stringify(after), shown, markup };
      if (shown.length) seen[name].saved = (await save(page)).text;
      if (shown.length && name === "strange") {
        await page.goto(address("elsewhere.html"));
        seen[name].home = await open(page, "copy.json", seen[name].saved);
        seen[name].homed = (await save(page)).text;
      }
    }
    return seen;
  },

  async odd(browser) {
    const seen = { errors: [] };
    const page = await browser.newPage();
    page.on("console", (message) => seen.errors.push(message.text()));
    page.on("pageerror", (error) => seen.errors.push(String(error)));
    await page.goto(address("odd.html"));
    await fill(page, "words");
    seen.filled = await state(page);
    seen.saved = await save(page);
    await page.reload();
    seen.opened = await open(page, "copy.json", seen.saved.text);
    seen.reopened = await state(page);
    return seen;
  },

  async wcag(browser) {
    const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
    const seen = {};
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 320, height: 256 } });
    for (const name of fs.readdirSync(folder).filter((each) => each.endsWith(".html"))) {
      const page = await context.newPage();
      await page.goto(address(name));
      const found = [];
      const look = async (when) => {
        const { violations } = await page.evaluate(
          async ([source, tags]) => { if (!window.axe) window.eval(source); return axe.run({ runOnly: tags }); }, [axe, TAGS]);
        found.push(...violations.map((each) => `${when}: ${each.id}: ${each.nodes[0].html}`));
      };
      await page.setViewportSize({ width: 1280, height: 1000 });
      await look("blank");
      if (await page.locator("[role=status]").count()) {
        await page.evaluate(() => {
          for (const field of document.querySelectorAll("textarea, input[type=text]")) field.value = "Some words, as typed.\n\nTwice.";
          for (const set of document.querySelectorAll("fieldset")) set.querySelector("input[type=radio]")?.click();
        });
        await look("filled");
      }
      await page.setViewportSize({ width: 320, height: 256 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > 320) found.push(`is ${wide} pixels wide on 320`);
      if (name.startsWith("record")) await look("narrow");
      const small = await page.evaluate(() => [...document.querySelectorAll("button, textarea, input:not([type=file])")]
        .map((each) => each.getBoundingClientRect()).filter((box) => box.width < 24 || box.height < 24).length);
      if (small) found.push(`${small} targets are smaller than 24 pixels`);
      seen[name] = found;
      await page.close();
    }
    return seen;
  },

  async printing(browser) {
    const page = await browser.newPage();
    await page.goto(address("record.html"));
    await page.locator("textarea").nth(2).fill(fs.readFileSync(path.join(folder, "long.txt"), "utf8"));
    await page.locator("textarea[aria-label$='row 1']").first().fill("done by a cell");
    await page.locator("input[type=text]").nth(3).fill("a place with a name that is far too long for the line it has on paper");
    await page.pdf({ path: path.join(folder, "printed.pdf"), preferCSSPageSize: true });
    return {};
  },
};

(async () => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    console.log(JSON.stringify(await parts[part](browser)));
  } finally {
    await browser.close();
  }
})();
