// The page's line to the engine: a shared worker that outlives the page where the browser can, else a worker of its own.

import {EngineError} from "./engineError.js";
import type {FromEngine, ToEngine} from "./messages.js";

export interface EnginePort {
  send(message: ToEngine): void;
  /** Ends the line; a dedicated worker ends with it. */
  close(): void;
}

export interface PortEvents {
  onMessage(message: FromEngine): void;
  /** The worker's script did not load, or it stopped with an error of its own. */
  onError(error: EngineError): void;
}

/** Opens a line. `name` tells apart engines over different data on one host. Throws EngineError "unsupported". */
export type OpenPort = (name: string, events: PortEvents) => EnginePort;

interface Lasting extends WorkerOptions {
  extendedLifetime?: boolean;
}

/**
 * Whether a shared worker may stay alive while the reader goes from one page to the next. The options are read before
 * the address is looked at, so an address that is none tells without starting anything.
 */
export function outlivesPages(scope: {SharedWorker?: typeof SharedWorker} = globalThis): boolean {
  if (scope.SharedWorker === undefined) return false;
  let read = false;
  const options: Lasting = {
    get extendedLifetime() {
      read = true;
      return true;
    }
  };
  try {
    new scope.SharedWorker("http://[", options).port.close();
  } catch {
    return read;
  }
  return false;
}

const stopped = (event: Event) =>
  new EngineError({code: "worker", message: (event instanceof ErrorEvent && event.message) || "the engine's worker script did not load"});

function openShared(url: string, name: string, {onMessage, onError}: PortEvents): EnginePort {
  const options: Lasting = {type: "module", name, extendedLifetime: true};
  const worker = new SharedWorker(url, options);
  const {port} = worker;
  worker.addEventListener("error", (event) => onError(stopped(event)));
  port.addEventListener("message", ({data}) => onMessage(data));
  port.start();
  const bye = () => port.postMessage({kind: "bye"} satisfies ToEngine);
  // A page kept for the back button (persisted) still owns its line.
  const onHide = (event: PageTransitionEvent) => void (event.persisted || bye());
  addEventListener("pagehide", onHide);
  return {
    send: (message) => port.postMessage(message),
    close() {
      removeEventListener("pagehide", onHide);
      bye();
      port.close();
    }
  };
}

function openDedicated(url: string, name: string, {onMessage, onError}: PortEvents): EnginePort {
  const worker = new Worker(url, {type: "module", name});
  worker.addEventListener("message", ({data}) => onMessage(data));
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    onError(stopped(event));
  });
  return {send: (message) => worker.postMessage(message), close: () => worker.terminate()};
}

export const openPort: OpenPort = (name, events) => {
  if (typeof WebAssembly !== "object" || typeof Worker !== "function") {
    throw new EngineError({code: "unsupported", message: "this browser has no WebAssembly or no workers"});
  }
  const url = import.meta.resolve("./engine.js");
  return outlivesPages() ? openShared(url, name, events) : openDedicated(url, name, events);
};
