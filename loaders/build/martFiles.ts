// What a reader's browser may fetch of the marts, in the folder that src/data/marts.zip.ts packs.

import {existsSync} from "node:fs";
import {copyFile, mkdir} from "node:fs/promises";
import {join} from "node:path";
import {cubeNames} from "../../src/query/cubes.js";
import {readModels} from "./martModel.js";
import {writeMartDatabase} from "./martDatabase.js";
import {openNative, quoteText} from "../native.js";

/** Names of the published marts, every model but the steps on the way, and of their cubes. src/runtime/files.ts lists the same. */
export async function publishedMarts(): Promise<string[]> {
  return [...(await readModels()).map(({name}) => name).filter((name) => !name.startsWith("int_")), ...cubeNames()].sort();
}

/**
 * Writes `<mart>.parquet` and `<mart>.duckdb` for every published mart into `folder`. A mart that this build does not
 * have becomes an empty table: pages name all files, whatever a report's sources feed.
 */
export async function writeMartFiles(build: string, folder: string): Promise<void> {
  await mkdir(folder, {recursive: true});
  for (const mart of await publishedMarts()) {
    const built = join(build, "marts", `${mart}.parquet`);
    const parquet = join(folder, `${mart}.parquet`);
    if (existsSync(built)) await copyFile(built, parquet);
    else await writeEmpty(parquet);
    await writeMartDatabase(mart, parquet, join(folder, `${mart}.duckdb`));
  }
}

async function writeEmpty(parquet: string): Promise<void> {
  const native = await openNative();
  try {
    await native.exec(`copy (select false as absent where false) to ${quoteText(parquet)} (format parquet)`);
  } finally {
    native.close();
  }
}
