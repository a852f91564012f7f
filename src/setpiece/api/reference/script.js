"use strict";
// The page is whole without this: it opens what a link leads to, opens everything for a search, and copies commands.
const operations = [...document.querySelectorAll("details.operation, details.record")];
const contents = document.querySelector("details.contents");
const opener = document.querySelector("button.open-all");

function reveal(hash) {
  const place = hash.length > 1 && document.getElementById(hash.slice(1));
  const details = place && place.closest("section.entry")?.querySelector("details");
  if (details) details.open = true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  reveal(link.getAttribute("href"));
  if (contents.contains(link) && contents.dataset.narrow) contents.open = false;
});
addEventListener("hashchange", () => reveal(location.hash));
reveal(location.hash);

opener.hidden = false;
opener.addEventListener("click", () => {
  const open = operations.some((details) => !details.open);
  for (const details of operations) details.open = open;
  opener.textContent = open ? "Close all" : "Open all";
});

// The contents stand beside the page where there is room, and fold above it where there is not.
const room = matchMedia("(min-width: 62rem)");
function fold() {
  contents.open = room.matches;
  contents.dataset.narrow = room.matches ? "" : "yes";
}
room.addEventListener("change", fold);
fold();

// The clipboard is there on localhost and over HTTPS only.
if (navigator.clipboard) {
  for (const command of document.querySelectorAll("figure.copied")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(command.querySelector("pre").textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    command.append(button);
  }
}
