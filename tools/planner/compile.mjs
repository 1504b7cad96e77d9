/**
 * Compile zips of Python modules with Pyodide's own Python, so that nothing is compiled where the page is opened.
 *
 * Usage: node compile.mjs IN.zip OUT.zip [IN.zip OUT.zip …]
 */
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const python = await loadPyodide();
python.runPython(fs.readFileSync(fileURLToPath(new URL("compiling.py", import.meta.url)), "utf8"));
const compileZip = python.globals.get("compile_zip");
const names = process.argv.slice(2);
for (let n = 0; n < names.length; n += 2) {
  const given = python.toPy(new Uint8Array(fs.readFileSync(names[n])));
  const made = compileZip(given);
  fs.writeFileSync(names[n + 1], made.toJs());
}
