/**
 * The first thing that runs, in the page and beside it: take away what no policy of a page can forbid.
 *
 * A policy cannot forbid peer connections or leaving for another address. So peer connections are taken away here,
 * and so is the opening of another window; and where a browser tells of a navigation, ours are refused: a file may be
 * saved, and a person may reload, go back or type another address.
 */

const PEERS = /^(webkit|moz)?RTC/;

for (const name of Object.getOwnPropertyNames(globalThis)) if (PEERS.test(name)) delete globalThis[name];

// In a worker: the page's policy refuses it anyway, and Pyodide asks whether it works.
if ("importScripts" in globalThis) globalThis.importScripts = undefined;

if (typeof window !== "undefined") {
  delete window.open;
  delete Window.prototype.open;
  globalThis.navigation?.addEventListener("navigate", (/** @type {any} */ event) => {
    const byPerson = event.userInitiated && (event.navigationType === "reload" || event.hashChange);
    const goesBack = event.navigationType === "traverse";
    // Firefox tells of a file that is saved twice, and the second time only by its address, which is in the page's memory.
    const isSaved = event.downloadRequest !== null || event.destination.url.startsWith("blob:");
    if (!byPerson && !goesBack && !isSaved && event.cancelable) event.preventDefault();
  });
}
