"use strict";
// Keys for the desk, and where a map begins. Everything they do is also on the page, and works without this file.
(() => {
  const OFF = "foreland.keys";
  const FIELDS = "input:not(.pick), textarea, select, [contenteditable], dialog[open]";
  const dialog = document.getElementById("keys");
  const remembered = () => {
    try { return localStorage.getItem(OFF); } catch { return null; }
  };
  let on = remembered() !== "off";

  const show = () => {
    document.documentElement.classList.toggle("keys", on);
    document.querySelectorAll("[data-keys-switch]").forEach((button) => {
      button.textContent = on ? "Turn the keys off" : "Turn the keys on";
    });
    document.querySelectorAll("[data-keys-help]").forEach((button) => { button.hidden = false; });
    document.querySelectorAll("[data-key]").forEach((part) => {
      if (on) part.setAttribute("aria-keyshortcuts", part.dataset.key);
      else part.removeAttribute("aria-keyshortcuts");
    });
  };

  const links = () => [...document.querySelectorAll("table.cards tbody tr a.strong, [data-walk]")];

  const step = (by) => {
    const all = links();
    if (!all.length) {
      document.querySelector(by > 0 ? "a[data-queue=next]" : "a[data-queue=previous]")?.click();
      return;
    }
    const here = all.indexOf(document.activeElement);
    const wanted = here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by;
    all[Math.min(Math.max(wanted, 0), all.length - 1)].focus();
  };

  const open = () => {
    const all = links();
    if (all.length) (all.find((link) => link === document.activeElement) ?? all[0]).click();
  };

  const unfold = (summary) => {
    const part = summary.parentElement;
    part.open = true;
    summary.scrollIntoView({ block: "nearest" });
    (part.querySelector("input:not([type=hidden]), textarea, select") ?? summary).focus();
  };

  const act = (part) => {
    if (part.matches("summary")) unfold(part);
    else if (part.matches("[data-key-asks]")) part.focus();
    else part.click();
  };

  const close = (target) => {
    const part = target.closest("details[open]");
    if (part) {
      part.open = false;
      part.querySelector("summary").focus();
    } else {
      target.blur();
    }
  };

  const press = (event) => {
    const at = event.target;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && !dialog?.open) { close(at); return; }
    if (!on || at.closest(FIELDS)) return;
    const known = {
      "j": () => step(1),
      "k": () => step(-1),
      "o": open,
      "?": () => dialog?.showModal(),
      "/": () => { const box = document.getElementById("find"); box?.focus(); box?.select(); },
    };
    const part = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    const does = part ? () => act(part) : known[event.key];
    if (does) { event.preventDefault(); does(); }
  };

  // A list that refreshes itself keeps the place of whoever walks through it.
  let walked = null;
  document.addEventListener("htmx:beforeSwap", () => {
    walked = links().includes(document.activeElement) ? document.activeElement.href : null;
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (walked) links().find((link) => link.href === walked)?.focus();
  });

  // A form that came back with a template in it is gone on with where one writes.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.matches("details[open]")) event.target.querySelector("textarea")?.focus();
  });

  // Lists: tick every line at once, or none.
  const picks = () => [...document.querySelectorAll("input.pick")];
  const allTicked = () => picks().every((box) => box.checked);
  const tickers = () => document.querySelectorAll("[data-tick-all]").forEach((button) => {
    button.hidden = false;
    button.textContent = allTicked() ? "Untick all on this page" : "Tick all on this page";
  });
  document.addEventListener("change", (event) => { if (event.target.matches(".pick")) tickers(); });

  // A map wider than the screen begins where most of it lies.
  const frame = document.querySelector(".map-frame");
  const most = (frame?.querySelector("svg a") ?? frame?.querySelector(".ward :checked") ?? frame?.querySelector(".ward circle"))?.getBoundingClientRect();
  if (most) frame.scrollLeft += most.left + most.width / 2 - frame.getBoundingClientRect().left - frame.clientWidth / 2;

  // A click on a ward's outline ticks it, as one on its name does.
  document.addEventListener("click", (event) => event.target.closest(".ward .shape, .ward circle")?.closest(".ward").querySelector("input").click());

  document.addEventListener("keydown", press);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-tick-all]")) {
      const wanted = !allTicked();
      picks().forEach((box) => { box.checked = wanted; });
      tickers();
    }
    if (event.target.closest("[data-keys-help]")) dialog?.showModal();
    if (event.target.closest("[data-keys-switch]")) {
      on = !on;
      try { localStorage.setItem(OFF, on ? "on" : "off"); } catch { /* only this page then */ }
      show();
    }
  });
  show();
  tickers();
})();
