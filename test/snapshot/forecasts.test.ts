// Forecasts that are kept with a month, and what comes of them.

import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {beforeAll, describe, expect, it} from "vitest";
import {keptMonths} from "../../loaders/snapshot/archive.js";
import {forecastTable, offBy} from "../../src/components/snapshots/forecastTable.js";
import {blank, formatterOf, month} from "../components/world.js";
import {freeze, frozenReport, january, prove, snapshotOf, textOf, type Deal, type FrozenReport} from "./frozenReport.js";

/** Deals with the day on which they are expected, and their category. */
type Expected = readonly [id: string, stage: string, created: string, closed: string, amount: string, due: string, category: string];
const offers: readonly Expected[] = [
  ["O1", "Offer", "2025-01-08", "", "75", "2025-02-10", "Commit"], ["O2", "Offer", "2025-01-09", "", "40", "2025-02-20", "Best Case"], ["O3", "Offer", "2025-01-09", "", "500", "2025-03-10", "Commit"]
];
const columns = (text: string): string => text.replace("amount: amount", "amount: amount, expected_close_date: due, forecast_category: category");

function write(report: FrozenReport, deals: readonly Expected[], asOf: string): void {
  const closed = january.filter(([, stage]) => stage !== "Offer").map(([id, stage, created, end, amount]): Expected => [id, stage, created, end, amount, end, "Closed"]);
  report.write([...closed, ...deals].map(([id, stage, created, end, amount, due, category]): Deal => [id, stage, created, end, `${amount},${due},${category}`]), asOf, columns);
  const path = join(report.folder, "exports/deals.csv");
  writeFileSync(path, readFileSync(path, "utf8").replace("amount,merged\n", "amount,due,category,merged\n"));
}

describe("a frozen month", () => {
  const report = frozenReport();
  beforeAll(async () => {
    write(report, offers, "2025-01-31");
    expect(await freeze(report, ["--month", "2025-01"])).toMatchObject({exitCode: 0, err: ""});
  });
  const kept = (id: string) => JSON.parse(textOf(report, id, "forecasts.json")) as {readonly asOf: string; readonly period: string; readonly values: Record<string, number | null>};

  it("keeps what was forecast of the next, as its first day ended, in every way that has its data", () => {
    const {asOf, period, values} = kept("2025-01");
    expect([asOf, period]).toEqual(["2025-02-01", "2025-02"]);
    expect([values.forecast_commit, values.forecast_best_case, values.forecast_pipeline]).toEqual([75, 115, 115]);
    expect(Object.keys(values)).not.toContain("forecast_run_rate");
  });
  it("is proved with it", async () => {
    expect(Object.keys((await snapshotOf(report, "2025-01")).files)).toContain("forecasts.json");
    expect(await prove(report, ["--month", "2025-01"])).toMatchObject({exitCode: 0});
  }, 60_000);
  it("is held against what was won later by its first forecast, whatever a correction would say", async () => {
    write(report, [["O1", "Won", "2025-01-08", "2025-02-11", "75", "2025-02-11", "Closed"], ...offers.slice(1)], "2025-02-28");
    expect(await freeze(report, ["--month", "2025-01", "--correct", "O1 was won"])).toMatchObject({exitCode: 0});
    expect(await freeze(report, ["--month", "2025-02"])).toMatchObject({exitCode: 0});
    const {archive} = (await keptMonths(report.store))!;
    expect(archive.forecasts!.map(({id, period, statedOn, values}) => [id, period, statedOn, values.forecast_commit])).toEqual([["2025-01", "2025-02", "2025-02-01", 75], ["2025-02", "2025-03", "2025-03-01", 500]]);
  }, 60_000);
  it("keeps none where opportunities have no expected day", async () => {
    const plain = frozenReport();
    plain.write(january, "2025-01-31");
    await freeze(plain, ["--month", "2025-01"]);
    expect(Object.keys((await snapshotOf(plain, "2025-01")).files)).not.toContain("forecasts.json");
  });
});

describe("forecastTable(forecasts)", async () => {
  const format = await formatterOf("en");
  const options = {format, document: blank()};
  const stated = (period: string, commit: number | null, open: number) => ({id: period, statedOn: `${period}-01`, period, values: {forecast_commit: commit, forecast_pipeline: open}});
  const data = {
    forecasts: [stated("2026-08", 90, 150), stated("2026-09", null, 80), stated("2026-10", 120, 200), stated("2026-11", 50, 60)], ways: ["forecast_commit", "forecast_pipeline"],
    periodOf: (key: string) => month(Number(key.slice(0, 4)), Number(key.slice(5))), won: new Map([["2026-08", 100], ["2026-09", 100], ["2026-10", 100]]), begun: true
  };
  it("tells the way that came nearest over most months, and how far off it was of what was won", () =>
    // |150 − 100| + |80 − 100| + |200 − 100| of 300; the commit has two months.
    expect(forecastTable(data, options).querySelector("p")!.textContent).toBe("Forecast, whole pipeline came nearest: off by 57% of what was won in 3 months."));
  it("has the newest month first, and no miss of one that is not over", () => {
    const rows = [...forecastTable(data, options).querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent!.replace(/\s+/g, " ").trim()));
    expect(rows[0]!.slice(0, 2)).toEqual(["November 2026", "1 November 2026"]);
    expect([rows[0]!.at(-1), rows[1]!.at(-1), rows[3]!.at(4)]).toEqual(["–", "100%", "−10.0%"]);
  });
  it("is a score only of something won", () => expect([offBy(50, 100), offBy(50, 0), offBy(null, 100), offBy(50, null)]).toEqual([-0.5, null, null, null]));
  it("says that no month is over yet, or that there is nothing to forecast with", () => {
    expect(forecastTable({...data, won: new Map()}, options).querySelector("p")!.textContent).toBe("No month that a frozen one has forecast is over yet.");
    expect(forecastTable({...data, forecasts: []}, options).textContent).toContain("No frozen month has forecast the next");
    expect(forecastTable({...data, forecasts: [], begun: false}, options).textContent).toContain("is over yet");
  });
});
