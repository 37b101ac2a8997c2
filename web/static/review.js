// The list of terms: keys, the focus that moves on after a decision, and all drafts of the page chosen at once.
"use strict";

(() => {
  const list = document.querySelector("[data-terms]");
  if (!list) return;
  const rows = () => [...list.querySelectorAll("[data-row]")];
  const current = () => document.activeElement?.closest("[data-row]");
  const keyMenu = document.querySelector("[data-keys]");
  const all = document.querySelector("[data-all]");
  if (keyMenu) keyMenu.hidden = false;
  if (rows().length) rows()[0].tabIndex = 0;

  // One row at a time is in the tab order.
  function enter(row) {
    for (const other of rows()) other.tabIndex = -1;
    row.tabIndex = 0;
  }
  function go(row) {
    if (!row) return;
    enter(row);
    row.focus();
  }
  list.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && row.tabIndex !== 0) enter(row);
  });
  function step(by) {
    const found = rows();
    const at = found.indexOf(current());
    go(found[at < 0 ? 0 : Math.min(Math.max(at + by, 0), found.length - 1)]);
  }
  const press = (what) => current()?.querySelector(`[data-do=${what}]`)?.click();
  function reject() {
    const menu = current()?.querySelector("[data-do=reject]")?.parentElement;
    if (!menu) return;
    menu.open = true;
    menu.querySelector("input[name=why]").focus();
  }
  function showKeys() {
    if (!keyMenu) return;
    keyMenu.open = !keyMenu.open;
    if (keyMenu.open) keyMenu.scrollIntoView({ block: "nearest" });
  }
  const keys = {
    j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
    a: () => press("approve"), r: reject, e: () => press("edit"), x: () => press("choose"),
    "?": showKeys,
  };
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (event.key === "Escape") {
      const menu = event.target.closest("details[open]");
      if (menu) menu.open = false;
      else row?.querySelector("[data-cancel]")?.click();
      if (menu && row) go(row);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // A refusal comes as the row with its reason: it is shown in place of the row, although its status is an error.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Reswap")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  // After a decision the next row has the focus; a form that was opened, its field; a row that was refused keeps it.
  document.addEventListener("htmx:afterSettle", (event) => {
    const row = event.target.closest?.("[data-row]");
    if (!row) return;
    const field = row.querySelector("[data-edit]");
    if (field) {
      enter(row);
      field.focus();
      return;
    }
    const next = row.classList.contains("judged") && rows()[rows().indexOf(row) + 1];
    go(next || row);
  });

  if (all) {
    const box = all.querySelector("input");
    const drafts = () => [...list.querySelectorAll("input[name=terms]")];
    all.hidden = false;
    box.addEventListener("change", () => { for (const draft of drafts()) draft.checked = box.checked; });
    list.addEventListener("change", () => { box.checked = drafts().every((draft) => draft.checked); });
  }
})();
