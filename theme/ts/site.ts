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

/** The way back to the site's root, for 404.html, which a host may show at any depth. */
function remember(): void {
  if (location.protocol !== "file:") keep("root", new URL(fact("root") || "./", location.href).pathname);
}

/** Each step is a task of its own: in one, a slow phone would not answer a tap for as long as all of them take. */
function inTurn([step, ...rest]: (() => void)[]): void {
  step?.();
  if (rest.length > 0) setTimeout(() => inTurn(rest));
}

function start(): void {
  root.setAttribute("data-script", "");
  appearance();
  beside();
  find();
  tabs();
  anchors();
  fragments();
  setTimeout(() => inTurn([contents, copyButtons, charts, remember, offline])); // what no key or tap waits for
  document.addEventListener("guide:changed", () => {
    copyButtons();
    readable();
    fragments();
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
