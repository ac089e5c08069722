import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ask} from "../../src/query/ask.js";
import {parsePeriod} from "../../src/query/calendar.js";
import type {Filter} from "../../src/query/question.js";
import {askRecords, readRecords, recordParts} from "../../src/query/records.js";
import {recomputed, rolesOf} from "./recomputed.js";
import {openWorld, type QueryWorld} from "./world.js";

let world: QueryWorld;
beforeAll(async () => { world = await openWorld(400); });
afterAll(() => world.close());

const period = fc.constantFrom("2024-Q2", "2025-02", "current:month", "all", "2024-12-15..2025-01-20");
const filters: fc.Arbitrary<Filter[]> = fc.constantFrom<Filter[]>([], [{dimension: "region", values: ["North", null]}], [{dimension: "segment", values: ["small"]}]);
const member: fc.Arbitrary<Filter[]> = fc.constantFrom<Filter[]>([], [{dimension: "region", values: ["North"]}], [{dimension: "region", values: [null]}]);
const close = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

describe("the records behind a number", () => {
  it("make the number again, of every kind of metric, in any period, under filters and for members", async () => {
    const valued = new Set<string>();
    await fc.assert(fc.asyncProperty(period, filters, member, async (key, picked, of) => {
      for (const metric of world.catalogue) {
        const question = {metric: metric.id, period: key, filters: picked, member: of};
        const parts = ((): ReturnType<typeof recordParts> | null => { try { return recordParts(question, world); } catch { return null; } })();
        if (parts === null) continue;
        const rows = await Promise.all(parts.map(({rows}) => world.run(rows)));
        const {row, parts: counts} = await askRecords(question, world);
        if (row.reason === "incomplete" || row.reason === "no_rows" && row.n === 0 && row.value === null) continue;
        const again = recomputed(metric, parsePeriod(key, world.manifest), world.manifest, rolesOf(parts, rows));
        const where = `${metric.id} ${JSON.stringify(question)}: ${row.value} ${row.reason ?? ""}, by its records ${again.value}`;
        if (row.value === null || again.value === null) expect(again.value, where).toBe(row.value);
        else expect(close(row.value, again.value), where).toBe(true);
        if (row.value !== null) valued.add(metric.id);
        expect(counts.map(({counted}) => counted), where).toEqual(rows.map((list) => list.filter(({record_counted}) => record_counted === true).length));
        if (metric.type === "simple" && metric.aggregate.fn !== "count_distinct" && metric.aggregate.fn !== "count_active" && metric.aggregate.fn !== "rank_correlation" && !("weight" in metric.aggregate)) expect(counts[0]!.counted, where).toBe(row.n);
        if (metric.type === "balance" || metric.type === "movement") expect(counts[0]!.counted, where).toBe(row.n);
        if (row.inProgress !== undefined && metric.type === "conversion") expect(counts[1]!.leftOut.in_progress ?? 0, where).toBe(row.inProgress);
        if (row.censored !== undefined && !("weight" in metric)) expect(counts[0]!.noted.censored ?? 0, where).toBe(row.censored);
      }
    }), {numRuns: 6, examples: [["2024-Q2", [], []]]});
    expect(world.catalogue.flatMap(({id}) => (valued.has(id) ? [] : [id]))).toEqual([]);
  }, 60_000);

  it("are left out with the reason: no value, a window that runs, no date", async () => {
    const left = async (metric: string, key: string) => (await askRecords({metric, period: key}, world)).parts.map(({leftOut}) => leftOut);
    const [value] = await left("revenue_won", "2024");
    const {rows: [revenue]} = await ask({metrics: ["revenue_won"], period: "2024"}, world);
    const {counted} = (await askRecords({metric: "revenue_won", period: "2024"}, world)).parts[0]!;
    expect(counted / (counted + value!.no_value!)).toBeCloseTo(revenue!.coverage!, 12);
    expect((await left("lead_conversion_rate", "current:month"))[1]).toEqual({in_progress: expect.any(Number)});
    expect((await left("new_leads", "all"))[0]).toEqual({undated: expect.any(Number)});
    expect((await left("kind_busy", "2025-02"))[0]).toEqual({too_few: expect.any(Number)});
  });

  it("of a stock without a start count on the last day, and are told", async () => {
    const [open] = (await askRecords({metric: "open_pipeline", period: "current:month"}, world)).parts;
    expect(open!.noted.undated).toBeGreaterThan(0);
  });

  it("name their place: sides of a ratio, inputs of a formula, own and whole of a share", () => {
    const roles = (metric: string, of: Filter[] = []) => recordParts({metric, period: "2025-02", member: of}, world).map(({roles, metric, days}) => [roles.join(" + "), metric, days.start, days.end]);
    expect(roles("win_rate")).toEqual([["numerator", "opportunities_won", "2025-02-01", "2025-03-01"], ["denominator", "opportunities_closed", "2025-02-01", "2025-03-01"]]);
    expect(roles("kind_share", [{dimension: "region", values: ["North"]}]).map(([role]) => role)).toEqual(["numerator", "denominator"]);
    expect(roles("kind_created_before")).toEqual([["", "kind_created", "2025-01-01", "2025-02-01"]]);
    expect(roles("kind_nrr_year")[0]).toEqual(["numerator", "kind_kept_all_value", "2024-03-01", "2025-03-01"]);
  });

  it("are one table with what each counts for, in the same order every time", async () => {
    const parts = recordParts({metric: "win_rate", period: "2025-02", member: [{dimension: "team", values: ["Red"]}]}, world);
    const table = await readRecords(parts, world.run);
    expect(table.header.slice(0, 8)).toEqual(["part", "kpi", "first_day", "last_day", "is_counted", "note", "brings", "k"]);
    const {row} = await askRecords({metric: "win_rate", period: "2025-02", member: [{dimension: "team", values: ["Red"]}]}, world);
    expect(table.lines.filter(([part]) => part === "numerator").length).toBe(row.numerator);
    expect(table.lines.filter(([part]) => part === "denominator").length).toBe(row.denominator);
    expect(await readRecords(parts, world.run)).toEqual(table);
  });

  it("of a number that is kept back are kept back with it", async () => {
    const manifest = {...world.manifest, minGroup: 1000};
    const {row, parts} = await askRecords({metric: "opportunities_won", period: "2025-02", member: [{dimension: "team", values: ["Red"]}]}, {...world, manifest});
    expect([row.reason, parts]).toEqual(["suppressed", []]);
  });

  it("of an unknown metric, member or breakdown are an error with the nearest word", () => {
    expect(() => recordParts({metric: "win_rat", period: "all"}, world)).toThrow(/did you mean "win_rate"/);
    expect(() => recordParts({metric: "win_rate", period: "all", member: [{dimension: "region", values: ["Nort"]}]}, world)).toThrow(/"North"/);
    expect(() => recordParts({metric: "win_rate", period: "all", member: [{dimension: "stage", values: ["Proposal"]}]}, world)).toThrow(/not broken down by stage/);
  });
});
