// The page of a brief: rows as they come, keys, both sides of a pin lit, copying, and a selection proposed as a term.
"use strict";

(() => {
  const table = document.querySelector("[data-brief]");
  const rows = () => [...table.querySelectorAll("[data-row]")];
  const current = () => document.activeElement?.closest("[data-row]");
  const english = (row) => row.querySelector("td[lang=en] .text")?.textContent.trim() ?? "";

  // Rows as they are ready.
  if (table.dataset.events) {
    const source = new EventSource(table.dataset.events);
    const about = (data) => { document.getElementById("about").innerHTML = data.html; };
    source.addEventListener("row", (event) => {
      const { id, html } = JSON.parse(event.data);
      const old = document.getElementById(id);
      if (!old || old.querySelector("[data-edit]")) return; // someone is writing in it
      const focused = document.activeElement === old;
      const holder = document.createElement("template");
      holder.innerHTML = html.trim();
      const row = holder.content.firstElementChild;
      row.tabIndex = old.tabIndex;
      old.replaceWith(row);
      htmx.process(row);
      if (focused) row.focus();
    });
    source.addEventListener("about", (event) => about(JSON.parse(event.data)));
    source.addEventListener("end", (event) => {
      const data = JSON.parse(event.data);
      source.close();
      about(data);
      table.removeAttribute("data-events");
      if (data.state === "failed") location.reload();
    });
  }

  // One row at a time is in the tab order; arrows go from row to row.
  function go(row) {
    if (!row) return;
    for (const other of rows()) other.tabIndex = -1;
    row.tabIndex = 0;
    row.focus();
  }
  table.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || row.tabIndex === 0) return;
    for (const other of rows()) other.tabIndex = -1;
    row.tabIndex = 0;
  });
  const step = (by) => {
    const all = rows();
    const at = all.indexOf(current());
    go(all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]);
  };
  const nextFlagged = () => {
    const all = rows();
    const at = all.indexOf(current());
    go([...all.slice(at + 1), ...all.slice(0, at + 1)].find((row) => row.classList.contains("flagged")));
  };
  const press = (what) => current()?.querySelector(`[data-do=${what}]`)?.click();
  const keys = {
    ArrowDown: () => step(1), ArrowUp: () => step(-1), j: () => step(1), k: () => step(-1), n: nextFlagged,
    e: () => press("edit"), a: () => press("approve"), u: () => press("undo"), t: propose,
    c: () => current() && copy(english(current()), table.dataset.copiedRow),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog[open], summary")) {
      if (event.key === "Escape" && event.target.closest("[data-edit]")) event.target.form.querySelector("[data-cancel]").click();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("[data-edit]")) event.target.form.requestSubmit();
      return;
    }
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // A row that was changed keeps the focus; a form that was opened gets it.
  document.addEventListener("htmx:afterSettle", (event) => {
    const row = event.target.closest?.("[data-row]");
    if (!row) return;
    const field = row.querySelector("[data-edit]");
    if (field) {
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    } else go(row);
  });

  // Both sides of a pin.
  const light = (event, on) => {
    const pin = event.target.closest?.("[data-pin]");
    if (!pin) return;
    for (const mark of pin.closest("[data-row]").querySelectorAll(`[data-pin="${pin.dataset.pin}"]`)) mark.classList.toggle("lit", on);
  };
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]])
    table.addEventListener(name, (event) => light(event, on));

  // Copying.
  async function copy(text, words) {
    try {
      await navigator.clipboard.writeText(text);
      say(words);
    } catch {
      say(table.dataset.notCopied, "error");
    }
  }
  const button = document.querySelector("[data-copy]");
  button.hidden = false;
  button.addEventListener("click", () => copy(rows().map(english).join("\n"), table.dataset.copied));
  document.querySelector("[data-keys]").hidden = false;

  // A selection proposed as a term.
  const dialog = document.getElementById("propose");
  function propose() {
    if (!dialog) return;
    const selection = getSelection();
    const text = selection.toString().trim().replace(/\s+/g, " ");
    const place = (selection.anchorNode?.parentElement ?? document.body).closest("td");
    const row = place?.closest("[data-row]") ?? current();
    const form = dialog.querySelector("form");
    form.hindi.value = place?.lang === "hi" ? text : "";
    form.english.value = place?.lang === "en" ? text : "";
    form.position.value = row ? row.id.replace("row-", "") : "";
    document.getElementById("proposed").textContent = "";
    dialog.showModal();
    (form.hindi.value ? form.english : form.hindi).focus();
  }
  const proposing = document.querySelector("[data-propose]");
  proposing?.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  proposing?.addEventListener("click", (event) => { event.preventDefault(); propose(); });
  dialog?.querySelector("[data-close]").addEventListener("click", () => dialog.close());
})();
