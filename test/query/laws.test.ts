import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {readModels} from "../../loaders/build/martModel.js";
import type {Metric, MovementPart} from "../../src/metrics/define.js";
import {metrics} from "../../src/metrics/index.js";
import {ask} from "../../src/query/ask.js";
import {leavesOf} from "../../src/query/catalogue.js";
import type {Filter, Question} from "../../src/query/question.js";
import {movedCounts, movedValues} from "./kinds.js";
import {openWorld, type QueryWorld} from "./world.js";

let world: QueryWorld;
let shuffled: QueryWorld;
/** Ids by what may be expected of them. */
let ids: string[];
let additive: string[];
let rates: string[];
let filterable: string[];
beforeAll(async () => {
  [world, shuffled] = await Promise.all([openWorld(500), openWorld(500)]);
  const those = (is: (metric: Metric) => boolean) => world.catalogue.filter(is).map(({id}) => id);
  ids = those(() => true);
  additive = those((metric) => (metric.type === "simple" || metric.type === "balance") && metric.additivity !== "none");
  rates = those(({type, unit}) => unit === "percent" && (type === "ratio" || type === "conversion" || type === "share"));
  filterable = those(({type}) => type !== "share");
  for (const {name} of shuffled.manifest.marts) {
    await shuffled.exec(`create table other as select * from ${name} order by hash(rowid * 7 + 3)`);
    await shuffled.exec(`drop table ${name}; alter table other rename to ${name}`);
  }
});
afterAll(() => {
  world.close();
  shuffled.close();
});

const period = fc.constantFrom("2023", "2024-Q2", "2024-11", "2025-02", "current:month", "2025-W07", "2024-12-15..2025-01-20", "all", "2025-03-20");
const dimension = fc.constantFrom("region", "team", "owner", "source", "product", "segment");
const filters: fc.Arbitrary<Filter[]> = fc.array(fc.constantFrom<Filter>(
  {dimension: "region", values: ["North", null]}, {dimension: "team", values: ["Red", "Blue"]}, {dimension: "source", values: ["web"]}, {dimension: "product", values: ["Compass"]}
), {maxLength: 2});
const runs = {numRuns: 25};
const value = async (question: Question) => (await ask(question, world)).rows;

describe("laws of the numbers", () => {
  it("counts and sums over all members add up to the total", () =>
    fc.assert(fc.asyncProperty(period, dimension, filters, async (key, by, picked) => {
      const {rows, notApplied} = await ask({metrics: additive, period: key, by: [by], filters: picked}, world);
      for (const metric of additive.filter((id) => !notApplied.some((one) => one.metric === id && one.dimension === by))) {
        const own = rows.filter((row) => row.metric === metric);
        const sum = own.filter(({total}) => !total).reduce((all, row) => all + (row.value ?? 0), 0);
        expect(sum, metric).toBeCloseTo(own.find(({total}) => total)!.value ?? 0, 4);
      }
    }), runs));

  it("filters that part the records between them add up to no filter", () =>
    fc.assert(fc.asyncProperty(period, dimension, async (key, by) => {
      const members = world.manifest.dimensions.find(({id}) => id === by)!.members;
      const answers = await Promise.all([members.slice(0, 1), members.slice(1)].map((values) => ask({metrics: additive, period: key, filters: [{dimension: by, values}]}, world)));
      const whole = await value({metrics: additive, period: key});
      for (const {metric, value: all} of whole) {
        if (answers[0]!.notApplied.some((one) => one.metric === metric)) continue;
        const parts = answers.map(({rows}) => rows.find((row) => row.metric === metric)!.value ?? 0);
        expect(parts[0]! + parts[1]!, metric).toBeCloseTo(all ?? 0, 4);
      }
    }), runs));

  it("a breakdown's member is what filtering to that member gives", () =>
    fc.assert(fc.asyncProperty(period, fc.constantFrom("region", "team"), fc.nat(20), async (key, by, pick) => {
      const members = world.manifest.dimensions.find(({id}) => id === by)!.members;
      const member = members[pick % members.length]!;
      const broken = await ask({metrics: filterable, period: key, by: [by]}, world);
      const filtered = await value({metrics: filterable, period: key, filters: [{dimension: by, values: [member]}]});
      for (const row of filtered) {
        if (broken.notApplied.some(({metric}) => metric === row.metric)) continue;
        const same = broken.rows.find(({metric, total, members: own}) => metric === row.metric && !total && own[0] === member);
        if (same) expect({...same, members: [], total: true, target: null}).toEqual({...row, target: null});
      }
    }), runs));

  it("the order of rows leaves no trace in any number", () =>
    fc.assert(fc.asyncProperty(period, dimension, filters, async (key, by, picked) => {
      const question: Question = {metrics: [...ids, "custom_score_sum", "custom_score_average"], period: key, by: [by], filters: picked, trend: {grain: "quarter", count: 3}};
      expect((await ask(question, shuffled)).rows).toEqual((await ask(question, world)).rows);
    }), {numRuns: 8}));

  it("rates lie between 0 and 1, inside their interval, over the denominator they show", () =>
    fc.assert(fc.asyncProperty(period, dimension, filters, async (key, by, picked) => {
      for (const row of await value({metrics: rates, period: key, by: [by], filters: picked})) {
        if (row.value === null) { expect(row.reason).toBeDefined(); continue; }
        expect(row.value).toBeGreaterThanOrEqual(0);
        expect(row.value).toBeLessThanOrEqual(1);
        expect(row.value).toBeCloseTo(row.numerator! / row.denominator!, 12);
        if (row.interval) expect(row.interval[0] <= row.value && row.value <= row.interval[1]).toBe(true);
      }
    }), runs));

  it("flows over the months of a quarter add up to the quarter; stocks are those of its last month", () =>
    fc.assert(fc.asyncProperty(fc.constantFrom(["2024-Q1", "2024-03"], ["2024-Q4", "2024-12"], ["2023-Q3", "2023-09"]), async ([quarter, last]) => {
      for (const metric of world.catalogue.filter((one) => additive.includes(one.id))) {
        const whole = (await value({metrics: [metric.id], period: quarter!}))[0]!.value ?? 0;
        const months = (await value({metrics: [metric.id], period: last!, trend: {grain: "month", count: 3}})).filter(({role}) => role === "trend");
        expect(metric.type === "balance" ? months.at(-1)!.value ?? 0 : months.reduce((sum, row) => sum + (row.value ?? 0), 0), metric.id).toBeCloseTo(whole, 4);
      }
    }), {numRuns: 3}));

  it("a trend, a comparison and a question of its own give the same number for the same days", () =>
    fc.assert(fc.asyncProperty(filters, async (picked) => {
      const {rows} = await ask({metrics: ids, period: "2025-02", compare: ["previous", "last_year"], trend: {grain: "month", count: 13}, filters: picked}, world);
      for (const role of ["previous", "last_year"] as const)
        for (const row of rows.filter((one) => one.role === role)) {
          const alone = (await value({metrics: [row.metric], period: row.period.key, filters: picked}))[0]!;
          const trend = rows.find((one) => one.role === "trend" && one.metric === row.metric && one.period.key === row.period.key)!;
          expect({...row, role: "current"}).toEqual(alone);
          expect({...trend, role: "current"}).toEqual(alone);
        }
    }), {numRuns: 2}));

  it("a longer window never lowers conversion", async () => {
    const converted = await Promise.all([5, 30, 90].map(async (days) =>
      (await ask({metrics: ["lead_conversion_rate"], period: "2023"}, {...world, manifest: {...world.manifest, windows: {lead_conversion_rate: days}}})).rows[0]!.numerator!));
    expect(converted).toEqual([...converted].sort((a, b) => a - b));
  });

  it("movements tie to the cent: end = start + new + reactivation + expansion − contraction − churn, in total and for every member", () =>
    fc.assert(fc.asyncProperty(period, fc.constantFrom([], ["region"], ["segment"]), filters, async (key, by, picked) => {
      for (const metrics of [movedValues, movedCounts]) {
        const rows = await value({metrics: metrics.map(({id}) => id), period: key, by, filters: picked.filter(({dimension: one}) => one === "region")});
        for (const place of rows.filter(({metric}) => metric === metrics[0]!.id)) {
          const cents = Object.fromEntries(metrics.map(({id, part}) => [part, Math.round(rows.find((row) => row.metric === id && row.total === place.total && row.members[0] === place.members[0])!.value! * 100)])) as Record<MovementPart, number>;
          const grown = metrics === movedValues ? cents.expansion - cents.contraction : 0;
          expect(cents.end, key).toBe(cents.start + cents.new + cents.reactivation + grown - cents.churn);
          expect(cents.kept, key).toBeLessThanOrEqual(cents.start);
          expect(cents.kept_all - cents.kept, key).toBe(metrics === movedValues ? cents.expansion : 0);
        }
      }
    }), {numRuns: 12}));

  it("shares of one question add up to 1, each on its own records", () =>
    fc.assert(fc.asyncProperty(period, dimension, filters, async (key, by, picked) => {
      const rows = await value({metrics: ["kind_share"], period: key, by: [by], filters: picked});
      const [total, ...members] = rows;
      if (total!.value === null) return;
      expect(total!.value).toBe(1);
      expect(members.reduce((sum, row) => sum + row.value!, 0)).toBeCloseTo(1, 9);
      expect(members.reduce((sum, row) => sum + row.n, 0)).toBe(total!.n);
    }), runs));

  it("a shifted number is that of the earlier period, a trailing one that of the window's own days", async () => {
    const one = async (metric: string, key: string) => (await value({metrics: [metric], period: key}))[0]!.value;
    expect(await one("kind_created_before", "2024-11")).toBe(await one("kind_created", "2024-10"));
    expect(await one("kind_created_before", "current:month")).toBe(await one("kind_created", "2025-02-01..2025-02-20"));
    expect(await one("kind_created_year", "2024-Q2")).toBe(await one("kind_created", "2023-Q2"));
    expect(await one("kind_value_lagged", "2024-11")).toBe(await one("kind_value", "2024-10-02..2024-10-31"));
    expect(await one("kind_nrr_year", "2024-11")).toBe(await one("kind_nrr", "2023-12-01..2024-11-30"));
    expect(await one("kind_value_quarter", "2024-11")).toBe(await one("kind_mean_value", "2024-09-02..2024-11-30"));
  });

  it("a number that goes back behind the data is incomplete, and none where there is nothing earlier", async () => {
    const reason = async (metric: string, key: string) => (await value({metrics: [metric], period: key}))[0]!.reason;
    expect(await reason("kind_created_before", "2023-01")).toBe("incomplete");
    expect(await reason("kind_created_year", "2023-Q2")).toBe("incomplete");
    expect(await reason("kind_nrr_year", "2023-10")).toBe("incomplete");
    expect(await reason("kind_created_before", "all")).toBe("incomplete");
  });

  it("a number of the calendar is told up to as-of and makes no group small", async () => {
    const [part] = await value({metrics: ["kind_per_day"], period: "current:month"});
    expect(part).toMatchObject({denominator: 14, numerator: part!.n});
    expect(part!.value).toBe(part!.numerator! / 14);
    const rows = (await ask({metrics: ["kind_per_day", "kind_share"], period: "2024-11", by: ["region"]}, {...world, manifest: {...world.manifest, minGroup: 1000}})).rows;
    expect(rows.filter(({total}) => !total).every(({value: shown, reason}) => shown === null && reason === "suppressed")).toBe(true);
  });

  it("every metric says what it needs of the canonical model or of the settings, in existing columns", async () => {
    const {canonicalTables} = await import("../../loaders/canonical/schema.js");
    const marts = (await readModels()).map(({name}) => name);
    const columns = new Set(Object.entries(canonicalTables).flatMap(([table, {columns: own}]) => Object.keys(own).map((name) => `${table}.${name}`)));
    // The one number that is assumed, not exported.
    columns.add("assumption.crm_gain");
    for (const metric of metrics) {
      expect(metric.needs.length, metric.id).toBeGreaterThan(0);
      for (const need of metric.needs.flatMap((one) => one.split("|"))) expect(columns.has(need), `${metric.id}: ${need}`).toBe(true);
      for (const leaf of leavesOf(metric)) expect(marts).toContain(leaf.mart);
    }
  });
});
