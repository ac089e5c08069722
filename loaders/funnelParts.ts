// What funnels are counted by beforehand is cut into parts of few dimensions, which stand in one file.

import {join} from "node:path";
import type {DimensionId} from "../src/metrics/define.js";
import type {MartInfo} from "../src/query/manifest.js";
import {narrow} from "./cubes.js";
import {columnsOf} from "./marts.js";
import {quoteIdentifier, type Native} from "./native.js";
import {writeMart} from "./parquet.js";

export interface Counted {
  /** Columns by which rows are alike, besides dimensions; then their numbers, which add up. */
  readonly keys: readonly string[];
  readonly sums: readonly string[];
}

/** Returns the select of a wider table's rows by fewer dimensions, of those that `where` names. */
export const fewer = (wider: string, dimensions: readonly DimensionId[], {keys, sums}: Counted, where = ""): string =>
  `select ${[...keys, ...dimensions].map(quoteIdentifier).join(", ")}, ${sums.map((sum) => `sum(${quoteIdentifier(sum)}) as ${quoteIdentifier(sum)}`).join(", ")} from ${wider} ${where} group by all`;

/** Returns the number of a table's rows. */
export const rowsOf = async ({run}: Pick<Native, "run">, table: string): Promise<number> => Number((await run({sql: `select count(*) as n from ${table}`, params: []}))[0]!["n"]);

/** Writes the table `name`, whose column `part` numbers its parts, to `folder` and returns what stands there. */
export async function publishParts(native: Native, name: string, {folder, grain, order}: {readonly folder: string; readonly grain: string; readonly order: readonly string[]}): Promise<MartInfo> {
  const table = quoteIdentifier(name);
  const columns = (await columnsOf(native, `from ${table}`)).map(({name: column, type}) => {
    const held = column === "part" ? "UTINYINT" : narrow[type] ?? type;
    return `${quoteIdentifier(column)}::${held} as ${quoteIdentifier(column)}`;
  });
  const rows = `select ${columns.join(", ")} from ${table}`;
  const mart = {name, grain, columns: await columnsOf(native, rows), custom: [], rows, records: rows, select: `from (${rows}) order by ${["part", ...order].map(quoteIdentifier).join(", ")}`};
  return writeMart(native, mart, join(folder, `${name}.parquet`));
}
