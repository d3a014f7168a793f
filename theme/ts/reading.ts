// What helps while reading: code to copy, tabs that agree, contents that follow, anchors that copy their address.
import { all, button, copyText, flash, keep, kept, near } from "./dom";

/** Adds a button to every block of code. */
export function copyButtons(within: ParentNode = document): void {
  for (const code of all(".code", within)) {
    const pre = code.querySelector("pre");
    if (!pre || code.querySelector(".copy")) continue;
    code.append(button("Copy", async (b) => flash(b, (await copyText(codeText(pre))) ? "Copied" : "Not copied"), { class: "copy quiet", "data-own": "" }));
  }
}

/** The code; of a terminal the commands alone, which a backslash at the end of a line carries on. */
function codeText(pre: HTMLElement): string {
  const text = pre.textContent ?? "";
  const terminal = /^(sh|bash|shell|console|terminal)$/.test(pre.parentElement?.dataset["language"] ?? "");
  const commands = terminal && text.match(/^\$ (.*\\\n)*.*/gm);
  return commands ? commands.map((c) => c.slice(2)).join("\n") : text.replace(/\n$/, "");
}

/** Choosing a tab chooses the tab of that name everywhere, and on the next page. */
export function tabs(): void {
  const choose = (name: string, but?: Element) => {
    for (const input of all<HTMLInputElement>(".tabs > input")) {
      if (input.dataset["tab"] === name && input !== but) input.checked = true;
    }
  };
  for (const name of (kept("tabs") ?? "").split("\n").reverse()) if (name) choose(name);
  document.addEventListener("change", (e) => {
    const input = near<HTMLInputElement>(e, ".tabs > input");
    const name = input?.dataset["tab"];
    if (!input || !name) return;
    const before = input.getBoundingClientRect().top;
    choose(name, input);
    scrollBy(0, input.getBoundingClientRect().top - before);
    keep("tabs", [name, ...(kept("tabs") ?? "").split("\n").filter((n) => n && n !== name)].slice(0, 8).join("\n"));
  });
}

/** Marks in the contents the heading that is being read: the last one above the upper third of the window. */
export function contents(): void {
  const links = new Map<string, HTMLElement>();
  for (const link of all<HTMLAnchorElement>("[data-contents] a")) links.set(decodeURIComponent(link.hash.slice(1)), link);
  if (links.size === 0) return;
  let current: HTMLElement | undefined;
  let due = false;
  const mark = () => {
    due = false;
    let read: HTMLElement | undefined;
    for (const [id, link] of links) {
      const heading = document.getElementById(id);
      if (heading && heading.getBoundingClientRect().top <= innerHeight / 3) read = link;
    }
    if (scrollY + innerHeight >= document.documentElement.scrollHeight - 4 && scrollY > 0) read = [...links.values()].at(-1);
    if (read === current) return;
    current?.removeAttribute("aria-current");
    read?.setAttribute("aria-current", "true");
    current = read;
  };
  const later = () => {
    if (!due) requestAnimationFrame(mark);
    due = true;
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later, { passive: true });
  later();
}

/** The list beside the text: folded on a phone, always open where there is room, also in browsers that need a hand. */
export function beside(): void {
  const list = document.querySelector<HTMLDetailsElement>("[data-beside]");
  if (!list) return;
  list.addEventListener("click", (e) => {
    if (near(e, "a[href^='#']") && !wide.matches) list.open = false;
  });
  const wide = matchMedia("(min-width: 48rem)");
  if (CSS.supports("selector(::details-content)")) return;
  const fit = () => (list.open = wide.matches);
  wide.addEventListener("change", fit);
  fit();
}

/** An anchor copies the address of its heading, and still leads there. */
export function anchors(): void {
  document.addEventListener("click", (e) => {
    const anchor = near<HTMLAnchorElement>(e, "a.anchor");
    if (anchor) void copyText(anchor.href);
  });
}
