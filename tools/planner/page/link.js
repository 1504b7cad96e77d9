// @ts-check
/**
 * A link to begin with, made only when somebody asks for it. It has the frame of the hour and nobody's words.
 *
 * Python makes and reads it. Before Python is there, and where it never is, the page knows the few fields of it that
 * every hour has.
 */
import { button, make, redraw } from "./dom.js";
import { asGiven } from "./planning.js";
import { words } from "./words.js";

/** What a link may say, by its name there: neither the occasion, nor what it is about, nor a model, nor a date. */
const FIELDS = /** @type {const} */ ({ for: "who", minutes: "minutes", start: "start", profile: "profile", nation: "nation" });
const VERSION = "1";

/** @param {import("./store.js").Hour} hour @param {string} address */
export function linkTo(hour, address) {
  const rows = Object.entries(FIELDS).map(([name, field]) => [name, String(hour[field])]);
  const said = new URLSearchParams([["v", VERSION], ...rows]).toString().replaceAll("%3A", ":");
  return `${address.split("#")[0]}#${said}`;
}

/**
 * What a link says, as far as it can be so: what is unknown is left out, and a number stays within its bounds.
 *
 * @param {string} hash @param {any} baked
 * @returns {Partial<import("./store.js").Hour>}
 */
export function readLink(hash, baked) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  if (said.get("v") !== VERSION) return {};
  const known = (/** @type {any} */ given, /** @type {string | null} */ name) => {
    return (given ?? []).some((/** @type {{name: string}} */ each) => each.name === name);
  };
  /** @type {Partial<import("./store.js").Hour>} */
  const hour = {};
  const who = said.get("for");
  if (who === "supervisor" || who === "supervisee" || who === "trainer") hour.who = who;
  const minutes = Number.parseInt(said.get("minutes") ?? "", 10);
  if (minutes >= 10 && minutes <= 240) hour.minutes = minutes;
  const start = said.get("start") ?? "";
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(start)) hour.start = start;
  if (known(baked.choices?.profiles, said.get("profile"))) hour.profile = said.get("profile") ?? "";
  if (known(baked.choices?.nations, said.get("nation"))) hour.nation = said.get("nation") ?? "";
  return hour;
}

/**
 * Take from the link by which somebody came what only Python reads, and say what of it is not known here.
 *
 * @param {import("./main.js").Page} page @param {string} hash @param {import("./store.js").Hour} first The hour as the
 *     page began: whatever somebody has changed since then stays.
 */
export async function followLink({ store, desk, announce }, hash, first) {
  const answer = await desk("from_link", { text: hash }).catch(() => null);
  if (!answer || answer.refused) return;
  if (store.hour === first && Object.keys(answer.hour).length) store.change(answer.hour, { quiet: true });
  const note = document.getElementById("state");
  if (answer.left_out && note) {
    note.textContent = words("link.left-out", { n: answer.left_out });
    announce(note.textContent);
  }
}

/**
 * @param {HTMLElement} root @param {import("./main.js").Page} page
 */
export function mountLink(root, { store, planning, announce, saver, desk, isReady }) {
  let made = "";
  // Where a file lies on somebody's machine often has their name in it.
  const here = /^https?:/.test(document.URL) ? document.URL : document.URL.replace(/^.*\//, "");
  const place = make("div");
  root.append(place);

  const copy = () => saver.copy(made, () => /** @type {HTMLTextAreaElement} */ (place.querySelector("textarea")), "link.copied");
  const become = (/** @type {string} */ link, /** @type {string} */ said) => {
    made = link;
    draw();
    announce(words(said));
  };
  const makeIt = async () => {
    const { hour } = store;
    const answer = isReady() ? await desk("link", { hour: { ...hour, parts: hour.parts && asGiven(planning.plan.parts) } }).catch(() => null) : null;
    if (hour !== store.hour) return;
    become(answer?.text ? `${here.split("#")[0]}#${answer.text}` : linkTo(hour, here), "link.made");
  };
  const draw = () => redraw(place, ...(made
    ? [
      make("label", { for: "link-text" }, words("link.whole")),
      make("textarea", { id: "link-text", class: "link-text", readonly: true, rows: "3", autocomplete: "off", spellcheck: "false", translate: "no" }, made),
      make("p", { class: "hint" }, words("link.without")),
      make("div", { class: "row" }, button(words("link.copy"), copy, { class: "small main", "data-keep": "link-make" }),
        button(words("link.away"), () => become("", "link.gone"), { class: "small", "data-keep": "link-away" })),
    ]
    : [button(words("link.make"), makeIt, { class: "small", "data-keep": "link-make" })]));
  // A link is of the hour for which it was made: a later hour needs another one.
  store.subscribe(() => { if (made) { made = ""; draw(); } });
  draw();
}
