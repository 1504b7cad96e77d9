"use strict";
// Shows the models that fit what is asked. Without this script all of them are shown.
(() => {
  const form = document.querySelector("form");
  const count = document.querySelector(".count");
  const models = [...document.querySelectorAll("article[data-suits]")].map((article) => ({
    article,
    least: Number(article.dataset.least),
    suits: article.dataset.suits.split(" "),
    asks: article.dataset.asks.split(" "),
    fewest: Number(article.dataset.fewest),
    most: Number(article.dataset.most) || Infinity,
    ways: article.dataset.ways.split(" "),
    words: article.textContent.toLowerCase(),
  }));
  const show = () => {
    const { words, minutes, people, many, ways, asks } = form.elements;
    const sought = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const model of models) {
      const fits =
        (!minutes.value || model.least <= Number(minutes.value)) &&
        (!people.value || model.suits.includes(people.value)) &&
        (!many.value || (model.fewest <= Number(many.value) && Number(many.value) <= model.most)) &&
        (!ways.value || model.ways.includes(ways.value)) &&
        (!asks.value || model.asks.includes(asks.value)) &&
        sought.every((word) => model.words.includes(word));
      model.article.hidden = !fits;
      shown += fits;
    }
    for (const section of document.querySelectorAll("main > section")) {
      section.hidden = !section.querySelector("article:not([hidden])");
    }
    count.textContent = shown
      ? `${shown} of ${models.length} shown`
      : "Nothing fits all of that. Give it more minutes, or leave one of these open.";
  };
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
})();
