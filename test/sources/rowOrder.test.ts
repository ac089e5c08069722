// Rows stand in the order of their file however large it is: they are named by it.

import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it} from "vitest";
import {loaded} from "./loaded.js";

const settings = `title: Order
language: en
time_zone: UTC
currency: EUR
reject_limit: 100%
sources:
  - id: crm
    type: csv
    folder: .
    dates: [D MMMM YYYY]
    months: hu
    tables:
      opportunity:
        file: deals.csv
        columns: {opportunity_id: id, name: name, state: state, lost_reason: reason, amount: amount, created_at: created}
`;

it("names every reject of a file that several threads read by its own row", async () => {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-order-"));
  try {
    const rows = 90_000;
    const filler = "x".repeat(500);
    const amount = (row: number): string => (row % 1000 === 0 ? `none of row ${row}` : "10");
    const lines = Array.from({length: rows}, (_, at) => `o${at + 2},${filler},lost,Price,${amount(at + 2)},3 május 2026`);
    await writeFile(join(folder, "deals.csv"), ["id,name,state,reason,amount,created", ...lines, ""].join("\n"));
    await writeFile(join(folder, "report.yaml"), settings);
    const {rows: ask, close} = await loaded(join(folder, "report.yaml"));
    try {
      expect(await ask("select count(*)::integer as n, count(*) filter (value <> 'none of row ' || row_number)::integer as wrong from reject")).toEqual([{n: rows / 1000, wrong: 0}]);
      expect(await ask("select count(distinct created_at)::integer as stamps from opportunity")).toEqual([{stamps: 1}]);
    } finally {
      close();
    }
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
});
