// Search the gallery as the page does: the module, the gallery as JSON, and texts; out comes what each of them finds.
import { readFileSync } from "node:fs";

const [, , module, data, ...texts] = process.argv;
const source = readFileSync(module, "utf8");
const { search, fold } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const gallery = JSON.parse(readFileSync(data, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => ({ ...search(gallery, text), folded: fold(text) }))));
