// DuckDB inside Node: one in-memory database a build or a question, without a clock's zone and without a network.

import {randomUUID} from "node:crypto";
import {readFile} from "node:fs/promises";
import {tmpdir, totalmem} from "node:os";
import {join} from "node:path";
import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampValue,
  type DuckDBConnection,
  type DuckDBValue
} from "@duckdb/node-api";
import {idsOf, type Manifest} from "../src/query/manifest.js";
import {martsIn} from "../src/query/martsIn.js";
import type {Run} from "../src/query/question.js";

export interface NativeOptions {
  /** Database file; in memory where absent. */
  readonly file?: string;
  /** Upper bound of the engine's memory, "2GB"; beyond it the engine spills to `spill`. Default: DuckDB's own bound. */
  readonly memory?: string;
  /** Upper bound for a single statement that does not fit in `memory` even so, "8GB": it is tried again with twice as much, up to this. */
  readonly most?: string;
  /** Worker threads; all cores where absent. Results do not depend on it. */
  readonly threads?: number;
  /** Whether statements without ORDER BY keep the order of their input. Default true; false saves memory. */
  readonly preserveOrder?: boolean;
  /** Whether tables in memory are compressed, for those that repeat few values. Has no effect on a file, which always is. */
  readonly compress?: boolean;
  /** Folder for what does not fit in memory; made only when needed and emptied on close. */
  readonly spill?: string;
}

/** What a single statement may have of this machine where it does not fit otherwise. */
export const mostMemory = `${Math.floor((totalmem() * 0.6) / 1e6)}MB`;

/** Values bound to a statement: by position (`?`) or by name (`$as_of`). */
export type Bound = DuckDBValue[] | Record<string, DuckDBValue>;

export interface Native {
  readonly connection: DuckDBConnection;
  /** Runs one statement and returns plain rows; see `Run` in src/query/question.ts. */
  readonly run: Run;
  /** Runs one or more statements and drops the result. */
  exec(sql: string, values?: Bound): Promise<void>;
  /** Another session of the same database: its statements run beside ours. It has its own zone and temporary tables. The caller closes it. */
  connect(): Promise<Native>;
  /** Interrupts the database's statements that still run, if any, and closes as soon as they have ended: where one of many asked together fails, others are under way. */
  close(): void;
}

/**
 * Opens a database whose session zone is UTC and that never looks for extensions. The caller closes it.
 * Throws DuckDB's error when the file cannot be opened.
 */
export async function openNative({file = ":memory:", memory, most, threads, preserveOrder = true, compress = false, spill}: NativeOptions = {}): Promise<Native> {
  const room = memory && most ? {memory: bytesOf(memory), most: bytesOf(most)} : undefined;
  const instance = await DuckDBInstance.create(file, {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    preserve_insertion_order: String(preserveOrder),
    temp_directory: spill ?? join(tmpdir(), `quarterdeck-${randomUUID()}`),
    ...(memory && {memory_limit: memory}),
    ...(threads && {threads: String(threads)})
  });
  const native = await connectTo(instance, {room, running: new Map(), afterClose: () => instance.closeSync()});
  if (!compress || file !== ":memory:") return native;
  await native.exec("attach ':memory:' as compressed (compress)");
  return using(native, "compressed");
}

/** The session and those it connects, each with that database as its own. */
async function using(native: Native, database: string): Promise<Native> {
  await native.exec(`use ${quoteIdentifier(database)}`);
  return {...native, connect: async () => using(await native.connect(), database)};
}

interface Session {
  readonly room: Room | undefined;
  /** Statements of all of the database's sessions that have not ended. */
  readonly running: Map<Promise<unknown>, DuckDBConnection>;
  readonly afterClose: () => void;
}

async function connectTo(instance: DuckDBInstance, {room, running, afterClose}: Session): Promise<Native> {
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  const answer: Answer = (sql, values) => {
    const statement = room ? withRoom(connection, room, () => connection.run(sql, values)) : connection.run(sql, values);
    running.set(statement, connection);
    const ended = () => running.delete(statement);
    statement.then(ended, ended);
    return statement;
  };
  const closeNow = () => {
    connection.closeSync();
    afterClose();
  };
  return {
    connection,
    run: runOn(answer),
    async exec(sql, values) {
      await answer(sql, values);
    },
    connect: () => connectTo(instance, {room, running, afterClose: () => {}}),
    close() {
      // The engine waits for its statements where it closes, and they for this thread.
      if (running.size === 0) return closeNow();
      const interrupt = () => {
        for (const one of running.values()) one.interrupt();
      };
      interrupt();
      // One that was asked and has not begun does not hear the first call.
      const again = setInterval(interrupt, 20);
      void Promise.allSettled(running.keys()).then(() => {
        clearInterval(again);
        closeNow();
      });
    }
  };
}

type Answer = (sql: string, values?: Bound) => ReturnType<DuckDBConnection["run"]>;

/** Bytes that the engine has, and may have at most. */
interface Room {
  readonly memory: number;
  readonly most: number;
}

/** Runs a statement; where it does not fit, again with twice as much memory each time. A statement that failed left nothing behind. */
async function withRoom<T>(connection: DuckDBConnection, {memory, most}: Room, statement: () => Promise<T>): Promise<T> {
  const limit = (bytes: number) => connection.run(`set memory_limit = '${bytes}B'`);
  for (let given = memory; ; given *= 2) {
    try {
      if (given > memory) await limit(given);
      return await statement();
    } catch (error) {
      if (!(error as Error).message.startsWith("Out of Memory Error") || given * 2 > most) throw error;
    } finally {
      // What still stands in memory may keep it from shrinking: then the next statement has the room too.
      if (given > memory) await limit(memory).catch(() => {});
    }
  }
}

/** Returns the bytes of "1300MB" or "2GB". */
function bytesOf(size: string): number {
  const [, number, unit] = /^(\d+)\s*(MB|GB)$/.exec(size) ?? [];
  if (number === undefined) throw new Error(`not a size of memory: ${size}; such as 1300MB`);
  return Number(number) * (unit === "GB" ? 1e9 : 1e6);
}

/** A database in memory that is opened when first asked for; `close` ends it where it was. */
export function lazyNative(options: NativeOptions): {open: () => Promise<Native>; close: () => Promise<void>} {
  let opened: Promise<Native> | undefined;
  return {
    open: () => (opened ??= openNative(options)),
    close: async () => (await opened)?.close()
  };
}

export interface BuiltReport {
  readonly manifest: Manifest;
  /** One table a mart, cube, funnel’s walks or tally, named as it is, as in the browser. */
  readonly run: Run;
  readonly exec: Native["exec"];
  close(): void;
}

/**
 * Opens a build folder (manifest.json and marts/*.parquet) for questions. The caller closes it. A mart becomes a table when
 * a statement first names it: of a large report few do. With `sessions` that many statements run beside one another, each
 * in one thread: for hundreds of small questions that takes half the processor time.
 */
export async function openBuilt(folder: string, {sessions = 1, ...options}: NativeOptions & {readonly sessions?: number} = {}): Promise<BuiltReport> {
  const manifest = await readManifest(folder);
  const native = await openNative({compress: true, ...(sessions > 1 && {threads: 1}), ...options});
  const [loading, ...others] = await Promise.all(Array.from({length: sessions}, () => native.connect()));
  const {marts, cubes = [], walks = [], tallies = [], paces = [], cohortTallies = [], records = {}} = manifest;
  const names = [...marts, ...cubes, ...walks, ...tallies, ...paces, ...cohortTallies].map(({name}) => name);
  for (const mart of Object.keys(records)) {
    await native.exec(`create view ${quoteIdentifier(idsOf(mart))} as select * from read_parquet(${quoteText(join(folder, "marts", `${idsOf(mart)}.parquet`))})`);
  }
  const loads = new Map<string, Promise<void>>();
  const load = async (sql: string): Promise<void> => {
    for (const name of martsIn(sql, names)) {
      const made = loads.get(name) ?? loading!.exec(`create table ${quoteIdentifier(name)} as select * from read_parquet(${quoteText(join(folder, "marts", `${name}.parquet`))})`);
      loads.set(name, made);
      await made;
    }
  };
  const run = others.length === 0 ? native.run : sharedRun([native, ...others]);
  return {
    manifest,
    run: async (statement) => {
      await load(statement.sql);
      return run(statement);
    },
    exec: async (sql, values) => {
      await load(sql);
      await native.exec(sql, values);
    },
    close() {
      for (const {close} of [loading!, ...others, native]) close();
    }
  };
}

/** Gives each statement to a session that is free, in the order in which they were asked. */
function sharedRun(sessions: readonly Native[]): Run {
  const free = [...sessions];
  const waiting: ((session: Native) => void)[] = [];
  return async (statement) => {
    const session = free.pop() ?? await new Promise<Native>((resolve) => waiting.push(resolve));
    try {
      return await session.run(statement);
    } finally {
      const next = waiting.shift();
      if (next) next(session);
      else free.push(session);
    }
  };
}

/** Returns the manifest of a build folder. */
export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as Manifest;
}

/** Returns a name as an SQL identifier, safe whatever it holds. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Returns text as an SQL literal, for the few places where DuckDB takes no bound value (COPY, table functions in views). */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function runOn(answer: Answer): Run {
  return async ({sql, params}) => {
    const result = await answer(sql, [...params]);
    return result.convertRowObjects(plainValue);
  };
}

/**
 * Returns a DuckDB value as plain JavaScript: dates "2025-01-31", timestamps "2025-01-31T09:30:00Z" (they are kept
 * in UTC), integers and decimals of any width as numbers (exact up to 15 digits), everything else as it prints.
 */
function plainValue(value: DuckDBValue): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBTimestampValue) return `${value.toString().replace(" ", "T")}Z`;
  return String(value);
}
