// A year of monthly runs over what a company knew at each month's end: what the ledger says of every change, and that the
// store alone remembers it.

import {readFileSync} from "node:fs";
import {join} from "node:path";
import {beforeAll, describe, expect, it} from "vitest";
import type {Cause, Ledger} from "../../loaders/snapshot/ledger.js";
import type {Published} from "../../loaders/snapshot/values.js";
import type {FreezeEffects} from "../../loaders/snapshot/freeze.js";
import {opportunitiesLost, opportunitiesWon} from "../../src/metrics/opportunities.js";
import {catalogueOf} from "../../src/query/catalogue.js";
import {freeze, frozenReport, january, type Deal, type FrozenReport} from "./frozenReport.js";

const months = Array.from({length: 12}, (_, k) => `2025-${String(k + 1).padStart(2, "0")}`);
const lastDay = (month: string): string => new Date(Date.UTC(2025, Number(month.slice(5)), 0)).toISOString().slice(0, 10);

/** In June the count of won deals is declared anew: as that of the lost ones. */
const redefined: Partial<FreezeEffects> = {catalogue: (manifest) => catalogueOf(manifest).map((metric) => (metric.id === "opportunities_won" ? {...opportunitiesLost, ...pick(opportunitiesWon), version: 2} : metric))};
const pick = ({id, direction}: typeof opportunitiesWon) => ({id, direction});

/** What is known at the end of each month; every change is told here once. */
function knownAt(month: string): readonly Deal[] {
  const after = (first: string): boolean => month >= first;
  const deals = january.flatMap((deal): Deal[] => {
    const [id, , created, closed, amount] = deal;
    // March: a win of January is taken back. April: a lost deal is gone. May: an amount is mended.
    if (id === "D1" && after("2025-03")) return [[id, "Offer", created, "", amount]];
    if (id === "D2" && after("2025-04")) return [];
    if (id === "D3" && after("2025-05")) return [[id, "Won", created, closed, "250"]];
    return [deal];
  });
  // February: a win of January is entered late.
  if (after("2025-02")) deals.push(["D5", "Won", "2025-01-07", "2025-01-30", "60"]);
  // Each month brings a win of its own.
  for (const one of months.filter((own) => own <= month && own > "2025-01")) deals.push([`W${one}`, "Won", `${one}-01`, `${one}-15`, "10"]);
  return deals;
}

const build = (month: string): Partial<FreezeEffects> => (month >= "2025-06" ? redefined : {});

async function run(report: FrozenReport, month: string): Promise<void> {
  report.write(knownAt(month), lastDay(month));
  expect(await freeze(report, ["--month", month], {now: `${lastDay(month)}T23:00:00Z`, build: build(month)})).toMatchObject({exitCode: 0, err: ""});
}

const read = <Document>({store}: FrozenReport, ...path: string[]): Document => JSON.parse(readFileSync(join(store, ...path), "utf8")) as Document;
const linesOf = (report: FrozenReport, month: string) => read<Ledger>(report, month, "ledger.json").lines;

describe("a year of monthly runs", () => {
  const report = frozenReport();
  beforeAll(async () => {
    for (const month of months) await run(report, month);
  }, 120_000);

  /** The lines of what was won and lost in January, with their causes. */
  const january2025 = (month: string) => linesOf(report, month)
    .filter(({metric, period}) => ["revenue_won", "opportunities_won", "opportunities_lost"].includes(metric) && period === "2025-01")
    .map(({metric, old, new: now, causes}) => [metric, old, now, causes.map(({cause, records, ids = []}) => [cause, records, ...ids])]);

  it("tells a win that was entered late", () => expect(january2025("2025-02")).toEqual([
    ["opportunities_won", 2, 3, [["late", 1, "D5"]]], ["revenue_won", 400, 460, [["late", 1, "D5"]]]
  ]));
  it("tells a win that was reopened", () => expect(january2025("2025-03")).toEqual([
    ["opportunities_won", 3, 2, [["reopened", 1, "D1"]]], ["revenue_won", 460, 360, [["reopened", 1, "D1"]]]
  ]));
  it("tells a record that is gone", () => expect(january2025("2025-04")).toEqual([["opportunities_lost", 1, 0, [["deleted", 1, "D2"]]]]));
  it("tells an amount that was mended", () => expect(january2025("2025-05")).toEqual([["revenue_won", 360, 310, [["amount", 1, "D3"]]]]));
  it("tells a definition that was changed, and nothing of what only uses other numbers", () => {
    expect(january2025("2025-06")).toEqual([["opportunities_won", 2, 0, [["definition", 0]]]]);
    expect(linesOf(report, "2025-06").find(({metric, period}) => metric === "opportunities_won" && period === "2025-01")!.causes).toEqual([{cause: "definition", records: 0, detail: "1 to 2"}]);
  });
  it("tells nothing of January where nothing of it changed", () => expect(months.slice(6).flatMap(january2025)).toEqual([]));

  it("has a line for every published number that is another one a month later, each with a cause, and no other line", () => {
    for (const [k, month] of months.entries()) {
      if (k === 0) continue;
      const [then, now] = [months[k - 1]!, month].map((one) => read<Published>(report, one, "values.json").values);
      const changed = Object.entries(then!).flatMap(([metric, periods]) => Object.entries(periods).flatMap(([period, [old]]) => {
        const cell = now![metric]?.[period];
        return cell === undefined || cell[0] === old || (cell[0] !== null && old !== null && Math.abs(cell[0] - old) <= 1e-9 * Math.max(Math.abs(cell[0]), Math.abs(old))) ? [] : [[metric, period, old, cell[0]]];
      }));
      const lines = linesOf(report, month);
      expect(lines.map(({metric, period, old, new: present}) => [metric, period, old, present]), month).toEqual(changed);
      expect(lines.filter(({causes}) => causes.length === 0), month).toEqual([]);
    }
    const usual: readonly Cause[] = ["late", "reopened", "deleted", "amount", "definition", "matured", "changed", "other", "code"];
    expect(new Set(months.slice(1).flatMap((month) => linesOf(report, month).flatMap(({causes}) => causes.map(({cause}) => cause))).filter((cause) => !usual.includes(cause)))).toEqual(new Set());
  });

  it("is the same from twelve empty folders with only the store", async () => {
    const {store} = frozenReport();
    for (const month of months) await run(frozenReport(store), month);
    for (const month of months) for (const name of ["ledger.json", "values.json"]) expect(readFileSync(join(store, month, name), "utf8"), `${month}/${name}`).toBe(readFileSync(join(report.store, month, name), "utf8"));
  }, 120_000);
});
