"use strict";
// Choosing an item lights up its sentences, and the other way round; items are filtered. Texts of the page are read and set
// as text alone, and what belongs together is known by numbers.
(() => {
  const form = document.getElementById("filters");
  const report = document.getElementById("report");
  const told = document.getElementById("told");
  const shown = document.getElementById("shown");
  const items = document.getElementById("items");
  const cards = [...items.querySelectorAll(".card")];
  const sentences = new Map([...report.querySelectorAll(".sentence")].map((each) => [each.dataset.number, each]));
  const nodes = [...document.querySelectorAll(".node[data-item]")];
  const numbersIn = (list) => list.split(" ").filter(Boolean);
  const sentencesOf = (card) => numbersIn(card.dataset.sentences).map((number) => sentences.get(number)).filter(Boolean);
  const filled = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const besideEachOther = () => getComputedStyle(report).position === "sticky";

  function light(chosen, lit) {
    for (const card of cards) card.classList.toggle("chosen", chosen.includes(card));
    for (const sentence of sentences.values()) sentence.classList.toggle("lit", lit.includes(sentence));
    for (const node of nodes) node.classList.toggle("chosen", chosen.some((card) => card.id === `item-${node.dataset.item}`));
  }

  function chooseItem(card, { scroll = true } = {}) {
    const lit = sentencesOf(card);
    light([card], lit);
    if (scroll && lit.length && besideEachOther()) {
      const distance = lit[0].getBoundingClientRect().top - report.getBoundingClientRect().top;
      report.scrollTo({ top: report.scrollTop + distance - report.clientHeight / 3 });
    }
    const id = card.querySelector(".id");
    told.textContent = id ? filled(told.dataset.item, { item: id.textContent, count: lit.length }) : "";
  }

  function chooseSentence(sentence, { scroll = true } = {}) {
    const number = sentence.dataset.number;
    const chosen = cards.filter((card) => !card.hidden && numbersIn(card.dataset.sentences).includes(number));
    light(chosen, [sentence]);
    if (scroll && chosen.length && besideEachOther()) chosen[0].scrollIntoView({ block: "center" });
    told.textContent = filled(told.dataset.sentence, { number, count: chosen.length });
  }

  function filter() {
    const { party, kind, state } = Object.fromEntries(new FormData(form));
    for (const card of cards) {
      const known = card.dataset;
      card.hidden = Boolean(
        (kind && known.kind !== kind) || (state && known.state !== state) || (party && !numbersIn(known.parties).includes(party)),
      );
    }
    for (const none of items.querySelectorAll(".none")) {
      none.hidden = [...none.parentElement.querySelectorAll(".card")].some((card) => !card.hidden);
    }
    items.classList.toggle("without-sources", !form.elements.sources.checked);
    shown.textContent = filled(shown.dataset.phrase, { shown: cards.filter((card) => !card.hidden).length, all: cards.length });
  }

  function showAll() {
    form.reset();
    filter();
  }

  function showAgain(card) {
    if (card.hidden || !form.elements.sources.checked) showAll();
  }

  function follow(link) {
    const target = document.getElementById(link.hash.slice(1));
    const [from, to] = [link.closest(".card"), target?.closest(".card")];
    if (to) {
      showAgain(to);
      chooseItem(to, { scroll: !report.contains(link) });
    } else if (from) chooseItem(from, { scroll: false });
  }

  const nothingSelected = () => String(getSelection()) === "";

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const card = event.target.closest(".card");
    const sentence = event.target.closest(".sentence");
    const node = event.target.closest(".node[data-item]");
    if (link) follow(link);
    else if (!nothingSelected()) return;
    else if (card) chooseItem(card);
    else if (sentence) chooseSentence(sentence);
    else if (node) {
      const drawn = document.getElementById(`item-${node.dataset.item}`);
      showAgain(drawn);
      chooseItem(drawn);
      drawn.scrollIntoView({ block: "center" });
    }
  });

  items.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (card) chooseItem(card);
  });

  report.addEventListener("focusin", (event) => {
    const sentence = event.target.closest(".sentence");
    if (sentence) chooseSentence(sentence, { scroll: false });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      light([], []);
      told.textContent = "";
    }
    if ((event.key !== "j" && event.key !== "k") || event.ctrlKey || event.metaKey || event.altKey) return;
    const card = event.target.closest(".card");
    if (!card) return;
    const visible = cards.filter((each) => !each.hidden);
    const next = visible[visible.indexOf(card) + (event.key === "j" ? 1 : -1)];
    next?.focus();
  });

  form.addEventListener("change", filter);
  form.querySelector("button").addEventListener("click", showAll);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.documentElement.classList.add("with-scripts");
  form.hidden = false;
  filter();
  const named = document.getElementById(location.hash.slice(1));
  const [card, sentence] = [named?.closest(".card"), named?.closest(".sentence")];
  if (card) chooseItem(card);
  if (sentence) chooseSentence(sentence, { scroll: false });
})();
