// Two frozen months side by side, KPI by KPI and record by record.

import {beforeAll, describe, expect, it} from "vitest";
import {compareMonths, type ComparedMonths} from "../../loaders/snapshot/compareMonths.js";
import {compareSaid, freeze, frozenReport, january, type Deal, type FrozenReport} from "./frozenReport.js";

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
