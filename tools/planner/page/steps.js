// @ts-check
/**
 * What becomes of a record, in its one order: what is done, what can be done now, and what comes first.
 */
import { button, make } from "./dom.js";
import { mountNoting } from "./journal.js";
import { titleOf } from "./record-shown.js";
import { words } from "./words.js";

/** Where each step is done. */
const DOING = /** @type {const} */ ({ write: "fill", close: "close", sign: "sign", keep: "keep" });

/**
 * @param {import("./records.js").OpenedPaper} paper @param {import("./records.js").Room} room
 * @param {(doing: import("./records.js").Doing) => void} go
 */
export function drawSteps({ told, doing }, room, go) {
  const { number } = told;
  // What comes next is what somebody is most likely here for.
  const nextStep = told.steps.find((/** @type {any} */ each) => each.standing === "now")?.step;

  /** @param {any} each */
  const act = (each) => {
    if (each.step === "note" && each.standing !== "later") return mountNoting(room, told, nextStep === "note");
    if (each.standing === "later") return make("span", { class: "hint" }, words(`step.waits.${each.waits}`));
    const now = /** @type {keyof typeof DOING} */ (each.step);
    if (each.standing === "done" && !["write", "keep"].includes(now)) return now === "close" && told.state.day ? make("span", { class: "hint" }, words("step.closed", { day: told.state.day })) : null;
    if (doing === DOING[now]) return null;
    const key = each.standing === "done" || each.again ? `step.again.${now}` : `step.do.${now}`;
    return button(words(key), () => go(DOING[now]), { class: `small${nextStep === now && !doing ? " main" : ""}`, "data-keep": `do-${DOING[now]}`, "aria-label": words("records.do.said", { what: words(key), title: titleOf(told) }) });
  };

  return make("ol", { class: "record-steps", "aria-label": words("step.title") }, ...told.steps.map((/** @type {any} */ each) =>
    make("li", { class: `step-${each.standing}`, "aria-current": DOING[/** @type {keyof typeof DOING} */ (each.step)] === doing && doing ? "step" : null, id: `step-${number}-${each.step}` },
      make("span", { class: "step-name" }, make("b", {}, words(`step.${each.step}`)), make("span", { class: "unseen" }, `, ${words(`step.standing.${each.standing}`)}`)),
      act(each))));
}
