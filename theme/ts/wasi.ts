// The few functions of WASI that a Go module wants from its host: clocks, chance, and a place for what a panic says.
// There are no files, no arguments and no environment; whatever else is asked for is answered with "no such file".

const good = 0, noSuchFile = 8;

export interface Host {
  imports(module: WebAssembly.Module): WebAssembly.Imports;
  use(memory: WebAssembly.Memory): void;
  /** The first line of what the module wrote before it stopped, empty where it wrote nothing. */
  said(): string;
}

export function wasi(): Host {
  let memory: WebAssembly.Memory | undefined;
  const view = () => new DataView(memory!.buffer);
  const zero = (...places: number[]) => {
    for (const at of places) view().setUint32(at, 0, true);
    return good;
  };
  const said: string[] = [];
  const functions: Record<string, (...args: any[]) => unknown> = {
    args_sizes_get: (count: number, size: number) => zero(count, size),
    args_get: () => good,
    environ_sizes_get: (count: number, size: number) => zero(count, size),
    environ_get: () => good,
    sched_yield: () => good,
    clock_time_get: (_clock: number, _precision: bigint, at: number) => {
      view().setBigUint64(at, BigInt(Math.round(performance.now() * 1e6)), true);
      return good;
    },
    random_get: (at: number, size: number) => {
      for (let from = 0; from < size; from += 65536) {
        crypto.getRandomValues(new Uint8Array(memory!.buffer, at + from, Math.min(65536, size - from)));
      }
      return good;
    },
    poll_oneoff: (_in: number, _out: number, _count: number, events: number) => zero(events),
    fd_write: (_file: number, list: number, count: number, written: number) => {
      let size = 0;
      for (let i = 0; i < count; i++) {
        const at = view().getUint32(list + 8 * i, true), length = view().getUint32(list + 8 * i + 4, true);
        said.push(new TextDecoder().decode(new Uint8Array(memory!.buffer, at, length)));
        size += length;
      }
      view().setUint32(written, size, true);
      return good;
    },
    proc_exit: (code: number) => {
      throw new Error("the module stopped with " + code);
    },
  };
  return {
    use: (m) => void (memory = m),
    said: () => said.join("").trim().split("\n")[0]!,
    imports: (module) => {
      const wanted: Record<string, Record<string, () => unknown>> = {};
      for (const { module: from, name } of WebAssembly.Module.imports(module)) {
        (wanted[from] ??= {})[name] = functions[name] ?? (() => noSuchFile);
      }
      return wanted as WebAssembly.Imports;
    },
  };
}
