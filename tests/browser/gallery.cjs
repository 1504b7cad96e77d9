/*
 * Drives Chromium over the gallery, the room and the trainer's table of the built planner, as
 * tests/test_planner_gallery_page.py asks, and prints what it saw as JSON.
 *
 * node gallery.cjs CHROMIUM PAGE FOLDER; it writes what it saves into FOLDER.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");
const { noticed } = require("./notice.cjs");

const [executablePath, file, folder] = process.argv.slice(2);
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const CANARY = "What to say to the school";
const seen = { axe: {}, wide: {}, errors: [], told: [] };

async function look(page, state, part = "body") {
  if (await page.evaluate(() => !globalThis.axe)) await page.evaluate(fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  seen.axe[state] = await page.evaluate(async ([tags, part]) => {
    const { violations } = await axe.run(part === "body" ? document : part, { runOnly: tags, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary.slice(0, 160)}`));
  }, [TAGS, part]);
  seen.wide[state] = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

async function open(browser, { clock = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, offline: true, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => seen.errors.push(String(error.stack)));
  page.on("console", (message) => { if (message.type() === "error") seen.errors.push(message.text()); });
  if (clock) await page.clock.install();
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(() => {
    globalThis.heard = [];
    const region = document.querySelector("#announcements");
    new MutationObserver(() => globalThis.heard.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  });
  return page;
}

const ready = (page) => page.waitForFunction(() => document.body.dataset.state === "ready", null, { timeout: 120_000 });
const keys = (page, row = ".need") => page.locator(`${row} .tile`).evaluateAll((all) => all.map((each) => each.dataset.key));
const focused = (page) => page.evaluate(() => document.activeElement.dataset.key ?? document.activeElement.textContent.trim());
const heard = (page) => page.evaluate(() => globalThis.heard);
/** Where the peek lies: its edges, those of its tile and of what it has to stay in. */
const peek = (page) => page.evaluate(() => {
  const box = document.querySelector(".peek")?.getBoundingClientRect();
  if (!box) return null;
  const rows = document.querySelector(".gallery-rows").getBoundingClientRect();
  const tile = document.querySelector(".tile[aria-controls]").getBoundingClientRect();
  const covers = box.left < tile.right && box.right > tile.left && box.top < tile.bottom && box.bottom > tile.top;
  return { left: box.left - rows.left, right: rows.right - box.right, top: box.top, bottom: innerHeight - box.bottom, covers, text: document.querySelector(".peek").innerText };
});
const tile = (key) => `.tile[data-key="${key}"]`;

async function gallery(browser) {
  const page = await open(browser);
  // Before Python is there.
  await page.locator('[data-show="gallery"]').click();
  seen.state = await page.evaluate(() => document.body.dataset.state ?? "");
  seen.first = await keys(page);
  seen.bottom = await page.evaluate(() => document.querySelector(".gallery-rows").getBoundingClientRect().bottom + scrollY);
  seen.lines = await page.locator(".need").evaluateAll((all) => all.map((each) => new Set([...each.querySelectorAll(".tile")].map((one) => one.getBoundingClientRect().top)).size));
  await look(page, "gallery");

  // A row opened, and closed again.
  const all = page.locator("#need-stuck-row .need-all");
  await all.click();
  seen.opened = [(await keys(page, "#need-stuck-row")).length, await all.getAttribute("aria-expanded"), await page.evaluate(() => document.activeElement.className)];
  await all.click();
  seen.closed = (await keys(page, "#need-stuck-row")).length;

  // Search, and filters. Python's coming is announced, too, and would be in the way.
  await ready(page);
  await page.waitForFunction(() => globalThis.heard.length > 1);
  const box = page.locator("#gallery-search");
  seen.found = {};
  for (const text of ["burnt out", "row with a parent", "drawing", "kolb"]) {
    await box.fill(text);
    seen.found[text] = { best: await keys(page, "#need-best-row"), rows: await page.locator(`.need:not(#need-best-row):has(${tile(text === "kolb" ? "kolb-cycle" : "gibbs-cycle")}) h2`).allTextContents() };
  }
  await page.waitForFunction(() => globalThis.heard.some((each) => /\d of \d/.test(each)));
  seen.said = (await heard(page)).filter((each) => /\d of \d/.test(each));
  await look(page, "searched");
  await box.fill("zzzzq");
  seen.nothing = await page.locator(".gallery-none").textContent();
  await page.locator(".gallery-none button").click();
  seen.cleared = [await box.inputValue(), (await keys(page)).length];
  await page.locator('[data-filter="minutes"]').first().click();
  await page.locator('[data-filter="who"]').nth(1).click();
  seen.filtered = [...new Set(await keys(page))];
  seen.count = await page.locator(".gallery-count").textContent();
  await page.locator('[data-filter="minutes"]').first().click();
  await page.locator('[data-filter="who"]').nth(1).click();

  // By keyboard alone.
  await box.focus();
  await page.keyboard.press("ArrowDown");
  seen.keyed = [await focused(page)];
  for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "Home", "ArrowUp", "End"]) {
    await page.keyboard.press(key);
    seen.keyed.push(await focused(page));
  }
  seen.edge = await peek(page);
  await look(page, "peek");
  await page.keyboard.press("Tab");
  seen.deed = await focused(page);
  await page.keyboard.press("Escape");
  seen.escaped = [await focused(page), await peek(page)];
  await page.locator('#need-every-row .tile').last().focus();
  await page.keyboard.press("ArrowLeft");
  await page.evaluate(() => scrollTo(0, document.querySelector("#need-every-row").getBoundingClientRect().bottom + scrollY - innerHeight));
  await page.keyboard.press("ArrowRight");
  seen.last = await peek(page);
  await page.keyboard.press("Escape");

  // By pointing: it opens, stays while one is in it, and goes.
  await page.evaluate(() => scrollTo(0, 0));
  await page.locator("#need-stuck-row .tile").first().hover();
  await page.waitForSelector(".peek");
  seen.pointed = await peek(page);
  await page.locator(".peek h3").hover();
  await page.waitForTimeout(400);
  seen.stays = Boolean(await peek(page));
  await page.mouse.move(4, 4);
  await page.waitForSelector(".peek", { state: "detached" });
  return page;
}

async function intoTheHour(page) {
  await ready(page);
  await page.locator(tile("ladder-of-inference")).first().click();
  await page.locator(".peek button").first().click();
  await page.waitForFunction(() => document.querySelector("#parts").textContent.includes("Ladder"), null, { timeout: 60_000 });
  await page.waitForFunction(() => globalThis.heard.at(-1)?.includes("in your hour"), null, { timeout: 5000 }).catch(() => null);
  seen.put = [await page.locator('[data-view="plan"]').isVisible(), await heard(page)];
}

/** All that can be read on the screen. */
const onScreen = (page) => page.evaluate(() => document.querySelector(".room").innerText + document.querySelector(".room [role=status]").textContent);

async function room(page) {
  await page.locator("#brings-supervisee").fill(CANARY);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#parts").textContent.includes("school"), null, { timeout: 60_000 });
  await page.locator('[data-show="room"]').click();
  await look(page, "door");
  await page.locator(".room-doors button").first().click();
  await page.waitForSelector(".room:not([hidden])");
  seen.inside = await page.evaluate(() => [document.querySelector("main").inert, document.querySelector(".room").contains(document.activeElement)]);
  seen.steps = [];
  seen.shown = [];
  for (let n = 0; n < 40; n += 1) {
    seen.steps.push(await onScreen(page));
    const topic = page.locator(".stage-deeds .accent");
    if (await topic.isVisible()) {
      await topic.click();
      seen.shown.push(await onScreen(page));
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowRight");
      seen.shown.push(await onScreen(page));
    }
    if (await page.locator(".stage-deeds button").nth(1).getAttribute("aria-disabled")) break;
    await page.keyboard.press("ArrowRight");
  }
  await page.keyboard.press("ArrowRight");
  seen.end = [await page.locator(".stage-title").textContent(), await page.locator(".room [role=status]").textContent(), await page.locator(".stage-deeds button:visible").allTextContents()];
  await look(page, "room-end");
  await page.keyboard.press("Escape");
  seen.outside = await page.evaluate(() => [document.querySelector("main").inert, document.querySelector(".room").hidden, document.querySelector(".stage").textContent]);

  // One method: the time and a question only when asked for, and a blank screen by one key.
  await page.locator("#room-method").selectOption("balint-group");
  await page.locator(".room-doors button").nth(1).click();
  await page.waitForSelector(".room:not([hidden])");
  for (let n = 0; n < 4; n += 1) await page.keyboard.press("PageDown");
  const text = async () => ({ title: await page.locator(".stage-title").textContent(), doing: await page.locator(".stage-doing").textContent(), question: await page.locator(".stage-question").allTextContents(), time: await page.locator(".stage-time").allTextContents(), status: await page.locator(".room [role=status]").textContent() });
  seen.method = [await text()];
  await look(page, "room");
  await page.waitForTimeout(300);
  seen.waited = (await text()).title;
  await page.keyboard.press("q");
  await page.keyboard.press("t");
  seen.method.push(await text());
  await look(page, "room-question");
  await page.keyboard.press("ArrowRight");
  seen.method.push(await text());
  // Whatever is pressed brings a black screen back, and goes no step on.
  const where = async () => [await page.locator(".stage").isVisible(), await page.locator(".stage-title").textContent()];
  seen.anyKey = {};
  for (const key of ["ArrowRight", "ArrowLeft", " ", "Enter", "Escape", "x", "Shift", "Tab", "click"]) {
    await page.keyboard.press("b");
    if (key === "click") await page.mouse.click(640, 300);
    else await page.keyboard.press(key);
    seen.anyKey[key] = await where();
    if (!seen.anyKey[key][0]) await page.keyboard.press("b");
  }
  // Whether a question is offered, and what the key for one does where there is none.
  await page.keyboard.press("Home");
  seen.asks = [];
  for (let n = 0; n < 8; n += 1) {
    const offered = await page.locator(".stage-deeds").getByRole("button", { name: "One question" }).isVisible();
    await page.keyboard.press("q");
    seen.asks.push([await page.locator(".stage-title").textContent(), offered, await page.locator(".stage-question").count(), await page.locator(".stage-none").count(), await page.locator(".room [role=status]").textContent(), await page.locator(".stage-foot").textContent()]);
    await page.keyboard.press("ArrowRight");
  }
  for (let n = 0; n < 2; n += 1) await page.keyboard.press("ArrowLeft");
  for (const key of ["b", ".", ".", "b"]) {
    await page.keyboard.press(key);
    (seen.blank ??= []).push(await page.evaluate(() => {
      const top = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
      return [top.className, getComputedStyle(top).backgroundColor, document.querySelector(".stage").checkVisibility()];
    }));
  }
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  seen.trapped = await page.evaluate(() => Boolean(document.activeElement.closest(".room")));
  await page.keyboard.press("Escape");
  seen.left = await focused(page);

  // Everything is cleared while the steps of the hour are on their way.
  await page.evaluate(() => {
    document.querySelector(".room-doors button").click();
    document.querySelector("#clear-all").click();
    document.querySelector("dialog[open] .danger").click();
  });
  await page.waitForTimeout(700);
  seen.late = await page.evaluate(() => [document.querySelector(".room").hidden, document.querySelector("main").inert, document.querySelector(".room").textContent.includes("school")]);
}

/** What the browser is given to print, as a PDF: of the papers that were chosen, and of each paper from its own file. */
async function printed(page) {
  const pdf = (what, to) => what.pdf({ path: path.join(folder, to), preferCSSPageSize: true });
  const boxes = ["cards", "handout", "worksheet", "notes", "slide"];
  await page.locator("#trainer-large").uncheck();
  for (const each of boxes) await page.locator(`#trainer-${each}`).setChecked(["cards", "handout", "slide"].includes(each));
  await page.locator(".trainer-foot [data-keep=peek]").click();
  await page.waitForSelector(".trainer-looked .sheet");
  seen.looked = await page.locator(".trainer-looked .sheet-host").evaluateAll((all) => all.map((each) => [each.shadowRoot.textContent, each.getBoundingClientRect().height]));
  seen.lookedFocus = await page.evaluate(() => document.activeElement.id);
  await look(page, "looked", "#trainer");
  await page.evaluate(() => { globalThis.print = () => { globalThis.prints = (globalThis.prints ?? 0) + 1; }; });
  await page.locator(".trainer-foot .main").click();
  await page.waitForFunction(() => globalThis.prints === 1, null, { timeout: 60_000 });
  await page.emulateMedia({ media: "print" });
  seen.onPaper = await page.evaluate(() => [...document.body.children].filter((each) => each.checkVisibility() && each.getClientRects().length).map((each) => each.id));
  await page.emulateMedia({ media: null });
  await pdf(page, "printed.pdf");
  seen.afterPrint = await page.evaluate(() => [document.documentElement.classList.contains("prints"), document.querySelector("#to-print").childElementCount, document.querySelector(".trainer-looked").hidden]);
  await page.locator(".trainer-looked button").click();
  seen.shut = await page.evaluate(() => [document.querySelector(".trainer-looked").hidden, document.activeElement.dataset.keep]);
  // The same papers, each saved as a web page and printed from there.
  await page.locator("#trainer-one").check();
  for (const each of ["cards", "handout", "slide"]) {
    for (const other of boxes) await page.locator(`#trainer-${other}`).setChecked(other === each);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".trainer-foot [data-keep=save]").click()]);
    const to = path.join(folder, `alone-${each}.html`);
    await download.saveAs(to);
    const alone = await page.context().newPage();
    await alone.goto(pathToFileURL(to).href);
    await pdf(alone, `alone-${each}.pdf`);
    await alone.close();
  }
}

async function trainer(page) {
  await page.locator('[data-show="plan"]').click();
  await page.locator(".who-trainer").click();
  await page.locator(".trainer-set").nth(1).click();
  await page.locator("#trainer-handout").check();
  await page.locator("#trainer-large").check();
  await look(page, "trainer", "#trainer");
  const save = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download", { timeout: 120_000 }), page.locator(".trainer-foot [data-keep=save]").click()]);
    await download.saveAs(path.join(folder, name));
    await noticed(page, seen.told, name);
    return download.suggestedFilename();
  };
  seen.saved = [await save("one.zip")];
  await page.locator("#trainer-each").check();
  await page.locator("#trainer-html").check();
  seen.saved.push(await save("each.zip"));
  await page.locator("#trainer-one").check();
  await page.locator("#trainer-cards").uncheck();
  seen.saved.push(await save("handout.html"));
  await printed(page);
  // From the gallery: take one more, and come back.
  await page.locator('[data-show="gallery"]').click();
  await page.locator(tile("oskar")).first().click();
  await page.locator(".peek .main").click();
  seen.taken = [await page.locator(".tile-taken").evaluateAll((all) => [...new Set(all.map((each) => each.dataset.key))]), await page.locator(".gallery-bar span").first().textContent()];
  await page.keyboard.press("Escape");
  await look(page, "taken");
  await page.locator(".gallery-bar .main").click();
  seen.picked = await page.locator(".trainer-name").allTextContents();
  await page.locator("#clear-all").click();
  await page.locator("dialog[open] .danger").click();
  seen.emptied = await page.locator(".trainer-name").count();
}

/** Papers of one model from its peek, for the minutes that were asked for; on a screen, and on a phone. */
async function peeked(browser) {
  for (const [width, height] of [[1280, 800], [390, 780]]) {
    const page = await open(browser, { viewport: { width, height }, ...(width < 400 ? { hasTouch: true, isMobile: true } : {}) });
    const press = (where) => (width < 400 ? where.tap() : where.click());
    await ready(page);
    await page.locator('[data-show="gallery"]').click();
    const menu = page.locator(".gallery-menu").first();
    if (await menu.isVisible()) await menu.click();
    await page.locator('[data-filter="minutes"]', { hasText: "30" }).click();
    for (const paper of ["Cards", "Handout"]) {
      await press(page.locator(tile("after-action-review")).first());
      await page.waitForSelector(".peek");
      seen.peekSays = await page.locator(".peek").innerText();
      const [download] = await Promise.all([page.waitForEvent("download", { timeout: 120_000 }), press(page.locator(".peek button", { hasText: paper }))]);
      const name = `${paper.toLowerCase()}-${width}.docx`;
      await download.saveAs(path.join(folder, name));
      await noticed(page, seen.told, name);
      await page.waitForTimeout(300);
      (seen.stillOpen ??= []).push(await page.locator(".peek").isVisible());
      await page.keyboard.press("Escape");
    }
    await page.locator("#gallery-search").fill("stuck");
    await look(page, `${width}-noticed`);
    // What was saved is of the room in which it was, and of whoever was here then.
    await page.locator('[data-show="plan"]').click();
    (seen.hushed ??= []).push(await page.locator("#saved").isVisible());
    await page.context().close();
  }
}

async function phone(browser, width, colorScheme) {
  const name = `${width}-${colorScheme}`;
  const page = await open(browser, { viewport: { width, height: 780 }, colorScheme, hasTouch: true, isMobile: true, clock: true });
  await page.locator('[data-show="gallery"]').click();
  await page.locator(".gallery-menu").nth(2).click();
  seen.abreast = await page.locator("#need-stuck-row .tile").evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().top === all[0].getBoundingClientRect().top).length);
  await look(page, `${name}-gallery`);
  await page.locator(tile("grow")).first().tap();
  await page.waitForSelector(".peek");
  (seen.sheets ??= []).push(await peek(page));
  await look(page, `${name}-peek`);
  await page.locator(".peek button").nth(1).tap();
  await page.waitForSelector(".room:not([hidden])");
  await page.keyboard.press("q");
  await look(page, `${name}-room`);
  (seen.fits ??= []).push(await page.evaluate(() => document.querySelector(".stage").scrollHeight - document.querySelector(".stage").clientHeight));
  // A step stays as long as it lasts; the page behind it is covered when nobody is there.
  const covered = () => page.evaluate(() => document.querySelector("dialog.cover").open);
  await page.clock.runFor(400_000);
  (seen.covered ??= []).push(await covered());
  await page.keyboard.press("Escape");
  (seen.back ??= []).push(await focused(page));
  await page.clock.runFor(400_000);
  seen.covered.push(await covered());
}

(async () => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  try {
    const page = await gallery(browser);
    await intoTheHour(page);
    await room(page);
    await trainer(page);
    await peeked(browser);
    await phone(browser, 390, "light");
    await phone(browser, 320, "dark");
  } finally {
    await browser.close();
  }
  process.stdout.write(JSON.stringify(seen));
})().catch((error) => { process.stderr.write(`${error.stack}\n${JSON.stringify(seen).slice(-1500)}\n`); process.exit(1); });
