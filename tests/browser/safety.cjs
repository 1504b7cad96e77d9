/**
 * Try to get private words out of the planner, from inside, in a browser. Usage: safety.cjs BROWSER PROGRAM PAGE
 *
 * BROWSER is chrome or firefox. What was seen is printed as JSON. Every request goes to a server in here, which counts
 * them; the same attempts from a page without a policy show that it would have seen them.
 */
"use strict";
const http = require("node:http");
const { pathToFileURL } = require("node:url");

const [browserName, program, page, more = ""] = process.argv.slice(2);
const PRIVATE = "qzPRIVATEqz";

/** Every way that is tried, run in the page. Each answers whether it failed at once; the server has the last word. */
async function tryAll(home, words) {
  const to = (name) => `${home}/${name}?${words}`;
  const put = (tag, given) => { const each = Object.assign(document.createElement(tag), given); document.body.append(each); return each; };
  const ways = {
    fetch: () => fetch(to("fetch"), { mode: "no-cors" }),
    xhr: () => new Promise((done, fail) => { const ask = new XMLHttpRequest(); ask.onload = done; ask.onerror = fail; ask.open("GET", to("xhr")); ask.send(); }),
    image: () => new Promise((done, fail) => Object.assign(new Image(), { onload: done, onerror: fail, src: to("image") })),
    beacon: () => { if (!navigator.sendBeacon(to("beacon"), words)) throw new Error("refused"); },
    form: () => { const frame = put("iframe", { name: "aside" }); const form = put("form", { action: to("form"), method: "post", target: "aside" }); form.submit(); void frame; },
    frame: () => put("iframe", { src: to("frame") }),
    srcdoc: () => put("iframe", { srcdoc: `<img src="${to("srcdoc")}">` }),
    object: () => put("object", { data: to("object") }),
    embed: () => put("embed", { src: to("embed") }),
    script: () => put("script", { src: to("script") }),
    inline: () => put("script", { textContent: `new Image().src = "${to("inline")}"` }),
    style: () => put("link", { rel: "stylesheet", href: to("style") }),
    prefetch: () => put("link", { rel: "prefetch", href: to("prefetch") }),
    picture: () => { put("div", { textContent: "x" }).style.backgroundImage = `url("${to("picture")}")`; },
    font: () => new FontFace("x", `url("${to("font")}")`).load(),
    video: () => put("video", { src: to("video"), autoplay: true }),
    socket: () => new Promise((done, fail) => { const each = new WebSocket(to("socket").replace("http", "ws")); each.onopen = done; each.onerror = fail; }),
    events: () => new Promise((done, fail) => { const each = new EventSource(to("events")); each.onopen = done; each.onerror = fail; }),
    module: () => import(to("module")),
    worker: () => new Promise((done, fail) => { const each = new Worker(to("worker")); each.onmessage = done; each.onerror = fail; }),
    beside: () => new Promise((done, fail) => {
      const code = `fetch("${to("beside")}", { mode: "no-cors" }).then(() => postMessage(1), () => postMessage(0))`;
      const each = new Worker(URL.createObjectURL(new Blob([code])));
      each.onmessage = ({ data }) => (data ? done() : fail(new Error("refused"))); each.onerror = fail;
    }),
  };
  const failed = {};
  const late = (name) => new Promise((done) => setTimeout(() => done(`${name} waits`), 1500));
  await Promise.all(Object.entries(ways).map(async ([name, way]) => {
    try { const said = await Promise.race([way(), late(name)]); failed[name] = typeof said === "string" && said.endsWith("waits") ? "waits" : ""; } catch { failed[name] = "failed"; }
  }));
  return { ways: Object.keys(ways), failed };
}

/** Ways to leave for another address: each is tried on its own. */
const LEAVING = {
  assign: (to) => location.assign(to),
  href: (to) => { location.href = to; },
  replace: (to) => location.replace(to),
  link: (to) => Object.assign(document.createElement("a"), { href: to }).click(),
  opened: (to) => window.open(to),
  state: (to) => history.pushState(null, "", `#${to}`),
  hash: (to) => { location.hash = to; },
  refresh: (to) => { const each = document.createElement("meta"); each.httpEquiv = "refresh"; each.content = `0;url=${to}`; document.head.append(each); },
};

async function main() {
  const seen = new Set();
  const server = http.createServer((asked, answer) => {
    seen.add(asked.url.slice(1).split("?")[0]);
    answer.setHeader("Access-Control-Allow-Origin", "*");
    answer.setHeader("Content-Type", asked.url.startsWith("/bare") ? "text/html" : "text/plain");
    answer.end(asked.url.startsWith("/bare") ? "<!doctype html><title>bare</title><body>" : "");
  });
  server.on("upgrade", (asked, socket) => { seen.add(asked.url.slice(1).split("?")[0]); socket.destroy(); });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const home = `http://127.0.0.1:${server.address().port}`;

  const puppeteer = require("puppeteer-core");
  const args = browserName === "chrome" ? ["--no-sandbox", ...(more ? [`--js-flags=${more}`] : [])] : [];
  const browser = await puppeteer.launch({ browser: browserName, executablePath: program, headless: true, args });
  const told = {};
  try {
    const tab = await browser.newPage();
    const address = pathToFileURL(page).href;
    await tab.goto(address);
    await tab.waitForFunction(() => ["ready", "fault"].includes(document.body.dataset.state), { timeout: 120000 });
    told.state = await tab.evaluate(() => document.body.dataset.state);
    told.sentence = await tab.evaluate(() => document.getElementById("state").textContent);
    await tab.evaluate(() => document.querySelector("#who button, #who label, #who input").click());
    await new Promise((done) => setTimeout(done, 500));
    told.parts = await tab.evaluate(() => document.querySelectorAll("#parts li, #parts .part, #parts tr").length);
    if (told.state === "ready" && !more) {
      await tab.type("#brings input", PRIVATE);
      await tab.keyboard.press("Enter");
      await tab.waitForFunction((words) => document.getElementById("brings").textContent.includes(words), { timeout: 60000 }, PRIVATE);
      await new Promise((done) => setTimeout(done, 1000));
      told.kept = await tab.evaluate(async () => ({
        address: location.href, cookies: document.cookie, entries: history.length, state: history.state,
        local: Object.keys(localStorage).length, session: Object.keys(sessionStorage).length,
        databases: indexedDB.databases ? (await indexedDB.databases().catch(() => [])).length : 0, title: document.title, name: window.name,
      }));
      told.address = address;
      told.peers = await tab.evaluate(() => Object.getOwnPropertyNames(window).filter((name) => /^(webkit|moz)?RTC/.test(name)));
      const workers = browserName === "chrome" ? tab.workers() : [];
      told.workers = await Promise.all(workers.map((each) => each.evaluate(() => [
        ...Object.getOwnPropertyNames(self).filter((name) => /^(webkit|moz)?RTC/.test(name)), typeof self.importScripts, typeof self.fetch,
      ])));
      const tried = await tab.evaluate(tryAll, home, PRIVATE);
      await new Promise((done) => setTimeout(done, 500));
      told.ways = tried.ways;
      told.failed = tried.failed;
      told.seen = [...seen].sort();
      told.left = [];
      told.navigation = await tab.evaluate(() => typeof navigation !== "undefined");
      for (const [name, leave] of Object.entries(LEAVING)) {
        if (!told.navigation) break;
        await tab.evaluate(`(${leave})("${home}/left-${name}?${PRIVATE}")`).catch(() => {});
        await new Promise((done) => setTimeout(done, 400));
        if (seen.has(`left-${name}`) || tab.url() !== address) told.left.push(name);
      }
      seen.clear();
      const bare = await browser.newPage();
      await bare.goto(`${home}/bare`);
      await bare.evaluate(tryAll, home, PRIVATE);
      await new Promise((done) => setTimeout(done, 500));
      await bare.evaluate(`(${LEAVING.assign})("${home}/left-control")`).catch(() => {});
      await new Promise((done) => setTimeout(done, 500));
      told.control = [...seen].sort();
    }
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
  process.stdout.write(JSON.stringify(told));
}

main().catch((error) => { process.stderr.write(String(error?.stack ?? error)); process.exit(1); });
