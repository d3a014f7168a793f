// Two cases side by side: their verdict windows, then the answers that differ, those that move the money most first.
import { button, el } from "./dom";
import type { Answers } from "./link";
import type { Live } from "./live";
import type { Module } from "./module";
import { parse } from "./trusted";

interface Difference {
  name: string;
  mine: string;
  other: string;
  swing: number; // US dollars of net present value, NaN where there is none
}

export class Compare {
  private place: HTMLElement | undefined;

  constructor(private live: Live, private module: Module) {}

  /** Shows the present answers beside those of another case. */
  async show(title: string, other: Answers): Promise<void> {
    this.place?.remove();
    const place = (this.place = el("section", { class: "part", "aria-labelledby": "compare-title", "data-own": "", tabindex: "-1" }));
    place.append(el("h2", { class: "part-title", id: "compare-title" }, "Side by side"), el("p", { class: "part-note", role: "status" }, "Working it out"));
    this.live.report.querySelector('[data-slot="tools"]')?.after(place);
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start" });
    try {
      const mine = new Map(this.live.answers);
      const [left, right, differences] = await Promise.all([this.window("c1-", mine), this.window("c2-", other), this.differences(mine, other)]);
      const pair = el("div", { class: "compare" }, el("div", {}, el("h3", {}, "As it stands"), left), el("div", {}, el("h3", {}, title), right));
      place.replaceChildren(place.firstChild!, pair, this.table(differences), button("Close", () => place.remove()));
    } catch (fault) {
      place.lastElementChild!.textContent = `These cannot be compared: ${(fault as Error).message}.`;
    }
  }

  private async window(id: string, answers: Answers): Promise<DocumentFragment> {
    const { body } = await this.module.ask(this.live.request("verdict", answers).replace(/\nid=.*\n/, `\nid=${id}\n`));
    return parse(body);
  }

  private async npv(answers: Answers): Promise<number> {
    const { body } = await this.module.ask(this.live.request("json", answers));
    const report = JSON.parse(body) as { payback?: { npv?: number | null } };
    return report.payback?.npv ?? NaN;
  }

  /** Every answer that differs, and what it alone does to the money. */
  private async differences(mine: Answers, other: Answers): Promise<Difference[]> {
    const base = await this.npv(mine);
    const found: Difference[] = [];
    for (const name of this.live.fields.keys()) {
      const a = mine.get(name) ?? "", b = other.get(name) ?? "";
      if (a === b) continue;
      const changed = new Map(mine);
      if (b) changed.set(name, b);
      else changed.delete(name);
      found.push({ name, mine: a, other: b, swing: (await this.npv(changed)) - base });
    }
    const size = (d: Difference) => (Number.isFinite(d.swing) ? Math.abs(d.swing) : -1);
    return found.sort((a, b) => size(b) - size(a));
  }

  private table(differences: Difference[]): HTMLElement {
    if (differences.length === 0) return el("p", { class: "part-note" }, "Every answer is the same.");
    const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0, signDisplay: "exceptZero" });
    const head = ["What differs", "As it stands", "The other", "Moves the net by"].map((text, i) => el("th", { scope: "col", ...(i === 3 ? { class: "number" } : {}) }, text));
    const rows = differences.map((d) => {
      const label = this.live.fields.get(d.name)?.label ?? d.name;
      return el("tr", { "data-differs": d.name }, el("th", { scope: "row" }, label), el("td", {}, d.mine || "default"), el("td", {}, d.other || "default"),
        el("td", { class: "number" }, Number.isFinite(d.swing) ? money.format(d.swing).replace("-", "−") : "not known"));
    });
    return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "compare-title" },
      el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows)));
  }
}
