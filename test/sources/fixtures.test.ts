// A folder of test/fixtures with report.yaml and expected.json is a test: add a folder, add a test.

import {existsSync, readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {loaded} from "./loaded.js";

interface Expected {
  /** Text that the error holds; then nothing else is looked at. */
  readonly error?: readonly string[];
  /** Columns looked at, then rows sorted by the first of them. */
  readonly tables?: Readonly<Record<string, {readonly columns: readonly string[]; readonly rows: readonly unknown[][]}>>;
  /** file: [rows, kept, rejected, excluded, superseded] */
  readonly ledger?: Readonly<Record<string, readonly number[]>>;
  /** file: lines of its footer */
  readonly footers?: Readonly<Record<string, number>>;
  /** [file, row, column, value, rule] */
  readonly rejects?: readonly unknown[][];
  /** The data checks that fail, in their order; parts of each. */
  readonly failed?: readonly object[];
  readonly newestStamp?: string | null;
}

const known = ["error", "tables", "ledger", "footers", "rejects", "failed", "newestStamp"];
const root = "test/fixtures";
const folders = readdirSync(root).filter((name) => existsSync(join(root, name, "report.yaml")) && existsSync(join(root, name, "expected.json")));

describe("each fixture is read as its expected.json says", () => {
  it.each(folders)("%s", async (folder) => {
    const expected = JSON.parse(readFileSync(join(root, folder, "expected.json"), "utf8")) as Expected;
    expect(Object.keys(expected).filter((key) => !known.includes(key)), "keys that are not looked at").toEqual([]);
    const reading = loaded(join(root, folder, "report.yaml"));
    if (expected.error) {
      const message = await reading.then(() => "no error", (error: Error) => error.message);
      for (const text of expected.error) expect(message).toContain(text);
      return;
    }
    const {intake, rows, failed, close} = await reading;
    try {
      for (const [table, {columns, rows: wanted}] of Object.entries(expected.tables ?? {})) {
        const found = await rows(`select ${columns.join(", ")} from ${table} order by ${columns[0]}`);
        expect(found.map((row) => columns.map((column) => row[column])), table).toEqual(wanted);
      }
      const ledger = Object.fromEntries(intake.files.map(({file, rows, kept, rejected, excluded, superseded}) => [file, [rows, kept, rejected, excluded, superseded]]));
      for (const [file, counts] of Object.entries(expected.ledger ?? {})) expect(ledger[file], file).toEqual(counts);
      for (const [file, [all = 0, ...parts]] of Object.entries(ledger)) expect(parts.reduce((sum, part) => sum + part, 0), `${file} adds up`).toBe(all);
      if (expected.footers) expect(Object.fromEntries(intake.files.flatMap(({file, footer}) => (footer ? [[file, footer]] : [])))).toEqual(expected.footers);
      if (expected.rejects) {
        const rejects = await rows("select * from reject order by file, row_number, column_name, rule");
        expect(rejects.map(({file, row_number, column_name, value, rule}) => [file, row_number, column_name, value, rule])).toEqual(expected.rejects);
      }
      if (expected.failed) expect(await failed()).toMatchObject(expected.failed);
      if (expected.newestStamp !== undefined) expect(intake.newestStamp).toBe(expected.newestStamp);
    } finally {
      close();
    }
  });
});
