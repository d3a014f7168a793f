// While the site is being written: takes the new text of a page into the page that is open, shows what is wrong over
// the last good one, and says when the server is gone.
import { all, button, el, fact, root } from "./dom";
import { morph, scripted, type Rules } from "./morph";
import { parsePage } from "./trusted";

interface Change {
  kind: "page" | "style" | "reload";
  build: number;
  pages: { address: string; title: string }[]; // those whose own file changed
}

interface Fault {
  file: string;
  line: number;
  column: number;
  text: string;
  hint: string;
  excerpt: string[]; // lines around
  first: number; // number of the first of them
  open: string; // address that opens the editor there; may be empty
}

/** Whether this is the page for what is not there. */
const missing = fact("kind") === "notfound";
const { events: address, build } = document.currentScript?.dataset ?? {};

/** What must not go back to what was printed: reports that answer, and whatever scripts made. */
const rules: Rules = { keep: (old) => scripted.keep!(old) || old.matches('[data-report][data-state="live"]') };

/** The page as the server has it now, or null where it has none at this address. */
async function fresh(): Promise<Document | null> {
  const response = await fetch(location.href.replace(/#.*/, ""), { cache: "no-store" });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(response.statusText);
  return parsePage(await response.text());
}

/** This page's address from the site's root, as the server names it. */
function own(): string {
  const path = decodeURI(location.pathname).replace(/^\//, "");
  return path === "" || path.endsWith("/") ? path + "index.html" : path;
}

const scripts = (page: Document) => all<HTMLScriptElement>("script[src]", page).map((s) => s.getAttribute("src")).join(" ");
const forms = (page: Document) => all("form[data-calculator]", page).map((f) => f.getAttribute("aria-labelledby")).join(" ");

async function patch(): Promise<void> {
  const page = await fresh();
  if (!page) {
    if (!missing) note("missing", "The file of this page is gone. The page comes back with it.");
    return;
  }
  note("missing");
  if (missing || scripts(page) !== scripts(document) || forms(page) !== forms(document)) return location.reload();
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
async function restyle(page: Document | null): Promise<void> {
  if (!page) return;
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
    elsewhere(change.pages);
  } catch {
    // The server went away in the middle; its return brings the page up to date.
  }
}

/** Offers the pages that changed where this one is not among them. */
function elsewhere(pages: Change["pages"]): void {
  const here = pages.length === 0 || pages.some((p) => p.address === own());
  const links = pages.map((p) => el("a", { href: "/" + encodeURI(p.address) }, p.title));
  note("elsewhere", ...(here ? [] : ["Changed: ", ...links.flatMap((link, i) => (i > 0 ? [", ", link] : [link])), " ", button("Hide", () => note("elsewhere"))]));
}

/** Shows a line at the page's foot, in place of the last one of its name; without text it goes. */
function note(name: string, ...text: (string | Node)[]): void {
  document.querySelector(`.update.${name}`)?.remove();
  if (text.length > 0) document.body.append(el("p", { class: `update ${name}`, role: "status", "data-own": "" }, ...text));
}

function show(faults: Fault[]): void {
  hide();
  if (faults.length === 0) return;
  const list = el("ul", {}, ...faults.map(item));
  const title = faults.length === 1 ? "1 problem; above it stands the last good page" : `${faults.length} problems; above them stands the last good page`;
  document.body.append(el("section", { class: "update faults", role: "alert", "data-own": "" }, el("h2", {}, title), list, button("Hide", hide)));
}

/** One problem: where, what, what to do, and the lines around with the one that is meant marked. */
function item(f: Fault): HTMLElement {
  const where = el("code", {}, f.line > 0 ? [f.file, f.line, ...(f.column > 0 ? [f.column] : [])].join(":") : f.file);
  const place = f.open ? el("a", { href: f.open }, where) : where;
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

/** Listens while the page is seen: a browser has few connections to one server, and hidden pages would use them up. */
function start(address: string): void {
  let events: EventSource | null = null;
  let shown = Number(build); // what the page was made by
  let away = false; // events may have been missed
  let retry = 0;
  const renew = () => void patch().catch(() => location.reload());
  const stop = () => {
    events?.close();
    events = null;
    clearTimeout(retry);
    away = true;
  };
  const listen = () => {
    stop();
    const here = (events = new EventSource(address));
    here.addEventListener("change", (e) => {
      const change = JSON.parse(e.data) as Change;
      shown = change.build;
      void changed(change);
    });
    here.addEventListener("build", (e) => {
      if (away || Number(e.data) !== shown) renew();
      shown = Number(e.data);
      away = false;
      note("gone");
    });
    here.addEventListener("problems", (e) => show(JSON.parse(e.data) as Fault[]));
    here.addEventListener("ok", hide);
    here.onerror = () => {
      note("gone", "The server is gone. This page waits for it.");
      away = true;
      if (here.readyState === EventSource.CLOSED) retry = window.setTimeout(listen, 1000);
    };
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) stop();
    else listen();
  });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (e) => {
    if (e.persisted && !document.hidden) listen();
  });
  if (document.hidden) return;
  listen();
  away = false;
}

if (address) start(address);
