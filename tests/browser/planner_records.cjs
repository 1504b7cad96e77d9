/*
 * Drives Chromium over the records of the built planner, and prints what it saw as JSON.
 *
 * node planner_records.cjs CHROMIUM PAGE FOLDER [PICTURES]; the papers to open are in FOLDER, and what is saved goes
 * there. With PICTURES, each state is pictured there at three widths.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");
const { noticed } = require("./notice.cjs");

const [executablePath, planner, folder, pictures = ""] = process.argv.slice(2);
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [1280, 390, 320];
const seen = { findings: [], overflow: [], errors: [], said: [], told: [] };

/** Look at a state at three widths: axe, and whether anything is wider than the screen. */
async function look(page, state) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    // What measures itself does so in the next frame.
    await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
    if (pictures) await page.screenshot({ path: path.join(pictures, `${state}-${width}.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) seen.overflow.push(`${state} ${width}: ${wide}`);
    const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), TAGS);
    for (const each of found.violations) seen.findings.push(`${state} ${width}: ${each.id} ${each.nodes.map((node) => node.target).join(" ").slice(0, 200)}`);
  }
  await page.setViewportSize({ width: WIDTHS[0], height: 900 });
}

async function save(page, act) {
  const waiting = page.waitForEvent("download");
  await act();
  const download = await waiting;
  const name = download.suggestedFilename();
  await download.saveAs(path.join(folder, "saved", name));
  await noticed(page, seen.told, name);
  return name;
}

/** What a screen reader was told last, once it is told something new. */
async function told(page, act) {
  await page.locator("#announcements").evaluate((place) => { place.textContent = ""; });
  await act();
  await page.waitForFunction(() => document.getElementById("announcements").textContent !== "");
  const sentence = await page.locator("#announcements").textContent();
  seen.said.push(sentence);
  return sentence;
}

/** Whether what was saved is told within sight, on a phone. */
async function isToldInSight(page) {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.evaluate(() => document.activeElement.scrollIntoView({ block: "center" }));
  const inSight = await page.locator("#saved").evaluate((note) => { const { top, bottom } = note.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight && bottom > top; });
  await page.setViewportSize({ width: WIDTHS[0], height: 900 });
  return inSight;
}

/** Open files; gives what is found, once all are read. */
async function open(page, ...names) {
  await page.locator("#records input[type=file]").first().setInputFiles(names.map((name) => path.join(folder, name)));
  await page.waitForSelector("#records:not([aria-busy])", { timeout: 60_000 });
  return page.locator(".records-opened").textContent();
}
const texts = (page, selector) => page.locator(selector).allTextContents();

async function main() {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const context = await browser.newContext({ offline: true, bypassCSP: false, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") seen.errors.push(message.text()); });
  await page.goto(pathToFileURL(planner).href);
  await page.waitForFunction(() => ["ready", "fault"].includes(document.body.dataset.state), null, { timeout: 120_000 });
  await page.evaluate(AXE);

  // Nobody has said who they are: there is nothing to open, and two doors.
  await page.locator("[data-show=records]").click();
  seen.doors = await page.locator("#records-open").isVisible();
  await look(page, "who");
  await page.locator(".records-who button").first().click();

  // What LibreOffice filled in, with what is none of ours beside it.
  await open(page, "filled.docx", "broken.docx", "other.docx", "agenda.docx");
  seen.refused = await texts(page, ".records-refused li");
  seen.found = await page.locator(".records-opened").textContent();
  // What is here for the next hour is above what is in the record.
  seen.above = await page.evaluate(() => document.getElementById("records-plan").getBoundingClientRect().bottom < document.querySelector(".record").getBoundingClientRect().top);
  seen.steps = await texts(page, ".record-steps li");
  seen.focused = await page.evaluate(() => document.activeElement.textContent);
  await page.locator(".record button[aria-expanded=false]").click();
  seen.actions = await texts(page, ".record-actions li");
  seen.answers = await texts(page, ".record-answers dd");
  await look(page, "open");

  // Fill in by keyboard alone, save as both, and open both again.
  await page.locator(".record-acts button").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(".fill");
  seen.panel = await page.evaluate(() => document.activeElement.id);
  const place = page.locator(".fill-talk textarea").first();
  while (!(await place.evaluate((each) => each === document.activeElement))) await page.keyboard.press("Tab");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Typed by keyboard");
  seen.private = await page.locator(".fill input:not([type=radio], [type=checkbox]), .fill textarea").evaluateAll((all) =>
    all.filter((each) => each.autocomplete !== "off" || each.spellcheck || !each.hasAttribute("data-private")).length);
  seen.nameless = await page.locator(".fill input, .fill textarea").evaluateAll((all) => all.filter((each) => !each.labels.length && !each.ariaLabel).length);
  seen.rings = await page.locator(".fill :is(input:not([type=radio], [type=checkbox]), textarea)").evaluateAll((all) =>
    all.filter((each) => !(each.getAttribute("aria-describedby") ?? "").split(" ").some((id) => document.getElementById(id)?.querySelector(".ring"))).length);
  seen.number = await page.locator(".fill :is(input, textarea)").count();
  seen.labels = await texts(page, ".fill-line label");
  await look(page, "fill");
  seen.signs = await page.locator(".fill .fill-sign").count();
  const go = page.locator("[data-keep=fill-docx]");
  while (!(await go.evaluate((each) => each === document.activeElement))) await page.keyboard.press("Tab");
  seen.word = await save(page, () => page.keyboard.press("Enter"));
  seen.kept = await page.locator("#saved").textContent();
  seen.sight = [await isToldInSight(page)];
  seen.json = await save(page, () => page.locator("[data-keep=fill-json]").click());
  await told(page, () => page.locator("[data-keep=fill-done]").click());
  await page.waitForSelector(".fill", { state: "detached" });
  seen.home = await page.evaluate(() => document.activeElement.id);
  await open(page, path.join("saved", seen.json), path.join("saved", seen.word));
  seen.again = await texts(page, ".record:nth-child(n + 2) .record-answers dd");

  // Two copies side by side: what was saved, and what LibreOffice filled in before.
  await open(page, "filled.docx");
  await page.locator("#compare-theirs").selectOption({ index: 3 });
  seen.differ = await told(page, () => page.locator("#records-compare-go").click());
  seen.marks = await texts(page, ".compare-one mark");
  await look(page, "compare");

  // Close it, sign it twice, and finish.
  await page.locator(".record").first().locator("[data-keep=do-close]").click();
  await look(page, "closing");
  await told(page, () => page.locator(".records-panel .row button").first().click());
  seen.signing = await page.evaluate(() => [document.activeElement.id, document.querySelector(".closing-signs input[id$='-date']").value]);
  await look(page, "close");
  seen.tosign = await save(page, () => page.locator("[data-keep^='file-']").click());
  for (const role of ["supervisee", "supervisor"]) {
    const set = page.locator(".closing-signs fieldset", { has: page.locator(`[id$='${role}-name']`) });
    await set.locator("input[type=radio]").first().check();
    await set.locator("input[type=text]").first().fill(role[0].toUpperCase());
    await set.locator("[id$='-date']").fill("");
    await told(page, () => set.locator("button").click());
  }
  await told(page, () => page.locator("[data-keep=go-keep]").click());
  await page.waitForSelector(".closing-result [data-keep^='file-']");
  seen.signed = await save(page, () => page.locator("[data-keep^='file-']").click());
  // Whoever has no journal open is asked whether they have one, and what comes of it stands where it was pressed.
  seen.asked = await told(page, () => page.locator("[data-keep=note]").click());
  await look(page, "asked");
  await told(page, () => page.locator("[data-keep=note-into-new]").click());
  seen.journal = await texts(page, ".journal-sessions li");
  seen.noted = await page.locator(".record-steps .step-more").first().textContent();
  await look(page, "signed");
  seen.packed = await save(page, () => page.locator("[data-keep=journal-save-here]").click());
  seen.sight.push(await isToldInSight(page));

  // The next hour from it: of all its copies, the one that is signed counts.
  seen.counts = await page.locator(".record-head input[type=checkbox]").evaluateAll((all) => all.map((each) => each.checked));
  await told(page, () => page.locator("#records-plan").click());
  await page.waitForFunction(() => document.querySelector("#agenda")?.textContent || document.querySelector("#agenda .sheet")?.shadowRoot);
  await page.waitForFunction(() => [...document.querySelectorAll("#agenda *")].some((each) => each.shadowRoot?.textContent.includes("Ring the school")), null, { timeout: 20_000 }).catch(() => {});
  seen.planned = await page.evaluate(() => [...document.querySelectorAll("#agenda *")].map((each) => each.shadowRoot?.textContent ?? "").join(""));
  seen.came = await page.locator(".records-came").textContent();
  await look(page, "planned");
  seen.view = await page.evaluate(() => [...document.querySelectorAll("[data-view]")].find((each) => !each.hidden).dataset.view);

  // What was refused and what was saved has the names of files, as long as the same person is here.
  await page.locator("[data-show=records]").click();
  await open(page, "broken.docx");
  await page.locator("[data-show=plan]").click();
  const agenda = await save(page, () => page.getByRole("button", { name: "This agenda in Word" }).click());
  const named = () => page.evaluate((names) => names.map((name) => document.querySelector("main").textContent.includes(name)), ["broken.docx", agenda]);
  seen.named = await named();

  // Whoever is supervised has an own copy, and reads anew what is theirs.
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator(".who-supervisee").click();
  seen.namedAfter = await named();
  await page.locator("[data-show=records]").click();
  await page.waitForSelector(".record [data-keep=do-copy]");
  await page.locator(".record [data-keep=do-copy]").first().click();
  await page.waitForSelector(".copy-preview p");
  await page.locator(".copy-rows input").nth(0).fill("AM");
  await page.locator(".copy-rows input").nth(1).fill("the worker");
  await page.locator(".copy-rows input").nth(1).blur();
  await page.waitForSelector(".copy-preview li");
  await look(page, "copy");
  seen.copy = await save(page, () => page.locator(".records-panel .row .main").click());
  seen.proven = await page.locator(".copy-result").textContent();

  // A paper for its author alone is shut until somebody says that it is theirs.
  await open(page, path.join("saved", seen.copy));
  seen.shut = await page.locator(".record").last().textContent();
  await look(page, "shut");
  await page.locator(".record [data-keep=mine]").click();
  await page.waitForSelector(".record:last-child .record-data");
  seen.mine = await page.locator(".record").last().textContent();

  // A journal is opened where everything is.
  seen.opener = await open(page, path.join("saved", seen.packed));

  // Whoever trains has nothing to read here.
  seen.before = await page.locator("#records").textContent();
  await page.locator("[data-show=plan]").click();
  await page.locator(".who-trainer").click();
  await page.locator("[data-show=records]").click();
  seen.trainer = await page.locator("#records").textContent();
  await page.locator("[data-show=plan]").click();
  await page.emulateMedia({ media: "print" });
  seen.trainer += await page.evaluate(() => [...document.querySelectorAll(".agenda, .sheet-host")].map((each) => `${each.checkVisibility() ? each.textContent : ""}${each.shadowRoot?.textContent ?? ""}`).join(""));
  await page.emulateMedia({ media: null });

  // Whoever is here now finds what was typed in a form by whoever was here before, as far as it is theirs to read.
  await page.locator(".who-supervisor").click();
  await page.locator("[data-show=records]").click();
  await page.locator(".record [data-keep=do-fill]").first().click();
  await page.locator(".fill-box textarea").first().fill("Typed and not yet kept");
  await page.locator("[data-show=plan]").click();
  await page.locator(".who-supervisee").click();
  await page.locator("[data-show=records]").click();
  await page.waitForSelector(".record [data-keep=do-fill]");
  await page.locator(".record [data-keep=do-fill]").first().click();
  seen.typed = await page.locator(".fill-box textarea").first().inputValue();

  // Whoever changes the plan has one record of the hour still: the one with nothing in it is begun anew, and the one that
  // was written in stays, and says so.
  const begin = async () => {
    await page.locator("[data-show=records]").click();
    await page.locator("#records-begin").click();
    // Whoever has begun it is at its heading.
    await page.waitForFunction(() => document.activeElement.id.startsWith("record-"), null, { timeout: 60_000 });
    return page.locator(".record-file b").count();
  };
  const bring = async (text) => {
    await page.locator("[data-show=plan]").click();
    await page.locator("#brings-supervisee").fill(text);
    await page.locator("#brings-supervisee").press("Enter");
  };
  seen.begun = [await begin()];
  await bring("The rota");
  seen.begun.push(await begin());
  await page.locator(".record:first-child .fill-talk textarea").first().fill("Written before the plan changed");
  await bring("The leave");
  seen.begun.push(await begin());
  await look(page, "behind");
  seen.behind = await page.locator(".record-behind").first().textContent();
  await page.locator("[data-keep=begin-anew]").click();
  await page.locator(".record-file b").nth(1).waitFor({ timeout: 60_000 });
  seen.heads = await texts(page, ".record-file b");

  // Clear all.
  await page.locator("#clear-all").click();
  await told(page, () => page.locator("dialog[open] .danger").click());
  seen.cleared = await page.evaluate(() => document.documentElement.outerHTML);
  seen.address = page.url();

  // What was being opened when somebody cleared the page is not there either.
  await page.locator(".who-supervisor").click();
  await page.locator("[data-show=records]").click();
  await page.locator("#records input[type=file]").first().setInputFiles(["filled.docx", "filled.docx"].map((name) => path.join(folder, name)));
  await page.evaluate(() => { document.querySelector("#clear-all").click(); document.querySelector("dialog[open] .danger").click(); });
  await page.locator(".who-supervisor").click();
  await page.locator("[data-show=records]").click();
  await open(page, "filled.docx");
  seen.afterwards = await page.locator(".record").count();
  await browser.close();
  console.log(JSON.stringify(seen));
}

main().catch((error) => { console.error(error); process.exit(1); });
