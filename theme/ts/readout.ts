// The line at the foot of the window that says the verdict while the verdict itself is out of sight.
import { el } from "./dom";
import type { Live } from "./live";

export class Readout {
  private bar = el("aside", { class: "readout", "aria-label": "The verdict so far", "data-own": "", hidden: "" });

  constructor(private live: Live) {
    const near = live.form.closest(".calculator") ?? live.form;
    const verdict = live.report.querySelector(".verdict-window");
    if (!verdict) return;
    document.body.append(this.bar);
    let far = false, here = false;
    const update = () => (this.bar.hidden = !(far && here));
    new IntersectionObserver(([e]) => {
      far = !e!.isIntersecting;
      update();
    }).observe(verdict);
    new IntersectionObserver(([e]) => {
      here = e!.isIntersecting;
      update();
    }).observe(near);
    live.behind.told = () => this.show();
    this.show();
  }

  /** Says the verdict as the report now has it, or that it is of other answers. */
  show(): void {
    const { report, behind } = this.live;
    if (behind.words) return this.bar.replaceChildren(behind.words);
    const text = (path: string) => report.querySelector(`.verdict-window [data-report="${path}"]`)?.textContent ?? "";
    const glyph = report.querySelector(".verdict-head .glyph")?.cloneNode(true);
    const month = text("payback.break_even_months"), chance = text("payback.probability");
    const link = el("a", { href: "#verdict-title" }, "See why");
    link.addEventListener("click", (e) => {
      e.preventDefault();
      report.querySelector(".verdict-window")?.scrollIntoView({ block: "start" });
      this.live.toVerdict();
    });
    const parts: Node[] = glyph ? [glyph] : [];
    parts.push(el("b", {}, text("verdict.call")));
    if (month) parts.push(el("span", {}, el("span", { class: "wide" }, "pays back "), "after " + month));
    if (chance) parts.push(el("span", {}, "chance " + chance));
    this.bar.replaceChildren(...parts, link);
  }
}
