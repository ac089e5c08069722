// A mart's file becomes a table once, on first use. Runs in the worker.

import {quoteName, type Database, type Session} from "./database.js";
import {engineError} from "./engineError.js";
import type {MartFile, MartFiles} from "./messages.js";

export interface Tables {
  /** Makes the named marts readable; resolves when all are. Throws EngineError with code "data" or "memory". */
  load(marts: readonly string[]): Promise<void>;
}

/** Returns those of `marts` whose names stand in the statement as words. One too many costs a load, never a wrong number. */
export function martsIn(sql: string, marts: readonly string[]): string[] {
  const words = new Set(sql.match(/\w+/g));
  return marts.filter((mart) => words.has(mart));
}

/** Tables of one database. A mart that failed to load is tried again at its next use. */
export function createTables(database: Database, session: Session, files: MartFiles): Tables {
  const loads = new Map<string, Promise<void>>();

  function loadOnce(mart: string): Promise<void> {
    const file = files[mart];
    if (file === undefined) return Promise.reject(engineError(new Error(`no file is known for the mart ${mart}`), "data", mart));
    const load = loads.get(mart) ?? loadTable(database, session, mart, file);
    loads.set(mart, load);
    load.catch(() => loads.delete(mart));
    return load;
  }

  return {
    async load(marts) {
      await Promise.all(marts.map(loadOnce));
    }
  };
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * Makes one mart readable under its name. A database file attaches in milliseconds where Parquet takes a second for a
 * million rows, and needs half the memory; so it goes first, and Parquet answers where there is none.
 */
async function loadTable(database: Database, session: Session, mart: string, file: MartFile): Promise<void> {
  try {
    if (file.database !== undefined) await attach(database, session, mart, await fetchBytes(file.database));
    else await insert(session, mart, await fetchBytes(file.parquet));
  } catch (cause) {
    throw engineError(cause, "data", mart);
  }
}

async function attach(database: Database, {connection}: Session, mart: string, bytes: Uint8Array): Promise<void> {
  const name = `${mart}.duckdb`;
  const alias = quoteName(`file_${mart}`);
  await database.engine.registerFileBuffer(name, bytes);
  await connection.query(`ATTACH '${name.replaceAll("'", "''")}' AS ${alias} (READ_ONLY)`);
  await connection.query(`CREATE OR REPLACE VIEW ${quoteName(mart)} AS FROM ${alias}.${quoteName(mart)}`);
}

async function insert({connection}: Session, mart: string, bytes: Uint8Array): Promise<void> {
  const {default: init, readParquet} = await import("parquet-wasm/esm");
  await init({module_or_path: import.meta.resolve("parquet-wasm/esm/parquet_wasm_bg.wasm")});
  await connection.insertArrowFromIPCStream(readParquet(bytes).intoIPCStream(), {name: mart, create: true});
}
