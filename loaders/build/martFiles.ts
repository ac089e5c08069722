// What a reader's browser may fetch of the marts, in the folder that src/data/marts.zip.ts packs.

import {createHash} from "node:crypto";
import {copyFile, mkdir, readdir, readFile, rename, rm} from "node:fs/promises";
import {basename, join} from "node:path";
import {idsOf, type MartFile} from "../../src/query/manifest.js";
import {writeMartDatabase} from "./martDatabase.js";

/** Each writer holds one thread and a database of its own; two keep two cores busy. */
const writers = 2;

/**
 * Writes every mart and cube of a finished build into `folder`, as Parquet and as a database file (ids of records as the
 * latter alone), and returns their names by mart. A name holds the hash of what is in the file,
 * "fct_order.0a1b2c3d.parquet": it may be kept for ever, and files of two builds stand beside one another.
 */
export async function writeMartFiles(build: string, folder: string): Promise<Record<string, MartFile>> {
  await mkdir(folder, {recursive: true});
  const marts = (await readdir(join(build, "marts"))).filter((file) => file.endsWith(".parquet")).map((file) => file.slice(0, -".parquet".length)).sort();
  const waiting = [...marts];
  const written = new Map<string, MartFile>();
  const write = async (): Promise<void> => {
    for (let mart = waiting.shift(); mart !== undefined; mart = waiting.shift()) written.set(mart, await writeOne(mart, build, folder));
  };
  await Promise.all(Array.from({length: writers}, write));
  return Object.fromEntries(marts.map((mart) => [mart, written.get(mart)!]));
}

async function writeOne(mart: string, build: string, folder: string): Promise<MartFile> {
  const built = join(build, "marts", `${mart}.parquet`);
  const database = join(folder, `${mart}.duckdb`);
  await writeMartDatabase(mart, built, database);
  // Ids are for pages that name records; who reads Parquet has no use for rows that only stand beside others.
  if (mart.startsWith(idsOf(""))) return {database: await nameByContent(database)};
  const parquet = join(folder, `${mart}.parquet`);
  await rm(parquet, {force: true});
  await copyFile(built, parquet);
  return {parquet: await nameByContent(parquet), database: await nameByContent(database)};
}

/** Puts eight hex digits of the file's SHA-256 before its extension and returns its new name. */
async function nameByContent(path: string): Promise<string> {
  const hash = createHash("sha256").update(await readFile(path)).digest("hex").slice(0, 8);
  const named = path.replace(/\.(\w+)$/, `.${hash}.$1`);
  await rename(path, named);
  return basename(named);
}
