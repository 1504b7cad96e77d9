/**
 * Run a script in the Python of the built page, without a browser, and print the text that it ends with.
 *
 * Usage: node inside.mjs PACKAGE SCRIPT.py [WHOLE_STDLIB]
 *
 * PACKAGE is the folder of the distribution: its standard library and its modules are used, so that what they lack is
 * missed here too. With a third argument, Pyodide's whole standard library is used in place of it.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { loadPyodide } from "pyodide";

const [folder, script, whole] = process.argv.slice(2);
/** @param {string} name */
const part = (name) => zlib.gunzipSync(fs.readFileSync(path.join(folder, `${name}.gz`)));

const home = fs.mkdtempSync(path.join(os.tmpdir(), "planner-"));
try {
  fs.writeFileSync(path.join(home, "python_stdlib.zip"), whole ? fs.readFileSync(whole) : part("stdlib"));
  const python = await loadPyodide({ stdLibURL: path.join(home, "python_stdlib.zip"), env: { PYTHONHASHSEED: "0" } });
  const pack = part("library");
  const length = pack.readUInt32BE(0);
  let at = 4 + length;
  for (const [name, size] of JSON.parse(pack.subarray(4, at).toString())) {
    const file = `/lib/site/${name}`;
    python.FS.mkdirTree(path.posix.dirname(file));
    python.FS.writeFile(file, new Uint8Array(pack.subarray(at, at + size)));
    at += size;
  }
  python.runPython('import sys; sys.path.insert(0, "/lib/site")');
  process.stdout.write(String(python.runPython(fs.readFileSync(script, "utf8"))));
} finally {
  fs.rmSync(home, { recursive: true });
}
