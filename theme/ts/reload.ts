// While the site is being written: takes the new text of a page into the page that is open, shows what is wrong over
// the last good one, and says when the server is gone.
import { all, button, el, fact, root } from "./dom";
import { morph, scripted, type Rules } from "./morph";
import { parsePage } from "./trusted";

interface Change {
  kind: "page" | "style" | "reload";
}

interface Fault {
  file: string;
  line: number;
  column: number;
  text: string;
  hint: string;
  excerpt: string[]; // lines around
  first: number; // number of the first of them
  path: string; // of the file on this machine
}

const address = document.currentScript?.dataset["events"] ?? fact("events");

/** What must not go back to what was printed: reports that answer, and whatever scripts made. */
const rules: Rules = { keep: (old) => scripted.keep!(old) || old.matches('[data-report][data-state="live"]') };

async function fresh(): Promise<Document> {
  const response = await fetch(location.href.replace(/#.*/, ""), { cache: "no-store" });
  return parsePage(await response.text());
}

const scripts = (page: Document) => all<HTMLScriptElement>("script[src]", page).map((s) => s.getAttribute("src")).join(" ");
const forms = (page: Document) => all("form[data-calculator]", page).map((f) => f.getAttribute("aria-labelledby")).join(" ");

async function patch(): Promise<void> {
  const page = await fresh();
  if (scripts(page) !== scripts(document) || forms(page) !== forms(document)) return location.reload();
  document.title = page.title;
  for (const { name, value } of page.documentElement.attributes) {
    if (name.startsWith("data-")) root.setAttribute(name, value);
  }
  await restyle(page);
  for (const selector of [".masthead", ".beside", "main", ".foot"]) {
    const old = document.querySelector(selector), next = page.querySelector(selector);
    if (old && next) morph(old, next, rules);
    else if (Boolean(old) !== Boolean(next)) return location.reload();
  }
  document.dispatchEvent(new Event("guide:changed"));
  document.dispatchEvent(new Event("guide:reloaded"));
}

/** Puts new style sheets beside the old ones and takes those away when the new ones have loaded. */
async function restyle(page: Document): Promise<void> {
  const sheets = (of: Document) => all<HTMLLinkElement>('link[rel="stylesheet"]', of);
  const old = sheets(document), wanted = sheets(page).map((l) => l.getAttribute("href") ?? "");
  const missing = wanted.filter((href) => !old.some((l) => l.getAttribute("href") === href));
  await Promise.all(missing.map((href) => new Promise<void>((done) => {
    const link = el("link", { rel: "stylesheet", href });
    link.onload = link.onerror = () => done();
    document.head.append(link);
  })));
  for (const link of old) if (!wanted.includes(link.getAttribute("href") ?? "")) link.remove();
}

async function changed(change: Change): Promise<void> {
  try {
    if (change.kind === "reload") return location.reload();
    if (change.kind === "style") return await restyle(await fresh());
    await patch(); // also when another file changed: its title may stand in this page's lists
  } catch {
    // The server went away in the middle; its return brings the page up to date.
  }
}

function show(faults: Fault[]): void {
  hide();
  if (faults.length === 0) return;
  const list = el("ul", {}, ...faults.map(item));
  const title = faults.length === 1 ? "1 problem; above it stands the last good page" : `${faults.length} problems; above them stands the last good page`;
  document.body.append(el("section", { class: "faults", role: "alert", "data-own": "" }, el("h2", {}, title), list, button("Hide", hide)));
}

/** One problem: where, what, what to do, and the lines around with the one that is meant marked. */
function item(f: Fault): HTMLElement {
  const where = el("code", {}, f.line > 0 ? `${f.file}:${f.line}:${f.column}` : f.file);
  const place = f.path ? el("a", { href: `vscode://file${encodeURI(f.path)}:${f.line}:${f.column}` }, where) : where;
  const one = el("li", {}, place, ` ${f.text}${f.hint ? "; " + f.hint : ""}`);
  if (f.excerpt.length > 0) {
    one.append(el("pre", { tabindex: "0" }, ...f.excerpt.map((text, i) => {
      const line = `${String(f.first + i).padStart(5)}  ${text}\n`;
      return f.first + i === f.line ? el("mark", {}, line) : line;
    })));
  }
  return one;
}

function hide(): void {
  for (const sheet of all(".faults")) sheet.remove();
}

function gone(is: boolean): void {
  document.querySelector(".gone")?.remove();
  if (is) document.body.append(el("p", { class: "update gone", role: "status", "data-own": "" }, "The server is gone. This page waits for it."));
}

function start(): void {
  let away = false;
  const events = new EventSource(address);
  events.addEventListener("change", (e) => void changed(JSON.parse(e.data) as Change));
  events.addEventListener("problems", (e) => show(JSON.parse(e.data) as Fault[]));
  events.addEventListener("ok", hide);
  events.onerror = () => {
    if (!away) gone(true);
    away = true;
    if (events.readyState === EventSource.CLOSED) setTimeout(again, 1000);
  };
  events.onopen = () => {
    if (away) void patch().catch(() => location.reload());
    away = false;
    gone(false);
  };
  const again = () => {
    events.close();
    start();
  };
}

if (address) start();
