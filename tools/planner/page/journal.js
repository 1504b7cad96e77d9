// @ts-check
/**
 * The journal of the two: a file that one opens and saves. It knows which sessions were held, and no word of them.
 */
import { button, make, redraw } from "./dom.js";
import { words } from "./words.js";

/**
 * @param {HTMLElement} root @param {import("./records.js").Room} room
 */
export function mountJournal(root, room) {
  const { announce, isReady, drafts, store } = room.page;
  const picker = /** @type {HTMLInputElement} */ (make("input", { type: "file", multiple: true, hidden: true, accept: ".zip,.yaml,.yml", "aria-hidden": "true", tabindex: "-1" }));
  const wrong = make("p", { class: "wrong-note", hidden: true });
  const list = make("div", { class: "journal-list" });
  /** @type {any[]} */
  let sessions = [];
  let unsaved = false;
  drafts.add(() => unsaved);

  picker.addEventListener("change", async () => {
    const files = await Promise.all([...(picker.files ?? [])].map(async (each) => ({ name: each.name, bytes: new Uint8Array(await each.arrayBuffer()) })));
    picker.value = "";
    if (!files.length) return;
    const told = await room.ask("journal_open", { files }, wrong);
    if (!told) return;
    ({ sessions } = told);
    unsaved = false;
    draw();
    store.change({ journal: 1 }, { quiet: true });
    announce(words("journal.opened", { n: sessions.length }));
  });

  const save = async () => {
    const made = await room.ask("journal_save", {}, wrong);
    if (!made) return;
    room.save(made.file);
    unsaved = false;
    draw();
  };

  /** @param {any} each */
  const row = (each) => make("li", {},
    make("b", {}, each.date), " ",
    make("span", {}, each.held ? each.used.join(", ") || words("journal.held") : words("journal.cancelled")),
    make("span", { class: "hint" }, [each.minutes ? words("journal.minutes", { n: each.minutes }) : "", each.open ? words("journal.open-actions", { n: each.open }) : "", each.signed.length ? words("journal.signed", { n: each.signed.length }) : ""].filter(Boolean).join(" · ")));

  const draw = () => redraw(list,
    sessions.length ? make("p", {}, words("journal.has", { n: sessions.length })) : null,
    sessions.length ? make("ul", { class: "journal-sessions" }, ...sessions.map(row)) : null,
    make("div", { class: "row" },
      button(words("journal.open"), () => { if (isReady()) picker.click(); }, { class: "small", "data-keep": "journal-open" }),
      sessions.length ? button(words("journal.save"), save, { class: unsaved ? "main" : "small", "data-keep": "journal-save" }) : null),
    unsaved ? make("p", { class: "hint" }, words("journal.unsaved")) : null);

  // A session is noted where its record is closed.
  document.addEventListener("journal", (event) => {
    ({ sessions } = /** @type {CustomEvent} */ (event).detail);
    unsaved = true;
    draw();
    store.change({ journal: 1 }, { quiet: true });
  });
  store.subscribe(async (hour, before) => {
    if (hour.who === before.who) return;
    // Whoever is here now reads what is theirs.
    sessions = [];
    wrong.hidden = true;
    wrong.replaceChildren();
    draw();
    if (!isReady() || !hour.journal) return;
    const told = await room.ask("journal", {}, null);
    if (told) ({ sessions } = told);
    draw();
  });
  root.append(make("h2", { id: "journal-title" }, words("journal.title")), make("p", { class: "hint" }, words("journal.about")), list, wrong, picker);
  store.onClear(() => { sessions = []; unsaved = false; wrong.hidden = true; draw(); });
  draw();
}
