// Two frozen months side by side, KPI by KPI and record by record.

import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {beforeAll, describe, expect, it} from "vitest";
import {compareMonths, numbered, type ComparedMonths} from "../../loaders/snapshot/compareMonths.js";
import {compareSaid, freeze, frozenReport, january, type Deal, type FrozenReport} from "./frozenReport.js";

const martFolder = fileURLToPath(new URL("../../loaders/marts", import.meta.url));

describe("npm run compare", () => {
  let report: FrozenReport;
  let compared: ComparedMonths;
  beforeAll(async () => {
    report = frozenReport();
    report.write(january, "2025-01-31");
    await freeze(report);
    const later = january.filter(([id]) => id !== "D2").map((deal): Deal => (deal[0] === "D3" ? ["D3", "Won", "2025-01-06", "2025-01-24", "350"] : deal));
    report.write([...later, ["D5", "Won", "2025-02-03", "2025-02-10", "20"]], "2025-02-28");
    await freeze(report);
    compared = await compareMonths(report.store, ["2025-01", "2025-02"]);
  }, 60_000);

  it("finds the numbers that are others", () => {
    const told = compared.restated.filter(({metric, period}) => ["win_rate", "revenue_won", "opportunities_won"].includes(metric) && period === "2025-01");
    expect(told).toEqual([{metric: "revenue_won", period: "2025-01", old: 400, new: 450}, {metric: "win_rate", period: "2025-01", old: 2 / 3, new: 1}]);
    expect(compared.kpis).toEqual({new: [], gone: [], redefined: []});
  });

  it("finds the records that are new, gone and changed, and in which fields", () => {
    const deals = compared.records.find(({table}) => table === "opportunity")!;
    expect(deals).toMatchObject({then: 4, now: 4, new: {records: 1, ids: ["D5"]}, gone: {records: 1, ids: ["D2"]}});
    expect(deals.changed.ids).toContain("D3");
    expect(deals.fields.find(({field}) => field === "amount")).toEqual({field: "amount", records: 1});
  });

  it("counts every record once, and calls none changed whose fields are as they were", () => {
    for (const {table, then, now, changed, fields, ...rest} of compared.records) {
      expect([table, then - rest.gone.records]).toEqual([table, now - rest.new.records]);
      expect(changed.records).toBeLessThanOrEqual(then - rest.gone.records);
      expect(fields.every(({records}) => records <= changed.records)).toBe(true);
      expect(fields.map(({field}) => field).filter((field) => numbered.has(field))).toEqual([]);
    }
  });

  it("leaves out every column that the marts number anew", () => {
    const given = readdirSync(martFolder).flatMap((file) => [...readFileSync(join(martFolder, file), "utf8").matchAll(/row_number\(\) over \(order by [^)]*\)::integer as (\w+)/g)].map(([, name]) => name!));
    expect(given.length).toBeGreaterThan(4);
    expect(given.filter((name) => !numbered.has(name))).toEqual([]);
  });

  it("finds nothing between a month and itself", async () => {
    const {restated, records} = await compareMonths(report.store, ["2025-02", "2025-02"]);
    expect(restated).toEqual([]);
    expect(records.map((one) => [one.new.records, one.gone.records, one.changed.records, one.fields])).toEqual(records.map(() => [0, 0, 0, []]));
  });

  it("prints both, and names a month that is not frozen", async () => {
    const {exitCode, out} = await compareSaid(report, ["2025-01", "2025-02", "--all"]);
    expect(exitCode).toBe(0);
    expect(out).toContain("Frozen: 2025-01, as of 2025-01-31, and 2025-02, as of 2025-02-28\n");
    expect(out).toContain("revenue_won 2025-01: €400 to €450\n");
    expect(out).toMatch(/records {3}opportunity: 4 then, 4 now\n +new {5}1: D5\n +gone {4}1: D2\n/);
    expect(await compareSaid(report, ["2025-01", "2024-07"])).toMatchObject({exitCode: 1, err: expect.stringContaining("There are 2025-01, 2025-02.")});
    expect(await compareSaid(report, ["2025-01"])).toMatchObject({exitCode: 1});
  });
});

describe("records of several rows", () => {
  const shop = `  - id: shop
    type: csv
    folder: exports
    tables:
      sales_order: {file: orders.csv, columns: {order_id: id, account_id: account, order_date: day, net_amount: amount}}
      order_line: {file: lines.csv, columns: {line_id: line, order_id: order, product_id: product, quantity: quantity, net_amount: amount}}
snapshots:`;
  const orders = ["O1,K2,2025-01-03,30", "O2,K3,2025-01-09,50", "O3,K2,2025-01-20,70"];
  const lines = ["L1,O1,P1,1,10", "L2,O1,P2,2,20", "L3,O2,P1,1,50", "L4,O3,P1,3,40", "L5,O3,P2,1,30"];

  it("are compared as one, and numbers that a customer more or a later day shifts are no change", async () => {
    const report = frozenReport();
    const freezeWith = async (asOf: string, kept: readonly string[], of: readonly string[]): Promise<void> => {
      report.write(january, asOf, (text) => text.replace("snapshots:", shop));
      writeFileSync(join(report.folder, "exports/orders.csv"), ["id,account,day,amount", ...kept, ""].join("\n"));
      writeFileSync(join(report.folder, "exports/lines.csv"), ["line,order,product,quantity,amount", ...of, ""].join("\n"));
      expect(await freeze(report)).toMatchObject({exitCode: 0, err: ""});
    };
    await freezeWith("2025-01-31", orders, lines);
    await freezeWith("2025-02-28", ["O4,K1,2025-02-02,15", ...orders.slice(1), "O1,K2,2025-01-03,35"], [...lines.slice(1).reverse(), "L1,O1,P1,1,15", "L6,O4,P1,1,15"]);
    const {records} = await compareMonths(report.store, ["2025-01", "2025-02"]);
    expect(records.find(({table}) => table === "sales_order")).toMatchObject({then: 3, now: 4, new: {records: 1, ids: ["O4"]}, gone: {records: 0}, changed: {records: 1, ids: ["O1"]}});
  }, 60_000);
});
