// The page's end of the calculator's worker: asks it, restarts it once when it falls, and says why when it cannot run.
// One worker serves every form of a page.
import { fact } from "./dom";
import { loadScript, scriptAddress } from "./trusted";

export interface Reply {
  status: string;
  body: string;
}

interface Waiting {
  request: string;
  resolve(reply: Reply): void;
  reject(fault: Error): void;
}

/** What a page that is one file, or one opened from a disk, hands over instead of addresses. */
interface Carried {
  module: string; // base64
  facts: string;
}

/** What a worker is started with. */
interface Program {
  module: WebAssembly.Module;
  facts: string;
}

interface Doors {
  guideModule?: (module: string, facts: string) => void;
  guideWorker?: (source: string) => void;
  guideEmbedded?: Carried & { worker: string };
}

const doors = window as unknown as Doors;
const patience = 6000; // milliseconds for one answer, of which the slowest phone needs a few hundred
const longest = 60000; // and for the module to arrive and start

export class Module {
  private worker: Worker | undefined;
  private waiting = new Map<number, Waiting>();
  private next = 1;
  private restarts = 0;
  private starting: Promise<void> | undefined;
  private program: Promise<Program> | undefined; // kept for a second worker, which then needs no network
  private spare: Worker | undefined; // has started and waits for a module

  /** Starts the worker, once. */
  start(): Promise<void> {
    return (this.starting ??= this.launch());
  }

  /** Starts a worker, which is small, so that the first touch waits for the module alone. */
  prepare(): void {
    if (local() || this.starting || this.spare || typeof WebAssembly === "undefined") return;
    const worker = (this.spare = new Worker(scriptAddress(addressOf("worker"))));
    worker.onerror = () => (this.spare = undefined); // the first touch tries again, and says why it cannot
  }

  /** Forgets the worker, so that the next request starts the module that the page now names. */
  reset(): void {
    this.worker?.terminate();
    this.spare?.terminate();
    this.worker = this.spare = undefined;
    this.starting = undefined;
    this.program = undefined;
    this.giveUp(new Error("it was replaced"));
  }

  /** Sends one request. It fails only when the calculator cannot run here at all. */
  async ask(request: string): Promise<Reply> {
    await this.start();
    return new Promise((resolve, reject) => {
      const id = this.next++;
      this.waiting.set(id, { request, resolve, reject });
      this.send(id, request);
    });
  }

  private send(id: number, request: string): void {
    const worker = this.worker;
    worker?.postMessage({ id, request });
    setTimeout(() => {
      if (this.waiting.has(id) && this.worker === worker) void this.fallen(new Error("it does not answer"));
    }, patience);
  }

  private async launch(): Promise<void> {
    if (typeof WebAssembly === "undefined") throw new Error("the browser refused WebAssembly");
    // The worker starts while the module arrives, if it has not before.
    const fetched = (this.program ??= local() ? carried() : named());
    fetched.catch(() => this.program === fetched && (this.program = undefined));
    const worker = this.spare ?? new Worker(scriptAddress(local() ? await blobAddress() : addressOf("worker")));
    this.spare = undefined;
    this.worker = worker;
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = (e: MessageEvent<Reply & { id: number }>) => {
        if (e.data.id === 0 && e.data.status === "ready") resolve();
        else if (e.data.id === 0) this.worker === worker && this.fell(new Error(e.data.body), reject);
        else this.answered(e.data.id, e.data);
      };
      worker.onerror = (e) => {
        e.preventDefault();
        if (this.worker === worker) this.fell(new Error(e.message || "its worker cannot be loaded"), reject);
      };
      fetched.then((start) => worker.postMessage({ start }), (fault) => this.worker === worker && this.fell(fault as Error, reject));
      setTimeout(() => reject(new Error("it takes too long to start")), longest);
    });
  }

  private answered(id: number, reply: Reply): void {
    this.restarts = 0;
    this.waiting.get(id)?.resolve(reply);
    this.waiting.delete(id);
  }

  private fell(fault: Error, reject: (fault: Error) => void): void {
    reject(fault);
    void this.fallen(fault);
  }

  /** Restarts once and asks again what was not answered; the second time gives up. */
  private async fallen(fault: Error): Promise<void> {
    this.worker?.terminate();
    this.worker = undefined;
    if (this.waiting.size === 0) {
      this.starting = undefined;
      return;
    }
    if (this.restarts++ > 0) return this.giveUp(fault);
    try {
      this.starting = this.launch();
      await this.starting;
      for (const [id, { request }] of this.waiting) this.send(id, request);
    } catch (again) {
      this.giveUp(again instanceof Error ? again : fault);
    }
  }

  private giveUp(fault: Error): void {
    for (const { reject } of this.waiting.values()) reject(fault);
    this.waiting.clear();
    this.starting = undefined;
    this.restarts = 0;
  }
}

/** Whether the page carries what others fetch: it is one file, or was opened from a disk. */
function local(): boolean {
  return location.protocol === "file:" || doors.guideEmbedded !== undefined;
}

async function blobAddress(): Promise<string> {
  let source = doors.guideEmbedded?.worker;
  if (source === undefined) {
    const got = new Promise<string>((resolve) => (doors.guideWorker = resolve));
    await loadScript(fact("worker-text"));
    source = await got;
  }
  return URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
}

/** The absolute address that the page gives for a file. */
function addressOf(name: string): string {
  return new URL(fact(name), document.baseURI).href;
}

/** Fetches what the page names. The module is compiled while it arrives, away from the page's own thread. */
async function named(): Promise<Program> {
  const got = async (name: string) => {
    const response = await fetch(addressOf(name)).catch(() => {
      throw new Error(`the ${name} could not be fetched`);
    });
    if (!response.ok) throw new Error(`the ${name} ${name === "facts" ? "were" : "was"} answered with ${response.status}`);
    return response;
  };
  const [module, facts] = await Promise.all([got("module").then(compile), got("facts").then((r) => r.text())]);
  return { module, facts };
}

async function compile(response: Response): Promise<WebAssembly.Module> {
  if (/^application\/wasm\b/.test(response.headers.get("content-type") ?? "")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

async function carried(): Promise<Program> {
  let had: Carried | undefined = doors.guideEmbedded;
  if (had === undefined) {
    const got = new Promise<Carried>((resolve) => (doors.guideModule = (module, facts) => resolve({ module, facts })));
    await loadScript(fact("offline-module"));
    had = await got;
  }
  const binary = atob(had.module);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return { module: await WebAssembly.compile(bytes), facts: had.facts };
}
