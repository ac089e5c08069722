// Entry of the engine's worker, shared or dedicated. Has no imports of its own: the engine's 34 MB are on their way
// while the code that drives it loads.

import type {FromEngine, ToEngine} from "./messages.js";

/** A page's end of the line, seen from the engine. */
export interface PagePort {
  postMessage(message: FromEngine): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToEngine>) => void): void;
  start?(): void;
}

async function compile(): Promise<WebAssembly.Module> {
  const response = await fetch(import.meta.resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  // Plain file servers may not know the type, and compileStreaming insists on it.
  const typed = response.headers.get("content-type")?.startsWith("application/wasm");
  return typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

const scope = globalThis as unknown as {
  onconnect?: unknown;
  Worker?: unknown;
  addEventListener(type: "connect", listener: (event: MessageEvent) => void): void;
  postMessage(message: FromEngine): void;
  close(): void;
};

// DuckDB's client names Worker when it loads, and a shared worker has none. It never makes one here.
scope.Worker ??= class {};

// The driver replaces the scope's own postMessage.
const postToPage = scope.postMessage?.bind(scope);
const module = compile();
module.catch(() => {});
const shared = "onconnect" in scope;
// A dedicated worker is ended by its page, which has yet to hear why.
const driver = import("./engineHost.js").then(({createHost}) => createHost(module, () => shared && scope.close()));

/** Messages of a dedicated worker's page are kept until the driver listens. */
function serve(port: PagePort) {
  driver.then(
    (host) => host.serve(port),
    (cause: unknown) => port.postMessage({kind: "gone", failure: {code: "worker", message: String(cause)}})
  );
}

if (shared) {
  scope.addEventListener("connect", ({ports: [port]}) => port && serve(port as unknown as PagePort));
} else {
  const {port1, port2} = new MessageChannel();
  addEventListener("message", ({data}) => port1.postMessage(data));
  port1.onmessage = ({data}: MessageEvent<FromEngine>) => postToPage(data);
  serve(port2 as unknown as PagePort);
}
