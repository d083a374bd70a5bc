// Keys of the review queue. Without this file every button still works: each is a form of its own.
"use strict";
(() => {
  const queue = document.getElementById("queue");
  const items = () => [...queue.querySelectorAll(".judge")];
  const trouble = document.getElementById("trouble");
  const decided = document.getElementById("decided"), bar = document.getElementById("progress");
  let sending = Promise.resolve(), failed = false;

  const current = () => document.activeElement?.closest?.(".judge") || queue.querySelector(".judge.here");
  const to = (item) => {
    items().forEach((e) => e.classList.toggle("here", e === item));
    item?.focus();
    item?.scrollIntoView({ block: "nearest" });
  };
  const next = (from, step = 1) => items()[items().indexOf(from) + step];
  const count = (by) => { bar.value += by; decided.textContent = bar.value.toLocaleString("en"); };
  const fail = (text) => { failed = true; trouble.textContent = text; trouble.hidden = false; trouble.scrollIntoView({ block: "center" }); };

  // Posts follow one another in the order of the keys; a page that is left while one is on its way does not lose it.
  const post = (form, extra) => {
    const body = new URLSearchParams(new FormData(form));
    for (const [k, v] of Object.entries(extra || {})) body.set(k, v);
    const sent = sending.then(async () => {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body, keepalive: true, headers: { accept: "application/json" } });
      const told = await answer.json().catch(() => ({ ok: false, error: answer.statusText }));
      if (!told.ok) throw new Error(told.error);
      return told.entries;
    });
    sending = sent.catch(() => {});
    return sent;
  };

  // The page anew, once everything pressed by then is on the disk: leaving earlier would lose it.
  const again = () => {
    const last = sending;
    last.then(() => { if (last !== sending) again(); else if (!failed) location.reload(); });
  };

  const verdict = (entry) => {
    const span = document.createElement("span");
    span.className = "verdict " + entry.act;
    span.textContent = entry.says + " ";
    const by = document.createElement("small");
    by.textContent = entry.by;
    span.append(by);
    return span;
  };
  const done = (item, entries) => {
    const line = item.querySelector(".verdicts");
    line.replaceChildren(...entries.map(verdict));
    item.dataset.entries = entries.map((e) => e.id).join(" ");
  };
  const decide = (item, form, act) => {
    if (form.elements.row.value !== item.dataset.row) { beside(item, form); return; }
    const fresh = !item.classList.contains("done");
    item.classList.add("done");
    if (fresh) count(1);
    item.querySelectorAll("details[open]").forEach((d) => (d.open = false));
    const after = next(item);
    to(after || item);
    post(form, act ? { act } : {}).then((entries) => done(item, entries), (error) => {
      if (fresh) { item.classList.remove("done"); count(-1); }
      to(item);
      fail(error.message);
    });
    if (!after) again();
  };
  // A decision on the place that a claim stands in: the claim itself stays open.
  const beside = (item, form) => {
    form.closest("details").open = false;
    to(item);
    post(form).then((entries) => item.querySelector(".verdicts").append(...entries.map(verdict)), (error) => fail(error.message));
  };
  const undo = (form) => {
    post(form).then((entries) => {
      const rows = new Set(entries.map((e) => e.row)), judged = new Set(entries.filter((e) => e.stands).map((e) => e.row));
      const open = items().filter((i) => rows.has(i.dataset.row) && !judged.has(i.dataset.row));
      open.forEach((item) => {
        if (item.classList.contains("done")) count(-1);
        item.classList.remove("done");
        item.querySelector(".verdicts").replaceChildren();
      });
      if (open.length && open.length === rows.size) to(open[0]);
      else if (rows.size) again();
    }, (error) => fail(error.message));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target, item = form.closest(".judge"), act = event.submitter?.value;
    if (form.getAttribute("action") === "/review/undo") { event.preventDefault(); undo(form); return; }
    if (!item || form.method !== "post") return;
    event.preventDefault();
    decide(item, form, event.submitter?.name === "act" ? act : undefined);
  });

  const press = (item, key) => {
    const button = item && [...item.querySelectorAll("button[data-key]")].find((b) => b.dataset.key === key);
    if (button) button.click();
    return Boolean(button);
  };
  const unfold = (item, name) => {
    const box = item?.querySelector("details." + name);
    if (!box) return;
    box.open = true;
    const field = box.querySelector("select, input:not([type=hidden])");
    field.focus();
    field.select?.();
    box.scrollIntoView({ block: "nearest" });
  };
  const does = {
    a: () => { const i = current(); press(i, "a") || press(i, "m"); },
    r: () => { const i = current(); press(i, "r") || press(i, "s"); },
    o: () => press(current(), "o"),
    s: () => press(current(), "s"),
    m: () => { const i = current(); press(i, "m") || unfold(i, "move"); },
    e: () => unfold(current(), "edit"),
    d: () => unfold(current(), "day"),
    w: () => unfold(current(), "place"),
    u: () => document.querySelector(".desk .undo button")?.click(),
    j: () => to(next(current()) || current()),
    k: () => to(next(current(), -1) || current()),
    "/": () => document.getElementById("sift").focus(),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const typing = event.target.matches?.("input, textarea, select, [contenteditable]");
    if (event.key === "Escape" && (typing || event.target.closest?.(".candidates"))) { event.target.closest("details")?.removeAttribute("open"); to(event.target.closest(".judge")); return; }
    if (typing || !does[event.key]) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the keys of all pages mean less here
    does[event.key]();
  }, true);

  // Places of the name that is typed: an arrow goes to the first, Enter takes it.
  let asked = 0;
  const candidate = (form, row) => {
    const line = document.createElement("li"), button = document.createElement("button"), where = document.createElement("small");
    button.type = "button";
    button.textContent = row.value + " ";
    where.textContent = row.label;
    button.append(where);
    button.addEventListener("click", () => { form.elements.new.value = row.value; form.requestSubmit(); });
    line.append(button);
    return line;
  };
  const look = async (form) => {
    const name = form.elements.new.value.trim(), mine = ++asked;
    await new Promise((then) => setTimeout(then, 120));
    if (mine !== asked) return;
    const answer = name && await fetch("/review/places.json?q=" + encodeURIComponent(name), { headers: { accept: "application/json" } }).catch(() => null);
    const told = answer && answer.ok ? await answer.json() : { rows: [], total: 0 };
    if (mine !== asked) return;
    const point = /^[-+\d.\s]+,[-+\d.\s]*$/.test(name);
    form.querySelector(".candidates").replaceChildren(...told.rows.map((row) => candidate(form, row)));
    form.querySelector(".found").textContent = told.total > told.rows.length ? form.dataset.more : told.total || point || !name ? "" : form.dataset.none;
  };
  queue.addEventListener("input", (event) => { if (event.target.matches(".lookup input[name=new]")) look(event.target.form); });
  queue.addEventListener("focusin", (event) => { if (event.target.matches(".lookup input[name=new]")) look(event.target.form); });
  queue.addEventListener("keydown", (event) => {
    const form = event.target.closest(".lookup"), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!form || !step) return;
    const stops = [form.elements.new, ...form.querySelectorAll(".candidates button")];
    const to = stops[stops.indexOf(event.target) + step];
    if (to && stops.includes(event.target)) { event.preventDefault(); to.focus(); }
  });

  // A field shows what stands in it now; a stretch marked in the text becomes the span, counted in code points.
  queue.addEventListener("change", (event) => {
    if (event.target.matches(".correct select[name=field]")) event.target.form.elements.new.value = event.target.selectedOptions[0].dataset.now;
  });
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const box = chosen.anchorNode?.parentElement?.closest(".context");
    const item = box?.closest(".judge"), details = item?.querySelector("details.edit[open]");
    if (!details || chosen.isCollapsed || !box.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0), before = document.createRange();
    before.selectNodeContents(box);
    before.setEnd(range.startContainer, range.startOffset);
    const start = +box.dataset.start + [...before.toString()].length, end = start + [...range.toString()].length;
    const form = details.querySelector("form");
    form.elements.field.value = "span";
    form.elements.new.value = start + "-" + end;
  });

  const named = location.hash.startsWith("#i-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named) to(named);
  else if (items().length) { items()[0].classList.add("here"); items()[0].focus({ preventScroll: true }); }
})();
