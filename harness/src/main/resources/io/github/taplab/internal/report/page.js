"use strict";
(() => {
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const bar = document.getElementById("bar");
  const search = document.getElementById("search");
  const buttons = all("button[data-show]", bar);
  const classes = all(".class");
  let shown = "all";

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const named = (...names) => words.every(word => names.join(" ").toLowerCase().includes(word));
    let tests = 0;
    for (const one of classes) {
      const mine = all(":scope > details > .test", one);
      let visible = mine.length === 0 && (shown === "all" || one.classList.contains(shown)) && named(one.dataset.name);
      for (const test of mine) {
        const fits = (shown === "all" || test.classList.contains(shown)) && named(one.dataset.name, test.dataset.name);
        test.hidden = !fits;
        visible = visible || fits;
        tests += fits ? 1 : 0;
      }
      if (shown === "failed" && one.classList.contains("failed") && named(one.dataset.name)) visible = true;
      one.hidden = !visible;
      const link = document.querySelector(`nav a[href="#${one.id}"]`);
      if (link) link.parentElement.hidden = !visible;
    }
    document.getElementById("found").textContent = shown === "all" && words.length === 0 ? "" : `${tests} tests shown`;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.show === shown));
  };

  const reveal = element => {
    for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    const own = element.querySelector(":scope > details");
    if (own) own.open = true;
  };
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) { target.hidden = false; reveal(target); target.scrollIntoView(); }
  };

  const open = state => all("details", document.querySelector("main")).forEach(each => {
    if (!state || !each.closest("[hidden]")) each.open = state;
  });

  let current = null;
  const go = (selector, way) => {
    const found = all(selector).filter(each => !each.closest("[hidden]"));
    if (found.length === 0) return;
    const at = found.indexOf(current);
    const next = found[at < 0 ? (way > 0 ? 0 : found.length - 1) : (at + way + found.length) % found.length];
    if (current) current.classList.remove("at");
    current = next;
    current.classList.add("at");
    for (let up = next.parentElement; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    const summary = next.querySelector("summary");
    summary.focus({ preventScroll: true });
    summary.scrollIntoView({ block: "center" });
  };

  bar.hidden = false;
  bar.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.show) { shown = button.dataset.show; filter(); }
    if (button.dataset.open) open(button.dataset.open === "true");
  });
  search.addEventListener("input", filter);
  addEventListener("hashchange", openTarget);
  addEventListener("keydown", event => {
    if (event.target === search) { if (event.key === "Escape") { search.value = ""; filter(); search.blur(); } return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") go(".test", 1);
    else if (event.key === "k") go(".test", -1);
    else if (event.key === "f") go(".failed.test, .failed.class", 1);
    else if (event.key === "/") { event.preventDefault(); search.focus(); }
  });
  let closed = [];
  addEventListener("beforeprint", () => { closed = all("main details:not([open])"); closed.forEach(each => { each.open = true; }); });
  addEventListener("afterprint", () => { closed.forEach(each => { each.open = false; }); });
  openTarget();
})();
