// Without this file every page still works: highlights are links to notes, notes are links back, keys only save steps.
"use strict";
const all = (query, within = document) => [...within.querySelectorAll(query)];

// ---- highlights and their notes ----
const light = (id) => {
  all(".on").forEach((e) => e.classList.remove("on"));
  all('a.said[href="#n-' + CSS.escape(id) + '"]').forEach((e) => e.classList.add("on"));
  const note = document.getElementById("n-" + id);
  if (note) { note.classList.add("on"); note.scrollIntoView({ block: "nearest" }); }
};
all("a.said").forEach((a) => {
  const id = a.getAttribute("href").slice(3);
  a.addEventListener("click", (event) => {
    if (matchMedia("(min-width: 62rem)").matches) { event.preventDefault(); light(id); history.replaceState(null, "", "#s-" + id); }
  });
  a.addEventListener("focus", () => light(id));
});
if (location.hash.startsWith("#s-")) light(location.hash.slice(3));
document.querySelector(".asked")?.scrollIntoView({ block: "center" });

// ---- what an address points at is opened ----
const open = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let e = target; e; e = e.parentElement) if (e instanceof HTMLDetailsElement) e.open = true;
  if (target.closest("details")) target.scrollIntoView({ block: "nearest" });
};
addEventListener("hashchange", open);
open();

// ---- #span=120-158 in a file, where no server reads ?span= : characters are code points, strings here are UTF-16 ----
const span = /[#?&]span=(\d+)-(\d+)/.exec(location.hash) || (!document.querySelector(".asked") && /[?&]span=(\d+)-(\d+)/.exec(location.search));
const mark = (block, start, end) => {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let at = +block.dataset.start, first = null;
  const nodes = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".label")) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const points = [...node.data], from = Math.max(0, start - at), to = Math.min(points.length, end - at);
    if (from < to) {
      const range = document.createRange();
      range.setStart(node, points.slice(0, from).join("").length);
      range.setEnd(node, points.slice(0, to).join("").length);
      const box = document.createElement("span");
      box.className = "asked";
      range.surroundContents(box);
      first = first || box;
    }
    at += points.length;
  }
  return first;
};
if (span) {
  const [start, end] = [+span[1], +span[2]];
  const hits = all("[data-start]").filter((e) => +e.dataset.start < end && start < +e.dataset.end).map((e) => mark(e, start, end));
  hits.find(Boolean)?.scrollIntoView({ block: "center" });
}

// ---- on a phone the places of the head lie in one line: the present one is brought into sight ----
const nav = document.querySelector(".top nav"), present = nav?.querySelector("[aria-current]");
if (present && nav.scrollWidth > nav.clientWidth) nav.scrollLeft = present.offsetLeft - nav.offsetLeft - 24;

// ---- keys ----
const keys = document.querySelector("dialog.keys"), opener = document.querySelector(".keys-open");
if (keys && opener) { opener.hidden = false; opener.addEventListener("click", () => keys.showModal()); }
let here = -1;
const go = (step) => {
  const items = all(".item").filter((e) => e.offsetParent !== null);
  if (!items.length) return;
  items[here]?.classList.remove("here");
  here = Math.min(items.length - 1, Math.max(0, here + step));
  const item = items[here], link = item.querySelector("a, summary") || item;
  item.classList.add("here");
  if (link === item && !item.hasAttribute("tabindex")) item.tabIndex = -1;
  link.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
};
const follow = (query) => document.querySelector(query)?.click();
const does = {
  j: () => go(1), k: () => go(-1), n: () => follow(".pager [rel=next]"), p: () => follow(".pager [rel=prev]"), g: () => follow(".brand"),
  "/": () => document.getElementById("find")?.focus(), "?": () => keys?.showModal(),
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || keys?.open) return;
  if (event.key === "Escape" && event.target.matches("input")) event.target.blur();
  if (event.target.matches("input, textarea, select, [contenteditable]")) return;
  if (does[event.key]) { event.preventDefault(); does[event.key](); }
});
