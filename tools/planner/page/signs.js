// @ts-check
/**
 * The signs of what is done, as cards and slides have them: one tells them apart by their shape.
 */

const SVG = "http://www.w3.org/2000/svg";
/** The sign of each way of working. @type {Record<string, string>} */
const OF_WAY = { talk: "say", listen: "silent", draw: "draw", move: "move", sort: "sort", write: "write" };

/** The sign of a way of working. @param {import("./search.js").Gallery} gallery @param {string} way */
export const signOfWay = (gallery, way) => sign(gallery, OF_WAY[way]);

/**
 * The sign of what is done, in the colour of the text.
 *
 * @param {import("./search.js").Gallery} gallery @param {string} does
 */
export function sign(gallery, does) {
  const { path, line } = gallery.signs[does] ?? { path: "", line: false };
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", line ? "sign sign-line" : "sign");
  svg.setAttribute("aria-hidden", "true");
  const drawn = document.createElementNS(SVG, "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}
