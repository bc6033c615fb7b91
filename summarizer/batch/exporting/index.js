"use strict";
// The list is filtered while one types, and what was found lights up. What is searched is the text of the page, read as text;
// nothing is written into it. Links to other lists take the search along behind their "#".
(() => {
  const form = document.getElementById("search");
  const shown = document.getElementById("shown");
  const none = document.getElementById("none");
  const carriers = [...document.querySelectorAll("a.carries")];
  const MOST_LIT = 200;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const cards = [...document.querySelectorAll("article.card")].map((card) => ({
    card,
    details: card.querySelector("details"),
    states: card.dataset.states.split(" "),
    head: [...card.querySelectorAll("h2, p, .parties li")].map((each) => plain(each.textContent)).join("\n"),
    statements: [...card.querySelectorAll(".statements li")].map((line) => ({
      line,
      text: plain(line.querySelector(".words").textContent),
    })),
  }));

  function wordsIn(query) {
    return [...query.matchAll(/"([^"]+)"?|[^\s"]+/g)].map((match) => plain(match[1] ?? match[0]).trim()).filter(Boolean);
  }

  function fits(entry, words, state) {
    if (state && !entry.states.includes(state)) return false;
    return words.every((word) => entry.head.includes(word) || entry.statements.some(({ text }) => text.includes(word)));
  }

  // Whatever was opened for a search before is closed, what a reader opened stays.
  function open(entry, words) {
    if (!entry.details) return;
    const found = entry.statements.filter(({ text }) => words.some((word) => text.includes(word)));
    for (const each of entry.statements) each.line.hidden = found.length > 0 && !found.includes(each);
    if (found.length) {
      if (!entry.details.open) entry.details.open = entry.opened = true;
    } else if (entry.opened) entry.details.open = entry.opened = false;
  }

  function rangesIn(node, words) {
    let folded = "";
    let offset = 0;
    const places = [];
    for (const letter of node.data) {
      const letters = plain(letter);
      folded += letters;
      for (let index = 0; index < letters.length; index += 1) places.push([offset, offset + letter.length]);
      offset += letter.length;
    }
    const ranges = [];
    for (const word of words) {
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, places[at][0]);
        range.setEnd(node, places[at + word.length - 1][1]);
        ranges.push(range);
      }
    }
    return ranges;
  }

  function light(entries, words) {
    if (!("highlights" in CSS)) return;
    const ranges = [];
    for (const { card } of words.length ? entries.slice(0, MOST_LIT) : []) {
      for (const part of card.querySelectorAll("h2, p, .parties li, .words")) {
        const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) ranges.push(...rangesIn(walker.currentNode, words));
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  function search() {
    const query = form.elements.words.value;
    const words = wordsIn(query);
    for (const link of carriers) link.hash = query.trim() ? `words=${encodeURIComponent(query)}` : "";
    if (!shown) return;
    const state = form.elements.state.value;
    const found = cards.filter((entry) => fits(entry, words, state));
    const kept = new Set(found);
    for (const entry of cards) {
      entry.card.hidden = !kept.has(entry);
      if (kept.has(entry)) open(entry, words);
    }
    light(found, words);
    shown.textContent = `${found.length.toLocaleString("en")} of ${cards.length.toLocaleString("en")} shown`;
    if (cards.length) none.hidden = found.length > 0;
  }

  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!shown) carriers[0].click();
  });
  addEventListener("pageshow", search);
  const carried = new URLSearchParams(location.hash.slice(1)).get("words");
  if (carried) form.elements.words.value = carried;
  form.hidden = false;
  search();
})();
