// @ts-check
/**
 * Fill in on the page what the Word record has: every place, with its label, who may read it, and its choices.
 *
 * What is typed here is somebody's own. It is in this page alone until it is saved as a file.
 */
import { button, make, privateBox } from "./dom.js";
import { ringChip } from "./record-shown.js";
import { words } from "./words.js";

let last = 0;
const newId = () => `f${++last}`;

/** How many lines of room a box has at first, where it does not grow by itself. @param {any} place */
const roomFor = ({ lines, value }) => Math.max(2, Math.min(14, Math.max(lines, value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 90), 0))));

/**
 * @param {HTMLElement} root @param {import("./records.js").Room} room @param {any} told @param {() => void} end
 */
export function mountForm(root, room, told, end) {
  const { number } = told;
  const { announce, drafts } = room.page;
  const wrong = make("p", { class: "wrong-note", hidden: true });
  const note = make("p", { class: "note", role: "status" });
  let before = "";
  /** @type {Record<string, () => string>} */
  const texts = {};
  /** @type {Record<string, () => string[][]>} */
  const tables = {};

  const written = () => ({
    answers: Object.fromEntries(Object.entries(texts).map(([name, read]) => [name, read()])),
    tables: Object.fromEntries(Object.entries(tables).map(([name, read]) => [name, read()])),
  });
  const isDirty = () => root.isConnected && JSON.stringify(written()) !== before;
  drafts.add(isDirty);
  // Whoever was here wrote it: it stays theirs, though somebody else is here now.
  room.forms.add((who) => {
    if (!isDirty()) return;
    room.unsaved.add(number);
    room.page.desk("fill", { number, who, form: told.form, ...written() }).catch(() => {});
  });

  /** Put what is written into the record; gives whether it was taken. */
  const keep = async () => {
    const now = await room.ask("fill", { number, form: told.form, ...written() }, wrong);
    if (!now) return false;
    if (now.form !== room.paper(number)?.told.form) room.unsaved.add(number);
    room.become(now);
    return true;
  };

  /** Go on to something else, with all that is written; gives whether it was taken. */
  const leave = async () => {
    if (!await keep()) return false;
    drafts.delete(isDirty);
    announce(words(room.unsaved.has(number) ? "fill.kept" : "fill.saved-already"));
    return true;
  };

  /** @param {"docx" | "json"} to */
  const save = async (to) => {
    if (!await keep()) return;
    const made = await room.ask("save", { number, to }, wrong);
    if (!made) return;
    before = JSON.stringify(written());
    room.save(made.file);
    room.unsaved.delete(number);
    note.textContent = [words("fill.saved", { name: made.file.name }), made.left_out.length ? words("fill.left-out", { places: made.left_out.join(", ") }) : ""].filter(Boolean).join(" ");
  };

  /** @param {string} label @param {string} asked @param {string} described @param {Record<string, unknown>} more @param {"input" | "textarea"} tag */
  const box = (label, asked, described, more, tag) => {
    const id = newId();
    const field = privateBox({ id, "aria-describedby": described || null, ...(label ? {} : { "aria-label": asked }), ...more }, tag);
    return { field, shown: make("div", { class: "fill-place" }, label ? make("label", { for: id }, label) : null, field) };
  };

  /** Whether a place is for what is written here. One signs when the words are settled. @param {any} place */
  const isWritten = (place) => !["printed", "sign"].includes(place.form);

  /** @param {any} place @param {string} described */
  const drawPlace = (place, described) => {
    switch (place.form) {
      case "printed": case "sign": return null;
      case "choice": case "scale": return drawTicks(place, described);
      case "rows": return drawRows(place, described);
      default: {
        const isLine = place.form === "line" || place.form === "date";
        const more = isLine ? {} : { rows: roomFor(place) };
        const hint = place.usual ? words("fill.usual") : place.form === "date" ? words("fill.date") : "";
        const own = hint ? newId() : "";
        const { field, shown } = box(place.called, place.asked, [described, own].filter(Boolean).join(" "), more, isLine ? "input" : "textarea");
        if (hint) field.after(make("span", { id: own, class: "hint fill-hint" }, hint));
        shown.classList.add(isLine ? "fill-line" : "fill-box");
        field.value = place.value || place.usual;
        texts[place.name] = () => field.value;
        return shown;
      }
    }
  };

  /** @param {any} place @param {string} described */
  const drawTicks = (place, described) => {
    const group = newId();
    const isOne = place.options.length === 1;
    const radios = place.options.map((/** @type {string} */ option) => {
      // What is ticked or not has a box; what is one of several is one of a group.
      const radio = /** @type {HTMLInputElement} */ (make("input", { type: isOne ? "checkbox" : "radio", name: group, value: option, id: newId(), autocomplete: "off" }));
      radio.checked = option === place.value;
      radio.defaultChecked = false;
      return radio;
    });
    const clear = button(words("fill.clear"), () => {
      radios.forEach((/** @type {HTMLInputElement} */ each) => { each.checked = false; });
      clear.hidden = true;
      radios[0].focus();
      announce(words("fill.cleared"));
    }, { class: "link fill-clear", "aria-label": words("fill.clear.named", { asked: place.called || place.asked }) });
    const look = () => { clear.hidden = isOne || !radios.some((/** @type {HTMLInputElement} */ each) => each.checked); };
    radios.forEach((/** @type {HTMLInputElement} */ each) => each.addEventListener("change", look));
    look();
    texts[place.name] = () => radios.find((/** @type {HTMLInputElement} */ each) => each.checked)?.value ?? "";
    const ends = place.form === "scale" ? make("p", { class: "hint", id: newId() }, words("fill.scale", { low: place.ends[0], high: place.ends[1], whose: place.ends[2] })) : null;
    return make("fieldset", { class: `fill-ticks ${place.form === "scale" ? "fill-scale" : ""}`.trim(), "aria-describedby": [described, ends?.id].filter(Boolean).join(" ") },
      // One box to tick has its words beside it.
      make("legend", { class: place.called && (place.label || !isOne) ? null : "unseen" }, place.called || place.asked),
      make("div", { class: "fill-options" }, ...radios.map((/** @type {HTMLInputElement} */ each) => make("label", { class: "check", for: each.id }, each, each.value)), clear), ends);
  };

  /** @param {any} place @param {string} described */
  const drawRows = (place, described) => {
    const body = make("tbody");
    const cells = () => [...body.querySelectorAll("tr")].map((row) => [...row.querySelectorAll("textarea")].map((each) => each.value));
    /** @param {string[]} texts */
    const add = (texts) => {
      const n = body.children.length + 1;
      body.append(make("tr", {}, ...place.columns.map((/** @type {string} */ column, /** @type {number} */ i) => {
        const field = privateBox({ rows: "1", "aria-label": words("fill.cell", { column, n }), "aria-describedby": described || null }, "textarea");
        field.value = texts[i] ?? "";
        return make("td", { "data-column": column }, field);
      })));
    };
    place.rows.forEach(add);
    for (let n = 0; n < place.blank; n++) add([]);
    if (!body.children.length) add([]);
    tables[place.name] = cells;
    return make("div", { class: "fill-rows" },
      make("table", { "aria-label": place.asked }, make("thead", {}, make("tr", {}, ...place.columns.map((/** @type {string} */ each) => make("th", { scope: "col" }, each)))), body),
      button(words("fill.row"), () => { add([]); /** @type {HTMLElement} */ (body.lastElementChild?.querySelector("textarea")).focus(); announce(words("fill.row.said", { n: body.children.length })); }, { class: "small", "aria-label": words("fill.row.named", { asked: place.asked }) }));
  };

  /** @param {any} section */
  const drawSection = (section) => {
    const all = section.lines.flat();
    const places = all.filter(isWritten);
    if (!places.length && (section.level === 1 || all.some((/** @type {any} */ each) => each.form === "sign"))) return null;
    const rings = [...new Set(places.map((/** @type {any} */ each) => each.ring).filter(Boolean))];
    const chip = newId();
    const head = section.head ? make("h4", {}, section.head, section.note ? make("span", { class: "hint" }, ` ${section.note}`) : null) : null;
    const lines = section.lines.map((/** @type {any[]} */ line) => make("div", { class: "fill-lines" }, ...line.map((place) => {
      if (rings.length < 2) return drawPlace(place, rings.length ? chip : "");
      const own = newId();
      const drawn = drawPlace(place, own);
      drawn?.append(make("span", { id: own }, ringChip(place.ring)));
      return drawn;
    })));
    return make("div", { class: `fill-section ${section.talk ? "fill-talk" : ""}`.trim(), role: "group", "aria-label": section.head || places[0]?.asked || told.title },
      head || rings.length === 1 ? make("div", { class: "fill-head" }, head, rings.length === 1 ? make("span", { id: chip }, ringChip(/** @type {string} */ (rings[0]))) : null) : null,
      ...section.said.map((/** @type {string} */ each) => make("p", { class: "hint" }, each)), ...lines);
  };

  root.append(
    make("h3", { id: `panel-${number}-fill`, tabindex: "-1", class: "panel-title" }, words("fill.title")),
    make("p", { class: "hint" }, words(told.state.closed ? "fill.closed" : told.steps.length ? "fill.about" : "fill.about.paper")),
    make("div", { class: "fill" }, ...told.sections.map(drawSection).filter(Boolean)),
    wrong, note,
    make("div", { class: "row fill-acts" },
      button(words("fill.done"), async () => { if (await leave()) end(); }, { class: "main", "data-keep": "fill-done" }),
      button(words("fill.save.docx"), () => save("docx"), { "data-keep": "fill-docx" }),
      button(words("fill.save.json"), () => save("json"), { "data-keep": "fill-json" })));
  before = JSON.stringify(written());
  return leave;
}
