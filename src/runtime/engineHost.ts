// What the engine's worker does for its pages: starts the database once, loads marts on first use, runs statements.

import {martsIn} from "../query/martsIn.js";
import {openDatabase, type Database, type Session} from "./database.js";
import {engineError, isFatal, type EngineError} from "./engineError.js";
import type {PagePort} from "./engine.js";
import {createFlights} from "./flights.js";
import type {MartFiles, Row, ToEngine} from "./messages.js";
import {createMartFetch, createTables, type MartFetch, type Tables} from "./tables.js";

export interface Host {
  serve(port: PagePort): void;
}

interface Running {
  readonly database: Database;
  readonly tables: Tables;
}

/** What the engine reads, known before it runs. */
interface Data {
  readonly marts: readonly string[];
  readonly fetched: MartFetch;
}

/** Answers kept for later pages; each page keeps its own besides. */
const keptAnswers = 500;

async function start(module: Promise<WebAssembly.Module>, files: MartFiles, fetched: MartFetch): Promise<Running> {
  const compiled = await module.catch((cause: unknown) => {
    throw engineError(cause, "wasm");
  });
  const database = await openDatabase(compiled);
  return {database, tables: createTables(database, await database.connect(), files, fetched)};
}

/** Makes the one host of this worker. `stop` ends the worker; called when the engine is beyond help. */
export function createHost(module: Promise<WebAssembly.Module>, stop: () => void): Host {
  const answers = createFlights<readonly Row[]>({size: keptAnswers});
  const pages = new Set<PagePort>();
  let data: Data | undefined;
  let running: Promise<Running> | undefined;
  let up = false;

  function giveUp(error: EngineError) {
    for (const page of pages) page.postMessage({kind: "gone", failure: error.toFailure()});
    stop();
  }

  function open(port: PagePort, files: MartFiles): Promise<Session> {
    const reused = up;
    data ??= {marts: Object.keys(files), fetched: createMartFetch(files)};
    running ??= start(module, files, data.fetched);
    const session = running.then(({database}) => database.connect());
    session.then(
      () => {
        up = true;
        port.postMessage({kind: "ready", reused});
      },
      (cause: unknown) => giveUp(engineError(cause, "wasm"))
    );
    return session;
  }

  async function answer(session: Promise<Session>, message: ToEngine & {kind: "run"}, signal: AbortSignal): Promise<readonly Row[]> {
    if (running === undefined || data === undefined) throw engineError(new Error("the engine was not opened"), "worker");
    const {statement, long} = message;
    const marts = martsIn(statement.sql, data.marts);
    if (!up) data.fetched.ahead(marts);
    const {tables} = await running;
    await tables.load(marts);
    return answers.fly(JSON.stringify(statement), async (cancelled) => (await session).query(statement, {signal: cancelled, long}), signal);
  }

  return {
    serve(port) {
      pages.add(port);
      const cancels = new Map<number, AbortController>();
      let session: Promise<Session> | undefined;

      async function run(message: ToEngine & {kind: "run"}) {
        const {id} = message;
        const cancel = new AbortController();
        cancels.set(id, cancel);
        try {
          if (session === undefined) throw engineError(new Error("the first message was not \"open\""), "worker");
          port.postMessage({kind: "rows", id, rows: await answer(session, message, cancel.signal)});
        } catch (cause) {
          const error = engineError(cause, "query");
          if (isFatal(error)) giveUp(error);
          else if (!cancel.signal.aborted) port.postMessage({kind: "failed", id, failure: error.toFailure()});
        } finally {
          cancels.delete(id);
        }
      }

      function leave() {
        pages.delete(port);
        for (const cancel of cancels.values()) cancel.abort(new Error("the page has gone"));
        session?.then((open) => open.close()).catch(() => {});
      }

      port.addEventListener("message", ({data}) => {
        if (data.kind === "open") session ??= open(port, data.files);
        else if (data.kind === "run") void run(data);
        else if (data.kind === "cancel") cancels.get(data.id)?.abort(new Error("nobody waits for it"));
        else leave();
      });
      port.start?.();
    }
  };
}
