// A mart's rows as a DuckDB database file beside its Parquet: the browser attaches it in milliseconds and needs no
// Parquet decoder. Same rows, same bytes on every machine.

import {rm, stat} from "node:fs/promises";
import {openNative, quoteIdentifier, quoteText, type Native} from "./native.js";

/** Oldest format that both engines know; the browser's engine is behind the native one. */
const storage = "storage_version 'v1.2.0'";

/**
 * Blocks of 256 kB are read fastest and pack best; a mart of a few hundred rows would fill one for each column, so
 * small ones get blocks of 16 kB.
 */
function blockSize(parquetBytes: number): number {
  return parquetBytes > 500_000 ? 262_144 : 16_384;
}

/**
 * Writes the Parquet file's rows, in its order, as table `mart` of a new database file. Text columns become ENUMs
 * in sorted order, so that filters and groups compare numbers. An earlier file at `path` is replaced.
 */
export async function writeMartDatabase(mart: string, parquet: string, path: string): Promise<void> {
  await rm(path, {force: true});
  // More threads would split the rows into groups by chance.
  const native = await openNative({threads: 1});
  try {
    const {size} = await stat(parquet);
    await native.exec(`attach ${quoteText(path)} as mart_file (${storage}, block_size ${blockSize(size)})`);
    const source = `read_parquet(${quoteText(parquet)})`;
    const columns = await columnsOf(native, source);
    const selected: string[] = [];
    for (const {name, type} of columns) {
      const column = quoteIdentifier(name);
      selected.push(type === "VARCHAR" && (await createEnum(native, column, source)) ? `${column}::mart_file.main.${column} as ${column}` : column);
    }
    await native.exec(`create table mart_file.main.${quoteIdentifier(mart)} as select ${selected.join(", ")} from ${source}`);
    await native.exec("checkpoint mart_file");
    await native.exec("detach mart_file");
  } finally {
    native.close();
  }
}

async function columnsOf({run}: Native, source: string): Promise<{name: string; type: string}[]> {
  const rows = await run({sql: `describe select * from ${source}`, params: []});
  return rows.map(({column_name, column_type}) => ({name: String(column_name), type: String(column_type)}));
}

/** Creates the type; false where the column holds no text at all, for which there is no ENUM. */
async function createEnum({run, exec}: Native, column: string, source: string): Promise<boolean> {
  const members = `select distinct ${column} from ${source} where ${column} is not null order by 1`;
  const [found] = await run({sql: `select count(*) as n from (${members})`, params: []});
  if (found?.n === 0) return false;
  await exec(`create type mart_file.main.${column} as enum (${members})`);
  return true;
}
