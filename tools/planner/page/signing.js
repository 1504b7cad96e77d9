// @ts-check
/**
 * Close a record, so that nobody can change it unseen; sign it; and make one's own copy, with names replaced.
 */
import { button, make, privateBox, redraw } from "./dom.js";
import { words } from "./words.js";

const ROLES = /** @type {const} */ (["supervisee", "supervisor"]);
const AGREEMENTS = /** @type {const} */ (["agreed", "agreed with comments", "not agreed"]);

/** Today, as it is written on papers. */
export const todayInWords = () => new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** Today, as a day of the person at the page. */
function today() {
  const now = new Date();
  return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
}

/** @typedef {import("./records.js").Room} Room */

/**
 * Close a paper, or make its copies, and see what is in it now.
 *
 * @param {Room} room @param {number} number @param {object} how @param {HTMLElement} wrong
 */
async function closePaper(room, number, how, wrong) {
  const done = await room.ask("close", { number, day: today(), ...how }, wrong);
  if (!done) return null;
  if (done.done) room.closings.set(number, done);
  const now = await room.ask("look_at", { number }, wrong);
  if (done.files.length) room.unsaved.add(number);
  if (now) room.become(now);
  return done;
}

/** A file that closing has made, to save. @param {Room} room @param {number} number @param {any} file @param {string} label @param {string} look */
const toSave = (room, number, file, label, look) => make("div", { class: "row" },
  button(label, () => { room.save(file); room.unsaved.delete(number); room.redraw(); }, { class: look, "data-keep": `file-${file.name}` }),
  file.keepers.length ? make("span", { class: "hint" }, words("records.keepers", { who: file.keepers.map((/** @type {string} */ each) => words(`records.keeper.${each}`)).join(", ") })) : null);

/** What the two should look at. @param {any} done */
const notesOf = (done) => {
  const notes = done ? [...done.doubts, ...done.notes] : [];
  return notes.length ? make("div", { class: "record-doubts" }, make("p", {}, words(done.done === "to-sign" ? "records.close.notes" : "records.done.notes")), make("ul", { class: "dots" }, ...notes.map((each) => make("li", {}, each)))) : null;
};

/**
 * Close a record: settle its words.
 *
 * @param {HTMLElement} root @param {Room} room @param {any} told @param {() => void} end
 */
export function mountClosing(root, room, told, end) {
  const { number } = told;
  const { announce } = room.page;
  const wrong = make("p", { class: "wrong-note", hidden: true });
  const signs = told.steps.some((/** @type {any} */ each) => each.step === "sign");
  const { changes } = told.state;

  const close = async () => {
    const done = await closePaper(room, number, changes.length ? { again: true } : {}, wrong);
    if (!done) return;
    announce(words(`records.done.${done.done}`));
    room.go(number, signs ? "sign" : "keep");
  };
  root.append(
    make("h3", { id: `panel-${number}-close`, tabindex: "-1", class: "panel-title" }, words("records.close.title")),
    make("p", { class: "hint" }, words(changes.length ? "records.close.changed" : "records.close.about")),
    changes.length ? make("ul", { class: "dots" }, ...changes.map((/** @type {string} */ each) => make("li", {}, each))) : "",
    wrong,
    make("div", { class: "row" },
      button(words(changes.length ? "records.close.again" : "records.close"), close, { class: "main", id: `closing-${number}` }),
      button(words("records.back"), end, { class: "small" })));
}

/**
 * Sign a record that is closed, each of the two for themselves.
 *
 * @param {HTMLElement} root @param {Room} room @param {any} told @param {() => void} end
 */
export function mountSigning(root, room, told, end) {
  const { number } = told;
  const { announce } = room.page;
  const signs = make("div", { class: "closing-signs" });
  const acts = make("div", { class: "row" });
  const done = room.closings.get(number);

  const drawSigns = () => {
    const signed = room.paper(number)?.told.signed ?? [];
    redraw(signs, ...ROLES.map(signature));
    redraw(acts,
      signed.length ? button(words("step.do.keep"), () => room.go(number, "keep"), { class: "main", "data-keep": "go-keep" }) : null,
      button(words("records.back"), end, { class: "small", "data-keep": "back" }),
      signed.length ? null : button(words("records.close.unsigned"), () => room.go(number, "keep", { unsigned: true }), { class: "link", "data-keep": "unsigned" }));
  };
  /** Who has signed changes that only if they say so. @type {Set<string>} */
  const changing = new Set();

  /** The name that stands on the record for a role; nobody writes it twice. @param {string} role */
  const nameOf = (role) => told.facts?.find((/** @type {any} */ each) => each.key === role)?.text ?? "";

  /** @param {typeof ROLES[number]} role */
  const signature = (role) => {
    const known = room.paper(number)?.told.signed.find((/** @type {any} */ each) => each.role === role);
    if (known?.agreement && !changing.has(role)) {
      const said = [words(`records.agreement.${AGREEMENTS.indexOf(known.agreement)}`), known.name, known.date].filter(Boolean).join(", ");
      return make("div", { class: "closing-signed" },
        make("p", {}, make("b", {}, words("records.sign.has", { role: words(`records.role.${role}`) })), " ", make("span", { translate: "no" }, said), known.comments ? make("span", { class: "hint", translate: "no" }, ` – ${known.comments}`) : null),
        button(words("records.sign.change"), () => { changing.add(role); drawSigns(); document.getElementById(`sign-${number}-${role}-name`)?.focus(); }, { class: "link", id: `sign-${number}-${role}-again`, "aria-label": words("records.sign.change.named", { role: words(`records.role.${role}`) }) }));
    }
    const own = `sign-${number}-${role}`;
    const radios = AGREEMENTS.map((each, n) => /** @type {HTMLInputElement} */ (make("input", { type: "radio", name: own, value: each, id: `${own}-${n}`, autocomplete: "off" })));
    radios.forEach((each) => { each.checked = each.value === known?.agreement; });
    const fields = ["name", "date", "comments"].map((part) => {
      const box = privateBox({ id: `${own}-${part}`, ...(part === "comments" ? { rows: "2" } : {}) }, part === "comments" ? "textarea" : "input");
      box.value = known?.[part] || (part === "date" ? todayInWords() : part === "name" ? nameOf(role) : "");
      return box;
    });
    const wrong = make("p", { class: "wrong-note", hidden: true });
    const copy = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id: `${own}-copy`, autocomplete: "off" }));
    const sign = async () => {
      const agreement = radios.find((each) => each.checked)?.value ?? "";
      // Nobody has signed on no day.
      if (agreement) fields[1].value = fields[1].value.trim() || todayInWords();
      const [name, date, comments] = fields.map((each) => each.value);
      const now = await room.ask("sign", { number, role, agreement, name, date, comments, copy: copy.checked }, wrong);
      if (!now) {
        // Whoever is told what is missing is where it goes.
        (agreement ? fields[0] : radios[0]).focus();
        return;
      }
      room.become(now);
      room.unsaved.add(number);
      changing.delete(role);
      drawSigns();
      announce(words("records.sign.said", { role: words(`records.role.${role}`) }));
      const other = ROLES.find((each) => each !== role);
      (document.getElementById(`sign-${number}-${other}-name`) ?? /** @type {HTMLElement | null} */ (acts.querySelector("button")))?.focus();
    };
    return make("fieldset", { class: "fill-sign" },
      make("legend", {}, words(`records.role.${role}`)),
      make("div", { class: "fill-options" }, ...radios.map((each, n) => make("label", { class: "check", for: each.id }, each, words(`records.agreement.${n}`)))),
      make("div", { class: "fill-lines" }, ...["name", "date", "comments"].map((part, n) => make("div", { class: `fill-place ${part === "comments" ? "fill-box" : "fill-line"}` }, make("label", { for: `${own}-${part}` }, words(`fill.sign.${part}`)), fields[n]))),
      told.gives.includes(role) ? make("div", {}, make("label", { class: "check", for: copy.id }, copy, words("fill.sign.copy"))) : null, wrong,
      button(words("records.sign"), sign, { class: "small", id: `${own}-go`, "aria-label": words("records.sign.named", { role: words(`records.role.${role}`) }) }));
  };

  root.append(
    make("h3", { id: `panel-${number}-sign`, tabindex: "-1", class: "panel-title" }, words("records.sign.title")),
    make("p", { class: "hint" }, words("records.sign.about")),
    notesOf(done) ?? "",
    ...(done?.done === "to-sign" ? done.files.map((/** @type {any} */ file) => toSave(room, number, file, words("records.to-sign.save"), "small")) : []),
    signs, acts);
  drawSigns();
}

/**
 * Make the copies that each keeps.
 *
 * @param {HTMLElement} root @param {Room} room @param {any} told @param {() => void} end @param {{unsigned?: boolean}} how
 */
export function mountKeeping(root, room, told, end, how) {
  const { number } = told;
  const { announce } = room.page;
  const wrong = make("p", { class: "wrong-note", hidden: true });
  const result = make("div", { class: "closing-result" });
  const back = button(words("records.back"), end, { class: "small" });
  root.append(make("h3", { id: `panel-${number}-keep`, tabindex: "-1", class: "panel-title" }, words("records.keep.title")), wrong, result, make("div", { class: "row" }, back));

  const draw = (/** @type {any} */ done) => redraw(result,
    make("p", { class: "closing-done" }, make("b", {}, words(`records.done.${done.done}`))),
    notesOf(done),
    ...done.files.map((/** @type {any} */ file, /** @type {number} */ n) => toSave(room, number, file, words("records.save.file", { name: file.name }), n ? "small" : "small main")));
  const before = room.closings.get(number);
  if (before && before.done !== "to-sign" && told.steps.some((/** @type {any} */ each) => each.step === "keep" && each.standing === "done")) draw(before);
  else {
    closePaper(room, number, how, wrong).then((done) => {
      if (!done) return;
      draw(done);
      announce(words(`records.done.${done.done}`));
    });
  }
}

/**
 * @param {HTMLElement} root @param {import("./records.js").Room} room @param {any} told @param {() => void} end
 */
export function mountOwnCopy(root, room, told, end) {
  const { number } = told;
  const { announce, drafts } = room.page;
  const wrong = make("p", { class: "wrong-note", hidden: true });
  const rows = make("div", { class: "copy-rows" });
  const preview = make("div", { class: "copy-preview", role: "status" });
  const result = make("div", { class: "copy-result" });
  const comments = privateBox({ id: `copy-comments-${number}`, rows: "2" }, "textarea");
  /** @type {Array<{name: HTMLInputElement, words: HTMLInputElement}>} */
  let pairs = [];

  const replace = () => pairs.map((each) => [each.name.value, each.words.value]).filter(([name, other]) => name.trim() && other.trim());
  const isDirty = () => root.isConnected && (comments.value.trim() !== "" || replace().length > 0);
  drafts.add(isDirty);

  const add = (reference = "") => {
    const n = pairs.length + 1;
    const name = privateBox({ id: `copy-${number}-${n}-name`, value: reference, change: () => look() });
    const other = privateBox({ id: `copy-${number}-${n}-words`, change: () => look() });
    pairs = [...pairs, { name, words: other }];
    rows.append(make("div", { class: "fill-lines" },
      make("div", { class: "fill-place fill-line" }, make("label", { for: name.id }, words("records.copy.reference", { n })), name),
      make("div", { class: "fill-place fill-line" }, make("label", { for: other.id }, words("records.copy.words", { n })), other)));
    if (n === 1) {
      const about = make("span", { class: "hint fill-hint", id: `copy-words-about-${number}` }, words("records.copy.words.about"));
      other.after(about);
      other.setAttribute("aria-describedby", about.id);
    }
    return name.value ? other : name;
  };

  const look = async () => {
    const seen = await room.ask("own_copy", { number, replace: replace(), comments: comments.value }, wrong);
    if (!seen) return;
    redraw(preview,
      seen.times.length ? make("ul", { class: "dots" }, ...seen.times.map((/** @type {any} */ each) => make("li", { translate: "no" }, each.times ? words("records.copy.times", { name: each.name, words: each.words, n: each.times }) : words("records.copy.nowhere", { name: each.name })))) : null,
      make("p", {}, seen.left.length ? words("records.copy.left") : words("records.copy.none-left")),
      seen.left.length ? make("div", { class: "row copy-left" }, ...seen.left.map((/** @type {any} */ each) => button(`${each.name} (${each.times})`, () => add(each.name).focus(), { class: "small pill", "data-keep": `left-${each.name}`, translate: "no", "aria-label": words("records.copy.take", { name: each.name, n: each.times }) }))) : null);
  };

  /** @param {"docx" | "json"} to */
  const make_ = async (to) => {
    const made = await room.ask("own_copy", { number, replace: replace(), comments: comments.value, to }, wrong);
    if (!made) return;
    room.save(made.file);
    const sentence = words(made.proven ? "records.copy.proven" : "compare.not-proven", { why: made.why });
    redraw(result, make("p", { class: "note" }, words("fill.saved", { name: made.file.name }), " ", sentence));
    announce(sentence);
  };

  root.append(
    make("h3", { id: `panel-${number}-copy`, tabindex: "-1", class: "panel-title" }, words("records.copy.title")),
    make("p", { class: "hint" }, words("records.copy.about")),
    rows,
    button(words("records.copy.more"), () => add().focus(), { class: "small" }),
    preview,
    make("div", { class: "fill-place fill-box" }, make("label", { for: comments.id }, words("records.copy.comments")), comments),
    wrong,
    make("div", { class: "row" },
      button(words("records.copy.docx"), () => make_("docx"), { class: "main" }),
      button(words("records.copy.json"), () => make_("json")),
      button(words("records.back"), () => { drafts.delete(isDirty); end(); }, { class: "small" })),
    result);
  add();
  look();
}
