// Makes printed calculators live: the whole one on its page, and the small blocks in articles, all with one module.
import { all, el, near } from "./dom";
import { Live } from "./live";
import { alike, linkFault, readLink, writeLink, type Answers } from "./link";
import { Module } from "./module";
import { Readout } from "./readout";
import { Tools } from "./tools";

const module = new Module();

function reportOf(form: HTMLFormElement): HTMLElement | null {
  const word = form.dataset["calculator"];
  if (word === "form") return document.querySelector('[data-report="report"]');
  return form.parentElement?.querySelector<HTMLElement>(`:scope > [data-report="${word}"]`) ?? null;
}

/** What can wait until the page has loaded and the browser has looked at its fields. */
function settle(): void {
  const groups = all(".group:not([data-settled])");
  const next = () => { // what is closed can now be found by its text, a group at a time
    groups.shift()?.setAttribute("data-settled", "");
    if (groups.length > 0) setTimeout(next, 100);
    else if (document.querySelector('form[data-calculator="form"]')) module.prepare();
  };
  const begin = () => setTimeout(next, 1000);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}

async function start(): Promise<void> {
  settle();
  const forms = all<HTMLFormElement>("form[data-calculator]");
  const lives: Live[] = [];
  let whole: Live | undefined;
  for (const form of forms) {
    const report = reportOf(form);
    if (!report) continue;
    const main = form.dataset["calculator"] === "form";
    const live = new Live(form, report, module, main ? changed : () => undefined);
    if (main) whole = live;
    lives.push(live);
  }
  document.addEventListener("guide:reloaded", () => {
    module.reset();
    for (const live of lives) if (live.report.dataset["state"] !== "printed") live.soon(0);
  });
  if (!whole) return;
  const live = whole;
  await new Promise((resolve) => setTimeout(resolve)); // so that no task is long
  const readout = new Readout(live);
  const tools = new Tools(live, module, open);
  const voice = el("p", { class: "hidden", role: "status", "data-own": "" });
  live.form.after(voice);
  let speaking = 0;
  let said = sentences();
  let wrong: string[] = [];

  /** The call and why, as they are spoken. */
  function sentences(): string[] {
    const text = (selector: string) => live.report.querySelector(selector)?.textContent?.trim() ?? "";
    return `${text(".verdict-call")}. ${text(".verdict-say").replace(/\.$/, "")}`.split(". ");
  }

  function changed(): void {
    const address = writeLink(live.linked);
    if (address !== location.hash && (address || readLink(location.hash))) {
      try {
        history.replaceState(null, "", address || location.pathname + location.search);
      } catch {
        // A browser that allows no change of the address still has the button that copies it.
      }
    }
    for (const link of all<HTMLAnchorElement>("a[data-with-answers]")) link.hash = address;
    readout.show();
    tools.show();
    clearTimeout(speaking);
    speaking = window.setTimeout(speak, 600);
  }

  /** Says what cannot be read, each once, or that all can be, and of the verdict what is other than it was. */
  function speak(): void {
    const list = all("[data-problems]:not([hidden]) li", live.form).map((li) => li.textContent ?? "");
    const say = list.filter((text) => !wrong.includes(text)), now = sentences();
    if (wrong.length > 0 && list.length === 0) say.push("Every answer can be read.");
    say.push(...now.filter((text) => !said.includes(text)).map((text) => text + "."));
    wrong = list;
    said = now;
    if (say.length > 0) voice.textContent = say.join(" ");
  }

  /** Takes answers from a link or a file; a scenario's answers come first. Returns what is to be said of those that have no place. */
  async function open(answers: Answers): Promise<string> {
    let strange = tools.strange(answers);
    const id = answers.get("scenario");
    if (id !== undefined) {
      const found = (await tools.presets()).find((p) => alike(p.id, id));
      if (!found) strange += await tools.noScenario(id);
      answers = new Map([...(found?.answers ?? []), ...answers]);
      answers.delete("scenario");
    }
    live.write(answers);
    live.retry = () => live.soon(0);
    return strange;
  }

  const fromLink = (hash: string) => {
    const answers = readLink(hash);
    if (answers) {
      void open(answers).then((strange) => tools.say(strange && "The link is open." + strange), () => {
        live.retry = () => fromLink(hash);
        live.soon(0);
      });
    } else if (linkFault(hash)) tools.say(linkFault(hash));
    else focusField(hash.slice(1));
  };
  const focusField = (name: string) => live.fields.get(name)?.focus();
  document.addEventListener("click", (e) => {
    const link = near<HTMLAnchorElement>(e, "a[data-input], a[data-set]");
    if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return;
    const set = link.dataset["set"], name = link.dataset["input"];
    if (name !== undefined && live.fields.has(name)) {
      e.preventDefault();
      focusField(name);
    } else if (set !== undefined) {
      e.preventDefault();
      const at = set.indexOf("=");
      tools.attempt(set.slice(0, at), set.slice(at + 1), e.detail === 0);
    }
  });
  // Not location.hash: a report that came meanwhile may have written its own answers there.
  addEventListener("hashchange", (e) => fromLink(new URL(e.newURL).hash));
  if (location.hash) fromLink(location.hash);
}

// A browser looks over all fields once it has read the page, and again when the page has loaded: a picture that is still to
// come keeps the two looks from being one long task.
new Image().src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";

// Deferred, this runs as the last thing before the page has loaded: what it does is a task of its own.
setTimeout(() => void start());
