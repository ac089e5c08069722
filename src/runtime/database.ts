// DuckDB-WASM inside the worker. Its own worker script is loaded into this one and spoken to through a loopback, so
// that pages need neither DuckDB's client nor Arrow, and one shared worker serves many pages with one engine.

import {AsyncDuckDB, VoidLogger, type AsyncDuckDBConnection} from "@duckdb/duckdb-wasm";
import "@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js";
import {tableFromIPC, type Table} from "apache-arrow";
import type {Statement} from "../query/question.js";
import {engineError} from "./engineError.js";
import type {Row} from "./messages.js";
import {plainRows} from "./result.js";
import {createStatements, type Statements} from "./statements.js";

/** Returns a name as an SQL identifier, safe whatever it holds. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export interface QueryOptions {
  readonly signal?: AbortSignal;
  /** It may take seconds: what a reader asks next shall not wait for its end. */
  readonly long?: boolean;
}

/** Statements of one page: they run one after another; those of other sessions run in between. */
export interface Session {
  /** For statements without parameters; those with some share a connection of all sessions, and its plans. */
  readonly connection: AsyncDuckDBConnection;
  /**
   * Runs one statement. Waiting statements are dropped when `signal` fires; a running one that is long, or has no
   * parameters, stops at its next slice. Throws EngineError, or the signal's reason.
   */
  query(statement: Statement, options?: QueryOptions): Promise<Row[]>;
  close(): Promise<void>;
}

export interface Database {
  readonly engine: AsyncDuckDB;
  connect(): Promise<Session>;
}

type Listener = (event: {data: unknown}) => void;

interface Scope {
  XMLHttpRequest: typeof XMLHttpRequest;
  location: Location;
  onmessage: Listener | null;
  postMessage(message: unknown): void;
  fetch: typeof fetch;
}

const scope = globalThis as unknown as Scope;

// The script has registered itself on import; nothing else may hear or answer through the worker's own channel.
const dispatch = scope.onmessage;
const answers = new Set<Listener>();
scope.onmessage = null;
scope.postMessage = (message) => answers.forEach((listener) => listener({data: message}));

// A page's policy does not bind its shared worker, and a statement can name any address (LOAD, read_csv, ATTACH). A
// request that is refused stays unanswered, with status 0: an exception would pass through the engine's own frames and
// leave its memory in disorder.
const {open: openRequest, send: sendRequest} = scope.XMLHttpRequest.prototype;
const refused = new WeakSet<XMLHttpRequest>();
scope.XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, method: string, url: string | URL, async: unknown = true) {
  const own = new URL(url, scope.location.href).origin === scope.location.origin;
  if (!own) refused.add(this);
  openRequest.call(this, method, own ? url : scope.location.href, async === true);
};
scope.XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body) {
  if (!refused.has(this)) sendRequest.call(this, body);
};

/** What AsyncDuckDB takes for a Worker. */
const loopback = {
  postMessage: (message: unknown) => dispatch?.({data: message}),
  addEventListener: (type: string, listener: Listener) => void (type === "message" && answers.add(listener)),
  removeEventListener: (_: string, listener: Listener) => void answers.delete(listener),
  terminate: () => answers.clear()
} as unknown as Worker;

/**
 * Instantiates the engine with a module that is already compiled. DuckDB's script would fetch and compile it without
 * looking at failures, and then wait for ever (bindings_browser_base.ts, instantiateWasm: no rejection handler).
 */
async function instantiate(engine: AsyncDuckDB, module: WebAssembly.Module): Promise<void> {
  const own = {fetch: scope.fetch, streaming: WebAssembly.instantiateStreaming};
  try {
    await new Promise<unknown>((resolve, reject) => {
      scope.fetch = () => Promise.resolve(new Response());
      WebAssembly.instantiateStreaming = async (_, imports) => {
        const instance = WebAssembly.instantiate(module, imports);
        instance.catch(reject);
        return {instance: await instance, module};
      };
      engine.instantiate("compiled").then(resolve, reject);
    });
  } finally {
    scope.fetch = own.fetch;
    WebAssembly.instantiateStreaming = own.streaming;
  }
}

// Offline the engine would hang while it looks for an extension.
const firstStatements = ["SET autoinstall_known_extensions = false", "SET autoload_known_extensions = false"];

/** A page asks some ten statements for a view, and differently for kinds of periods and filters. */
const keptPlans = 60;

/** Milliseconds that a statement runs before the worker looks at its messages again. */
const queryPollingInterval = 20;

/** Starts the engine. Throws EngineError with code "wasm" or "memory". */
export async function openDatabase(module: WebAssembly.Module): Promise<Database> {
  const engine = new AsyncDuckDB(new VoidLogger(), loopback);
  let statements: Statements;
  try {
    await instantiate(engine, module);
    await engine.open({path: ":memory:", query: {queryPollingInterval}});
    const connection = await engine.connect();
    for (const statement of firstStatements) await connection.query(statement);
    statements = createStatements(connection, {size: keptPlans});
  } catch (cause) {
    throw engineError(cause, "wasm");
  }
  return {engine, connect: async () => openSession(engine, await engine.connect(), statements)};
}

function openSession(engine: AsyncDuckDB, connection: AsyncDuckDBConnection, statements: Statements): Session {
  let last: Promise<unknown> = Promise.resolve();

  async function run(statement: Statement, {signal, long = false}: QueryOptions): Promise<Row[]> {
    const {sql, params} = statement;
    signal?.throwIfAborted();
    try {
      return plainRows(params.length > 0 && !long ? await statements.run(statement) : await runInSlices(engine, connection, await withVariable(connection, statement), signal));
    } catch (cause) {
      signal?.throwIfAborted();
      throw engineError(cause, "query", sql);
    }
  }

  return {
    connection,
    query(statement, options = {}) {
      const rows = last.then(() => run(statement, options));
      last = rows.catch(() => {});
      return rows;
    },
    close: async () => {
      await last;
      await connection.close();
    }
  };
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * A result that is fetched in parts comes without the dictionaries of its ENUM columns, which would then read as null.
 * Returns a query that gives the same rows in the same order with text in their place.
 */
async function withoutEnums(connection: AsyncDuckDBConnection, sql: string): Promise<string> {
  const query = sql.trim().replace(/;$/, "");
  if (!/^(select|with|from|values|\()/i.test(query) || query.includes(";")) return sql;
  const columns = plainRows(await connection.query(`DESCRIBE ${query}`));
  const enums = columns.filter(({column_type}) => String(column_type).startsWith("ENUM")).map(({column_name}) => quoteName(String(column_name)));
  if (enums.length === 0) return sql;
  return `SELECT * REPLACE (${enums.map((name) => `${name}::VARCHAR AS ${name}`).join(", ")}) FROM (\n${query}\n)`;
}

const questionMarks = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g;

/** Parameters cannot be bound to a pending query in this engine: returns a query that reads their values from a variable, to which they are bound. */
async function withVariable(connection: AsyncDuckDBConnection, {sql, params}: Statement): Promise<string> {
  if (params.length === 0) return sql;
  const values = await connection.prepare(`SET VARIABLE bound = row(${params.map(() => "?").join(", ")})`);
  try {
    await values.query(...params);
  } finally {
    await values.close();
  }
  let place = 0;
  return sql.replace(questionMarks, (part) => (part === "?" ? `(getvariable('bound')[${++place}])` : part));
}

async function runInSlices(engine: AsyncDuckDB, connection: AsyncDuckDBConnection, sql: string, signal?: AbortSignal): Promise<Table> {
  const id = connection.useUnsafe((_, connectionId) => connectionId);
  let header = await engine.startPendingQuery(id, await withoutEnums(connection, sql));
  while (header === null) {
    await nextTask();
    if (signal?.aborted) {
      await engine.cancelPendingQuery(id);
      throw signal.reason;
    }
    header = await engine.pollPendingQuery(id);
  }
  const chunks = [header];
  for (;;) {
    const chunk = await engine.fetchQueryResults(id);
    if (chunk === null) continue;
    if (chunk.length === 0) return tableFromIPC(chunks);
    chunks.push(chunk);
  }
}
