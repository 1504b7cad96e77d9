/*
 * What somebody is told when something was saved or copied: whether it is where the eye is, and whether it is said.
 */
"use strict";

/**
 * Look at the notice after a deed, and keep what was seen of it.
 *
 * @param page The page, after the deed. @param {object[]} told Where it is kept. @param {string} what What was saved.
 */
async function noticed(page, told, what) {
  const place = page.locator("#saved");
  await place.waitFor();
  const seen = await place.evaluate((note) => {
    const { top, bottom, left, right } = note.getBoundingClientRect();
    const uncovered = [[left + 12, top + 12], [(left + right) / 2, bottom - 6]].every(([x, y]) => note.contains(document.elementFromPoint(x, y)));
    return { inSight: top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth && bottom > top, uncovered, text: note.textContent, sentence: note.querySelector("b").textContent };
  });
  const region = page.locator("#announcements");
  const live = await region.evaluate((each) => each.getAttribute("aria-live") === "polite" && each.getAttribute("role") === "status");
  const heard = await page.waitForFunction((sentence) => document.getElementById("announcements").textContent.includes(sentence), seen.sentence, { timeout: 3000 }).then(() => true, () => false);
  told.push({ what, width: page.viewportSize().width, ...seen, live, heard });
}

module.exports = { noticed };
