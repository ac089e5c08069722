// A mart's file becomes a table once, on first use. Runs in the worker.

import type {MartFile} from "../query/manifest.js";
import {quoteName, type Database, type Session} from "./database.js";
import {engineError} from "./engineError.js";
import type {MartFiles} from "./messages.js";

export interface Tables {
  /** Makes the named marts readable; resolves when all are. Throws EngineError with code "data" or "memory". */
  load(marts: readonly string[]): Promise<void>;
}

/** Files of marts, each fetched once for each use: they may be on their way while the engine starts. */
export interface MartFetch {
  /** Begins to fetch the marts' files. What fails here is told by `take`. */
  ahead(marts: readonly string[]): void;
  /** Returns the bytes of a mart's file and forgets them. */
  take(mart: string, url: string): Promise<Uint8Array>;
}

/**
 * A database file attaches in milliseconds where Parquet takes a second for a million rows, and needs half the memory;
 * so it goes first, and Parquet answers where there is none.
 */
const addressOf = (file: MartFile): string => (file.parquet === undefined ? file.database : file.database ?? file.parquet);

export function createMartFetch(files: MartFiles): MartFetch {
  const begun = new Map<string, Promise<Uint8Array>>();
  return {
    ahead(marts) {
      for (const mart of marts) {
        const file = files[mart];
        if (file === undefined || begun.has(mart)) continue;
        const bytes = fetchBytes(addressOf(file));
        bytes.catch(() => {});
        begun.set(mart, bytes);
      }
    },
    take(mart, url) {
      const bytes = begun.get(mart) ?? fetchBytes(url);
      begun.delete(mart);
      return bytes;
    }
  };
}

/** Tables of one database. A mart that failed to load is tried again at its next use. */
export function createTables(database: Database, session: Session, files: MartFiles, fetched: MartFetch): Tables {
  const loads = new Map<string, Promise<void>>();

  function loadOnce(mart: string): Promise<void> {
    const file = files[mart];
    if (file === undefined) return Promise.reject(engineError(new Error(`no file is known for the mart ${mart}`), "data", mart));
    const load = loads.get(mart) ?? loadTable(database, session, mart, file, fetched);
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

/** Makes one mart readable under its name. */
async function loadTable(database: Database, session: Session, mart: string, file: MartFile, fetched: MartFetch): Promise<void> {
  try {
    const bytes = await fetched.take(mart, addressOf(file));
    if (file.database !== undefined) await attach(database, session, mart, bytes);
    else await insert(session, mart, bytes);
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
