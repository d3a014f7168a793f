// Two cases side by side: their verdict windows, what differs between them, and what each difference does by itself.
import { button, el } from "./dom";
import { writeLink, type Answers } from "./link";
import type { Live } from "./live";
import type { Module } from "./module";
import { parse } from "./trusted";

/** What a case comes to. */
interface Outcome {
  npv: number; // US dollars, NaN where there is none
  verdict: string; // the call, and the way that it names
}

/** An answer that differs, and what comes of the left case with the right one's answer in its place. */
interface Difference {
  name: string;
  mine: string;
  other: string;
  alone: Outcome;
}

export class Compare {
  private place: HTMLElement | undefined;
  private opener: Element | null = null;
  private compared = ""; // the present answers as they were
  private old = el("p", { class: "part-note", role: "status", hidden: "" });

  constructor(private live: Live, private module: Module) {}

  /** Shows the present answers beside those of another case. */
  async show(title: string, other: Answers): Promise<void> {
    if (!this.place?.contains(document.activeElement)) this.opener = document.activeElement;
    this.place?.remove();
    const mine = new Map(this.live.answers);
    this.compared = writeLink(mine);
    const head = el("h2", { class: "part-title", id: "compare-title", tabindex: "-1" }, "Side by side");
    const status = el("p", { class: "part-note", role: "status" }, "Working it out");
    const close = button("Close", () => {
      place.remove();
      if (this.opener instanceof HTMLElement) this.opener.focus();
    });
    this.old.hidden = true;
    this.old.replaceChildren("Your answers have changed since. ", button("Compare again", () => void this.show(title, other), { class: "quiet" }));
    const place = (this.place = el("section", { class: "part", "aria-labelledby": "compare-title", "data-own": "" }, head, this.old, status, close));
    this.live.report.querySelector('[data-slot="tools"]')?.after(place);
    head.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start" });
    try {
      const [left, right, mineIs, otherIs] = await Promise.all([this.window("c1-", mine), this.window("c2-", other), this.outcome(mine), this.outcome(other)]);
      const differences = await this.differences(mine, other, mineIs.npv);
      const pair = el("div", { class: "compare" }, el("div", {}, el("h3", {}, "As it stands"), left), el("div", {}, el("h3", {}, title), right));
      status.replaceWith(pair, ...this.told(differences, mineIs, otherIs));
    } catch (fault) {
      status.textContent = `These cannot be compared: ${(fault as Error).message}.`;
    }
  }

  /** Called when the report is new: what was compared may no longer be what stands in the form. */
  changed(): void {
    this.old.hidden = writeLink(this.live.answers) === this.compared;
  }

  private async window(id: string, answers: Answers): Promise<DocumentFragment> {
    const { body } = await this.module.ask(this.live.request("verdict", answers).replace(/\nid=.*\n/, `\nid=${id}\n`));
    return parse(body);
  }

  private async outcome(answers: Answers): Promise<Outcome> {
    const views = ["json", "figure verdict.call", "figure verdict.primary"];
    const [json, call, way] = await Promise.all(views.map(async (view) => (await this.module.ask(this.live.request(view, answers))).body));
    const report = JSON.parse(json!) as { payback?: { npv?: number | null } };
    return { npv: report.payback?.npv ?? NaN, verdict: `${call}: ${way}` };
  }

  /** Every answer that differs, those that move the money most first. */
  private async differences(mine: Answers, other: Answers, base: number): Promise<Difference[]> {
    const found: Difference[] = [];
    for (const name of this.live.fields.keys()) {
      const a = mine.get(name) ?? "", b = other.get(name) ?? "";
      if (a === b) continue;
      const changed = new Map(mine);
      if (b) changed.set(name, b);
      else changed.delete(name);
      found.push({ name, mine: a, other: b, alone: await this.outcome(changed) });
    }
    const size = (d: Difference) => (Number.isFinite(d.alone.npv - base) ? Math.abs(d.alone.npv - base) : -1);
    return found.sort((a, b) => size(b) - size(a));
  }

  /** What differs in sentences, then as a table. */
  private told(differences: Difference[], mine: Outcome, other: Outcome): HTMLElement[] {
    if (differences.length === 0) return [el("p", { class: "part-note" }, "Every answer is the same.")];
    const label = (d: Difference) => this.live.fields.get(d.name)?.label ?? d.name;
    const said = [`Each row puts one answer of the other case in place of yours and keeps the rest. Together they move the net present value (NPV) by ${moved(other.npv - mine.npv)}; by themselves they need not add up to that.`];
    const turns = differences.filter((d) => d.alone.verdict !== mine.verdict).map(label);
    if (mine.verdict === other.verdict) said.push("The verdict is the same.");
    else if (turns.length > 0) said.push(`What turns the verdict by itself: ${turns.join("; ")}.`);
    else said.push("No single one of them turns the verdict.");
    return [el("p", { class: "part-note" }, said.join(" ")), this.table(differences, mine, other, label)];
  }

  private table(differences: Difference[], mine: Outcome, other: Outcome, label: (d: Difference) => string): HTMLElement {
    const row = (of: Record<string, string>, what: string, a: string, b: string, to: Outcome) => {
      const cells = [a, b, moved(to.npv - mine.npv), to.verdict === mine.verdict ? "" : to.verdict];
      return el("tr", of, el("th", { scope: "row" }, what), ...cells.map((text, i) => el("td", { "data-head": heads[i + 1]!, ...number(i + 1) }, text)));
    };
    const rows = differences.map((d) => {
      const say = (text: string) => this.live.fields.get(d.name)?.say(text) ?? text;
      return row({ "data-differs": d.name }, label(d), say(d.mine), say(d.other), d.alone);
    });
    rows.push(row({ class: "pick" }, "All of them: net present value", net(mine.npv), net(other.npv), other));
    return el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "What differs" },
      el("table", { class: "stacked" }, el("thead", {}, el("tr", {}, ...heads.map((text, i) => el("th", { scope: "col", ...number(i) }, text)))), el("tbody", {}, ...rows)));
  }
}

const heads = ["What differs", "As it stands", "The other", "Moves the NPV by", "Turns the verdict to"];
const number = (column: number): Record<string, string> => (column === 3 ? { class: "number" } : {});
const dollars = (signs: "auto" | "exceptZero") => new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0, signDisplay: signs });

function print(npv: number, signs: "auto" | "exceptZero"): string {
  return Number.isFinite(npv) ? dollars(signs).format(npv).replace("-", "−\u2060") : "not known";
}

const net = (npv: number) => print(npv, "auto");
const moved = (npv: number) => print(npv, "exceptZero");
