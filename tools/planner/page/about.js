// @ts-check
/**
 * What the page says about itself: its version, its day, and the licence of everything that is in it.
 */
import { make } from "./dom.js";
import { words } from "./words.js";

/**
 * @param {HTMLElement} root
 * @param {{baked: {version?: string, day?: string, licences?: {name: string, version: string, licence: string, text: string}[]}}} page
 */
export function mountAbout(root, { baked }) {
  root.append(
    make("span", {}, words("about.version", { version: baked.version ?? "", day: baked.day ?? "" })),
    make("details", { class: "about" },
      make("summary", {}, words("about.licences")),
      ...(baked.licences ?? []).map((each) => make("details", { class: "about-one" },
        make("summary", {}, [each.name, each.version, each.licence].filter(Boolean).join(" · ")),
        make("pre", { tabindex: "0" }, each.text)))),
  );
}
