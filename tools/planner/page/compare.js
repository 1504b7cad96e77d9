// @ts-check
/**
 * Two copies of one record side by side. Words that differ are underlined and in brackets that a screen reader reads:
 * colour alone says nothing.
 */
import { button, make, redraw } from "./dom.js";
import { titleOf } from "./record-shown.js";
import { words } from "./words.js";

/**
 * @param {HTMLElement} root @param {import("./records.js").Room} room
 */
export function mountCompare(root, room) {
  const choices = ["mine", "theirs"].map((side) => /** @type {HTMLSelectElement} */ (make("select", { id: `compare-${side}`, autocomplete: "off" })));
  const wrong = make("p", { class: "wrong-note", hidden: true });
  const result = make("div", { class: "compare-result" });
  root.append(
    make("h2", { id: "compare-title" }, words("compare.title")),
    make("p", { class: "hint" }, words("compare.about")),
    make("div", { class: "fill-lines" }, ...choices.map((each) => make("div", { class: "fill-place fill-line" }, make("label", { for: each.id }, words(`compare.${each.id.slice(8)}`)), each))),
    button(words("compare.go"), () => compare(), { id: "records-compare-go" }),
    wrong, result);

  async function compare() {
    const [mine, theirs] = choices.map((each) => Number(each.value));
    const found = await room.ask("compare", { mine, theirs }, wrong);
    if (!found) return redraw(result);
    const told = found.proof
      ? words(found.same ? "compare.proven" : "compare.not-proven", { why: found.why })
      : words(found.same ? "compare.same" : "compare.differ", { n: found.differences.length });
    redraw(result, make("p", { class: "compare-told" }, make("b", {}, told)), ...found.differences.map(difference));
    room.page.announce(told);
  }

  /** @param {any} each */
  const difference = (each) => make("div", { class: "compare-one" },
    make("h3", {}, each.where, " ", make("span", { class: "record-state" }, words(`compare.way.${each.what}`))),
    each.mine.length || each.theirs.length ? make("dl", { class: "compare-sides" }, ...["mine", "theirs"].map((side) => make("div", {},
      make("dt", {}, words(`compare.${side}`)),
      make("dd", { translate: "no" }, ...(each[side].length ? each[side].flatMap(stretch) : [make("span", { class: "hint" }, words("compare.nothing"))]))))) : null);

  /** @param {{same: boolean, text: string}} given */
  const stretch = ({ same, text }) => [same ? text : make("mark", {}, make("span", { class: "compare-sign" }, "»"), text, make("span", { class: "compare-sign" }, "«")), " "];

  const draw = () => {
    const able = room.papers().filter((each) => each.told.sections);
    const known = able.map((each) => String(each.told.number));
    choices.forEach((each, n) => {
      const before = each.value;
      each.replaceChildren(...able.map(({ told }) => make("option", { value: told.number }, `${titleOf(told)} – ${told.name}`)));
      each.value = known.includes(before) ? before : known[Math.min(n, known.length - 1)] ?? "";
    });
    // A paper says the same as itself.
    const [mine, theirs] = choices;
    if (mine.value === theirs.value) theirs.value = known.find((each) => each !== mine.value) ?? theirs.value;
    root.hidden = able.length < 2;
    if (root.hidden) { result.replaceChildren(); wrong.hidden = true; }
  };
  room.onChange(draw);
  room.page.store.subscribe((hour, before) => { if (hour.who !== before.who) result.replaceChildren(); });
  draw();
}
