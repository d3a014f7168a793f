// The sheet of cases: worked ones that the calculator brings, and those that the reader keeps in this browser.
import { button, el, keep, kept } from "./dom";
import type { Compare } from "./compare";
import { readLink, writeLink, type Answers } from "./link";
import type { Live } from "./live";
import type { Tools } from "./tools";

interface Case {
  name: string;
  link: string;
}

const most = 50; // cases kept, of which the oldest goes for a new one
const named = 3; // answers that stand in the name of a case

export class Cases {
  private sheet: HTMLDialogElement | undefined;
  private last = kept("recent"); // of the visit before this one

  constructor(private live: Live, private tools: Tools, private compare: Compare) {}

  private list(): Case[] {
    try {
      const list: unknown = JSON.parse(kept("cases") ?? "[]");
      return Array.isArray(list) ? list.filter((c): c is Case => typeof c?.name === "string" && typeof c?.link === "string") : [];
    } catch {
      return [];
    }
  }

  private store(list: Case[]): boolean {
    return keep("cases", list.length > 0 ? JSON.stringify(list.slice(0, most)) : null);
  }

  /** Keeps the last answers, so that closing the page loses nothing. */
  remember(): void {
    const link = writeLink(this.live.given());
    if (link) keep("recent", link);
  }

  /** Keeps the present answers under what they came to, where that is known, and shows the sheet to compare them with another case. */
  async keepNow(): Promise<void> {
    const answers = this.live.given(), { fields, fresh, report } = this.live;
    const link = writeLink(answers) || "#v1";
    const call = fresh ? report.querySelector(".verdict-call")?.textContent + ". " : "";
    const said = [...answers].slice(0, named).map(([name, value]) => `${fields.get(name)?.label ?? name}: ${fields.get(name)?.say(value) ?? value}`);
    if (answers.size > named) said.push(`${answers.size - named} more`);
    const name = call + (said.join("; ") || "All by default");
    const done = this.store([{ name, link }, ...this.list().filter((c) => c.link !== link)]);
    await this.show(done ? "" : "This browser did not keep the case: its storage is full, or switched off. Save it as a file, or copy its link.");
  }

  async show(fault = ""): Promise<void> {
    this.sheet?.remove();
    const sheet = (this.sheet = el("dialog", { class: "sheet", "aria-labelledby": "cases-title", "data-own": "" }));
    const head = el("div", { class: "sheet-head" }, el("h2", { id: "cases-title" }, "Cases"), button("Close", () => sheet.close(), { class: "quiet" }));
    const body = el("div", { class: "found cases" });
    sheet.append(head, body);
    document.body.append(sheet);
    sheet.addEventListener("click", (e) => e.target === sheet && sheet.close());
    if (fault) body.append(el("p", { class: "found-note", role: "alert" }, fault));
    this.keptPart(body);
    sheet.showModal();
    const place = el("div", {}, el("p", { class: "found-note", role: "status" }, "Loading the worked cases"));
    body.append(place);
    try {
      const kinds = new Map<string, HTMLElement>();
      for (const p of await this.tools.presets()) {
        const list = kinds.get(p.kind) ?? el("ul", { class: "kept" });
        kinds.set(p.kind, list);
        const row = this.row(p.title, p.answers);
        row.dataset["preset"] = p.id;
        list.append(row);
      }
      place.replaceChildren(...[...kinds].flatMap(([kind, list]) => [el("h3", {}, kind), list]));
    } catch (fault) {
      place.replaceChildren(el("p", { class: "found-note" }, `The calculator cannot run here: ${(fault as Error).message}.`));
    }
  }

  private keptPart(body: HTMLElement): void {
    const title = el("h3", { tabindex: "-1" }, "Kept in this browser"), part = el("div");
    const fill = () => {
      const now = this.list(), last = readLink(this.last ?? ""), recent = kept("recent");
      const rows = now.map((c) => this.row(c.name, readLink(c.link) ?? new Map(), () => erase(() => this.store(this.list().filter((o) => o.link !== c.link)))));
      const offered = last?.size && this.last !== writeLink(this.live.given()) && !now.some((c) => c.link === this.last);
      if (offered) rows.push(this.row(`Last time: ${last.size === 1 ? "1 answer" : last.size + " answers"}`, last, () => erase(() => this.forget())));
      part.replaceChildren(rows.length > 0 ? el("ul", { class: "kept" }, ...rows) : el("p", { class: "found-note" }, "No cases kept yet. Keep one and it stays in this browser until you erase it; of more than " + most + " the oldest goes."));
      if (recent && !(offered && recent === this.last)) part.append(el("p", { class: "found-note" }, "Your last answers are kept too, for the next visit."));
      if (rows.length > 0 || recent) part.append(button("Erase all", () => erase(() => {
        this.store([]);
        keep("recent", (this.last = null));
      }), { class: "quiet" }));
    };
    const erase = (act: () => void) => {
      act();
      fill();
      title.focus(); // what was pressed is gone
    };
    fill();
    body.append(title, part);
  }

  /** Erases the answers of the visit before this one. */
  private forget(): void {
    if (kept("recent") === this.last) keep("recent", null);
    this.last = null;
  }

  private row(title: string, answers: Answers, erase?: () => void): HTMLElement {
    const row = el("li", {}, el("span", {}, title));
    const acts = el("div", {}, button("Open", () => {
      this.sheet?.close();
      void this.tools.take(answers, title);
    }, { "aria-label": "Open: " + title }), button("Compare", () => {
      this.sheet?.close();
      void this.compare.show(title, answers);
    }, { "aria-label": "Compare: " + title }));
    if (erase) acts.append(button("Erase", erase, { class: "quiet", "aria-label": "Erase: " + title }));
    row.append(acts);
    return row;
  }
}
