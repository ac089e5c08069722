import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {balance, simple} from "../../src/metrics/define.js";
import {metrics} from "../../src/metrics/index.js";
import {openPipeline} from "../../src/metrics/pipeline.js";
import {compileContext} from "../../src/query/ask.js";
import {leavesOf} from "../../src/query/catalogue.js";
import {compile, type Batch} from "../../src/query/compile.js";
import {ruleOf} from "../../src/query/plan.js";
import {openWorld, type QueryWorld} from "./world.js";

let world: QueryWorld;
beforeAll(async () => { world = await openWorld(400); });
afterAll(() => world.close());

const months = [{start: "2024-11-01", end: "2024-12-01"}, {start: "2024-12-01", end: "2025-01-01"}, {start: "2025-01-01", end: "2025-02-01"}];
const overlapping = [...months, {start: "2024-12-15", end: "2025-02-01"}, {start: "2023-01-01", end: "2025-03-21"}];
const batchOf = (leaf: Batch["leaves"][number], change: Partial<Batch> = {}): Batch =>
  ({mart: leaf.mart, rule: ruleOf(leaf), filters: [], by: [], periods: months, undated: false, leaves: [leaf], ...change});
const leaves = () => [...new Set(world.catalogue.flatMap(leavesOf))];
const carries = (leaf: Batch["leaves"][number], dimension: string) => world.manifest.dimensions.some(({id, marts}) => id === dimension && marts.includes(leaf.mart));

describe("compile", () => {
  it("binds in a real engine for every metric, number of periods, breakdown and filter", async () => {
    const context = compileContext(world.manifest);
    let count = 0;
    for (const leaf of leaves())
      for (const periods of [months.slice(0, 1), months, overlapping])
        for (const by of [[], ["region"], ["region", "owner"]].filter((dimensions) => dimensions.every((dimension) => carries(leaf, dimension))))
          for (const filters of [[], [{dimension: "region", values: ["North", null]}], [{dimension: "region", values: ["North"]}, {dimension: "team", values: ["Red"]}]].filter((picked) => picked.every(({dimension}) => carries(leaf, dimension))))
            for (const undated of ruleOf(leaf).kind === "event" ? [false, true] : [false]) {
              const {sql, params} = compile(batchOf(leaf, {periods, by, filters, undated}), context);
              expect([...sql.matchAll(/\?/g)]).toHaveLength(params.length);
              await world.run({sql, params});
              count++;
            }
    expect(count).toBeGreaterThan(600);
  });

  it("puts no value of a reader into the text", () => {
    const hostile = `x' or '1'='1"; drop table fct_lead; --`;
    const {sql, params} = compile(batchOf(openPipeline, {filters: [{dimension: "owner", values: [hostile]}]}), compileContext(world.manifest));
    expect(sql).not.toContain("drop table");
    expect(params).toContain(hostile);
  });

  it.each(["Amount", "amount; drop table x", "a b", "", 'a"b', "1a", "é"])("refuses %j as a column", (column) => {
    const metric = simple({...(metrics.find(({id}) => id === "revenue_won") as never as Parameters<typeof simple>[0]), aggregate: {fn: "sum", column}});
    expect(() => compile(batchOf(metric), compileContext(world.manifest))).toThrow("not a column or table name");
    expect(() => compile(batchOf(openPipeline, {by: [column]}), compileContext(world.manifest))).toThrow("not a column or table name");
    expect(() => compile(batchOf(openPipeline, {filters: [{dimension: column, values: ["x"]}]}), compileContext(world.manifest))).toThrow("not a column or table name");
  });

  it("reads no clock and no zone", () => {
    for (const leaf of leaves()) expect(compile(batchOf(leaf), compileContext(world.manifest)).sql).not.toMatch(/now\(|current_|today|timezone|at time zone/i);
  });
});

describe("ways to the same numbers", () => {
  const sorted = (rows: readonly Readonly<Record<string, unknown>>[]) =>
    rows.map((row) => JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))).sort();
  const answer = async (batch: Batch) => world.run(compile(batch, compileContext(world.manifest)).sql ? {...compile(batch, compileContext(world.manifest))} : {sql: "", params: []});

  it("overlapping periods give what each alone gives, and so do stocks on many days", async () => {
    for (const leaf of leaves())
      for (const by of [[], ["region"], ["source", "product"]].filter((dimensions) => dimensions.every((dimension) => leaf.dimensions.includes(dimension)))) {
        const together = await answer(batchOf(leaf, {periods: overlapping, by}));
        const alone = await Promise.all(overlapping.map(async (period, k) =>
          (await answer(batchOf(leaf, {periods: [period], by}))).map((row) => ({...row, period: k}))));
        expect(sorted(together), leaf.id).toEqual(sorted(alone.flat()));
      }
  });

  it("a stock that does not add up is taken on each census day", async () => {
    const median = balance({...openPipeline, id: "median_open", aggregate: {fn: "median", column: "amount"}});
    const together = await answer(batchOf(median, {by: ["region"]}));
    const [first] = await answer(batchOf(median, {periods: months.slice(0, 1)}));
    expect(together.find(({period, total}) => period === 0 && Number(total) === 1)!.c0_value).toBe(first!.c0_value);
  });
});
