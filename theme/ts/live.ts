// A form that answers: asks the module when something changed, marks the fields, and puts the new report in place of
// the old one without moving what the reader holds.
import { Behind } from "./behind";
import { all, button, el, near } from "./dom";
import { answersOf, count, fieldsOf, readMarks, summary, type Field, type Mark } from "./form";
import { readPairs, writeLink, type Answers } from "./link";
import { morph, scripted } from "./morph";
import type { Module } from "./module";
import { fact } from "./dom";
import { parse } from "./trusted";

const pause = 140; // milliseconds without a key before the report follows
const calm = 900; // and before a complaint about the field that is being written
const complaining = '<ul class="complaints">'; // stands in a report that could not read an answer

/** Whether somebody changed a control of the printed page. */
const written = (input: HTMLInputElement) => input.value !== input.defaultValue || input.checked !== input.defaultChecked;

export class Live {
  readonly fields: Map<string, Field>;
  readonly word: string;
  retry = () => this.soon(0); // what a reader may try once the calculator could not run
  answers: Answers; // that the report was made from, in the order of the calculator's table
  linked: Answers; // the same, with what cannot be read and has no good answer to stand in for it
  readonly behind: Behind;
  private preset: Answers;
  private madeOf: string | null; // what stood in the form when the report was made, null where the report is of something else
  private order: string[] = []; // of the inputs in the calculator's table, once they were asked for
  private id: string;
  private good: Answers = new Map();
  private timer = 0;
  private settling = 0;
  private sent = false; // with the Enter key, which leads to what cannot be read
  private heldBack = false; // a complaint about the field that is being written
  private lived = false;
  private running: Promise<void> | undefined; // the making of reports, until what stands in the form has one
  private again = false;

  constructor(readonly form: HTMLFormElement, readonly report: HTMLElement, private module: Module, private changed: (live: Live) => void) {
    this.word = form.dataset["calculator"] ?? "form";
    this.fields = fieldsOf(form);
    this.answers = this.linked = this.preset = readPairs(form.dataset["preset"] ?? "");
    const touched = all<HTMLInputElement>("input:not([data-slider])", form).some(written);
    this.madeOf = touched ? null : writeLink(this.typed());
    this.behind = new Behind(this.head(), report);
    this.id = (form.closest("[aria-labelledby]")?.getAttribute("aria-labelledby") ?? "").replace(/(block|form)-title$/, "");
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      this.sent = true;
      this.heldBack = true;
      this.settled();
    });
    form.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" || !(e.target instanceof HTMLInputElement) || e.target.type !== "text") return;
      e.preventDefault(); // a form of many fields without a button does not send itself
      form.requestSubmit();
    });
    for (const touch of ["focusin", "pointerdown"] as const) {
      form.addEventListener(touch, () => this.touched(), { once: true, passive: true });
    }
    form.addEventListener("input", (e) => this.edited(e));
    form.addEventListener("focusout", () => this.heldBack && this.settled());
    if (touched || form.contains(document.activeElement)) this.touched();
  }

  /** Starts the module, also where the form was touched before this script arrived, and lets it make a report at once: what comes after it is quick. */
  private touched(): void {
    if (this.report.dataset["state"] !== "printed") return;
    void this.module.start().catch(() => undefined);
    this.soon(0);
  }

  private edited(e: Event): void {
    const row = near(e, "[data-field]");
    const field = [...this.fields.values()].find((f) => f.row === row);
    const target = e.target as HTMLInputElement;
    if (field && target === field.slider) field.slideTo(target.valueAsNumber);
    else if (field && target === field.unknown && target.checked) field.write(target.value);
    else if (field && target === field.unknown) field.controls[0]?.focus(); // what is known is to be written
    else if (field && target !== field.unknown) field.tick(target.value);
    clearTimeout(this.settling);
    this.settling = window.setTimeout(() => this.settled(), calm);
    this.soon(target instanceof HTMLInputElement && target.type === "text" ? pause : 0);
  }

  /** Nobody is writing any more: what was held back is said. */
  private settled(): void {
    clearTimeout(this.settling);
    this.settling = 0;
    if (this.heldBack) this.soon(0);
  }

  /** Asks for a new report after a pause in which nothing else happens. */
  soon(wait: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.refresh(), wait);
  }

  /** Puts answers into the form in place of those that stand in it. */
  write(answers: Answers): void {
    this.good.clear();
    for (const [name, field] of this.fields) field.write(answers.get(name) ?? "");
    this.soon(0);
  }

  /** Takes the focus to the verdict, from where one reads on. */
  toVerdict(): void {
    const verdict = this.report.querySelector<HTMLElement>(".verdict-call");
    if (!verdict) this.report.tabIndex = -1; // a block has none: its report is read
    (verdict ?? this.report).focus({ preventScroll: true });
  }

  set(name: string, text: string): string {
    const field = this.fields.get(name);
    const before = field?.read() ?? "";
    field?.write(text);
    this.soon(0);
    return before;
  }

  /** The lines of a request about answers; root is put before every link. */
  request(view: string, answers: Answers, root = fact("root")): string {
    const lines = [view, "root=" + root, "id=" + this.id];
    for (const [name, value] of answers) lines.push(name + "=" + value.replace(/[\r\n]+/g, " "));
    return lines.join("\n") + "\n";
  }

  /** The answers of the report, once that is of what stands in the form. */
  async reported(): Promise<Answers> {
    const failed = () => this.report.dataset["state"] === "failed";
    if (!this.fresh || failed()) await this.refresh();
    if (failed()) throw new Error("there is no report");
    return this.answers;
  }

  private refresh(): Promise<void> {
    this.behind.expect(() => this.late());
    this.again = true;
    return (this.running ??= this.run());
  }

  private async run(): Promise<void> {
    try {
      if (this.report.dataset["state"] !== "live") this.state("loading");
      do {
        this.again = false;
        await this.once();
      } while (this.again);
    } catch (fault) {
      this.failed(fault instanceof Error ? fault.message : String(fault));
    } finally {
      this.running = undefined;
      this.behind.over();
    }
  }

  /** What is to be said of a report that is late; nothing where it is of the answers that stand in the form. */
  private late(): string {
    if (this.fresh) return "";
    if (!this.lived) return "The calculator is loading. This is the printed example.";
    return "Working out your answers. This is the last report.";
  }

  private typed(): Answers {
    return answersOf(this.form, this.fields, this.preset);
  }

  /** Whether the report is of what stands in the form. */
  get fresh(): boolean {
    return writeLink(this.typed()) === this.madeOf;
  }

  /** What stands in the form, to be kept: also what cannot be read, and what no report was made of. */
  given(): Answers {
    const place = (name: string) => this.order.indexOf(name);
    return new Map([...this.typed()].sort(([a], [b]) => place(a) - place(b)));
  }

  private async once(): Promise<void> {
    await this.module.start();
    this.again = false; // what was written until now is read now
    const typed = this.typed();
    const view = this.word === "form" ? "report" : "block " + this.word;
    const send = (what: string) => {
      const reply = this.module.ask(this.request(what, typed));
      reply.catch(() => undefined); // one fails with the other
      return reply;
    };
    // The first report goes ahead of the marks: nearly always nothing is wrong, and it stands there the sooner.
    const ahead = this.word === "form" && this.report.dataset["state"] !== "live" ? send(view) : undefined;
    const fields = send("fields"), report = ahead ?? send(view);
    const shown = ahead !== undefined && !(await ahead).body.includes(complaining);
    if (shown) this.show((await report).body);
    const marks = readMarks((await fields).body);
    const wrong = marks.filter((m) => m.state === "error");
    const asked: Answers = new Map(), linked: Answers = new Map();
    this.order = marks.map((m) => m.name);
    for (const { name, state } of marks) {
      const text = typed.get(name);
      if (text !== undefined && state !== "error") this.good.set(name, text);
      if (text === undefined) this.good.delete(name);
      const use = state === "error" ? this.good.get(name) : text;
      if (use !== undefined) asked.set(name, use);
      if (use !== undefined || text !== undefined) linked.set(name, use ?? text!);
    }
    this.mark(marks, wrong);
    const reply = await (wrong.length > 0 ? this.module.ask(this.request(view, asked)) : report);
    if (this.again) return;
    this.answers = asked;
    this.linked = linked;
    this.madeOf = wrong.length > 0 ? null : writeLink(typed);
    if (!shown || wrong.length > 0) this.show(reply.body);
    this.changed(this);
  }

  private show(html: string): void {
    this.swap(html);
    this.behind.over(); // first: a verdict that hides takes no focus
    this.state("live");
  }

  private mark(marks: Mark[], wrong: Mark[]): void {
    const held = this.settling ? document.activeElement : null;
    this.heldBack = false;
    for (const mark of marks) {
      const field = this.fields.get(mark.name);
      if (!field) continue;
      const early = mark.state === "error" && field.row.dataset["state"] !== "error" && held !== null && field.row.contains(held);
      this.heldBack ||= early;
      if (early) continue;
      field.mark(mark, this.good.get(mark.name) ?? "", () => {
        field.write("");
        field.focus();
        this.soon(0);
      });
    }
    count(this.form, this.fields);
    const place = summary(this.form, this.fields, wrong.filter((m) => this.fields.get(m.name)?.row.dataset["state"] === "error"));
    if (this.sent) place?.focus();
    this.sent = false;
  }

  private swap(html: string): void {
    const fresh = parse(html).querySelector(`[data-report="${this.report.dataset["report"]}"]`);
    if (!fresh) return;
    fresh.setAttribute("data-state", "live");
    morph(this.report, fresh, scripted);
    document.dispatchEvent(new Event("guide:changed"));
  }

  private state(word: string): void {
    this.report.dataset["state"] = word;
    if (word === "loading") this.report.setAttribute("aria-busy", "true");
    else this.report.removeAttribute("aria-busy");
    if (word !== "live") return;
    this.lived = true;
    this.say("");
  }

  private failed(why: string): void {
    this.state("failed");
    const below = this.lived ? "is the last report that was made" : "is the printed example; the formulas and the worked tables still hold";
    this.say(`The calculator cannot run here: ${why.replace(/^panic: |\.$/g, "")}. What stands below ${below}. `, button("Try again", () => this.retry(), { class: "quiet" }));
  }

  /** Where the report begins, and what is said of it stands. */
  private head(): HTMLElement {
    return this.report.querySelector<HTMLElement>(":scope > .argument") ?? this.report;
  }

  private say(text: string, ...then: Node[]): void {
    const head = this.head();
    let place = head.querySelector<HTMLElement>(":scope > .state");
    if (!place && text) {
      place = el("p", { class: "state", role: "status", "data-own": "" });
      head.prepend(place);
    }
    const held = place?.contains(document.activeElement);
    place?.replaceChildren(text, ...then);
    if (held && text) place?.querySelector("button")?.focus();
    else if (held) this.toVerdict();
  }
}
