/*
 * Drives Chromium through examples/flask_app as a person would, and prints what it saw as JSON.
 *
 * node web.cjs CHROMIUM FOLDER ADDRESS; it uploads FOLDER/filled.docx and FOLDER/other.txt, and writes there.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const [executablePath, folder, address] = process.argv.slice(2);
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function walk(context, name, seen) {
  const page = await context.newPage();
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (said) => { if (said.type() === "error" && !/status of 400/.test(said.text())) seen.errors.push(said.text()); });
  page.on("request", (request) => { if (!request.url().startsWith(address) && !request.url().startsWith("data:")) seen.elsewhere.push(request.url()); });
  const look = async (what) => {
    await page.screenshot({ path: path.join(folder, `${name}-${what}.png`), fullPage: true });
    // axe is put in by the driver, past the rule that the page runs no script.
    await page.evaluate(fs.readFileSync(require.resolve("axe-core"), "utf8"));
    const { violations } = await page.evaluate((tags) => axe.run({ runOnly: tags }), TAGS);
    seen.wrong.push(...violations.map((each) => `${name} ${what}: ${each.id} ${each.nodes[0].target}`));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) seen.wrong.push(`${name} ${what}: ${wide} pixels too wide`);
  };
  await page.goto(address);
  await page.getByText("90 min").click();
  await page.getByLabel("What to talk with").selectOption("gibbs-cycle");
  await page.getByLabel("Words of the profession").selectOption("nursing");
  await page.getByRole("button", { name: "Show the session" }).click();
  seen.plan = await page.locator(".paper li").allInnerTexts();
  await look("compose");
  for (const paper of ["Agenda", "Record"]) {
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name: `${paper} in Word` }).click();
    const download = await waiting;
    await download.saveAs(path.join(folder, `${name}-${download.suggestedFilename()}`));
  }
  await page.getByRole("link", { name: "Read a record" }).click();
  await look("read");
  await page.getByLabel("The record").setInputFiles(path.join(folder, "filled.docx"));
  await page.getByLabel("Supervisee").check();
  await page.getByRole("button", { name: "Read it" }).click();
  seen.read = await page.locator("main").innerText();
  await look("back");
  await page.getByRole("link", { name: "Read another" }).click();
  await page.getByLabel("The record").setInputFiles(path.join(folder, "other.txt"));
  await page.getByLabel("Supervisor").check();
  await page.getByRole("button", { name: "Read it" }).click();
  seen.told = await page.getByRole("alert").innerText();
  await look("told");
  seen.cookies = (await context.cookies()).length;
}

(async () => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const seen = { errors: [], elsewhere: [], wrong: [] };
  try {
    await walk(await browser.newContext({ viewport: { width: 1200, height: 850 } }), "desk", seen);
    await walk(await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme: "dark" }), "phone", seen);
    console.log(JSON.stringify(seen));
  } finally {
    await browser.close();
  }
})();
