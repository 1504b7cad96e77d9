/**
 * The door to Python: questions go in, answers come out, one after the other.
 */

import { withPictures } from "./pictures.js";

const BYTES = "\u0000bytes";

/** @type {Map<number, {resolve: (value: any) => void, reject: (fault: any) => void}>} */
const waiting = new Map();
/** @type {Set<(state: string) => void>} */
const told = new Set();
let asked = 0;
/** @type {Worker | undefined} */
let worker;

/** What is behind the door: "none" before it was begun, "starting", "ready", or "fault". */
export let state = "none";
/** What went wrong, by its kind and place; and the memory that Python has taken, in bytes. */
export const about = { kind: "", place: "", memory: 0 };

/** @param {(state: string) => void} listener  Is told each new state. */
export function onState(listener) {
  told.add(listener);
}

/** @param {string} next */
function become(next) {
  state = next;
  for (const each of told) each(next);
}

/** @param {string} name @returns {string} The text of a part, which then leaves the page: it is large. */
function takePart(name) {
  const element = document.getElementById(`part-${name}`);
  const text = element?.textContent ?? "";
  element?.remove();
  return text;
}

/** @param {string} text  A gzip in base64. */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).blob();
}

/** @param {{kind: string, place: string}} fault */
function fail(fault) {
  Object.assign(about, fault);
  worker?.terminate();
  for (const each of waiting.values()) each.reject(fault);
  waiting.clear();
  become("fault");
}

/** Start Python behind the page. Call it when the page is drawn. */
export async function begin() {
  become("starting");
  try {
    if (typeof WebAssembly !== "object") throw new Error("WebAssembly");
    const address = URL.createObjectURL(new Blob([await unpacked(takePart("worker"))], { type: "text/javascript" }));
    worker = new Worker(address);
    URL.revokeObjectURL(address);
    worker.onerror = (event) => fail({ kind: "Worker", place: event.message ?? "" });
    worker.onmessage = ({ data }) => {
      if (data.fault && data.id === undefined) return fail(data.fault);
      if (data.ready) {
        Object.assign(about, data.ready);
        return become("ready");
      }
      const call = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.fault) return call?.reject(data.fault);
      return call?.resolve(JSON.parse(data.text, (_, value) => (value && BYTES in Object(value) ? data.files[value[BYTES]] : value)));
    };
    const parts = ["wasm", "stdlib", "library", "own"].map((name) => [name, takePart(name)]);
    worker.postMessage({ begin: Object.fromEntries(parts) });
  } catch (error) {
    fail({ kind: String(error instanceof Error ? error.message : error), place: "" });
  }
}

/**
 * Ask Python something. Uint8Arrays may stand anywhere in what is given and in what comes back. A paper that lacks
 * pictures is asked for again with those that the page has drawn.
 *
 * @param {string} name @param {object} [given] @returns {Promise<any>}
 */
export async function desk(name, given = {}) {
  return withPictures(await ask(name, given), (pictures) => ask(name, { ...given, pictures }));
}

/** @param {string} name @param {object} given @returns {Promise<any>} */
function ask(name, given) {
  if (state === "fault" || !worker) return Promise.reject(about);
  /** @type {Uint8Array[]} */
  const files = [];
  const text = JSON.stringify(given, (_, value) => (value instanceof Uint8Array ? { [BYTES]: files.push(value) - 1 } : value));
  asked += 1;
  const id = asked;
  worker.postMessage({ id, name, text, files });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}
