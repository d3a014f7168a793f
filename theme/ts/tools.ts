// The buttons of the calculator: copy the link, save, compare, print; start from a case or a file; try a flip and undo it.
import { button, copyText, el, flash } from "./dom";
import { Cases } from "./cases";
import { Compare } from "./compare";
import { readFile, readPairs, writeFile, writeLink, type Answers } from "./link";
import type { Live } from "./live";
import type { Module } from "./module";

/** Something that the calculator knows to start from. */
export interface Preset {
  id: string;
  title: string;
  answers: Answers;
  kind: string;
}

export class Tools {
  private undo = button("Undo", () => this.restore(), { class: "undo", hidden: "", "data-own": "" });
  private tried: { name: string; before: string }[] = []; // the last one is taken back first
  private cases: Cases;
  private compare: Compare;
  private aged = false; // whether the age of the facts was asked
  private note = el("p", { class: "state", role: "status", tabindex: "-1", "data-own": "" });

  constructor(private live: Live, private module: Module, private open: (answers: Answers) => Promise<string>) {
    this.compare = new Compare(live, module);
    this.cases = new Cases(live, this, this.compare);
    const head = document.querySelector('[data-slot="open"]');
    const tools = live.report.querySelector('[data-slot="tools"]');
    head?.append(
      button("Start from a case", () => void this.cases.show()),
      button("Start empty", () => void this.take(new Map(), "The calculator without answers")),
      button("Open a file", () => this.pick()),
    );
    head?.after(this.note);
    tools?.before(this.undo);
    tools?.append(
      button("Copy link", async (b) => flash(b, (await copyText(this.address())) ? "Copied" : "Not copied")),
      this.saving(),
      button("Keep and compare", () => void this.cases.keepNow()),
      button("Print", () => print()),
    );
    this.drops();
  }

  /** The whole address with every answer. */
  address(): string {
    return this.page().replace(/#.*$/, "") + (writeLink(this.live.given()) || "#v1");
  }

  /** The address of the calculator: of the guide's own page where this one stands in a frame or a file. */
  private page(): string {
    return document.querySelector<HTMLAnchorElement>("a[data-with-answers]")?.href ?? location.href;
  }

  /** The report of what stands in the form, to be saved. Its links are whole where the page is on the web: who gets it has no page that they could hang on. */
  private async printed(view: string): Promise<string> {
    const page = this.page(), root = page.startsWith("http") ? new URL(".", page).href : undefined;
    return (await this.module.ask(this.live.request(view, await this.live.reported(), root))).body;
  }

  private saving(): HTMLElement {
    const save = (label: string, view: string, file: string, type: string) =>
      button(label, async (b) => {
        try {
          download(file, type, view ? await this.printed(view) : writeFile(this.live.given()));
        } catch {
          flash(b, "Not saved");
        }
      });
    const menu = el("details", { class: "saving", "data-own": "" }, el("summary", {}, "Save"), el("div", {},
      save("Answers, to open again", "", "fine-tune-answers.json", "application/json"),
      save("Report as JSON", "json", "fine-tune-report.json", "application/json"),
      save("Table as CSV", "csv", "fine-tune-report.csv", "text/csv"),
      save("Memo for approval", "memo", "fine-tune-memo.md", "text/markdown")));
    menu.addEventListener("keydown", (e) => {
      if (e.key !== "Escape") return;
      menu.querySelector("summary")!.focus();
      menu.open = false;
    });
    menu.addEventListener("focusout", (e) => {
      if (!menu.contains(e.relatedTarget as Node | null)) menu.open = false;
    });
    return menu;
  }

  /** Called when the report is new. */
  show(): void {
    while (this.tried.length > 0 && this.live.fields.get(this.tried.at(-1)!.name)?.read() === this.tried.at(-1)!.before) this.tried.pop();
    this.offerUndo();
    this.cases.remember();
    this.compare.changed();
    if (!this.aged) void this.age();
    this.aged = true;
  }

  /** Says once how many facts have grown old by the day on which the page is read. */
  private async age(): Promise<void> {
    const { status, body } = await this.module.ask("stale " + new Date().toISOString().slice(0, 10) + "\n");
    const old = status === "ok" ? body.split("\n").filter(Boolean).length : 0;
    if (old > 0) {
      this.live.form.querySelector(".form-foot")?.append(` ${old} of the facts behind this are more than 180 days old. Each shows its date; write newer ones if you have them.`);
    }
  }

  /** Tries a flip: sets one answer and offers the way back. */
  attempt(name: string, value: string, byKey: boolean): void {
    this.tried.push({ name, before: this.live.set(name, value) });
    this.offerUndo();
    this.live.report.scrollIntoView({ block: "start" });
    const focus = () => this.undo.focus({ preventScroll: true });
    if (!byKey) return focus();
    // The key that is still down would press the button that gets the focus.
    const wait = window.setTimeout(focus, 400);
    addEventListener("keyup", () => (clearTimeout(wait), focus()), { once: true });
  }

  /** Offers to take back what was tried last; where nothing is left, who pressed the button goes on at the verdict. */
  private offerUndo(): void {
    const last = this.tried.at(-1), held = document.activeElement === this.undo;
    this.undo.hidden = !last;
    if (!last && held) this.live.toVerdict();
    if (!last) return;
    const field = this.live.fields.get(last.name);
    this.undo.textContent = `Undo: ${field?.label ?? last.name} back to ${field?.say(last.before) ?? "its default"}`;
  }

  private restore(): void {
    const last = this.tried.pop();
    if (last) this.live.set(last.name, last.before);
    this.offerUndo();
  }

  /** Puts answers into the form and offers the way back; what is no question is named. */
  async take(answers: Answers, from: string): Promise<void> {
    const before = this.live.given(), held = this.note.contains(document.activeElement);
    this.tried = [];
    this.say(`Opened: ${from}.${await this.open(answers)}`);
    if (before.size > 0 && writeLink(before) !== writeLink(answers)) {
      this.note.append(" ", button("Back to the answers before", () => void this.take(before, "What was there before"), { class: "quiet" }));
    }
    if (held) (this.note.querySelector("button") ?? this.note).focus();
  }

  /** A sentence that names what is no question here, empty where all are. */
  strange(answers: Answers): string {
    const names = [...answers.keys()].filter((name) => name !== "scenario" && !this.live.fields.has(name));
    const some = names.slice(0, 5).map((name) => name.slice(0, 40)).join(", ") + (names.length > 5 ? " and more" : "");
    return names.length > 0 ? ` It also says what is no question here: ${some}.` : "";
  }

  /** A sentence on a worked example that there is not, in the calculator's words. */
  async noScenario(id: string): Promise<string> {
    const { body } = await this.module.ask(this.live.request("problems", new Map([["scenario", id]])));
    const [, why = "There is no worked example of this name."] = body.trim().split("\t");
    return ` “${id.slice(0, 40)}”: ${why[0]!.toLowerCase()}${why.slice(1)}`;
  }

  /** Says a sentence under the buttons at the head of the page. */
  say(text: string): void {
    this.note.textContent = text;
  }

  /** The scenarios and worked cases, asked of the calculator once. */
  async presets(): Promise<Preset[]> {
    const { status, body } = await this.module.ask("presets\n");
    if (status !== "ok") return [];
    return body.split("\n").filter(Boolean).map((line) => {
      const [id = "", title = "", link = "", kind = ""] = line.split("\t");
      return { id, title, answers: readPairs(link.replace(/^#?v1&?/, "")), kind };
    });
  }

  private pick(): void {
    const input = el("input", { type: "file", accept: ".json,application/json" });
    input.addEventListener("change", () => input.files?.[0] && void this.read(input.files[0]));
    input.click();
  }

  private async read(file: File): Promise<void> {
    try {
      if (file.size > 1 << 20) throw new Error("it is larger than 1 MB");
      const answers = readFile(await file.text());
      if (answers.size > 0 && ![...answers.keys()].some((name) => this.live.fields.has(name) || name === "scenario")) throw new Error("it answers nothing that is asked here");
      await this.take(answers, file.name);
    } catch (fault) {
      const why = fault instanceof SyntaxError ? "it is not JSON" : (fault as Error).message;
      this.say(`${file.name} cannot be opened: ${why}. Choose the file that “Answers, to open again” wrote, or an object of inputs.`);
    }
  }

  private drops(): void {
    const area = document.querySelector("main")!;
    const files = (e: DragEvent) => e.dataTransfer?.types.includes("Files") ?? false;
    area.addEventListener("dragover", (e) => {
      if (files(e)) e.preventDefault();
      area.classList.toggle("dropping", files(e));
    });
    area.addEventListener("dragleave", () => area.classList.remove("dropping"));
    area.addEventListener("drop", (e) => {
      area.classList.remove("dropping");
      const file = e.dataTransfer?.files[0];
      if (!file) return;
      e.preventDefault();
      void this.read(file);
    });
  }
}

function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: type + ";charset=utf-8" }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
