// The books of a staging table: where each row stands in its file, what became of it, what could not be typed.

import {quoteIdentifier, type Native} from "../native.js";
import type {FileLedger} from "../../src/query/manifest.js";
import type {Place} from "./checks.js";
import {emptyRows} from "./emptyLines.js";
import type {Input} from "./inputs.js";
import type {Taken} from "./load.js";
import type {TableName} from "./schema.js";
import {staging} from "./stage.js";

/** A file whose rows stand in a staging table. */
export interface Loaded extends Taken {
  readonly input: Input;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Rowid of the file's first row in the staging table. */
  readonly offset: number;
  readonly rows: number;
  /** Rows of the file that are no record: malformed or empty lines, in order. */
  readonly gaps: () => Promise<readonly number[]>;
}

/** Returns how the rows of a staging table are named, for files in the order of their numbers. */
export const placeIn = (native: Native, loaded: readonly Loaded[]): Place => async (file, r) => {
  const [found] = await native.run({sql: `select ${await rowNumber(loaded[file]!, "place")} as row_number from (select ${placeSql(loaded[file]!, r)} as place)`, params: []});
  return {file: loaded[file]!.file, row: Number(found?.["row_number"])};
};

/** The place among the records of a file, from 0, of the staging row `r`. */
const placeSql = ({offset, lines}: Loaded, r: string): string => (lines ? `(select line from ${quoteIdentifier(lines)} as lines where lines.rowid = ${r} - ${offset})` : `${r} - ${offset}`);

/** Returns the row of the file, as its format counts, in which the record at `place` stands, a column or a number. */
async function rowNumber({input, gaps}: Loaded, place: string): Promise<string> {
  const first = input.main.firstRow;
  const before = (await gaps()).map((row, index) => row - first - index);
  const shift = before.length ? ` + list_count(list_filter([${before.join(", ")}], lambda gap: gap <= ${place}))` : "";
  return `${place} + ${first}${shift}`;
}

/** Enters what could not be typed, and records that are none, in the table reject. */
export async function ledgerRejects(native: Native, table: TableName, loaded: readonly Loaded[]): Promise<void> {
  const name = quoteIdentifier(table);
  const rejected = `${staging.bad} is not null and (${staging.why} is null or ${staging.why} = 'rejected')`;
  const faulty = new Set((await native.run({sql: `select distinct ${staging.file} as file from ${name} where ${rejected}`, params: []})).map(({file}) => Number(file)));
  for (const [fileNumber, one] of loaded.entries()) {
    const {input, file, malformed, broken} = one;
    if (faulty.has(fileNumber)) {
      await native.exec(
        `insert into reject select $1, $2, $3, ${await rowNumber(one, "place")}, fault.name, fault.value, fault.rule
        from (select ${placeSql(one, "r")} as place, fault from (select rowid as r, unnest(${staging.bad}) as fault from ${name} where ${staging.file} = ${fileNumber} and ${rejected}))`,
        [input.source.id, table, file]
      );
    }
    for (const {row, line} of malformed) {
      await native.exec("insert into reject values ($1, $2, $3, $4, null, $5, 'malformed')", [input.source.id, table, file, row, line.slice(0, 500)]);
    }
    for (const {position, text} of broken) {
      const list = input.mapping.each ?? "";
      await native.exec(`insert into reject select $1, $2, $3, ${await rowNumber(one, String(position))}, $4, $5, 'list'`, [input.source.id, table, file, list, text.slice(0, 500)]);
    }
  }
}

/** Returns what became of the rows of each file. */
export async function ledgerFiles(native: Native, table: TableName, loaded: readonly Loaded[]): Promise<FileLedger[]> {
  const sql = `select ${staging.file} as file, ${staging.why} as why, count(*) as rows, sum(case when ${staging.why} is null then len(${staging.bad}) end) as cells from ${quoteIdentifier(table)} group by all order by file, why`;
  const counts = await native.run({sql, params: []});
  return loaded.map(({input, file, sha256, bytes, rows, malformed, broken, footer}, fileNumber) => {
    const own = counts.filter((row) => row["file"] === fileNumber);
    const by = (why: string | null): number => Number(own.find((row) => row["why"] === why)?.["rows"] ?? 0);
    const excludedWhy = Object.fromEntries(own.flatMap(({why, rows}) => (why === null || why === "rejected" || why === "superseded" ? [] : [[String(why), Number(rows)]])));
    return {
      source: input.source.id,
      table,
      file,
      sha256,
      bytes,
      rows: rows + malformed.length + broken.length,
      kept: by(null),
      rejected: by("rejected") + malformed.length + broken.length,
      excluded: Object.values(excludedWhy).reduce((sum, rows) => sum + rows, 0),
      superseded: by("superseded"),
      rejectedCells: own.reduce((sum, {cells}) => sum + Number(cells ?? 0), 0),
      excludedWhy,
      ...(footer > 0 && {footer})
    };
  });
}

/** Empty lines are looked for only where a row must be named. A file of one column has none: there they are empty cells. */
export async function gapsOf({main}: Input, {malformed}: Taken, emptyLines: boolean): Promise<readonly number[]> {
  const empty = main.delimiter !== "" && (emptyLines || main.encoding !== "utf-8") && main.header.length > 1 ? await emptyRows(main) : [];
  return [...malformed.map(({row}) => row), ...empty].sort((a, b) => a - b);
}
