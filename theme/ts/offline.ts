// Keeps the site on this device: registers the service worker when the page is idle, says when all is kept and when a
// newer version waits. Without it, or where it is refused, everything works online as before.
import { button, el, fact, root } from "./dom";
import { scriptAddress } from "./trusted";

const calm = 1500; // milliseconds without a deed of the reader before files are fetched ahead
const turn = 4000; // and in which a page with a form to fill in belongs to its reader: a worker that starts takes a processor

/** Whether a reader waits for something. */
const busy = () => document.querySelector('[aria-busy="true"]') !== null;

export function offline(): void {
  const address = fact("sw");
  const written = document.querySelector("script[data-events]") !== null; // by a server for writing, whose files change
  if (!address || written || origin === "null" || !navigator.serviceWorker) return; // null: from a disk, or in a sandbox
  // Another page of the site went over to a newer version: this one is of the older until it is loaded again.
  if (navigator.serviceWorker.controller) navigator.serviceWorker.addEventListener("controllerchange", () => notice(() => location.reload()));
  const form = document.querySelector('form[data-calculator="form"]');
  const begin = () => void (busy() ? setTimeout(begin, calm / 2) : register(address));
  const idle = () => ("requestIdleCallback" in window ? requestIdleCallback(begin, { timeout: 8000 }) : setTimeout(begin, 2000));
  const loaded = () => setTimeout(idle, form ? turn : 0);
  if (document.readyState === "complete") loaded();
  else addEventListener("load", loaded, { once: true });
}

async function register(address: string): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register(scriptAddress(address), { updateViaCache: "none" });
    giveWay(registration);
    watch(registration);
    await navigator.serviceWorker.ready;
    ask(registration, "ready", (kept) => report(registration, kept));
  } catch {
    // Refused, full or a private window: the site stays as it is, online.
  }
}

/** Lets a worker that fetches its version wait while the reader does something, or waits for something. */
function giveWay(registration: ServiceWorkerRegistration): void {
  let next = 0;
  const wait = () => {
    registration.installing?.postMessage({ ask: "wait", for: calm });
    clearTimeout(next);
    next = window.setTimeout(() => busy() && wait(), calm / 2);
  };
  for (const deed of ["pointerdown", "keydown", "focusin"]) addEventListener(deed, wait, { capture: true, passive: true });
  if (busy()) wait();
}

/** What the worker keeps; see State in sw.ts. */
interface Kept {
  ready: boolean;
  bytes: number;
  rest: number;
}

/** Sends a question to the worker; each answer to it is told. */
function ask(registration: ServiceWorkerRegistration, question: string, told: (kept: Kept) => void): void {
  const line = new MessageChannel();
  line.port1.onmessage = (e: MessageEvent<Kept>) => told(e.data);
  registration.active?.postMessage({ ask: question }, [line.port2]);
}

/** Says that every file is there, and on a large site offers the rest of them. */
function report(registration: ServiceWorkerRegistration, kept: Kept): void {
  if (!kept.ready) return;
  root.setAttribute("data-offline", "ready");
  const say = document.querySelector("[data-offline-state]");
  if (!say) return;
  const size = kept.bytes > 0 ? ` (${thousands(Math.round(kept.bytes / 1000))} kB)` : "";
  const what = kept.rest ? "What you read here stays" : "All of it is";
  say.replaceChildren(el("span", { class: "lamp", "aria-hidden": "true" }), el("b", {}, "Ready offline."), ` ${what} on this device${size}. Nothing that you type leaves it. `);
  if (kept.rest) say.append(button("Save the whole guide", (b) => saveAll(registration, b), { class: "quiet", "data-own": "" }));
}

function saveAll(registration: ServiceWorkerRegistration, saving: HTMLButtonElement): void {
  saving.disabled = true;
  ask(registration, "everything", (kept) => {
    if (kept.rest > 0) saving.textContent = `Saving, ${thousands(kept.rest)} files to go`;
    else if (kept.rest === 0) report(registration, kept);
    else {
      saving.disabled = false;
      saving.textContent = "Not saved: no room or no network. Try again";
    }
  });
}

/** A whole number with commas; the browser's own way to do this takes longer than all the rest. */
function thousands(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Shows a notice when a newer version has been fetched whole; the reader says when to change to it. */
function watch(registration: ServiceWorkerRegistration): void {
  const offer = () => {
    const waiting = registration.waiting;
    if (!waiting || !navigator.serviceWorker.controller) return;
    notice(() => {
      // Not when it becomes the controller: until it is active a page may never come (sw.ts).
      waiting.addEventListener("statechange", () => waiting.state === "activated" && location.reload());
      waiting.postMessage({ ask: "take over" });
    });
  };
  offer();
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    fresh?.addEventListener("statechange", () => {
      if (fresh.state === "installed") offer();
    });
  });
}

function notice(reload: () => void): void {
  document.querySelector(".update")?.remove();
  const bar = el("div", { class: "update", role: "status", "data-own": "" }, el("span", {}, "A newer version of the guide is here. Your answers stay. Reload when you like."));
  bar.append(button("Reload", reload), button("Later", () => bar.remove(), { class: "quiet" }));
  document.body.append(bar);
}
