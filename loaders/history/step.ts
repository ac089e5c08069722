// One statement of loaders/history/steps, with the values it names.

import {readFile} from "node:fs/promises";
import type {DuckDBValue} from "@duckdb/node-api";
import type {Native} from "../native.js";

const read = new Map<string, Promise<string>>();

/** Runs steps/<name>.sql; values that it does not name are left out. Throws DuckDB's error with the name of the file. */
export async function runStep(native: Native, name: string, values: Readonly<Record<string, DuckDBValue>> = {}): Promise<void> {
  const text = read.get(name) ?? readFile(new URL(`./steps/${name}.sql`, import.meta.url), "utf8");
  read.set(name, text);
  const sql = await text;
  const named = new Set(sql.replaceAll(/--.*$/gm, "").match(/(?<=\$)[a-z_]+/g));
  try {
    await native.exec(sql, Object.fromEntries(Object.entries(values).filter(([key]) => named.has(key))));
  } catch (error) {
    throw new Error(`loaders/history/steps/${name}.sql: ${(error as Error).message}`, {cause: error});
  }
}
