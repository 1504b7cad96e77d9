/**
 * Every word that the page shows, by its key: none stands in a script or in the markup.
 */

/** @type {Record<string, string | {one: string, other: string}>} */
let known = {};

/** @param {typeof known} all */
export function useWords(all) {
  known = all;
}

/**
 * @param {string} key @param {Record<string, string | number>} [given]  What stands in the braces.
 * @returns {string}
 */
export function words(key, given = {}) {
  const found = known[key] ?? key;
  const text = typeof found === "string" ? found : given.n === 1 ? found.one : found.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in given ? String(given[name]) : whole));
}

/** Write the words into every element that names them. @param {ParentNode} root */
export function writeWords(root) {
  for (const each of root.querySelectorAll("[data-words]")) each.textContent = words(each.getAttribute("data-words") ?? "");
}
