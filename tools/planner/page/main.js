/**
 * Begin: draw what needs no Python, then start Python behind it.
 */

import { begin, desk, onState } from "./desk.js";
import { make } from "./dom.js";
import { useWords, words, writeWords } from "./words.js";

const baked = JSON.parse(document.getElementById("baked")?.textContent ?? "{}");
useWords(baked.words);
writeWords(document);

const root = /** @type {HTMLElement} */ (document.getElementById("planner"));
const state = make("p", { role: "status" });
root.append(make("h1", {}, words("page.title")), state);
onState(async (now) => {
  state.textContent = words(`page.${now}`);
  if (now === "ready") state.textContent = words("page.models", { n: (await desk("models")).models.length });
});
document.addEventListener("DOMContentLoaded", () => begin());
