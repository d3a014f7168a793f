// Runs the calculator's module away from the page, so that typing never waits for it.
//
// The page sends {start: {module, facts}} once, the one compiled and the other as text, then {id, request}; the answer is
// {id, status, body}. A module that cannot run is {id: 0, status: "failed", body: why}.
import { wasi } from "./wasi";

interface Start {
  module: WebAssembly.Module;
  facts: string;
}

type Message = { start: Start } | { id: number; request: string };

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  buffer(size: number): number;
  load(size: number): number;
  ask(size: number): bigint;
}

const coder = new TextEncoder(), decoder = new TextDecoder();
const host = wasi();
let ready: Promise<Exports> | undefined;

async function begin({ module, facts }: Start): Promise<Exports> {
  const instance = await WebAssembly.instantiate(module, host.imports(module));
  const exports = instance.exports as unknown as Exports;
  host.use(exports.memory);
  exports._initialize();
  const faults = exports.load(write(exports, facts));
  if (faults > 0) throw new Error("the facts have " + faults + " problems: " + ask(exports, "problems\n").body);
  return exports;
}

function write(exports: Exports, text: string): number {
  const bytes = coder.encode(text);
  const at = exports.buffer(bytes.length);
  if (at === 0) throw new Error("the request is too large");
  new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  return bytes.length;
}

function ask(exports: Exports, request: string): { status: string; body: string } {
  const place = BigInt.asUintN(64, exports.ask(write(exports, request)));
  const bytes = new Uint8Array(exports.memory.buffer, Number(place >> 32n), Number(place & 0xffffffffn));
  const reply = decoder.decode(bytes);
  const end = reply.indexOf("\n");
  return { status: reply.slice(0, end), body: reply.slice(end + 1) };
}

function fail(fault: unknown): void {
  postMessage({ id: 0, status: "failed", body: host.said() || (fault instanceof Error ? fault.message : String(fault)) });
}

addEventListener("message", async (e: MessageEvent<Message>) => {
  try {
    if ("start" in e.data) {
      ready = begin(e.data.start);
      await ready;
      postMessage({ id: 0, status: "ready", body: "" });
    } else if (ready) {
      const exports = await ready;
      postMessage({ id: e.data.id, ...ask(exports, e.data.request) });
    }
  } catch (fault) {
    fail(fault);
  }
});
