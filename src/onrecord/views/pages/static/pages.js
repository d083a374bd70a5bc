// Without this file every page still works: highlights are links to notes, notes are links back.
"use strict";
const light = (id) => {
  document.querySelectorAll(".on").forEach((e) => e.classList.remove("on"));
  const note = document.getElementById("n-" + id);
  document.querySelectorAll('a.said[href="#n-' + CSS.escape(id) + '"]').forEach((e) => e.classList.add("on"));
  if (note) { note.classList.add("on"); note.scrollIntoView({ block: "nearest" }); }
};
document.querySelectorAll("a.said").forEach((a) => {
  const id = a.getAttribute("href").slice(3);
  a.addEventListener("click", (event) => {
    if (matchMedia("(min-width: 60rem)").matches) { event.preventDefault(); light(id); history.replaceState(null, "", "#s-" + id); }
  });
  a.addEventListener("focus", () => light(id));
});
if (location.hash.startsWith("#s-")) light(location.hash.slice(3));
// ?span=120-158 marks the characters [120, 158) of the report: offsets are code points.
const asked = new URLSearchParams(location.search).get("span");
if (asked && /^\d+-\d+$/.test(asked)) {
  const here = [...document.querySelectorAll("[data-start]")].find((e) => +e.dataset.start <= +asked.split("-")[0] && +asked.split("-")[0] < +e.dataset.end);
  if (here) { here.scrollIntoView({ block: "center" }); here.classList.add("on"); }
}
