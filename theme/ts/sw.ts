// The service worker: keeps every file of one version of the site, whole or not at all, and answers from it.
//
// The builder puts a line before this script: __PRECACHE__, pairs of a path from the site's root and a hash of the file,
// __VERSION__, and on a site too large to be kept unasked __REST__, the path of such a list of everything. A file is kept under its path and its hash, so that a new version copies what did not change
// from the old one and fetches the rest. The old version stays whole until the new one is; pages change over when the
// reader reloads.

type Pair = [path: string, hash: string];

interface Scope {
  __PRECACHE__?: Pair[];
  __VERSION__?: string;
  __REST__?: string;
  registration: { scope: string };
  clients: { claim(): Promise<void> };
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

/** Stands in the cache of a version whose reader asked for everything. */
const everything = scope + "?guide=everything";

/** The address under which a file of a version is kept. */
const place = (path: string, hash: string) => scope + encodeURI(path) + "?guide=" + hash;

worker.addEventListener("install", (e) => e.waitUntil(install()));
worker.addEventListener("activate", (e) => e.waitUntil(activate()));
worker.addEventListener("message", (e) => {
  if (e.data?.ask === "take over") void worker.skipWaiting();
  if (e.data?.ask === "ready") e.waitUntil(state().then((s) => e.ports[0]?.postMessage(s)));
  if (e.data?.ask === "everything") e.waitUntil(saveEverything((s) => e.ports[0]?.postMessage(s)));
});
worker.addEventListener("fetch", (e) => {
  const request: Request = e.request;
  const path = request.method === "GET" && !request.headers.has("range") ? pathOf(request.url) : null;
  if (path === null) return;
  if (files.has(path) || !unkept.test(path)) e.respondWith(answer(request, path));
});

/** The path of an address from the site's root, or null where it is none of ours. */
function pathOf(address: string): string | null {
  const url = new URL(address);
  const whole = url.origin + url.pathname;
  if (!whole.startsWith(scope)) return null;
  const path = decodeURI(whole.slice(scope.length));
  return path === "" || path.endsWith("/") ? path + "index.html" : path;
}

async function install(): Promise<void> {
  const cache = await caches.open(version);
  try {
    await carryAll(cache, [...files], () => undefined);
    if (await asked()) await saveRest(cache, () => undefined);
  } catch (fault) {
    await caches.delete(version); // never half a version
    throw fault;
  }
}

/** Keeps files, six at a time, and tells after each how many are left. */
async function carryAll(cache: Cache, queue: Pair[], left: (n: number) => void): Promise<void> {
  const carry = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      await carryOver(cache, next);
      left(queue.length);
    }
  };
  await Promise.all([carry(), carry(), carry(), carry(), carry(), carry()]);
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
  const list: Pair[] = await (await fetch(scope + worker.__REST__, { cache: "no-cache" })).json();
  await carryAll(cache, list, left);
  await cache.put(everything, new Response(""));
}

async function saveEverything(tell: (state: State) => void): Promise<void> {
  try {
    await saveRest(await caches.open(version), (n) => n % 20 === 0 && tell({ ready: true, files: 0, bytes: 0, rest: n }));
    tell(await state());
  } catch {
    tell({ ready: true, files: 0, bytes: 0, rest: -1 });
  }
}

async function carryOver(cache: Cache, [path, hash]: Pair): Promise<void> {
  const key = place(path, hash);
  if (await cache.match(key)) return;
  for (const other of await caches.keys()) {
    if (!other.startsWith(prefix) || other === version || other === visited) continue;
    const had = await (await caches.open(other)).match(key);
    if (had) return cache.put(key, had);
  }
  const response = await fetch(new Request(scope + encodeURI(path), { cache: "no-cache", credentials: "same-origin" }));
  if (!response.ok && !(path === "404.html" && response.status === 404)) throw new Error(path + ": " + response.status);
  // A response that came by way of another address may not answer a navigation, so it is kept without that.
  const { headers } = response;
  await cache.put(key, new Response(await response.blob(), { status: 200, headers }));
}

async function activate(): Promise<void> {
  for (const other of await caches.keys()) {
    if (other.startsWith(prefix) && other !== version && other !== visited) await caches.delete(other);
  }
  await worker.clients.claim();
}

async function kept(path: string): Promise<Response | undefined> {
  const hash = files.get(path), cache = await caches.open(version);
  return hash !== undefined ? cache.match(place(path, hash)) : worker.__REST__ ? cache.match(scope + encodeURI(path), { ignoreSearch: true }) : undefined;
}

async function answer(request: Request, path: string): Promise<Response> {
  const here = await kept(path);
  if (here) return here;
  try {
    const response = await fetch(request);
    if (response.status === 200 && response.type === "basic" && !response.redirected) void remember(path, response.clone());
    return response;
  } catch {
    const seen = await (await caches.open(visited)).match(scope + encodeURI(path));
    if (seen) return seen;
    const lost = request.mode === "navigate" ? await kept("404.html") : undefined;
    if (!lost) return Response.error();
    return new Response(await lost.blob(), { status: 404, statusText: "Not Found", headers: lost.headers });
  }
}

/** Keeps what was read, and lets go of what was read longest ago. */
async function remember(path: string, response: Response): Promise<void> {
  try {
    const cache = await caches.open(visited), key = scope + encodeURI(path);
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
  files: number;
  bytes: number; // of what is listed; 0 where more is kept
  rest: number; // 1 or more: not everything is kept; -1: it could not be
}

async function state(): Promise<State> {
  const cache = await caches.open(version);
  let bytes = 0;
  for (const [path, hash] of files) {
    const had = await cache.match(place(path, hash));
    if (!had) return { ready: false, files: files.size, bytes: 0, rest: 0 };
    bytes += (await had.blob()).size;
  }
  if (!worker.__REST__) return { ready: true, files: files.size, bytes, rest: 0 };
  const whole = (await cache.match(everything)) !== undefined;
  return { ready: true, files: files.size, bytes: whole ? 0 : bytes, rest: whole ? 0 : 1 };
}
