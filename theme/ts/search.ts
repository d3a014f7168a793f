// The search sheet: a field, what was found, and keys to go through it. How pages are found and ranked is the business
// of search-index.ts.
import { all, button, el, fact } from "./dom";
import { SearchIndex, type Found } from "./search-index";
import { loadScript } from "./trusted";

interface Doors {
  guideSearch?: (name: string, value: unknown) => void;
  guideSearchOpen?: (query: string) => void;
}

const doors = window as unknown as Doors;
const arrived = new Map<string, unknown>();
const folder = fact("search").replace(/(root\.js)?(\?.*)?$/, "").replace(/([^/])$/, "$1/");

doors.guideSearch = (name, value) => void arrived.set(name, value);

const index = new SearchIndex(async (name, query) => {
  await loadScript(folder + name + ".js" + (query ? "?" + query : ""));
  if (!arrived.has(name)) throw new Error("the index has no part " + name);
  const value = arrived.get(name);
  arrived.delete(name);
  return value;
});

if (origin !== "null") navigator.serviceWorker?.addEventListener("controllerchange", () => index.forget());

const limit = 10;

class Sheet {
  private input = el("input", { type: "text", role: "combobox", inputmode: "search", enterkeyhint: "go", "aria-label": "Search the guide", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "found", autocomplete: "off", autocapitalize: "off", spellcheck: "false", maxlength: "200", placeholder: "A word, or the beginning of one" });
  private note = el("p", { class: "found-note", role: "status" });
  private list = el("ul", { id: "found", role: "listbox", "aria-label": "Pages found" });
  private dialog = el("dialog", { class: "sheet", "aria-label": "Search", "data-own": "" });
  private asked = 0;
  private timer = 0;
  private at = -1;
  private answered: string | undefined; // what the list answers

  constructor() {
    const head = el("div", { class: "sheet-head" }, this.input, button("Close", () => this.dialog.close(), { class: "quiet" }));
    const keys = el("div", { class: "sheet-foot" }, ...([["↑ ↓", "to choose"], ["Enter", "to open"], ["Esc", "to close"]] as const).map(([k, what]) => el("span", {}, el("kbd", {}, k), " " + what)));
    this.dialog.append(head, el("div", { class: "found" }, this.note, this.list), keys);
    document.body.append(this.dialog);
    this.dialog.addEventListener("click", (e) => e.target === this.dialog && this.dialog.close());
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (e) => this.key(e));
    this.list.addEventListener("click", (e) => {
      if (!e.ctrlKey && !e.metaKey && !e.shiftKey) this.dialog.close();
    });
    this.list.addEventListener("pointermove", (e) => {
      const row = (e.target as Element).closest("[role=option]");
      if (row) this.choose(this.rows().indexOf(row as HTMLElement), false);
    });
  }

  open(query: string): void {
    if (!this.dialog.open) this.dialog.showModal();
    if (query) this.input.value = query;
    this.input.focus();
    this.input.select();
    void this.search();
  }

  private rows(): HTMLElement[] {
    return all("[role=option]", this.list);
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.search(), 60);
  }

  private async search(): Promise<void> {
    clearTimeout(this.timer);
    const query = this.input.value, turn = ++this.asked;
    this.list.setAttribute("aria-busy", "true");
    try {
      const found = query.trim() === "" ? undefined : await index.find(query, limit);
      if (turn !== this.asked) return;
      if (found) this.show(query.trim(), found);
      else this.empty();
      this.answered = query;
      this.list.parentElement!.scrollTop = 0;
    } catch {
      if (turn !== this.asked) return;
      this.list.replaceChildren();
      this.choose(-1, false);
      this.note.textContent = "The index cannot be loaded here. Try again, or go by the parts of the guide.";
    } finally {
      if (turn === this.asked) this.list.setAttribute("aria-busy", "false");
    }
  }

  /** Nothing is typed: the ways that the masthead offers. */
  private empty(): void {
    this.note.textContent = "Type to search titles, headings and text. Without a word, start here:";
    const ways = all<HTMLAnchorElement>(".menu a, .beside-part a, .parts a").slice(0, 6);
    this.list.replaceChildren(...ways.map((way, i) => this.row(i, way.getAttribute("href") ?? "", "", [...way.childNodes].map((n) => n.textContent).join(" "), "", [])));
    this.choose(-1, false);
  }

  private show(query: string, { hits, total, instead, partly }: Found): void {
    const count = total === 1 ? "1 page" : `${total} pages`;
    if (total === 0) this.note.textContent = `Nothing for “${query}”. Try one word, or the beginning of one.`;
    else if (partly) this.note.textContent = `No page has all of “${instead || query}”. The best that have some of it: ${count}.`;
    else if (instead) this.note.textContent = `Nothing for “${query}”. This is for “${instead}”: ${count}.`;
    else this.note.textContent = total > hits.length ? `${count}; the best ${hits.length} are below.` : `${count}.`;
    this.list.replaceChildren(...hits.map((hit, i) => this.row(i, fact("root") + hit.address, hit.number, hit.title, hit.heading,
      hit.passage.map((piece) => (piece.marked ? el("mark", {}, piece.text) : piece.text)))));
    this.choose(hits.length > 0 ? 0 : -1, false);
  }

  private row(i: number, address: string, number: string, title: string, heading: string, passage: (string | Node)[]): HTMLElement {
    const link = el("a", { href: address, tabindex: "-1" }, el("b", {}, title));
    if (number) link.prepend(el("span", {}, number), " ");
    if (heading) link.append(el("small", {}, " · " + heading));
    if (passage.length > 0) link.append(el("p", {}, ...passage));
    return el("li", { role: "option", id: "found-" + i, "aria-selected": "false" }, link);
  }

  private choose(to: number, scroll: boolean): void {
    const rows = this.rows();
    this.at = to;
    rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === to)));
    this.input.setAttribute("aria-expanded", String(rows.length > 0));
    const row = rows[to];
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
    if (row && scroll) row.scrollIntoView({ block: "nearest" });
  }

  private key(e: KeyboardEvent): void {
    if (e.isComposing || e.keyCode === 229) return; // Safari ends a composition before it tells of the Enter that ended it
    const rows = this.rows(), last = rows.length - 1;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      const to = this.at + (e.key === "ArrowDown" ? 1 : -1);
      this.choose(to > last ? 0 : to < 0 ? last : to, true);
    } else if (e.key === "Enter") {
      e.preventDefault();
      void this.go(e.ctrlKey || e.metaKey);
    }
  }

  /** Opens what is chosen. Who writes faster than pages are found waits for what was written. */
  private async go(beside: boolean): Promise<void> {
    if (this.input.value !== this.answered) await this.search();
    const link = this.rows()[this.at]?.querySelector("a");
    if (!link || this.input.value !== this.answered || !this.dialog.open) return;
    if (beside) window.open(link.href, "_blank", "noopener");
    else link.click();
  }
}

let sheet: Sheet | undefined;
doors.guideSearchOpen = (query) => (sheet ??= new Sheet()).open(query);
