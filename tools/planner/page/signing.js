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

/**
 * @param {HTMLElement} root @param {import("./records.js").Room} room @param {any} told @param {() => void} end
 */
export function mountClosing(root, room, told, end) {
  const { number } = told;
  const { announce } = room.page;
  const wrong = make("p", { class: "wrong-note", hidden: true });
  const result = make("div", { class: "closing-result" });
  const signs = make("div", { class: "closing-signs" });
  const isClosed = () => room.paper(number)?.told.state?.closed ?? false;

  /** @param {{again?: boolean, unsigned?: boolean}} how */
  const close = async (how = {}) => {
    const done = await room.ask("close", { number, day: today(), ...how }, wrong);
    if (!done) return;
    const now = await room.ask("look_at", { number }, wrong);
    if (now) room.become(now);
    if (done.files.length) room.unsaved.add(number);
    draw(done);
    announce(words(done.done ? `records.done.${done.done}` : "records.done.changed"));
  };

  /** @param {any} done */
  const draw = (done) => {
    const notes = [...done.doubts, ...done.notes];
    redraw(result,
      make("p", { class: "closing-done" }, make("b", {}, words(done.done ? `records.done.${done.done}` : "records.done.changed"))),
      done.done ? null : make("ul", { class: "dots" }, ...done.changes.map((/** @type {string} */ each) => make("li", {}, each))),
      done.done ? null : button(words("records.close.again"), () => close({ again: true }), { class: "small", "data-keep": "again" }),
      notes.length ? make("div", {}, make("p", { class: "hint" }, words("records.close.notes")), make("ul", { class: "dots" }, ...notes.map((each) => make("li", {}, each)))) : null,
      ...done.files.map((/** @type {any} */ file) => make("div", { class: "row" },
        button(words("records.save.file", { name: file.name }), () => { room.save(file); room.unsaved.delete(number); }, { class: "main", "data-keep": `file-${file.name}` }),
        file.keepers.length ? make("span", { class: "hint" }, words("records.keepers", { who: file.keepers.map((/** @type {string} */ each) => words(`records.keeper.${each}`)).join(", ") })) : null)),
      done.journal ? button(words("journal.note"), () => noteIt(), { class: "small", "data-keep": "note" }) : null);
    drawSigns();
    closing.classList.toggle("main", done.done === "");
  };

  const noteIt = async () => {
    const noted = await room.ask("journal_note", { number }, wrong);
    if (!noted) return;
    root.dispatchEvent(new CustomEvent("journal", { bubbles: true, detail: noted }));
    announce(noted.note || words(noted.noted ? "journal.noted" : "journal.known"));
  };

  const closing = button(words("records.close"), () => close(), { class: "main", id: `closing-${number}` });
  const unsigned = button(words("records.close.unsigned"), () => close({ unsigned: true }), { class: "small" });

  const drawSigns = () => {
    signs.replaceChildren();
    const signed = room.paper(number)?.told.signed ?? [];
    closing.textContent = words(isClosed() ? "records.close.finish" : "records.close");
    closing.classList.toggle("main", !isClosed() || signed.length > 0);
    unsigned.hidden = signed.length > 0;
    if (!isClosed()) return;
    signs.append(make("h4", {}, words("records.sign.title")), make("p", { class: "hint" }, words("records.sign.about")), ...ROLES.map(signature));
  };
  /** Who has signed changes that only if they say so. @type {Set<string>} */
  const changing = new Set();

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
      box.value = known?.[part] || (part === "date" ? todayInWords() : "");
      return box;
    });
    const sign = async () => {
      const agreement = radios.find((each) => each.checked)?.value ?? "";
      // Nobody has signed on no day.
      if (agreement) fields[1].value = fields[1].value.trim() || todayInWords();
      const [name, date, comments] = fields.map((each) => each.value);
      const now = await room.ask("sign", { number, role, agreement, name, date, comments }, wrong);
      if (!now) return;
      room.become(now);
      room.unsaved.add(number);
      changing.delete(role);
      drawSigns();
      announce(words("records.sign.said", { role: words(`records.role.${role}`) }));
      const other = ROLES.find((each) => each !== role);
      (document.getElementById(`sign-${number}-${other}-name`) ?? closing).focus();
    };
    return make("fieldset", { class: "fill-sign" },
      make("legend", {}, words(`records.role.${role}`)),
      make("div", { class: "fill-options" }, ...radios.map((each, n) => make("label", { class: "check", for: each.id }, each, words(`records.agreement.${n}`)))),
      make("div", { class: "fill-lines" }, ...["name", "date", "comments"].map((part, n) => make("div", { class: `fill-place ${part === "comments" ? "fill-box" : "fill-line"}` }, make("label", { for: `${own}-${part}` }, words(`fill.sign.${part}`)), fields[n]))),
      button(words("records.sign"), sign, { class: "small", id: `${own}-go`, "aria-label": words("records.sign.named", { role: words(`records.role.${role}`) }) }));
  };

  root.append(
    make("h3", { id: `panel-${number}-close`, tabindex: "-1", class: "panel-title" }, words("records.close.title")),
    make("p", { class: "hint" }, words("records.close.about")),
    wrong,
    make("div", { class: "row" },
      closing, unsigned,
      button(words("records.back"), end, { class: "small" })),
    result, signs);
  drawSigns();
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
    const sentence = made.proven ? words("records.copy.proven") : made.why;
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
