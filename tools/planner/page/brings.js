// @ts-check
/**
 * What must not wait, and what each of the two brings. These words are somebody's own: they go onto papers, and
 * nowhere else.
 */
import { PRIVATE, button, make, privateBox, redraw } from "./dom.js";
import { newId } from "./store.js";
import { words } from "./words.js";

/** So many letters one line may have. */
const LONGEST = 160;
/** What may be said behind a line, which Python reads: a text of several lines, or one that ends with a bracket. */
const MAY_SAY = /\n|\)[\s.]*$/;

/**
 * A box for lines of one kind, with those that are in.
 *
 * @param {import("./main.js").Page} page
 * @param {{list: "urgent" | "brought", whose: "supervisee" | "supervisor" | "", name: string}} kind `whose` is empty
 *     where whoever types brings it.
 */
function linesOf({ store, planning, announce, drafts, typed, desk, isReady }, { list, whose, name }) {
  const box = privateBox({ id: `brings-${name}`, maxlength: LONGEST, "aria-describedby": `brings-${name}-about`, enterkeyhint: "done" });
  const inGroup = () => planning.plan?.reader === "group";
  const rows = make("ul", { class: "lines", "aria-label": words(`brings.${name}`) });
  const mine = () => store.hour[list].filter((each) => !whose || each.whose === whose);
  const who = () => whose || (store.hour.who === "supervisee" ? "supervisee" : "supervisor");
  /** The id of the line whose words are in the box; it stays in the hour until others are put in its place. */
  let changing = "";
  const stop = () => { changing = ""; box.value = ""; };

  /** @param {string} text @param {boolean} [stays] Whether whoever typed goes on typing. */
  const put = async (text, stays = true) => {
    const read = MAY_SAY.test(text) && isReady() ? await desk("paste", { text }).catch(() => null) : null;
    /** @type {Array<{words: string, ring: string, urgent: boolean, whose?: string}>} */
    const lines = read?.lines ?? text.split(/\r?\n/).map((each) => ({ words: each.trim().slice(0, LONGEST), ring: "", urgent: false })).filter((each) => each.words);
    if (!lines.length) return box.focus();
    const { urgent, brought } = store.hour;
    const next = { urgent: [...urgent], brought: [...brought] };
    const old = next[list].findIndex((each) => each.id === changing);
    if (old >= 0) next[list][old] = { ...next[list][old], words: lines[0].words, ...(lines[0].ring ? { ring: ringOf(lines[0].ring) } : {}) };
    for (const each of old >= 0 ? lines.slice(1) : lines) next[each.urgent ? "urgent" : list].push({ id: newId(), words: each.words, whose: each.whose || who(), ring: ringOf(each.ring) });
    store.change(next);
    stop();
    if (stays) box.focus();
    announce(words("brings.in", { n: lines.length }));
  };
  /** Who may read a line: as it says, or as it is usual where it is put in. @param {string} said */
  const ringOf = (said) => (inGroup() ? (said === "group" ? "" : said) : said === "personal" ? said : "pair");
  const putBox = () => put(box.value);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); putBox(); }
    if (event.key === "Escape" && changing) { event.preventDefault(); stop(); }
  });
  // What somebody sent is often several lines, and each of them is one thing; what a line says of itself has no room in the box.
  box.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/\n\s*\S/.test(text.trim()) && !(text.length > LONGEST && MAY_SAY.test(text))) return;
    event.preventDefault();
    put(text);
  });
  drafts.add(() => box.value.trim() !== "");
  typed.add(() => { if (box.value.trim()) put(box.value, false); });

  /** @param {import("./store.js").Brought} line */
  const row = (line) => {
    // In a group what is brought is for all of them; what two people had between them stays off its papers until it is ticked.
    const group = inGroup();
    const isShared = group ? line.ring === "" : !["", "pair"].includes(line.ring);
    const state = words(group ? "brings.group" : "brings.shared");
    const said = group ? ["brings.group.not", "brings.group.said"] : ["brings.pair.said", "brings.shared.said"];
    const named = { words: line.words };
    // Who brings what must not wait is not said by the place where it was put in.
    const bringers = whose || group ? null : /** @type {HTMLSelectElement} */ (make("select", {
      class: "line-whose", autocomplete: "off", "data-keep": `whose-${line.id}`, "aria-label": words("brings.whose", named),
      change: () => { change({ whose: /** @type {"supervisee" | "supervisor"} */ (bringers?.value) }); announce(bringers?.selectedOptions[0]?.textContent ?? ""); },
    }, ...["supervisee", "supervisor"].map((each) =>
      make("option", { value: each, selected: each === line.whose }, words(each === store.hour.who ? "brings.whose.mine" : `brings.whose.${each}`)))));
    /** @param {Partial<import("./store.js").Brought> | null} difference */
    const change = (difference) => store.change({
      [list]: store.hour[list].flatMap((each) => (each.id !== line.id ? [each] : difference ? [{ ...each, ...difference }] : [])),
    });
    const bare = list === "urgent" && !group && !isShared ? make("span", { class: "hint line-bare" }, words("brings.urgent.pair")) : null;
    const place = planning.plan.places.find((each) => each.id === line.id);
    const part = planning.plan.parts.find((each) => each.id === place?.part);
    const where = part ? words("brings.at", { clock: part.clock }) : place?.when ?? "";
    // A tick, and no button that says another thing when it is touched: nothing goes onto the record by a thumb unseen.
    const tick = /** @type {HTMLInputElement} */ (make("input", {
      type: "checkbox", autocomplete: "off", "data-keep": `ring-${line.id}`, "aria-label": words("brings.ring", { ...named, state }),
      change: () => { change({ ring: isShared ? "pair" : group ? "" : "personal" }); announce(words(said[Number(!isShared)])); },
    }));
    tick.checked = isShared;
    return make("li", { class: "line" },
      make("span", { class: "line-words" }, make("span", { translate: "no" }, line.words), where ? make("span", { class: "hint line-where" }, where) : null, bare),
      make("span", { class: "line-acts" },
        bringers,
        make("label", { class: "check" }, tick, state),
        button(words("brings.change"), () => { if (box.value.trim() && !changing) putBox(); changing = line.id; box.value = line.words; box.focus(); }, { class: "small bare", "data-keep": `change-${line.id}`, "aria-label": words("brings.change.said", named) }),
        button("×", () => { if (changing === line.id) stop(); change(null); announce(words("brings.out")); if (!mine().length) box.focus(); }, { class: "bare", "data-keep": `out-${line.id}`, "aria-label": words("brings.take-out", named) })));
  };

  const label = make("label", { for: `brings-${name}` });
  const about = make("p", { class: "hint", id: `brings-${name}-about` });
  const draw = () => {
    // Whoever is supervised reads of themselves.
    const key = store.hour.who === "supervisee" && whose === "supervisee" ? "brings.mine" : `brings.${name}`;
    label.textContent = words(key);
    about.textContent = words(`${key}.about`);
    redraw(rows, ...mine().map(row));
    rows.hidden = !mine().length;
  };
  store.subscribe(draw);
  planning.subscribe(draw);
  store.onClear(stop);
  draw();
  return make("div", { class: `brings brings-${name}` },
    label, about,
    rows,
    make("div", { class: "brings-row" }, box, button(words("brings.put"), putBox, { class: "small", "aria-label": words("brings.put.said", { what: words(`brings.${name}`) }) })));
}

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountUrgent(root, page) {
  root.append(linesOf(page, { list: "urgent", whose: "", name: "urgent" }));
}

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountBrings(root, page) {
  const title = document.getElementById("brings-title");
  const draw = () => { if (title) title.textContent = words(page.store.hour.who === "supervisee" ? "brings.mine.title" : "brings.title"); };
  page.store.subscribe(draw);
  root.append(make("div", { class: "brings-both" },
    linesOf(page, { list: "brought", whose: "supervisee", name: "supervisee" }),
    linesOf(page, { list: "brought", whose: "supervisor", name: "supervisor" })));
}

/**
 * Three lines for whoever supervises: as a file, or as a text to copy. Never as a link.
 *
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountThreeLines(root, { store, planning, saver, kept, typed }) {
  /** Who may read a line, as it stands behind it. @param {import("./store.js").Brought} line */
  const whoReads = ({ ring }) => (planning.plan.reader === "group" ? (["", "group"].includes(ring) ? "three.group" : "three.not-group") : ["", "pair", "group"].includes(ring) ? "three.pair" : "three.record");
  /** @param {import("./store.js").Brought[]} lines @param {string[]} more */
  const said = (lines, ...more) => lines.filter((each) => each.whose === "supervisee").map((each) => `${each.words} (${[...more, whoReads(each)].map((key) => words(key)).join("; ")})`);
  const mine = () => [...said(store.hour.urgent, "three.urgent"), ...said(store.hour.brought)];
  const text = () => mine().join("\r\n");
  const have = () => mine().length > 0;
  const shown = make("textarea", { ...PRIVATE, class: "three-text", readonly: true, rows: "5", "aria-label": words("three.text") });
  const orSay = (/** @type {() => void} */ act) => () => {
    for (const put of typed) put();
    if (have()) return act();
    saver.tell(words("three.nothing"));
    document.getElementById("brings-supervisee")?.focus();
  };
  root.append(shown, make("div", { class: "row" },
    button(words("three.file"), orSay(() => { saver.save({ name: "what-i-bring.txt", type: "text/plain", bytes: `${text()}\r\n` }); kept(); }), { class: "main" }),
    button(words("three.copy"), orSay(async () => {
      await saver.copy(text(), () => /** @type {HTMLTextAreaElement} */ (shown), "three.copied");
      kept();
    }))));
  const draw = () => { /** @type {HTMLTextAreaElement} */ (shown).value = have() ? text() : ""; shown.hidden = !have(); };
  store.subscribe(draw);
  planning.subscribe(draw);
  draw();
}
