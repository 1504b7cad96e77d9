/**
 * What the planner costs in Chromium, from opening it to its first agenda. Usage: planner.cjs CHROMIUM PAGE
 *
 * It prints JSON: seconds of the clock until the page can be used and until the agenda is there, seconds of the
 * processor of the worker's own thread, and the memory of the page's process in MB.
 */
"use strict";
const fs = require("node:fs");
const { pathToFileURL } = require("node:url");
const puppeteer = require("puppeteer-core");

const [program, page] = process.argv.slice(2);

/** @param {string} file */
const read = (file) => { try { return fs.readFileSync(file, "utf8"); } catch { return ""; } };

/** The processes that one has started, and those that they have. @param {number} root */
function family(root) {
  const parents = new Map(fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), Number(read(`/proc/${name}/stat`).split(") ")[1]?.split(" ")[1])]));
  const found = new Set([root]);
  for (let before = 0; before !== found.size;) {
    before = found.size;
    for (const [each, parent] of parents) if (found.has(parent)) found.add(each);
  }
  return [...found];
}

/** Seconds of the processor, and MB, of the process that has the worker's thread. @param {number} root */
function costs(root) {
  for (const each of family(root)) {
    for (const thread of fs.existsSync(`/proc/${each}/task`) ? fs.readdirSync(`/proc/${each}/task`) : []) {
      const stat = read(`/proc/${each}/task/${thread}/stat`);
      if (!stat.includes("(DedicatedWorker")) continue;
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const memory = Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${each}/status`))?.[1] ?? 0);
      return { processor: (Number(fields[11]) + Number(fields[12])) / 100, memory: Math.round(memory / 1024) };
    }
  }
  throw new Error("there is no worker");
}

async function main() {
  const browser = await puppeteer.launch({ executablePath: program, headless: true, args: ["--no-sandbox"] });
  try {
    const tab = await browser.newPage();
    const began = Date.now();
    const since = () => (Date.now() - began) / 1000;
    await tab.goto(pathToFileURL(page).href);
    const usable = since();
    await tab.evaluate(() => document.querySelector("#who button, #who input").click());
    await tab.waitForFunction(() => document.body.dataset.state === "ready"
      && [...document.querySelectorAll("#agenda *")].some((each) => each.shadowRoot?.querySelector("h1")), { timeout: 180000 });
    process.stdout.write(JSON.stringify({ usable, agenda: since(), ...costs(browser.process().pid) }));
  } finally {
    await browser.close();
  }
}

main().catch((error) => { process.stderr.write(String(error?.stack ?? error)); process.exit(1); });
