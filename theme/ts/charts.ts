// Values on hover and on keyboard focus: a plumb line in the picture and its sentence under it, where otherwise the
// sentence of the whole picture rests. Pictures are redrawn while a page lives, so nothing is bound to one of them.
import { all, hush, near, speak } from "./dom";

function points(plot: Element): Element[] {
  return all<Element>("[data-points] > .point", plot);
}

/** The line under a picture; what rests in it is kept while a point is read. */
function reading(plot: Element): HTMLElement | null {
  return plot.parentElement!.querySelector<HTMLElement>(":scope > .reading");
}

function show(plot: Element, index: number): void {
  const list = points(plot);
  const at = Math.max(0, Math.min(list.length - 1, index));
  list.forEach((p, i) => p.classList.toggle("on", i === at));
  const text = list[at]?.querySelector("title")?.textContent ?? "";
  const line = reading(plot);
  if (line && line.textContent !== text) {
    line.dataset["rest"] ??= line.textContent ?? "";
    line.textContent = text;
  }
  speak(text);
}

function clear(plot: Element): void {
  for (const p of points(plot)) p.classList.remove("on");
  hush();
  const line = reading(plot);
  if (line?.dataset["rest"] === undefined) return;
  line.textContent = line.dataset["rest"];
  delete line.dataset["rest"];
}

function shown(plot: Element): number {
  return points(plot).findIndex((p) => p.classList.contains("on"));
}

/** Makes the pictures that have points reachable with the keyboard. */
export function readable(within: ParentNode = document): void {
  for (const group of all<Element>("[data-points]", within)) {
    const plot = group.closest<HTMLElement>(".plot");
    if (!plot) continue;
    const name = `${group.parentElement!.querySelector("title")?.textContent ?? "Figure"}: the arrow keys read it point by point`;
    if (plot.getAttribute("aria-label") !== name) plot.setAttribute("aria-label", name);
    if (plot.tabIndex === 0) continue;
    plot.tabIndex = 0;
    plot.setAttribute("role", "group");
  }
}

export function charts(): void {
  readable();
  document.addEventListener("pointerover", (e) => {
    const point = near<Element>(e, "[data-points] > .point");
    const plot = point?.closest(".plot");
    if (point && plot) show(plot, points(plot).indexOf(point));
  });
  document.addEventListener("pointerout", (e) => {
    const plot = near<Element>(e, ".plot");
    if (plot && plot !== document.activeElement && !plot.contains(e.relatedTarget as Node | null)) clear(plot);
  });
  document.addEventListener("focusin", (e) => {
    const plot = near<Element>(e, ".plot");
    if (plot && plot === e.target && shown(plot) < 0 && plot.matches(":focus-visible")) show(plot, 0);
  });
  document.addEventListener("focusout", (e) => {
    const plot = near<Element>(e, ".plot");
    if (plot) clear(plot);
  });
  document.addEventListener("keydown", (e) => {
    const plot = e.target instanceof Element && e.target.matches(".plot") ? e.target : null;
    if (!plot || e.altKey || e.ctrlKey || e.metaKey) return;
    const last = points(plot).length - 1, at = shown(plot);
    const to: Record<string, number> = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last };
    const next = to[e.key];
    if (e.key === "Escape") clear(plot);
    if (last < 0 || next === undefined) return;
    e.preventDefault();
    show(plot, next);
  });
}
