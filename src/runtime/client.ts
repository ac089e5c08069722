// How pages ask the engine. Nothing of the engine is loaded before the first question or `warm`.

import type {Run, Statement} from "../query/question.js";
import {EngineError, engineError} from "./engineError.js";
import {createFlights} from "./flights.js";
import type {FromEngine, MartFiles, Row} from "./messages.js";
import {openPort, type EnginePort, type OpenPort} from "./worker.js";

/** `off`: not asked yet. `failed`: could not start or broke; the next question tries again. */
export type EngineState = "off" | "starting" | "ready" | "failed";

export interface ClientOptions {
  readonly files: MartFiles;
  /** Answers kept by this page, least recently used dropped first. Default 200. */
  readonly keep?: number;
  /** Told of every change of state; `error` with "failed", `reused` with "ready". */
  readonly onState?: (state: EngineState, detail: {error?: EngineError; reused?: boolean}) => void;
  /** How the worker is reached; replaced in tests. */
  readonly open?: OpenPort;
}

export interface Client {
  /**
   * Runs a statement in the browser's engine, as `Run` says; starts the engine and loads the marts that the statement
   * names when they are not there yet. Equal statements share one run and are answered from memory afterwards. Rejects
   * with EngineError, or with the reason of `signal`; a run that nobody awaits any more is cancelled, one that is `long`
   * while it runs.
   */
  run(statement: Statement, options?: {readonly signal?: AbortSignal; readonly long?: boolean}): ReturnType<Run>;
  /** Starts the engine without a question; resolves when it is ready. */
  warm(): Promise<void>;
  readonly state: EngineState;
  /** Leaves the engine; the next question starts it again. */
  close(): void;
}

interface Line {
  readonly port: EnginePort;
  readonly ready: Promise<void>;
  readonly waiting: Map<number, {resolve(rows: readonly Row[]): void; reject(error: EngineError): void}>;
}

/** Makes a client that has not started anything. */
export function createClient({files, keep = 200, onState, open = openPort}: ClientOptions): Client {
  const answers = createFlights<readonly Row[]>({size: keep});
  // The addresses hold the content's hashes: other data, other engine.
  const name = `quarterdeck ${Object.values(files).map(({database, parquet}) => database ?? parquet).join(" ")}`;
  let line: Line | undefined;
  // A shared worker that broke may take a while to go: the next try must not find it by its name.
  let failures = 0;
  let state: EngineState = "off";
  let nextId = 0;

  function change(next: EngineState, detail: {error?: EngineError; reused?: boolean} = {}) {
    state = next;
    onState?.(next, detail);
  }

  function connect(): Line {
    const waiting: Line["waiting"] = new Map();
    let settle: {resolve(): void; reject(error: EngineError): void};
    const ready = new Promise<void>((resolve, reject) => (settle = {resolve, reject}));
    ready.catch(() => {});

    function fail(error: EngineError) {
      if (line?.waiting === waiting) {
        line.port.close();
        line = undefined;
        failures++;
        change("failed", {error});
      }
      settle.reject(error);
      for (const {reject} of waiting.values()) reject(error);
      waiting.clear();
    }

    function onMessage(message: FromEngine) {
      if (line?.waiting !== waiting) return;
      if (message.kind === "ready") {
        change("ready", {reused: message.reused});
        settle.resolve();
      } else if (message.kind === "gone") fail(new EngineError(message.failure));
      else {
        const caller = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.kind === "rows") caller?.resolve(message.rows);
        else caller?.reject(new EngineError(message.failure));
      }
    }

    change("starting");
    try {
      const opened: Line = {port: open(failures === 0 ? name : `${name} ${failures}`, {onMessage, onError: fail}), ready, waiting};
      opened.port.send({kind: "open", files});
      return (line = opened);
    } catch (cause) {
      const error = engineError(cause, "worker");
      change("failed", {error});
      throw error;
    }
  }

  function ask(statement: Statement, long: boolean, signal: AbortSignal): Promise<readonly Row[]> {
    const {port, waiting} = line ?? connect();
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, {resolve, reject});
      signal.addEventListener("abort", () => {
        if (!waiting.delete(id)) return;
        port.send({kind: "cancel", id});
        reject(signal.reason);
      });
      port.send({kind: "run", id, statement, long});
    });
  }

  return {
    get state() {
      return state;
    },
    run: ({sql, params}, {signal, long = false} = {}) =>
      answers.fly(JSON.stringify([sql, params]), async (cancelled) => ask({sql, params}, long, cancelled), signal),
    warm: async () => (line ?? connect()).ready,
    close() {
      line?.port.close();
      line = undefined;
      if (state !== "off") change("off");
    }
  };
}
