// Small words for making and finding elements.

export const root = document.documentElement;

/** The attribute data-NAME of the root element, empty where there is none. */
export function fact(name: string): string {
  return root.getAttribute("data-" + name) ?? "";
}

type Content = string | Node;

/** Makes an element: el("button", { type: "button", class: "quiet" }, "Copy"). */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...content: Content[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

/** Makes a button that does something. */
export function button(label: string, act: (button: HTMLButtonElement) => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  const made = el("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", () => act(made));
  return made;
}

export function all<T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T[] {
  return [...within.querySelectorAll<T>(selector)];
}

/** The nearest element, from where an event happened upwards, that a selector names. */
export function near<T extends Element = HTMLElement>(event: Event, selector: string): T | null {
  return event.target instanceof Element ? event.target.closest<T>(selector) : null;
}

/** Puts text on the clipboard, also where the page is no secure context. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { class: "hidden", "aria-hidden": "true" }), before = document.activeElement;
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    return done;
  }
}

const calm = 200; // milliseconds before something is spoken, so that what passes quickly is not
let speaking = 0;

/** Says a sentence to those who do not see it, in the one polite region that the scripts of a page share. */
export function speak(text: string): void {
  const voice = document.querySelector("[data-voice]") ?? document.body.appendChild(el("p", { class: "hidden", role: "status", "data-own": "", "data-voice": "" }));
  clearTimeout(speaking);
  speaking = window.setTimeout(() => (voice.textContent = text), calm);
}

/** Forgets what was about to be spoken. */
export function hush(): void {
  clearTimeout(speaking);
}

const labels = new WeakMap<HTMLElement, Node[]>();

/** Says something on a button for two seconds, and aloud: the new name of a button that has the focus is not read by itself. */
export function flash(button: HTMLElement, text: string): void {
  speak(text);
  const label = labels.get(button) ?? [...button.childNodes];
  labels.set(button, label);
  button.textContent = text;
  setTimeout(() => {
    if (button.textContent === text) button.replaceChildren(...label);
  }, 2000);
}

/** A value kept in this browser, or null where there is none or storage is refused. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem("guide." + name);
  } catch {
    return null;
  }
}

/** Keeps a value in this browser, or erases it. It fails without storage, or where that is full. */
export function keep(name: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem("guide." + name);
    else localStorage.setItem("guide." + name, value);
    return true;
  } catch {
    return false;
  }
}
