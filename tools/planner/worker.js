/**
 * What runs beside the page: Python and reflect. Everything comes by message, and nothing is fetched.
 *
 * In comes {begin: {wasm, stdlib, library, own}} once, each a gzip in base64, and then {id, name, text, files}, which
 * is asked of the desk. Out goes {ready} or {fault} once, and then {id, text, files} or {id, fault}.
 */

import "./page/guard.js";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { loadPyodide, version } from "pyodide";

/** Where the modules and their data are in the virtual file system, and what an agency has baked in. */
const SITE = "/lib/site";
const OWN = "/own";
/** Pyodide wants an absolute address; nothing is ever asked of it. */
const NOWHERE = "http://nowhere.invalid/";

/** @param {string} text @returns {Uint8Array} */
function bytesOfBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let n = 0; n < raw.length; n += 1) bytes[n] = raw.charCodeAt(n);
  return bytes;
}

/** @param {string} text  A gzip in base64. @returns {Promise<ArrayBuffer>} */
function unpacked(text) {
  const stream = new Blob([bytesOfBase64(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/**
 * Lay files into the virtual file system: the length of a list in JSON, the list of [path, length], and their bytes.
 *
 * @param {any} FS @param {string} folder @param {ArrayBuffer} pack
 */
function layFiles(FS, folder, pack) {
  const length = new DataView(pack).getUint32(0);
  const list = JSON.parse(new TextDecoder().decode(new Uint8Array(pack, 4, length)));
  const made = new Set();
  let at = 4 + length;
  for (const [path, size] of list) {
    const whole = `${folder}/${path}`;
    const home = whole.slice(0, whole.lastIndexOf("/"));
    if (!made.has(home)) FS.mkdirTree(home);
    made.add(home);
    FS.writeFile(whole, new Uint8Array(pack, at, size), { canOwn: true });
    at += size;
  }
}

/** @type {any} */
let ask;

/** @param {{wasm: string, stdlib: string, library: string, own?: string}} parts */
async function begin(parts) {
  const [wasm, stdlib, library, own] = await Promise.all(
    [parts.wasm, parts.stdlib, parts.library, parts.own].map((part) => (part ? unpacked(part) : null)),
  );
  // Pyodide asks for two files by name: it gets them from here, and nothing else is answered.
  const given = { "pyodide.asm.wasm": [wasm, "application/wasm"], "python_stdlib.zip": [stdlib, "application/zip"] };
  self.fetch = async (address) => {
    const [data, type] = given[String(address).split("/").pop()];
    return new Response(data, { headers: { "content-type": type } });
  };
  const python = await loadPyodide({
    indexURL: NOWHERE,
    packageBaseUrl: NOWHERE,
    createPyodideModule,
    lockFileContents: {
      info: { abi_version: ABI, arch: "wasm32", platform: PLATFORM, python: PYTHON, version },
      packages: {},
    },
    env: { HOME: "/home", PYTHONHASHSEED: "0" },
  });
  self.fetch = undefined;
  layFiles(python.FS, SITE, library);
  if (own) layFiles(python.FS, OWN, own);
  python.runPython(`import sys; sys.path.insert(0, "${SITE}")`);
  const door = python.pyimport("reflect.planner.door");
  ask = door.open_door(own ? OWN : "");
  door.destroy();
  return { memory: python._module.HEAP8.length };
}

const started = Promise.withResolvers
  ? Promise.withResolvers()
  : (() => {
      const held = {};
      held.promise = new Promise((resolve, reject) => Object.assign(held, { resolve, reject }));
      return held;
    })();
started.promise.catch(() => {});

/** @param {unknown} error  What went wrong, without what anybody wrote: the kind and the place alone. */
function faultOf(error) {
  const lines = String((error && error.message) || error).trim().split("\n");
  const place = lines.filter((line) => line.trimStart().startsWith("File ")).pop() || "";
  return { kind: lines[lines.length - 1].split(":")[0].slice(0, 80), place: place.trim().slice(0, 200) };
}

self.onmessage = async ({ data }) => {
  if (data.begin) {
    begin(data.begin).then(
      (told) => {
        started.resolve(undefined);
        self.postMessage({ ready: told });
      },
      (error) => {
        started.reject(error);
        self.postMessage({ fault: faultOf(error) });
      },
    );
    return;
  }
  try {
    await started.promise;
    const answer = ask(data.name, data.text, data.files);
    const [text, files] = answer.toJs();
    answer.destroy();
    self.postMessage({ id: data.id, text, files }, files.map((/** @type {Uint8Array} */ each) => each.buffer));
  } catch (error) {
    self.postMessage({ id: data.id, fault: faultOf(error) });
  }
};
