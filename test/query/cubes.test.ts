import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {allCubes, payingCubes, writeCubes} from "../../loaders/cubes.js";
import {ask, askMany} from "../../src/query/ask.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Question, Statement} from "../../src/query/question.js";
import {closeCubedWorld, openCubedWorld, type CubedWorld} from "./cubedWorld.js";

let world: CubedWorld;
let cubed: Manifest;
beforeAll(async () => {
  world = await openCubedWorld(1200);
  ({cubed} = world);
});
afterAll(() => closeCubedWorld(world));

const ids = () => world.catalogue.map(({id}) => id);
const asked = async (question: Question, manifest = cubed) => {
  const statements: Statement[] = [];
  const {rows} = await ask(question, {manifest, catalogue: world.catalogue, run: (statement) => { statements.push(statement); return world.run(statement); }});
  return {rows, marts: [...new Set(statements.flatMap(({sql}) => sql.match(/\b(fct|cube)_\w+/g) ?? []))].filter((name) => name !== "fct_target").sort()};
};

const periods = ["2025-02", "2024-Q4", "2024", "current:month", "current:quarter", "current:fiscal_year", "2023-01", "all", "2024-03..2024-08"];
const breakdowns = [[], ["region"], ["team"], ["source"], ["product"], ["segment"], ["stage"], ["region", "source"], ["segment", "team"]];
const filters: Record<string, Question["filters"]> = {
  none: [],
  region: [{dimension: "region", values: ["North", null]}],
  "team and product": [{dimension: "team", values: ["Red"]}, {dimension: "product", values: ["Compass"]}]
};

const scratch: string[] = [];
afterAll(() => Promise.all(scratch.map((folder) => rm(folder, {recursive: true}))));

async function copyOfMarts(order = ""): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-cubes-"));
  scratch.push(folder);
  for (const {name} of world.manifest.marts) await world.exec(`copy (from ${name} as one ${order}) to '${join(folder, name)}.parquet'`);
  return folder;
}

const both = async (questions: readonly Question[]) => {
  const [cube, detail] = await Promise.all([cubed, world.manifest].map((manifest) => askMany(questions, {manifest, run: world.run, catalogue: world.catalogue})));
  return {cube, detail};
};

describe("a cube gives what the records give", () => {
  for (const [name, picked] of Object.entries(filters))
    it.each(breakdowns.filter((by) => name === "none" || by.length !== 1 || by[0] === "source").map((by) => by.join()))(`for every metric in all periods together, filter: ${name}, by: %s`, async (by) => {
      const {cube, detail} = await both(periods.map((period) =>
        ({metrics: ids(), period, by: by.split(",").filter(Boolean), filters: picked!, compare: ["previous", "last_year"]})));
      expect(cube).toEqual(detail);
    });

  it.each(periods)("for every metric in %s alone", async (period) => {
    for (const by of [[], ["region"]]) {
      const {cube, detail} = await both([{metrics: ids(), period, by, filters: filters.region!}]);
      expect(cube).toEqual(detail);
    }
  });

  it.each(["month", "quarter", "year", "fiscal_quarter"] as const)("for trends by %s", async (grain) => {
    for (const by of [[], ["region"], ["source"]]) {
      const question: Question = {metrics: ids(), period: "current:month", by, filters: filters.region!, trend: {grain, count: 13}, compare: ["previous"]};
      expect((await asked(question)).rows, by.join()).toEqual((await asked(question, world.manifest)).rows);
    }
  });

  it.each([[null], [30]])("with a window of conversion of %s days", async (window) => {
    const detail = {...world.manifest, windows: {lead_conversion_rate: window}};
    const again = await copyOfMarts();
    const cubes = (await writeCubes(world, detail, again, allCubes, world.catalogue)).filter(({name}) => name === "cube_lead_created");
    const run = ({sql, params}: Statement) => world.run({sql: sql.replaceAll('"cube_lead_created"', `read_parquet('${join(again, "cube_lead_created.parquet")}')`), params});
    const question: Question = {metrics: ["lead_conversion_rate"], period: "2024", by: ["region"], trend: {grain: "month", count: 13}};
    expect(await ask(question, {manifest: {...detail, cubes}, run, catalogue: world.catalogue})).toEqual(await ask(question, {manifest: detail, run: world.run, catalogue: world.catalogue}));
    expect(await ask(question, {manifest: detail, run: world.run, catalogue: world.catalogue})).not.toEqual(await ask(question, world));
  });
});

describe("what is read", () => {
  const all = ["revenue_won", "win_rate", "median_deal_size", "open_pipeline", "new_leads", "opportunities_created", "sales_cycle_days"];

  it("is cubes alone for the filters of a page", async () => {
    const {marts} = await asked({metrics: all, period: "current:month", by: ["team"], filters: filters.region!, compare: ["previous", "last_year"], trend: {grain: "month", count: 13}});
    expect(marts).toEqual(["cube_lead_created", "cube_opportunity_closed", "cube_opportunity_closed_by_amount", "cube_opportunity_closed_by_cycle_days", "cube_opportunity_created", "cube_opportunity_span_census"]);
  });

  it.each<[string, Question, readonly string[]]>([
    ["by owner", {metrics: ["revenue_won"], period: "2025-02", by: ["owner"]}, ["fct_opportunity"]],
    ["for an owner", {metrics: ["revenue_won"], period: "2025-02", filters: [{dimension: "owner", values: ["Owner 00"]}]}, ["fct_opportunity"]],
    ["by a custom dimension", {metrics: ["open_pipeline"], period: "2025-02", by: ["custom_partner"]}, ["fct_opportunity_span"]],
    ["in a week", {metrics: ["revenue_won", "open_pipeline"], period: "2025-W07"}, ["fct_opportunity", "fct_opportunity_span"]],
    ["in days", {metrics: ["revenue_won"], period: "2025-02-03..2025-03-05"}, ["fct_opportunity"]],
    ["of active owners", {metrics: ["active_owners"], period: "2025-02"}, ["fct_owner_day"]]
  ])("is the records %s", async (_, question, expected) => {
    expect((await asked(question)).marts).toEqual(expected);
  });

  it("is the narrowest rung that has what is asked", async () => {
    const rung = async (by: string[]) => {
      const sqls: string[] = [];
      await ask({metrics: ["new_leads"], period: "2024", by}, {manifest: cubed, catalogue: world.catalogue, run: (statement) => { sqls.push(statement.sql); return world.run(statement); }});
      return Number(sqls.map((sql) => /"rung" = (\d+)/.exec(sql)?.[1]).find((found) => found !== undefined));
    };
    const {rungs} = cubed.cubes!.find(({name}) => name === "cube_lead_created")!;
    expect(rungs.map(({dimensions}) => dimensions)).toEqual([["region", "team", "source", "product", "segment"], ["region", "team", "source", "product"], ["region", "team", "source"], ["region", "team"], ["region"]]);
    expect([await rung([]), await rung(["region"]), await rung(["team"]), await rung(["segment"])]).toEqual([4, 4, 3, 0]);
  });
});

describe("which cubes are kept", () => {
  it("none over marts that are read at once", async () => {
    expect(await writeCubes(world, world.manifest, await copyOfMarts(), payingCubes, world.catalogue)).toEqual([]);
  });

  it("only rungs with at most a third of the rows of what else answers the same, a tenth of the records for single values", async () => {
    const kept = await writeCubes(world, world.manifest, await copyOfMarts(), {...payingCubes, smallestMart: 0}, world.catalogue);
    expect(kept.length).toBeGreaterThan(2);
    for (const {name, mart, rungs, rows} of kept) {
      const factor = (k: number) => (k === 0 && name.includes("_by_") ? 10 : 3);
      const sizes = [world.manifest.marts.find(({name}) => name === mart)!.rows, ...rungs.map((rung) => rung.rows)];
      sizes.slice(1).forEach((size, k) => expect(size * factor(k)).toBeLessThanOrEqual(sizes[k]!));
      expect(rows).toBe(rungs.reduce((sum, rung) => sum + rung.rows, 0));
    }
  });

  it("with the same bytes, in whatever order the records come", async () => {
    expect(await writeCubes(world, world.manifest, await copyOfMarts("order by hash(one::varchar || 'x')"), allCubes, world.catalogue)).toEqual(cubed.cubes);
  });
});
