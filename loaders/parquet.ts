// Writes a mart as Parquet so that the same rows always give the same bytes.

import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import type {MartInfo} from "../src/query/manifest.js";
import type {Mart, RecordIds} from "./marts.js";
import {quoteText, type Native} from "./native.js";

/** Rows of one row group: a multiple of the engine's vector of 2,048. */
export const rowGroupRows = 122_880;

const options = `format parquet, parquet_version v1, compression zstd, row_group_size ${rowGroupRows}`;

/** Writes the ids of the records that the rows of a mart are about, in the order of its file. */
export async function writeRecordIds(native: Native, {select}: RecordIds, path: string): Promise<void> {
  await native.exec(`copy (${select}) to ${quoteText(path)} (${options})`);
}

/**
 * Writes a mart's published columns to `path` and returns what stands there. Rows are sorted, row groups fixed, text
 * dictionary-encoded, pages zstd-compressed: neither threads nor the order of the input change a byte.
 */
export async function writeMart(native: Native, {name, grain, columns, select}: Mart, path: string): Promise<MartInfo> {
  await native.exec(`copy (${select}) to ${quoteText(path)} (${options})`);
  const [counted] = await native.run({sql: `select num_rows from parquet_file_metadata(${quoteText(path)})`, params: []});
  const bytes = await readFile(path);
  return {name, grain, rows: Number(counted!.num_rows), bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex"), columns};
}
