import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import Papa from "papaparse";
import fc from "fast-check";
import {expect, it} from "vitest";
import {writeRejects} from "../../loaders/build/rejects.js";
import {openNative} from "../../loaders/native.js";
import {harmlessText} from "../../src/format/csv.js";

it("rejects.csv makes cells harmless by the rule of every other CSV", async () => {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-rejects-"));
  const native = await openNative();
  try {
    const start = fc.constantFrom("", "=", "+", "-", "@", "\t", "\r", " -", "＝", "-1", "-1.234,50", "+1\u202f000", "-5%", "-5;=1");
    const values = fc.sample(fc.tuple(start, fc.string({unit: "grapheme"})).map(([a, b]) => (a + b).replaceAll("\0", "")), {seed: 20261122, numRuns: 500});
    await native.exec("create table reject (source varchar, table_name varchar, file varchar, row_number bigint, column_name varchar, value varchar, rule varchar)");
    for (const [row, value] of values.entries()) await native.exec("insert into reject values ('crm', 'lead', 'x.csv', ?, 'amount', ?, 'money')", [row, value]);
    await writeRejects(native, join(folder, "rejects.csv"));
    const {data} = Papa.parse<Record<string, string>>((await readFile(join(folder, "rejects.csv"), "utf8")).trimEnd(), {header: true, newline: "\n"});
    expect(data.map(({row_number, value}) => [Number(row_number), value])).toEqual(values.map((value, row) => [row, harmlessText(value)]));
  } finally {
    native.close();
    await rm(folder, {recursive: true, force: true});
  }
});
