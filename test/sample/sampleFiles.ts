// The sample's files as rows, for the tests beside this file.

import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import Papa from "papaparse";

export type Row = Readonly<Record<string, string>>;

/** A folder of the test's own, and how to drop it. */
export function scratchFolder(): {folder: string; drop: () => void} {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-sample-"));
  return {folder, drop: () => rmSync(folder, {recursive: true, force: true})};
}

/** Returns a reader of one file's rows, each file parsed once. */
export function sampleFiles(folder: string): (file: string) => readonly Row[] {
  const known = new Map<string, readonly Row[]>();
  return (file) => {
    let rows = known.get(file);
    if (!rows) known.set(file, (rows = Papa.parse<Row>(readFileSync(join(folder, `${file}.csv`), "utf8"), {header: true, skipEmptyLines: true}).data));
    return rows;
  };
}

export const silent = {log: () => {}};
export const emptyReference = "000000000000000AAA";

/** Share of rows for which a test holds; NaN of none. */
export function share(rows: readonly Row[], test: (row: Row) => boolean): number {
  return rows.filter(test).length / rows.length;
}
