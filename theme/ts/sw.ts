// The service worker: keeps every file of one version of the site, whole or not at all, and answers from it.
//
// The builder puts a line before this script: __PRECACHE__, pairs of a path from the site's root and a hash of the file;
// __BYTES__, the size of these files; __VERSION__; and on a site too large to be kept unasked __REST__, such a list of
// everything or the path of one. A file is kept under its path and its hash, so that a new version copies what did not
// change from the old one and fetches the rest. What arrives must have the hash that was promised: half of an upload, or
// an old copy from a cache on the way, is refused. The old version stays whole until the new one is. A reload takes the
// new one, unless other pages of the site are open: then the reader says when.
import { encodePath } from "./paths";

type Pair = [path: string, hash: string];

interface Scope {
  __PRECACHE__?: Pair[];
  __BYTES__?: number;
  __VERSION__?: string;
  __REST__?: Pair[] | string;
  registration: { scope: string; waiting: ServiceWorker | null };
  clients: { claim(): Promise<void>; matchAll(): Promise<{ id: string }[]> };
  skipWaiting(): Promise<void>;
  addEventListener(type: string, listener: (e: any) => void): void;
}

const worker = self as unknown as Scope;
const files = new Map(worker.__PRECACHE__ ?? []);
const scope = worker.registration.scope;
const prefix = "guide " + scope + " ";
const version = prefix + (worker.__VERSION__ ?? "");

/** What is read but not listed, as on a site too large to be kept whole: the last of it stays for reading offline. */
const visited = prefix + "visited";
const mostVisited = 400;
const unkept = /^(sw\.js$|download\/|\.guide\/)/;

/** What is there and is not kept: without a network no page must say that it does not exist. */
const elsewhere = /^embed\/|\.md$/;

/** Stands in the cache of a version whose reader asked for everything. */
const everything = scope + "?guide=everything";

/** Stands in the cache of a version with the names of those before it, until they are let go. */
const older = scope + "?guide=older";

/**
 * Stands in for a page while a newer version takes over: lets it, and asks for the page again once that is done. What is
 * asked for in between now and then never comes, in Chromium. Where scripts are off, the worker lets it after `grace`.
 */
const grace = 3000; // milliseconds
const again = `<!doctype html><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">
<noscript><meta http-equiv="refresh" content="${(2 * grace) / 1000}"></noscript><script>
const go = () => location.reload();
navigator.serviceWorker.getRegistration().then((r) => {
  const newer = r?.waiting ?? r?.active;
  if (!newer || newer.state === "activated") return go();
  newer.addEventListener("statechange", () => newer.state === "activated" && go());
  newer.postMessage({ ask: "take over" });
}).catch(go);
setTimeout(go, ${5 * grace});
</script>`;

/** When files may be fetched ahead, in milliseconds: not while a page loads, and not while its reader does something. */
let calm = 0;
const first = 1500;

/** The address of a path from the site's root. */
const address = (path: string) => scope + encodePath(path);

/** The address under which a file of a version is kept. */
const place = (path: string, hash: string) => address(path) + "?guide=" + hash;

worker.addEventListener("install", (e) => e.waitUntil(install()));
worker.addEventListener("activate", (e) => e.waitUntil(activate()));
worker.addEventListener("message", (e) => {
  if (e.data?.ask === "take over") void worker.skipWaiting();
  if (e.data?.ask === "wait") calm = Date.now() + Number(e.data.for);
  if (e.data?.ask === "ready") e.waitUntil(state().then((s) => e.ports[0]?.postMessage(s)));
  if (e.data?.ask === "everything") e.waitUntil(saveEverything((s) => e.ports[0]?.postMessage(s)));
});
worker.addEventListener("fetch", (e) => {
  const request: Request = e.request;
  const path = request.method === "GET" && !request.headers.has("range") ? pathOf(request.url) : null;
  if (path === null) return;
  if (request.mode === "navigate" && worker.registration.waiting) e.respondWith(changeOver(request, path, e.clientId));
  else if (files.has(path) || !unkept.test(path)) e.respondWith(answer(request, path));
});

/** Lets a newer version take over when a page is loaded in the place of the only one that is open. */
async function changeOver(request: Request, path: string, leaving: string): Promise<Response> {
  const newer = worker.registration.waiting;
  if (!newer || (await worker.clients.matchAll()).some((c) => c.id !== leaving)) return answer(request, path);
  setTimeout(() => newer.postMessage({ ask: "take over" }), grace);
  return new Response(again, { headers: { "content-type": "text/html" } });
}

/** The path of an address from the site's root, or null where it is none of ours. */
function pathOf(href: string): string | null {
  const url = new URL(href);
  const whole = url.origin + url.pathname;
  if (!whole.startsWith(scope)) return null;
  let path = whole.slice(scope.length);
  try {
    path = decodeURIComponent(path);
  } catch {
    // Half an escape: it names no file.
  }
  return path === "" || path.endsWith("/") ? path + "index.html" : path;
}

async function install(): Promise<void> {
  const cache = await caches.open(version);
  calm = Date.now() + first;
  try {
    await carryAll(cache, [...files], () => undefined);
    if (await asked()) await saveRest(cache, () => undefined);
  } catch (fault) {
    // Never half a version: it does not become one. What has arrived is there for the next attempt, unless there is no room.
    if ((fault as Error).name === "QuotaExceededError") await caches.delete(version);
    throw fault;
  }
}

/** Keeps files, eight at a time, and tells after each how many are left. */
async function carryAll(cache: Cache, queue: Pair[], left: (n: number) => void): Promise<void> {
  const had = new Map<string, Cache>(); // by address: a cache that has it, this one before others
  for (const name of (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== visited && name !== version)) {
    await note(had, await caches.open(name));
  }
  await note(had, cache);
  const carry = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      for (let wait; (wait = calm - Date.now()) > 0; ) await new Promise((resolve) => setTimeout(resolve, wait));
      await carryOver(cache, next, had);
      left(queue.length);
    }
  };
  await Promise.all(Array.from({ length: 8 }, carry));
}

async function note(had: Map<string, Cache>, cache: Cache): Promise<void> {
  for (const { url } of await cache.keys()) had.set(url, cache);
}

/** Whether the reader once asked for everything. */
async function asked(): Promise<boolean> {
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && (await (await caches.open(name)).match(everything))) return true;
  }
  return false;
}

async function saveRest(cache: Cache, left: (n: number) => void): Promise<void> {
  if (!worker.__REST__) return;
  const rest = worker.__REST__;
  const list: Pair[] = typeof rest === "string" ? await (await fetch(scope + rest, { cache: "no-cache" })).json() : rest;
  await carryAll(cache, [...list], left);
  await cache.put(everything, new Response(""));
}

async function saveEverything(tell: (state: State) => void): Promise<void> {
  try {
    await saveRest(await caches.open(version), (n) => n > 0 && n % 20 === 0 && tell({ ready: true, bytes: 0, rest: n }));
    tell(await state());
  } catch {
    tell({ ready: true, bytes: 0, rest: -1 });
  }
}

async function carryOver(cache: Cache, [path, hash]: Pair, had: Map<string, Cache>): Promise<void> {
  const key = place(path, hash), holder = had.get(key);
  if (holder === cache) return;
  const kept = await holder?.match(key);
  await cache.put(key, kept ?? (await fetched(path, hash)));
}

/** What the host has under a path, if it is the file that was promised. The browser's own cache may be a version behind, and is not asked. */
async function fetched(path: string, hash: string): Promise<Response> {
  const response = await fetch(new Request(address(path), { cache: "no-store", credentials: "same-origin" }));
  if (!response.ok && !(path === "404.html" && response.status === 404)) throw new Error(path + ": " + response.status);
  const body = await response.arrayBuffer();
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", body)).slice(0, 9);
  const text = btoa(String.fromCharCode(...sum)).replace(/\+/g, "-").replace(/\//g, "_");
  if (text !== hash) throw new Error(path + " is of another version");
  return new Response(body, { headers: { "content-type": response.headers.get("content-type") ?? "" } });
}

async function activate(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== version && name !== visited);
  await (await caches.open(version)).put(older, new Response(JSON.stringify(names)));
  await tidy();
  await worker.clients.claim();
}

/** Lets go of the versions before this one, once no page can be showing one of them. */
async function tidy(): Promise<void> {
  const cache = await caches.open(version), list = await cache.match(older);
  if (!list || worker.registration.waiting || (await worker.clients.matchAll()).length > 1) return;
  for (const name of (await list.json()) as string[]) {
    if (worker.__REST__) await keepLooks(await caches.open(name));
    await caches.delete(name);
  }
  await cache.delete(older);
}

/** Keeps the styles and scripts of an older version: pages that were visited then still name them. */
async function keepLooks(old: Cache): Promise<void> {
  const cache = await caches.open(visited);
  for (const { url } of await old.keys()) {
    const path = pathOf(url);
    const had = path && /^assets\/.*\.(css|js)$/.test(path) && (await old.match(url));
    if (had) await cache.put(address(path), had);
  }
}

/** The path of a kept file that an address without its ending or without its last slash means. */
const meant = (path: string) => [path + ".html", path + "/index.html"].find((p) => files.has(p));

async function kept(path: string): Promise<Response | undefined> {
  const hash = files.get(path), cache = await caches.open(version);
  if (hash !== undefined) return cache.match(place(path, hash));
  // A page that was open before this version took over asks for what that one had.
  const among = path.startsWith("assets/") ? caches : worker.__REST__ ? cache : undefined;
  return among?.match(address(path), { ignoreSearch: true });
}

async function answer(request: Request, path: string): Promise<Response> {
  const here = await kept(path);
  if (here) return here;
  const navigates = request.mode === "navigate";
  // With a network too: hosts that take endings off answer with the page of their newest version, and it would be remembered beside ours.
  const to = navigates && meant(path);
  if (to) return Response.redirect(address(to) + new URL(request.url).search);
  try {
    const response = await fetch(request);
    if (response.status === 200 && response.type === "basic" && !response.redirected) void remember(path, response.clone());
    return response;
  } catch {
    const seen = await (await caches.open(visited)).match(address(path));
    if (seen) return seen;
    const missing = navigates && !elsewhere.test(path) ? await kept("404.html") : undefined;
    if (!missing) return Response.error();
    return new Response(await missing.blob(), { status: 404, statusText: "Not Found", headers: missing.headers });
  }
}

/** Keeps what was read, and lets go of what was read longest ago. */
async function remember(path: string, response: Response): Promise<void> {
  try {
    const cache = await caches.open(visited), key = address(path);
    await cache.delete(key);
    await cache.put(key, response);
    const keys = await cache.keys();
    for (const old of keys.slice(0, Math.max(0, keys.length - mostVisited))) await cache.delete(old);
  } catch {
    // The device is full; what is listed stays.
  }
}

interface State {
  ready: boolean; // every listed file is kept
  bytes: number; // of what is listed; 0 where more is kept
  rest: number; // 1 or more: not everything is kept; -1: it could not be
}

async function state(): Promise<State> {
  await tidy();
  const had = new Set((await (await caches.open(version)).keys()).map((request) => request.url));
  const more = worker.__REST__ !== undefined, whole = had.has(everything);
  return {
    ready: [...files].every(([path, hash]) => had.has(place(path, hash))),
    bytes: whole ? 0 : (worker.__BYTES__ ?? 0),
    rest: more && !whole ? 1 : 0,
  };
}
