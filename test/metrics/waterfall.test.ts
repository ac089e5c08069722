import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {createCanonicalTables} from "../../loaders/canonical/tables.js";
import {readModels} from "../../loaders/build/martModel.js";
import {runMarts} from "../../loaders/marts.js";
import {openBuilt, openNative, type BuiltReport, type Native} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {prepareSample} from "../../loaders/sampleSource.js";
import {readSettings} from "../../loaders/settings.js";
import {waterfallMetrics} from "../../src/metrics/pipelineWaterfall.js";
import {ask, askMany} from "../../src/query/ask.js";
import {askWaterfall, readWaterfall, waterfallMetricIds as waterfallIdsOf, type Waterfall} from "../../src/query/explain/waterfall.js";
import type {Manifest} from "../../src/query/manifest.js";
import {barsOf, type Bars, type Deal, type Standing} from "./dueDeals.js";
import {sampleWorld, tinyWorlds} from "./worlds.js";

const waterfallMetricIds = waterfallIdsOf("pipeline");

const first = Date.UTC(2025, 0, 1) / 86_400_000;
const iso = (day: number) => new Date((first + day) * 86_400_000).toISOString().slice(0, 10);
const dayOf = (date: string) => Date.parse(date) / 86_400_000 - first;
const last = dayOf("2025-05-10");
const people = ["Ana", "Ben", "Cy"] as const;
const teams = ["Red", "Red", null] as const;

/** Bounds of a period: first day, census day, and the day after it all, were it not cut at as-of. */
const periods: Readonly<Record<string, readonly [number, number, number]>> = {
  "2025-02": [dayOf("2025-02-01"), dayOf("2025-02-28"), dayOf("2025-03-01")],
  "2025-04": [dayOf("2025-04-01"), dayOf("2025-04-30"), dayOf("2025-05-01")],
  "2025-Q1": [dayOf("2025-01-01"), dayOf("2025-03-31"), dayOf("2025-04-01")],
  "2025-05": [dayOf("2025-05-01"), last, dayOf("2025-06-01")],
  "2025": [0, last, dayOf("2026-01-01")],
  "2025-03-10..2025-04-20": [dayOf("2025-03-10"), dayOf("2025-04-20"), dayOf("2025-04-21")],
  "2025-04-30": [dayOf("2025-04-30"), dayOf("2025-04-30"), dayOf("2025-05-01")]
};

const standing = fc.record({
  after: fc.integer({min: 1, max: 40}),
  state: fc.constantFrom("open", "open", "open", "won", "lost"),
  cents: fc.integer({min: 0, max: 90_000}),
  due: fc.option(fc.integer({min: 0, max: 200}), {nil: null, freq: 8}),
  owner: fc.integer({min: 0, max: 2})
});
const deals = fc.array(fc.tuple(fc.integer({min: 0, max: last}), fc.array(standing, {minLength: 1, maxLength: 6})).map(([born, list]): Deal =>
  list.reduce<Standing[]>((deal, {after, ...rest}, k) => [...deal, {day: k === 0 ? born : deal.at(-1)!.day + after, ...rest, ...(k === 0 && {state: "open" as const})}], [])
), {minLength: 1, maxLength: 12});

const models = (await readModels()).filter(({name}) => /^(dim_owner|dim_stage|int_opportunity|int_opportunity_change|int_opportunity_dimension|int_stage_event|fct_pipeline_span)$/.test(name));
const stages = {open: "Offer", won: "Won", lost: "Lost"} as const;
const text = (value: string | number | null) => (value === null ? "null" : `'${value}'`);

async function insert(native: Native, table: string, columns: string, rows: readonly string[]): Promise<void> {
  if (rows.length > 0) await native.exec(`insert into ${table} (${columns}) values ${rows.join(", ")}`);
}

/** Each field's changes; what a field held at the very first is the old value of its first change, or what the record says. */
function changesOf(deal: Deal, k: number): string[] {
  const fields = [["amount", ({cents}: Standing) => (cents / 100).toFixed(2)], ["expected_close_date", ({due}: Standing) => (due === null ? null : iso(due))], ["owner_id", ({owner}: Standing) => String(owner)]] as const;
  return fields.flatMap(([field, of]) => deal.slice(1).flatMap((now, step) => {
    const [before, after] = [of(deal[step]!), of(now)];
    return before === after ? [] : [`('${k}-${field}-${step}', '${k}', '${field}', ${text(before)}, ${text(after)}, '${iso(now.day)} 09:00:00')`];
  }));
}

async function compiled(of: readonly Deal[]): Promise<Map<string, number>> {
  const native = await openNative({threads: 1});
  try {
    await createCanonicalTables(native);
    await insert(native, "stage_map", "stage, state, rank", ["('Offer', 'open', 1)", "('Won', 'won', 2)", "('Lost', 'lost', 3)"]);
    await insert(native, "crm_user", "user_id, name, team", people.map((name, k) => `('${k}', '${name}', ${text(teams[k]!)})`));
    await insert(native, "opportunity", "opportunity_id, stage, state, amount, expected_close_date, owner_id, created_at, updated_at", of.map((deal, k) => {
      const {state, cents, due, owner, day} = deal.at(-1)!;
      return `('${k}', '${stages[state]}', '${state}', ${(cents / 100).toFixed(2)}, ${text(due === null ? null : iso(due))}, '${owner}', '${iso(deal[0]!.day)} 09:00:00', '${iso(day)} 10:00:00')`;
    }));
    await insert(native, "opportunity_stage_history", "history_id, opportunity_id, stage, state, entered_at", of.flatMap((deal, k) => deal.flatMap(({day, state}, step) =>
      (step > 0 && deal[step - 1]!.state === state ? [] : [`('${k}-${step}', '${k}', '${stages[state]}', '${state}', '${iso(day)} 09:00:00')`]))));
    await insert(native, "opportunity_field_history", "history_id, opportunity_id, field, old_value, new_value, changed_at", of.flatMap(changesOf));
    const fed = [
      ...["opportunity_id", "state", "amount", "expected_close_date", "owner_id", "created_at"].map((column) => `opportunity.${column}`),
      "opportunity_field_history.changed_at", "opportunity_stage_history.entered_at", "crm_user.team", "crm_user.name"
    ];
    const marts = await runMarts(native, {asOf: iso(last), timeZone: "UTC", currency: "EUR", fed, models});
    const manifest = {
      asOf: iso(last), firstDay: iso(0), fed, windows: {}, measures: [], files: [],
      calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []},
      dimensions: [{id: "owner", members: [...people], marts: ["fct_pipeline_span"]}, {id: "team", members: ["Red", null], marts: ["fct_pipeline_span"]}],
      marts: marts.map(({name, grain, columns}) => ({name, grain, columns, rows: 0, bytes: 0}))
    } as unknown as Manifest;
    const keys = Object.keys(periods);
    const options = {manifest, run: native.run, catalogue: waterfallMetrics};
    const answers = await askMany([
      ...keys.map((period) => ({metrics: waterfallMetricIds, period, by: ["owner"]})),
      ...keys.map((period) => ({metrics: waterfallMetricIds, period, filters: [{dimension: "team", values: ["Red"]}]}))
    ], options);
    return new Map(answers.flatMap((answer, k) => readWaterfall(answer, "pipeline").waterfalls.flatMap(({member, bars, residual}) => {
      const place = `${keys[k % keys.length]} ${k < keys.length ? member?.value ?? "all" : "team Red"}`;
      expect([place, residual]).toEqual([place, 0]);
      return bars.map(({move, value}) => [`${place} ${move}`, Math.round(value! * 100)] as const);
    })));
  } finally {
    native.close();
  }
}

describe("the waterfall of the pipeline", () => {
  it("is to the cent what a walk over every deal finds, in total, by owner and under a filter, with nothing left over", async () => {
    await fc.assert(fc.asyncProperty(deals, async (of) => {
      const found = await compiled(of);
      const known = of.map((deal) => deal.filter(({day}) => day <= last));
      for (const [period, days] of Object.entries(periods))
        for (const [place, owners] of [["all", null], ...people.map((name, k) => [name, [k]] as const), ["team Red", [0, 1]]] as const) {
          const theirs = barsOf(known, days, owners);
          const ours = Object.fromEntries(Object.keys(theirs).map((move) => [move, found.get(`${period} ${place} ${move}`) ?? 0])) as Bars;
          expect({period, place, ...ours}).toEqual({period, place, ...theirs});
        }
    }), {numRuns: 40});
  }, 120_000);
});

const barOf = ({bars}: Waterfall, move: string) => bars.find((bar) => bar.move === move)!;

describe("the waterfall of the tiny world", () => {
  let built: BuiltReport;
  beforeAll(async () => {
    built = await openBuilt((await runPipeline(await readSettings(tinyWorlds.find(({name}) => name === "tiny-waterfall")!.settings))).folder, {threads: 1});
  });
  afterAll(() => built?.close());

  it("names what went from one owner to another", async () => {
    const {waterfalls} = await askWaterfall({period: "2025-04", by: "owner"}, built);
    const of = (name: string) => waterfalls.find(({member}) => member?.value === name)!;
    expect(barOf(of("Ana"), "start")).toMatchObject({value: 3000, n: 2, sign: 1});
    expect(barOf(of("Ana"), "transferred_out")).toMatchObject({value: 2000, n: 1, sign: -1});
    expect(barOf(of("Cy"), "transferred_in")).toMatchObject({value: 2000, n: 1, sign: 1});
    expect(barOf(of("Cy"), "decreased")).toMatchObject({value: 300, n: 1});
    expect(waterfalls.map(({residual}) => residual)).toEqual([0, 0, 0, 0]);
  });
  it("begins with all together, and says which amounts have no rate", async () => {
    const {waterfalls: [all]} = await askWaterfall({period: "2025-04"}, built);
    expect(all!.member).toBeNull();
    expect(barOf(all!, "transferred_in")).toMatchObject({value: 0, n: 0});
    expect(barOf(all!, "end")).toMatchObject({value: 2850, n: 6, unrated: 1});
  });
  it("of a running month takes what is due in all of it", async () => {
    const {waterfalls: [all]} = await askWaterfall({period: "current:month"}, built);
    expect(barOf(all!, "start").value).toBe(800);
  });
});

describe("the waterfall of the sample company", () => {
  let built: BuiltReport;
  beforeAll(async () => {
    await prepareSample(sampleWorld.settings, () => {});
    built = await openBuilt((await runPipeline(await readSettings(sampleWorld.settings))).folder, {threads: 1});
  });
  afterAll(() => built?.close());

  it.each(["total", "region", "team", "owner", "source", "product", "segment"])("leaves nothing over in any of 36 months: %s", async (dimension) => {
    const by = dimension === "total" ? {} : {by: [dimension]};
    const {rows} = await ask({metrics: waterfallMetricIds, period: "closed:month", trend: {grain: "month", count: 36}, ...by}, built);
    const answer = {missing: [], rows: rows.map((row) => ({...row, role: "current" as const, members: [`${row.role} ${row.period.key}`, ...row.members.map(String)], total: false}))};
    const {waterfalls} = readWaterfall({...answer} as never, "pipeline");
    expect(waterfalls.length).toBeGreaterThanOrEqual(37);
    expect(waterfalls.filter(({residual}) => residual !== 0)).toEqual([]);
  });

  it.each([undefined, "source", "owner", "reason"] as const)("leaves no lead over in any of 24 months: %s", async (by) => {
    const {rows} = await ask({metrics: ["leads_open"], period: "closed:month", trend: {grain: "month", count: 24}}, built);
    for (const {period} of rows.filter(({role}) => role === "trend")) {
      const asked = askWaterfall({of: "leads", period: period.key, ...(by && {by})}, built);
      if (by === "reason") {
        await expect(asked).rejects.toThrow();
        continue;
      }
      const {waterfalls} = await asked;
      expect(waterfalls.map(({member, residual}) => [period.key, member?.value, residual])).toEqual(waterfalls.map(({member}) => [period.key, member?.value, 0]));
      const [all, ...members] = waterfalls;
      expect(all!.bars.map(({move}) => move)).toEqual(["start", "opened", "reopened", "won", "lost", "end"]);
      if (by) all!.bars.forEach(({move, value}, k) => expect([period.key, move, members.reduce((sum, {bars}) => sum + bars[k]!.value!, 0)]).toEqual([period.key, move, value]));
    }
  }, 120_000);

  it("starts open leads with those of the day before, in a running period and in any other", async () => {
    for (const [period, dayBefore] of [["2026-11", "2026-10-31"], ["2026-10-05..2026-10-20", "2026-10-04"], ["2026-Q3", "2026-06-30"]] as const) {
      const {waterfalls: [all]} = await askWaterfall({of: "leads", period}, built);
      const {rows: [before]} = await ask({metrics: ["leads_open"], period: dayBefore}, built);
      expect([period, all!.bars[0]!.value, all!.residual]).toEqual([period, before!.value, 0]);
    }
  });

  it("ends each month with what is left of the pipeline due in it", async () => {
    const {rows} = await ask({metrics: ["pipeline_end", "pipeline_due_left"], period: "closed:month", trend: {grain: "month", count: 34}}, built);
    const cents = (metric: string) => rows.filter((row) => row.metric === metric).map(({role, period, value}) => [role, period.key, Math.round((value ?? 0) * 100)]);
    expect(cents("pipeline_end")).toEqual(cents("pipeline_due_left"));
  });
});
