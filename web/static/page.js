// What every page has: files dropped on a form, the form sent by Ctrl+Enter, and htmx told what went wrong.
"use strict";

const page = document.getElementById("main"); // it has the words of this script, in the language of the page

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("[data-submit-by-keys]");
  if (field && event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
});

for (const place of document.querySelectorAll("[data-drop]")) {
  const input = place.querySelector("input[type=file]");
  const area = place.closest("form");
  area.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    place.classList.add("over");
  });
  area.addEventListener("dragleave", () => place.classList.remove("over"));
  area.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    place.classList.remove("over");
    input.files = event.dataTransfer.files;
  });
}

// An answer that is an error is shown where people look, with the words of the service.
document.addEventListener("htmx:responseError", (event) => {
  const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const words = answer.querySelector("main p")?.textContent || page.dataset.noAnswer;
  say(words, "error");
});
document.addEventListener("htmx:sendError", () => say(page.dataset.noService, "error"));

function say(words, kind) {
  let place = document.getElementById("said");
  if (!place) {
    place = document.createElement("p");
    place.id = "said";
    place.setAttribute("role", "status");
    page.prepend(place);
  }
  place.className = kind ? `message ${kind}` : "message";
  place.textContent = words;
}
