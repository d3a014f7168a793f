// A printed form as answers: what stands in its fields, and what is to be said beside them.
import { all, button, el } from "./dom";
import { alike, type Answers } from "./link";

/** What the calculator says of one input: a line of the view "fields". */
export interface Mark {
  name: string;
  state: string; // default, changed, error, unknown or assumed
  say: string; // the hint, or the complaint where state is error
  placeholder: string;
}

/** Reads the view "fields". */
export function readMarks(text: string): Mark[] {
  return text.split("\n").filter(Boolean).map((line) => {
    const [name = "", state = "", say = "", placeholder = ""] = line.split("\t");
    return { name, state, say, placeholder };
  });
}

type Control = HTMLInputElement | HTMLSelectElement;
type Choice = HTMLInputElement | HTMLOptionElement;

const named = "input[name], select[name]";

/** One row of a form. */
export class Field {
  readonly unknown: HTMLInputElement | null;
  readonly slider: HTMLInputElement | null;
  private found: Control[] | undefined;
  private slid = { from: "", to: "" }; // what stood in the field, and what the slider made of it

  constructor(readonly row: HTMLElement, readonly name: string) {
    this.unknown = row.querySelector("[data-unknown]");
    this.slider = row.querySelector("[data-slider]");
  }

  get controls(): Control[] {
    return (this.found ??= all<Control>(named, this.row));
  }

  private get radios(): boolean {
    return this.controls[0]?.type === "radio";
  }

  /** What the field is called, with the name of its set before it. */
  get label(): string {
    const labels = [this.row.closest(".fields")?.querySelector("legend.label"), this.row.querySelector(".label")];
    return labels.map((l) => l?.textContent).filter(Boolean).join(": ") || this.name;
  }

  get initial(): string {
    return this.row.dataset["default"] ?? "";
  }

  /** What was answered; empty where the default holds. */
  read(): string {
    const control = this.radios ? this.controls.find((c) => (c as HTMLInputElement).checked) : this.controls[0];
    const text = this.unknown?.checked ? this.unknown.value : (control?.value.trim() ?? "");
    return text === this.initial ? "" : text;
  }

  /** How an answer to this row reads: in the words of its choice, or with its unit; empty is what holds by default. */
  say(text: string): string {
    const value = text || this.initial, control = this.controls[0];
    const choice = control instanceof HTMLSelectElement
      ? [...control.options].find((o) => o.value === value)?.text.replace(/^default: /, "")
      : this.radios ? this.controls.find((c) => c.value === value)?.labels?.[0]?.textContent?.trim() : undefined;
    const unit = /^[\d.,]+$/.test(value) ? this.row.querySelector(".unit")?.textContent : "";
    const shown = /^\d+$/.test(value) ? value.replace(/\B(?=(\d{3})+$)/g, ",") : value;
    const said = choice ?? (unit === "$" ? unit + shown : shown + (unit ?? ""));
    return text || said === "default" ? said : said ? said + " (default)" : "default";
  }

  /** Puts an answer into the row; empty puts the default back. */
  write(text: string): void {
    this.slider?.removeAttribute("aria-valuetext"); // a slider that moves says where it is
    this.tick(text);
    const control = this.controls[0];
    if (control instanceof HTMLSelectElement || this.radios) this.choose(text || this.initial);
    else if (control) control.value = this.unknown?.checked ? "" : text;
  }

  /** Ticks the box beside the field where what is said there, or holds by default, is its word. */
  tick(text: string): void {
    if (this.unknown) this.unknown.checked = alike(text || this.initial, this.unknown.value);
  }

  /** Chooses what an answer means. What means none is kept as a choice of its own: the calculator says what is wrong with it. */
  private choose(text: string): void {
    for (const odd of all("[data-odd]", this.row)) odd.remove();
    this.found = undefined;
    const control = this.controls[0];
    const choices: Choice[] = control instanceof HTMLSelectElement ? [...control.options] : (this.controls as HTMLInputElement[]);
    const choice = meant(text, choices) ?? this.odd(text);
    if (choice instanceof HTMLOptionElement) choice.selected = true;
    else choice.checked = true;
  }

  private odd(text: string): Choice {
    const control = this.controls[0], label = text.length > 40 ? text.slice(0, 40) + "…" : text;
    if (control instanceof HTMLSelectElement) {
      const option = el("option", { value: text, "data-odd": "" }, label);
      control.append(option);
      return option;
    }
    const made = el("input", { type: "radio", name: this.name, value: text });
    this.row.querySelector(".choices")?.append(el("label", { class: "choice", "data-odd": "" }, made, " ", label));
    this.found = undefined;
    return made;
  }

  /** Takes the likely value from the slider. A range keeps its ends, and has them again when the slider comes back from past them. */
  slideTo(likely: number): void {
    const text = this.controls[0]!.value, from = text === this.slid.to ? this.slid.from : text;
    const [low, , high] = numbers(from);
    const to = low === undefined || high === undefined ? String(likely) : [Math.min(low, likely), likely, Math.max(high, likely)].join("..");
    this.slid = { from, to };
    this.write(to);
  }

  /** Says what the calculator says of this row. good is what the report uses while the answer cannot be read. */
  mark(mark: Mark, good: string, reset: () => void): void {
    const { row } = this, wrong = mark.state === "error";
    if (row.dataset["state"] !== mark.state) row.dataset["state"] = mark.state;
    for (const control of this.controls) {
      if (wrong) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
      if (control instanceof HTMLInputElement && control.type === "text") control.placeholder = mark.placeholder;
    }
    const complaint = row.querySelector<HTMLElement>("[data-complaint]");
    const say = wrong ? sentence(mark.say) + ` Until then the report uses ${good || mark.placeholder || "the default"}.` : "";
    if (complaint && complaint.textContent !== say) complaint.textContent = say;
    if (complaint) complaint.hidden = !wrong;
    if (complaint) this.tie(complaint.id, wrong);
    const hint = row.querySelector<HTMLElement>("[data-hint]");
    if (hint && !wrong) this.hint(hint, mark, reset);
    if (this.slider && document.activeElement !== this.slider) this.slide(mark);
  }

  /** Names the complaint among what describes the control, or no longer. */
  private tie(id: string, wrong: boolean): void {
    const held = this.radios ? this.row : this.controls[0];
    const names = held?.getAttribute("aria-describedby")?.split(" ") ?? [];
    if (names.includes(id) === wrong) return;
    held?.setAttribute("aria-describedby", (wrong ? [...names, id] : names.filter((name) => name !== id)).join(" "));
  }

  private hint(hint: HTMLElement, mark: Mark, reset: () => void): void {
    const line = hint.parentElement!, had = line.querySelector(".reset");
    if (hint.textContent !== mark.say) hint.textContent = mark.say;
    if (this.read() === "") had?.remove();
    else if (!had) {
      const shown = this.controls[0] instanceof HTMLInputElement && this.controls[0].type === "text" ? mark.placeholder : "";
      const to = shown && shown.length < 24 ? shown : "default";
      const made = button("reset to " + to, reset, { class: "quiet reset" });
      made.append(el("span", { class: "hidden" }, ": " + this.label));
      line.append(" ", made);
    }
  }

  private slide(mark: Mark): void {
    const [first, likely = first] = numbers(this.read() || mark.placeholder);
    this.slider!.value = likely === undefined ? this.slider!.defaultValue : String(likely);
    if (mark.state === "unknown") this.slider!.setAttribute("aria-valuetext", "not known");
    else this.slider!.removeAttribute("aria-valuetext");
  }

  focus(): void {
    for (let up = this.row.parentElement; up; up = up.parentElement) if (up instanceof HTMLDetailsElement) up.open = true;
    const control = (this.radios && this.controls.find((c) => (c as HTMLInputElement).checked)) || this.controls[0];
    control?.focus({ preventScroll: true });
    this.row.scrollIntoView({ block: "center" });
  }
}

/** The number, or the three of a range, that a field of percents holds; none where it holds something else. */
function numbers(text: string): number[] {
  const parts = text.replace(/[%,\s]/g, "").split("..").map((part) => (part ? Number(part) : NaN));
  return (parts.length === 1 || parts.length === 3) && parts.every(Number.isFinite) ? parts : [];
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : text + ".";
}

/** Words for true and false, besides these, that the calculator reads. */
const truths = new Map([["yes", "true"], ["on", "true"], ["1", "true"], ["no", "false"], ["off", "false"], ["0", "false"]]);

/** The one of some choices that an answer means, as the calculator reads it. */
function meant(text: string, choices: Choice[]): Choice | undefined {
  const truth = truths.get(text.trim().toLowerCase());
  return choices.find((c) => c.value === text) ?? choices.find((c) => alike(c.value, text) || c.value === truth);
}

/** All rows of a form by the names of their inputs. */
export function fieldsOf(form: HTMLFormElement): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const row of all("[data-field]", form)) {
    const name = row.querySelector<Control>(named)?.name ?? row.dataset["field"]!;
    fields.set(name, new Field(row, name));
  }
  return fields;
}

/** What a form says: its preset where it has no field for it, and its fields. */
export function answersOf(form: HTMLFormElement, fields: Map<string, Field>, preset: Answers): Answers {
  const answers: Answers = new Map([...preset].filter(([name]) => !fields.has(name)));
  for (const [name, field] of fields) {
    const text = field.read();
    if (text) answers.set(name, text);
  }
  return answers;
}

/** Tells how many answers of each group were given, at the right of its line. */
export function count(form: HTMLFormElement, fields: Map<string, Field>): void {
  for (const group of all("[data-group]", form)) {
    const place = group.querySelector("[data-count]");
    const rows = [...fields.values()].filter((f) => group.contains(f.row));
    const answered = rows.filter((f) => f.read() !== "");
    const unknown = answered.filter((f) => f.row.dataset["state"] === "unknown").length;
    const said = answered.length === 0 ? "all by default" : `${answered.length} answered${unknown ? `, ${unknown} unknown` : ""}`;
    const text = `${rows.length}, ${said}`;
    if (place && place.textContent !== text) place.textContent = text;
  }
}

/** Lists at the head of a form what is wrong, each with a link to its field; returns the list where it is not empty. */
export function summary(form: HTMLFormElement, fields: Map<string, Field>, wrong: Mark[]): HTMLElement | undefined {
  const place = form.querySelector<HTMLElement>("[data-problems]");
  const list = place?.querySelector("ul");
  if (!place || !list) return undefined;
  place.hidden = wrong.length === 0;
  const title = place.querySelector("h3");
  if (title && wrong.length > 0) title.textContent = wrong.length === 1 ? "There is a problem" : `There are ${wrong.length} problems`;
  list.replaceChildren(...wrong.map((mark) => {
    const field = fields.get(mark.name);
    const link = el("a", { href: "#" + (field?.controls[0]?.id ?? mark.name), "data-input": mark.name }, field?.label ?? mark.name);
    return el("li", {}, link, ": " + sentence(mark.say));
  }));
  document.title = (wrong.length > 0 ? "Error: " : "") + document.title.replace(/^Error: /, "");
  return wrong.length > 0 ? place : undefined;
}
