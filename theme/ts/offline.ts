// Keeps the site on this device: registers the service worker when the page is idle, says when all is kept and when a
// newer version waits. Without it, or where it is refused, everything works online as before.
import { button, el, fact, root } from "./dom";
import { scriptAddress } from "./trusted";

export function offline(): void {
  const address = fact("sw");
  const written = document.querySelector("script[data-events]") !== null; // by a server for writing, whose files change
  if (!address || written || !("serviceWorker" in navigator) || !/^https?:$/.test(location.protocol)) return;
  const begin = () => setTimeout(() => void register(address), 0);
  const idle = () => ("requestIdleCallback" in window ? requestIdleCallback(begin, { timeout: 8000 }) : setTimeout(begin, 2000));
  if (document.readyState === "complete") idle();
  else addEventListener("load", idle, { once: true });
}

async function register(address: string): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register(scriptAddress(address), { updateViaCache: "none" });
    watch(registration);
    await navigator.serviceWorker.ready;
    ask(registration);
  } catch {
    // Refused, full or a private window: the site stays as it is, online.
  }
}

/** Asks the worker whether every file is there. */
function ask(registration: ServiceWorkerRegistration): void {
  const line = new MessageChannel();
  line.port1.onmessage = (e: MessageEvent<{ ready: boolean; files: number; bytes: number }>) => {
    if (!e.data.ready) return;
    root.setAttribute("data-offline", "ready");
    const say = document.querySelector("[data-offline-state]");
    if (!say) return;
    const size = e.data.bytes > 0 ? ` (${thousands(Math.round(e.data.bytes / 1000))} kB)` : "";
    say.replaceChildren(el("span", { class: "lamp", "aria-hidden": "true" }), el("b", {}, "Ready offline."),
      ` The guide, the search and the calculator are on this device${size}. Nothing that you type leaves it.`);
  };
  registration.active?.postMessage({ ask: "ready" }, [line.port2]);
}

/** A whole number with commas; the browser's own way to do this takes longer than all the rest. */
function thousands(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Shows a notice when a newer version has been fetched whole; the reader says when to change to it. */
function watch(registration: ServiceWorkerRegistration): void {
  const offer = () => {
    if (registration.waiting && navigator.serviceWorker.controller) notice(registration.waiting);
  };
  offer();
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    fresh?.addEventListener("statechange", () => {
      if (fresh.state === "installed") offer();
      if (fresh.state === "activated") ask(registration);
    });
  });
}

function notice(waiting: ServiceWorker): void {
  if (document.querySelector(".update")) return;
  const bar = el("div", { class: "update", role: "status" }, el("span", {}, "A newer version of the guide is here. Your answers stay. Reload when you like."));
  bar.append(
    button("Reload", () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage({ ask: "take over" });
    }),
    button("Later", () => bar.remove(), { class: "quiet" }),
  );
  document.body.append(bar);
}
