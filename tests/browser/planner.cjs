/*
 * Drives Chromium over the built planner, as tests/test_planner_page.py asks, and prints what it saw as JSON.
 *
 * node planner.cjs CHROMIUM PAGE FOLDER; it writes what it saves, and its pictures, into FOLDER.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");
const { noticed } = require("./notice.cjs");

const [executablePath, file, folder] = process.argv.slice(2);
const ADDRESS = pathToFileURL(file).href;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SECRET = "What to say to the school";
const seen = { axe: {}, wide: {}, targets: {}, errors: [], told: [] };

/** What axe finds wrong, in the page and in the tree of its paper. */
async function look(page, state) {
  if (await page.evaluate(() => !globalThis.axe)) await page.evaluate(fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  seen.axe[state] = await page.evaluate(async (tags) => {
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary.slice(0, 160)}`));
  }, TAGS);
  seen.wide[state] = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  seen.targets[state] = await page.evaluate(() => [...document.querySelectorAll("button, input, select, summary, textarea, [role=slider]")]
    .filter((each) => each.checkVisibility() && !each.closest("label") && each.id !== "skip")
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 34 || box.height < 34))
    .map(([each, box]) => `${each.id || each.className || each.textContent} ${Math.round(box.width)}x${Math.round(box.height)}`));
}

const settled = (page) => page.clock.runFor(450);
/** Wait until Python has made the plan of just this hour. */
async function planned(page) {
  await page.waitForFunction(() => document.body.dataset.plan === "sure", null, { timeout: 60_000 });
  await settled(page);
}
const minutes = (page) => page.locator(".strip-edge").evaluateAll((all) => all.map((each) => Number(each.getAttribute("aria-valuenow"))));
const edges = (page) => page.locator(".strip-edge").evaluateAll((all) => all.map((each) => [Number(each.getAttribute("aria-valuemin")), Number(each.getAttribute("aria-valuenow")), Number(each.getAttribute("aria-valuemax"))]));
/** What is said of each part: in the strip its title and what it is, in the list the model, and all of it on the agenda. */
const stripped = (page) => page.evaluate(() => ({
  strip: [...document.querySelectorAll(".strip-part:not(.strip-spare) .strip-words")].map((each) => [each.querySelector(".strip-title").textContent, each.querySelector(".strip-small").textContent]),
  list: [...document.querySelectorAll(".part-words")].map((each) => each.querySelector(".part-model")?.textContent ?? ""),
  agenda: [...document.querySelectorAll(".sketch dd b")].map((each) => each.textContent),
  paper: document.querySelector(".sheet-host").shadowRoot.textContent,
}));
const said = (page) => page.locator("#announcements").textContent();
const focus = (page) => page.evaluate(() => { const now = document.activeElement; return now === document.body ? "" : now.id || now.dataset.keep || now.className || now.tagName; });

async function save(page, act) {
  const waiting = page.waitForEvent("download");
  await act();
  const download = await waiting;
  const to = path.join(folder, download.suggestedFilename());
  await download.saveAs(to);
  await settled(page);
  await noticed(page, seen.told, download.suggestedFilename());
  return download.suggestedFilename();
}

/** Copy something, and look at what is said of it. */
async function copy(page, act, what) {
  await act();
  await page.locator("#saved").waitFor();
  await settled(page);
  await noticed(page, seen.told, what);
}

async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => seen.errors.push(String(error.stack)));
  page.on("console", (message) => { if (message.type() === "error") seen.errors.push(message.text()); });
  await page.clock.install();
  await page.goto(ADDRESS);
  return page;
}

/** From the first click to the bytes of a Word file, and everything that can go wrong on the way. */
async function desktop(browser) {
  const page = await open(browser);
  await look(page, "first");
  await page.locator(".who-supervisor").click();
  seen.begun = await focus(page);
  seen.sketch = await page.locator(".sketch dd").allTextContents();
  seen.sketched = await minutes(page);
  seen.sketchedParts = await stripped(page);
  seen.sketchPrint = await page.locator(".agenda-acts button").evaluateAll((all) => all.map((each) => each.getAttribute("aria-disabled")));
  await look(page, "sketch");
  await planned(page);
  seen.plannedParts = await stripped(page);
  await look(page, "planned");
  seen.first = await minutes(page);
  seen.paper = await page.locator(".sheet-host h1").first().textContent();

  // By keys: a minute, the least, the most; and one step back for all of it.
  const edge = page.locator(".strip-edge").first();
  await edge.focus();
  const [low, , high] = (await edges(page))[0];
  await page.keyboard.press("ArrowRight");
  await planned(page);
  seen.right = await minutes(page);
  seen.rightSaid = await said(page);
  seen.rightFocus = await edge.evaluate((each) => each === document.activeElement);
  await page.keyboard.press("End");
  await planned(page);
  seen.end = [(await minutes(page))[0], high];
  await page.keyboard.press("Home");
  await planned(page);
  seen.home = [(await minutes(page))[0], low];
  seen.keysFocus = await edge.evaluate((each) => each === document.activeElement);
  await page.keyboard.press("Control+z");
  await planned(page);
  seen.undone = await minutes(page);
  seen.undoneSaid = await said(page);
  await page.keyboard.press("Control+y");
  await planned(page);
  seen.redone = await minutes(page);
  await page.keyboard.press("Control+z");
  await planned(page);

  // By mouse.
  const box = await edge.boundingBox();
  const strip = await page.locator(".strip").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + (2.2 * strip.width) / 60, box.y + box.height / 2, { steps: 6 });
  await page.mouse.up();
  await planned(page);
  seen.dragged = await minutes(page);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await planned(page);
  seen.draggedBack = await minutes(page);
  seen.undoFocus = await focus(page);

  // What somebody brings.
  await page.locator("#brings-supervisee").fill(SECRET);
  await page.keyboard.press("Enter");
  await planned(page);
  seen.brought = await page.locator(".sheet-host").evaluate((host) => host.shadowRoot.textContent);
  seen.broughtFocus = await focus(page);
  seen.private = await page.locator("[data-private]").evaluateAll((all) => all.map((each) => ["autocomplete", "spellcheck", "autocapitalize", "autocorrect", "writingsuggestions", "translate"].map((name) => each.getAttribute(name))));

  // Something else.
  const change = page.locator(".strip-change:visible").first();
  await change.click();
  await page.waitForFunction(() => document.querySelectorAll(".offer").length > 2);
  await settled(page);
  await look(page, "offers");
  seen.offersFocus = await focus(page);
  seen.offers = await page.locator(".offer").evaluateAll((all) => all.map((each) => [each.querySelector("b").textContent, each.querySelector(".offer-why")?.textContent ?? ""]));
  const wanted = page.locator(".offer").first();
  const title = await wanted.locator("b").textContent();
  await wanted.getByRole("button").click();
  await planned(page);
  seen.taken = [title, await page.locator(".strip-talk").first().textContent(), await said(page), await focus(page)];
  await page.locator(".strip-change:visible").first().click();
  await page.waitForFunction(() => document.querySelectorAll(".offer").length > 1);
  await page.keyboard.press("Escape");
  seen.escaped = [await page.locator("#offers").count(), await focus(page)];

  // Too many minutes, told at the strip, and mended.
  const last = page.locator(".part-minutes input").last();
  await last.fill("10");
  await last.press("Tab");
  await planned(page);
  await page.locator("#set-minutes").selectOption("45");
  await planned(page);
  await look(page, "too-many");
  seen.over = await page.locator(".strip-sum").textContent();
  await page.getByRole("button", { name: "Make it fit" }).click();
  await page.waitForFunction(() => document.querySelector(".strip-sum").textContent.startsWith("All"));
  await planned(page);
  seen.fitted = [await page.locator(".strip-sum").textContent(), await said(page), await focus(page)];
  await page.locator("#set-minutes").selectOption("60");
  await planned(page);

  // A part that is too short says so itself.
  const talk = page.locator(".part-change").first().locator("xpath=..").locator("input");
  const before = await talk.inputValue();
  await talk.fill("4");
  await talk.press("Tab");
  await planned(page);
  await look(page, "refused");
  seen.refused = await page.locator(".part .wrong-note .wrong-words").allTextContents();
  seen.refusedOff = await page.locator(".agenda-acts button").evaluateAll((all) => all.map((each) => each.getAttribute("aria-disabled")));
  seen.refusedNote = await page.locator(".agenda-state").textContent();
  await page.locator(".part .wrong-note button").first().click();
  await planned(page);
  seen.mended = [before, await page.locator(".part .wrong-note").count(), await focus(page)];

  // Take a part out, and put it back.
  await page.locator(".part-acts button[data-keep^='out-']:not([aria-disabled])").first().click();
  await planned(page);
  seen.out = [await page.locator(".parts-out button").count(), await focus(page)];
  await page.locator(".parts-out button").first().click();
  await planned(page);
  seen.back = [await page.locator(".parts-out button").count(), await focus(page)];

  // A model from all the ways, for the talk for which it was looked for, and as a part of its own.
  seen.put = [];
  for (const opener of [page.locator("[data-keep^='list-change-']").first(), page.getByRole("button", { name: "Add a way of working" })]) {
    await opener.click();
    await settled(page);
    const all = page.locator("[data-keep='offers-all']");
    if (await all.count()) await all.click();
    await page.locator("#gallery-search").fill("Gibbs");
    await settled(page);
    await page.locator("#gallery [data-key='gibbs-cycle']:visible").first().click();
    await page.getByRole("button", { name: "Put into my hour" }).first().click();
    await planned(page);
    seen.put.push([await minutes(page), (await page.locator(".part-words").allTextContents()).filter((each) => each.includes("Gibbs")).length]);
  }
  for (let n = 0; n < 2; n += 1) await page.getByRole("button", { name: "Undo", exact: true }).click();
  await planned(page);

  // Papers: what is typed and was not put in is on them.
  await page.locator("#brings-supervisor").fill("typed and left in its box");
  seen.shown = await save(page, () => page.getByRole("button", { name: "This agenda in Word" }).click());
  fs.renameSync(path.join(folder, seen.shown), path.join(folder, "shown.docx"));
  seen.word = await save(page, () => page.getByRole("button", { name: "Agenda, Word" }).click());
  seen.saved = await page.locator("#saved").textContent();
  seen.web = await save(page, () => page.getByRole("button", { name: "Record, Web page" }).click());
  await page.locator(".papers-more summary").click();
  // All the others, each as its first kind of file.
  for (const other of await page.locator(".papers-more .paper").all()) await save(page, () => other.locator("button").first().click());
  await page.locator("#saved button").click();
  seen.putAway = [await page.locator("#saved").isVisible(), await focus(page)];
  await settled(page);
  await look(page, "papers");

  // A link, when it is asked for.
  seen.addressBefore = page.url() === ADDRESS;
  await page.getByRole("button", { name: "Make a link" }).click();
  await page.locator("#link-text").waitFor();
  await settled(page);
  await look(page, "link");
  seen.link = await page.locator("#link-text").inputValue();
  await copy(page, () => page.getByRole("button", { name: "Copy the link" }).click(), "the link");
  await look(page, "noticed");
  seen.addressAfter = page.url() === ADDRESS;

  // The record of this hour, from where its papers are; and the same one again.
  seen.record = [];
  for (let n = 0; n < 2; n += 1) {
    await page.getByRole("button", { name: "Fill in this hour’s record here" }).click();
    await page.waitForFunction(() => document.activeElement?.id.startsWith("record-"));
    seen.record.push(await page.evaluate(() => [document.querySelector("[data-view=records]").hidden, document.querySelectorAll(".record").length, document.querySelectorAll(".fill").length, document.activeElement.id]));
    await page.locator("[data-show=plan]").click();
  }
  await settled(page);

  // What is printed is the paper.
  await page.emulateMedia({ media: "print" });
  seen.printed = await page.evaluate(() => [...document.querySelectorAll("main *, header, footer")].filter((each) => each.checkVisibility() && each.getClientRects().length && !each.closest(".sheet") && !each.querySelector(".sheet")).map((each) => each.className || each.tagName));
  await page.emulateMedia({ media: "screen" });

  // Two idle minutes cover the screen, in the middle of a word.
  await page.locator("#brings-supervisor").pressSequentially("half a li");
  await page.clock.fastForward(117_000);
  seen.early = await page.locator(".cover").evaluate((cover) => cover.open);
  await page.clock.fastForward(6_000);
  await settled(page);
  seen.covered = await page.locator(".cover").evaluate((cover) => cover.open);
  seen.under = await page.evaluate(() => [...document.querySelectorAll("main *")].some((each) => each.checkVisibility({ visibilityProperty: true })));
  await look(page, "cover");
  await page.keyboard.press("x");
  await settled(page);
  seen.uncovered = await page.evaluate(() => [document.querySelector(".cover").open, document.querySelector("#brings-supervisor").value, document.activeElement.id]);

  // Leaving asks, since there are words on no paper.
  seen.unsaved = await asks(page);

  // Forget everything.
  await page.getByRole("button", { name: "Forget everything" }).click();
  await settled(page);
  await look(page, "clear");
  await page.getByRole("button", { name: "Keep it" }).click();
  seen.kept = await page.locator("#brings-supervisor").inputValue();
  await page.getByRole("button", { name: "Forget everything" }).click();
  await page.locator("dialog.asks").getByRole("button", { name: "Forget everything" }).click();
  await settled(page);
  seen.cleared = await page.evaluate(() => [
    document.body.outerHTML.replace(/<script[^]*?<\/script>/g, "") + [...document.querySelectorAll("input, textarea")].map((each) => each.value) + document.querySelector(".sheet-host").shadowRoot.innerHTML,
    document.body.classList.contains("begun"), localStorage.length + sessionStorage.length, document.cookie,
  ]);
  seen.clearedFocus = await focus(page);
  seen.undoAfter = await page.evaluate(() => { document.querySelector(".who-supervisor").click(); return document.querySelector("[data-keep=undo]").getAttribute("aria-disabled"); });
  seen.leaves = await asks(page);
  // What the browser itself would bring back into the box.
  await page.locator("#brings-supervisor").focus();
  for (const key of ["Control+z", "Control+z", "Control+Shift+z", "Control+Shift+z"]) await page.keyboard.press(key);
  seen.broughtBack = await page.locator("#brings-supervisor").inputValue();
  await page.context().close();
}

/** Whether the browser would ask before the page is left. */
const asks = (page) => page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));

/** A phone, by touch; and a narrow one, in forced colours and in the dark. */
async function phone(browser) {
  const page = await open(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await look(page, "phone-first");
  await page.locator(".who-supervisee").tap();
  await planned(page);
  await look(page, "phone-planned");
  seen.upright = await page.locator(".strip-part").evaluateAll((all) => all.filter((each) => !each.hidden).map((each) => each.getBoundingClientRect()).every((box, n, boxes) => !n || box.top >= boxes[n - 1].bottom - 2));
  seen.orientation = await page.locator(".strip-edge").first().getAttribute("aria-orientation");
  const before = await minutes(page);
  const edge = page.locator(".strip-edge").first();
  await edge.scrollIntoViewIfNeeded();
  const box = await edge.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const session = await page.context().newCDPSession(page);
  const touch = (type, dy) => session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y: y + dy }] });
  await touch("touchStart", 0);
  for (const dy of [3, 6, 9]) await touch("touchMove", dy);
  await touch("touchEnd", 9);
  await planned(page);
  seen.touched = [before, await minutes(page)];

  // Another place of work is another plan: what was moved is gone, which is said, and comes back.
  await page.locator(".set-more summary").tap();
  await page.locator("#set-profile").selectOption({ index: 1 });
  await planned(page);
  seen.anew = await page.locator("#saved p").textContent();
  await page.locator("#saved button").tap();
  await page.getByRole("button", { name: "Undo" }).tap();
  await planned(page);
  seen.anewUndone = await minutes(page);
  await page.locator(".set-more summary").tap();

  // Three lines, as a file and as a text.
  await page.locator("#brings-supervisee").fill("One\nTwo");
  await page.locator("#brings-supervisee").evaluate((box) => {
    const data = new DataTransfer();
    data.setData("text/plain", "- The school\n\n  * The rota \n3. The visit");
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.waitForFunction(() => document.querySelectorAll(".brings-supervisee .line").length === 3);
  await planned(page);
  await look(page, "phone-three");
  seen.lines = await page.locator(".brings-supervisee .line-words > span:first-child").allTextContents();
  seen.three = fs.readFileSync(path.join(folder, await save(page, () => page.getByRole("button", { name: "Save as a file" }).tap())), "utf8");
  seen.noLink = await page.locator("#link").isVisible();
  await page.locator("#saved button").tap();
  seen.threeText = await page.locator(".three-text").inputValue();
  await copy(page, () => page.getByRole("button", { name: "Copy the text" }).tap(), "three lines");
  await look(page, "phone-noticed");

  // A line whose words are changed stays where it is, until others are in its place.
  const said = () => page.locator(".brings-supervisee .line-words > span:first-child").allTextContents();
  const put = page.locator("#brings-supervisee");
  const changeSecond = () => page.locator(".brings-supervisee [data-keep^='change-']").nth(1).tap();
  await changeSecond();
  seen.changing = [await said(), await put.inputValue()];
  await put.press("Escape");
  seen.stopped = [await said(), await put.inputValue()];
  await changeSecond();
  await put.fill("The rota in March");
  await put.press("Enter");
  await settled(page);
  seen.changed = [await said(), await put.inputValue()];
  await changeSecond();
  await put.fill("The rota");
  await put.press("Enter");
  await settled(page);

  // Whoever lets a line stand on the record says so in what is sent, and gets it back by pasting it.
  await page.locator(".brings-supervisee .line input[type=checkbox]").nth(1).tap();
  await page.locator("#brings-urgent").fill("See M. by Friday");
  await page.locator("#brings-urgent").press("Enter");
  await planned(page);
  seen.bare = await page.locator(".brings-urgent .line-words").textContent();
  const bringer = page.locator(".brings-urgent .line-whose");
  seen.bringers = await bringer.locator("option").allTextContents();
  await bringer.selectOption("supervisor");
  await planned(page);
  seen.sentByOther = await page.locator(".three-text").inputValue();
  seen.bringerFocused = await bringer.evaluate((box) => [box.value, box === document.activeElement]);
  await bringer.selectOption("supervisee");
  await planned(page);
  await page.locator(".brings-urgent .line input[type=checkbox]").tap();
  await settled(page);
  seen.let = await page.locator(".brings-urgent .line-words").textContent();
  seen.sent = await page.locator(".three-text").inputValue();
  for (let n = 0; n < 4; n += 1) await page.locator(".brings .line-acts button[data-keep^='out-']").first().tap();
  await settled(page);
  seen.none = await page.locator(".three-text").isVisible();
  await page.locator("#brings-supervisee").evaluate((box, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, seen.sent);
  await page.waitForFunction(() => document.querySelectorAll(".brings .line").length === 4);
  await planned(page);
  seen.sentAgain = await page.locator(".three-text").inputValue();
  seen.urgentAgain = await page.locator(".brings-urgent .line").count();
  // Whoever picks the day goes on with the models that they have seen.
  seen.models = [];
  for (const day of ["", "2026-03-04", "2026-03-05", "2026-04-09"]) {
    if (day) await page.locator("#set-date").evaluate((box, value) => { box.value = value; box.dispatchEvent(new Event("change", { bubbles: true })); }, day);
    await planned(page);
    seen.models.push((await page.locator(".part-model").allTextContents()).join(", "));
  }
  await page.emulateMedia({ forcedColors: "active" });
  await page.setViewportSize({ width: 320, height: 700 });
  await settled(page);
  await look(page, "narrow-forced");
  await page.emulateMedia({ forcedColors: "none", colorScheme: "dark" });
  await settled(page);
  await look(page, "narrow-dark");
  await page.locator("[data-keep^='list-change-']").first().tap();
  await settled(page);
  await look(page, "narrow-dark-offers");
  await page.context().close();
}

/** An hour that gets shorter says what has moved; and its plan, opened later, is that hour again. */
async function goOn(browser) {
  const page = await open(browser);
  await page.locator(".who-supervisor").click();
  await planned(page);
  for (const [box, line] of [["supervisee", "The school"], ["supervisor", "Leave in May"], ["supervisor", "The rota"]]) {
    await page.locator(`#brings-${box}`).fill(line);
    await page.keyboard.press("Enter");
    await planned(page);
  }
  seen.unmoved = await page.locator("#moved").textContent();
  const where = () => page.locator(".line-where").allTextContents();
  const places = await where();
  await page.locator("#set-minutes").selectOption("45");
  await planned(page);
  seen.moved = [await page.locator("#moved").textContent(), await said(page)];
  seen.movedParts = await page.locator("#parts .part-words b").allTextContents();
  await look(page, "moved");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await planned(page);
  seen.movedBack = [await page.locator("#moved").textContent(), places.join() === (await where()).join()];

  // By hand, and made to fit.
  const last = page.locator(".part-minutes input").last();
  await last.fill("10");
  await last.press("Tab");
  await planned(page);
  await page.locator("#set-minutes").selectOption("45");
  await planned(page);
  await page.getByRole("button", { name: "Make it fit" }).click();
  await planned(page);
  seen.movedFit = await page.locator("#moved").textContent();
  const before = [await minutes(page), await page.locator(".line-words > span:first-child").allTextContents(), await page.locator("#set-minutes").inputValue()];

  const name = await save(page, () => page.getByRole("button", { name: "The plan, to keep beside the record for next time, File" }).click());
  await page.getByRole("button", { name: "Forget everything" }).click();
  await page.locator("dialog.asks").getByRole("button", { name: "Forget everything" }).click();
  await page.locator(".who-supervisor").click();
  await page.locator("[data-show=records]").click();
  await page.locator("#records input[type=file]").first().setInputFiles(path.join(folder, name));
  await page.getByRole("button", { name: /^Go on with this hour/ }).waitFor();
  await settled(page);
  await look(page, "plan-opened");
  seen.planChoice = [await page.locator("#records-plan").isVisible(), await page.locator(".record input[type=checkbox]").isChecked()];
  await page.getByRole("button", { name: /^Go on with this hour/ }).click();
  await planned(page);
  await look(page, "resumed");
  seen.resumed = [before, [await minutes(page), await page.locator(".line-words > span:first-child").allTextContents(), await page.locator("#set-minutes").inputValue()]];
  seen.resumedSaid = await page.locator(".records-came").textContent();
  await page.context().close();
}

/** A link that says too much, too little, and something else. */
async function links(browser) {
  const page = await open(browser);
  const read = [];
  for (const hash of ["v=1&for=supervisor&minutes=45&start=14:30&profile=general&nation=Wales", "v=1&for=supervisor&minutes=-5&start=25:99&profile=<img src=x onerror=alert(1)>&nation=__proto__", "v=2&for=supervisor"]) {
    await page.goto("about:blank");
    await page.goto(`${ADDRESS}#${hash}`);
    read.push(await page.evaluate(() => [document.body.dataset.who, document.querySelector("#set-minutes").value, document.querySelector("#set-start").value, document.querySelector("#set-nation").value, document.querySelector("#set-profile").value, document.images.length]));
  }
  seen.links = read;
  await page.context().close();
}

/** Without WebAssembly the page plans, and says what it cannot do. */
async function without() {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--js-flags=--jitless"] });
  const page = await open(browser);
  await page.locator(".who-supervisor").click();
  await page.waitForFunction(() => document.body.dataset.state === "fault", null, { timeout: 30_000 });
  await settled(page);
  await look(page, "without");
  seen.without = [await page.locator("#state").textContent(), await minutes(page), await page.locator(".sketch dd").count()];
  seen.withoutText = await page.locator("main").innerText();
  seen.withoutPrint = await page.getByRole("button", { name: "Print this agenda" }).getAttribute("aria-disabled");
  await page.locator(".strip-edge").first().focus();
  await page.keyboard.press("ArrowRight");
  await settled(page);
  seen.withoutMoved = await minutes(page);
  await browser.close();
}

(async () => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    await desktop(browser);
    await phone(browser);
    await goOn(browser);
    await links(browser);
  } finally {
    await browser.close();
  }
  await without();
  process.stdout.write(JSON.stringify(seen));
})();
