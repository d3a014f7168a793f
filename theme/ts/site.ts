// What every page runs: appearance, reading, search on demand, pictures that can be read, and the copy for offline use.
import { appearance } from "./appearance";
import { charts, readable } from "./charts";
import { fact, keep, root } from "./dom";
import { find } from "./find";
import { offline } from "./offline";
import { anchors, beside, contents, copyButtons, tabs } from "./reading";

// A link into the calculator carries its answers beside its address: without script they would mean nothing.
function fragments(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-fragment]")) link.hash = link.dataset["fragment"] ?? "";
}

function start(): void {
  root.setAttribute("data-script", "");
  if (location.protocol !== "file:") keep("root", new URL(fact("root") || "./", location.href).pathname); // for 404.html
  appearance();
  beside();
  copyButtons();
  tabs();
  contents();
  anchors();
  charts();
  find();
  offline();
  fragments();
  document.addEventListener("guide:changed", () => {
    copyButtons();
    readable();
    fragments();
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
