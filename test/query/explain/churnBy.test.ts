import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../../loaders/native.js";
import {runPipeline} from "../../../loaders/pipeline.js";
import {prepareSample} from "../../../loaders/sampleSource.js";
import {readSettings} from "../../../loaders/settings.js";
import {ask} from "../../../src/query/ask.js";
import {askChurnBy, roundLimits} from "../../../src/query/churnBy/askChurnBy.js";
import {askMovesBy} from "../../../src/query/churnBy/askMovesBy.js";
import {askWaterfall} from "../../../src/query/explain/waterfall.js";
import {churnTraits, type ChurnByMember} from "../../../src/query/churnBy/question.js";
import {askLapsed} from "../../../src/query/lapsed/askLapsed.js";
import {askLeaving} from "../../../src/query/leaving/askLeaving.js";
import {tPoint, welch, type Sums} from "../../../src/query/leaving/welch.js";
import type {Filter} from "../../../src/query/question.js";
import {sampleWorld} from "../../metrics/worlds.js";

let built: BuiltReport;
beforeAll(async () => {
  await prepareSample(sampleWorld.settings, () => {});
  built = await openBuilt((await runPipeline(await readSettings(sampleWorld.settings))).folder, {threads: 1});
});
afterAll(() => built?.close());

const ids = {start: "subscribers_start", lost: "subscribers_lost", mrrStart: "mrr_start", mrrChurn: "mrr_churn", mrrContraction: "mrr_contraction", mrrExpansion: "mrr_expansion"} as const;
const cents = (value: number) => Math.round(value * 100);

describe("churn by what customers were at the start", () => {
  const segments: readonly Filter[][] = [[], [{dimension: "segment", values: ["SMB"]}]];
  it.each(churnTraits)("adds up to the KPIs to the cent in every month and over twelve: %s", async (by) => {
    const months = Array.from({length: 24}, (_, k) => `${2024 + Math.floor((k + 10) / 12)}-${String(((k + 10) % 12) + 1).padStart(2, "0")}`);
    for (const filters of segments) {
      const {rows} = await ask({metrics: Object.values(ids), period: months.at(-1)!, trend: {grain: "month", count: 24}, filters}, built);
      const told = await askChurnBy(months.map((period) => ({by, period, filters})), built);
      for (const {period, members, all} of told)
        for (const [name, metric] of Object.entries(ids) as [keyof typeof ids, string][]) {
          const value = rows.find((row) => row.role === "trend" && row.period.key === period.key && row.metric === metric)!.value!;
          expect([period.key, name, members.reduce((sum, one) => sum + cents(one[name]), 0), cents(all[name])]).toEqual([period.key, name, cents(value), cents(value)]);
        }
      const [year] = await askChurnBy([{by, period: "2026-10", months: 12, filters}], built);
      const {rows: whole} = await ask({metrics: Object.values(ids), period: "2025-11-01..2026-10-31", filters}, built);
      for (const [name, metric] of Object.entries(ids) as [keyof typeof ids, string][]) expect([name, cents(year!.all[name])]).toEqual([name, cents(whole.find((row) => row.metric === metric && row.role === "current")!.value!)]);
    }
  });
  it.each(churnTraits)("tells quick ratio and renewals too, the parts of which are the KPIs' own: %s", async (by) => {
    for (const filters of segments)
      for (const [period, months] of [["2026-09", undefined], ["2026-03", undefined], ["2026-10", 12]] as const) {
        const suffix = months === undefined ? "" : "_trailing_12_months";
        const [[told], {rows}] = await Promise.all([askChurnBy([{by, period, filters, ...(months !== undefined && {months})}], built), ask({metrics: [`quick_ratio${suffix}`, `renewal_rate${suffix}`], period, filters}, built)]);
        const [quick, renewal] = ["quick_ratio", "renewal_rate"].map((id) => rows.find((row) => row.metric === `${id}${suffix}` && row.role === "current")!);
        const sum = (of: (one: ChurnByMember) => number) => told!.members.reduce((all, one) => all + of(one), 0);
        const {all} = told!;
        expect([by, period, (all.mrrCame! + all.mrrExpansion) / (all.mrrChurn + all.mrrContraction)]).toEqual([by, period, expect.closeTo(quick!.value!, 9)]);
        expect([by, period, sum(({mrrCame}) => cents(mrrCame!))]).toEqual([by, period, cents(all.mrrCame!)]);
        expect([by, period, sum(({renewals}) => renewals!.due), sum(({renewals}) => renewals!.renewed)]).toEqual([by, period, renewal!.n, renewal!.numerator]);
        expect([all.renewals!.due, all.renewals!.renewed]).toEqual([renewal!.n, renewal!.numerator]);
        if (filters.length === 0 && months !== undefined) expect(told!.members.filter(({renewals}) => renewals!.due > 0).length).toBeGreaterThan(1);
      }
  });
  it.each(churnTraits)("leaves nothing over in the waterfall of any month, and its members are the bars of all: %s", async (by) => {
    for (const filters of segments)
      for (const period of ["2024-11", "2025-12", "2026-01", "2026-03", "2026-10", "2026-11", "2025", "all"]) {
        const [told, {waterfalls: [all]}] = await Promise.all([askMovesBy({by, period, filters}, built), askWaterfall({of: "mrr", period, filters}, built)]);
        expect([period, told.waterfalls[0]]).toEqual([period, all]);
        expect([period, told.waterfalls.map(({residual}) => residual)]).toEqual([period, told.waterfalls.map(() => 0)]);
        all!.bars.forEach(({move, value, n}, k) => {
          const own = told.waterfalls.slice(1).map(({bars}) => bars[k]!);
          expect([period, move, own.reduce((sum, one) => sum + cents(one.value!), 0), own.reduce((sum, one) => sum + one.n, 0)]).toEqual([period, move, cents(value!), n]);
        });
      }
  });
  it.each(["segment", "source", "region", "owner", "team"])("leaves nothing over in the waterfall of a month by a dimension either: %s", async (by) => {
    for (const period of ["2025-12", "2026-03", "2026-10", "2025"]) {
      const {waterfalls: [all, ...members]} = await askWaterfall({of: "mrr", period, by}, built);
      expect([all, ...members].map((one) => one!.residual)).toEqual([all, ...members].map(() => 0));
      all!.bars.forEach(({value, n}, k) => expect([period, members.reduce((sum, {bars}) => sum + cents(bars[k]!.value!), 0), members.reduce((sum, {bars}) => sum + bars[k]!.n, 0)]).toEqual([period, cents(value!), n]));
    }
  });
  it("finds those who left after the price rise on the plan that rose", async () => {
    const [plans] = await askChurnBy([{by: "plan", period: "2026-03", months: 6, filters: [{dimension: "segment", values: ["SMB"]}]}], built);
    const [basic, pro] = ["Harbour Cloud Basic", "Harbour Cloud Pro"].map((plan) => plans!.members.find(({member}) => member === plan)!);
    expect(basic!.lost / basic!.start).toBeGreaterThan(2 * (pro!.lost / pro!.start));
  });
  it("begins bands where they are easily said", () => {
    expect(roundLimits([172, 516, 2263])).toEqual([0, 100, 500, 2000]);
    expect(roundLimits([0.5, 120, 180])).toEqual([0, 100]);
  });
});

describe("the 90 days before", () => {
  const sumsOf = (values: readonly number[]): Sums => ({n: values.length, sum: values.reduce((all, one) => all + one, 0), squares: values.reduce((all, one) => all + one * one, 0)});
  it("have the interval of Welch's test: Student's points to tables", () => {
    for (const [freedom, point] of [[5, 2.5706], [9, 2.2622], [20, 2.086], [60, 2.0003], [120, 1.9799]] as const) expect(tPoint(freedom)).toBeCloseTo(point, 2);
    // Worked by hand: means 3 and 6, variances 2.5 and 10, error √2.5, 5.88 degrees of freedom, reach 2.4588 × 1.5811.
    const {difference, interval} = welch(sumsOf([1, 2, 3, 4, 5]), sumsOf([2, 4, 6, 8, 10]));
    expect(difference).toBe(-3);
    expect(interval[0]).toBeCloseTo(-6.888, 2);
    expect(interval[1]).toBeCloseTo(0.888, 2);
    expect(welch(sumsOf([1, 1]), sumsOf([1, 1])).interval).toEqual([0, 0]);
  });
  it("are told of everyone who left and everyone who stayed, each once", async () => {
    const [told] = await askLeaving([{period: "2026-10", months: 12, filters: []}], built);
    const [months] = await Promise.all([built.run({sql: `select count(distinct customer) filter (is_leaving)::double as lost, count(distinct customer)::double as all_of_them from fct_leaving where month >= '2025-11-01' and month < '2026-11-01'`, params: []})]);
    expect([told!.left, told!.left + told!.stayed]).toEqual([Number(months[0]!["lost"]), Number(months[0]!["all_of_them"])]);
    expect(told!.signals.map(({signal}) => signal)).toEqual(["complaints", "tickets", "usage", "satisfaction"]);
    for (const {left, stayed, difference, interval} of told!.signals.filter((one) => one.difference !== null)) {
      expect(left.mean - stayed.mean).toBeCloseTo(difference!, 9);
      expect(interval![0]).toBeLessThanOrEqual(difference!);
      expect(interval![1]).toBeGreaterThanOrEqual(difference!);
      expect(left.n).toBeLessThanOrEqual(told!.left);
    }
  });
});

const day = 86_400_000;

interface LapsedWalk {readonly all: number; readonly lost: number; readonly newlyLost: number; readonly back: number; readonly log: readonly string[]}

/** Returns who was lost and came back up to 31 October 2026, from each one's orders and the day on which one is lost after these. */
async function walkOf(lostOn: (orders: readonly number[], segment: string | null) => number): Promise<LapsedWalk> {
  const orders = await built.run({sql: `select customer::double as customer, strftime(order_date, '%Y-%m-%d') as day from fct_order where customer is not null and not is_cancelled and not is_return
    and customer not in (select customer from fct_mrr_span) and order_date <= '2026-10-31' group by all order by all`, params: []});
  const segmentOf = new Map((await built.run({sql: "select distinct customer::double as customer, segment from fct_customer_span", params: []})).map((row) => [Number(row["customer"]), row["segment"] as string | null]));
  const customers = new Map<number, number[]>();
  for (const row of orders) customers.set(Number(row["customer"]), [...(customers.get(Number(row["customer"])) ?? []), Date.parse(String(row["day"])) / day]);
  const [first, last] = ["2025-11-01", "2026-10-31"].map((one) => Date.parse(one) / day) as [number, number];
  const found = {all: customers.size, lost: 0, newlyLost: 0, back: 0, log: [] as string[]};
  for (const [customer, days] of customers)
    days.forEach((_, k) => {
      const lost = lostOn(days.slice(0, k + 1), segmentOf.get(customer)!);
      const next = days[k + 1] ?? Infinity;
      if (lost >= next || lost > last) return;
      if (next === Infinity) ++found.lost;
      if (lost >= first) ++found.newlyLost;
      if (next >= first && next !== Infinity) ++found.back;
      if (lost >= first || (next >= first && next !== Infinity)) found.log.push(`${customer} ${new Date(lost * day).toISOString().slice(0, 10)} ${next === Infinity ? "–" : new Date(next * day).toISOString().slice(0, 10)}`);
    });
  return {...found, log: found.log.sort()};
}

async function toldOf(report: BuiltReport): Promise<LapsedWalk> {
  const [told] = await askLapsed([{period: "2026-10", months: 12, filters: [], limit: 100_000}], report);
  const sum = (of: "customers" | "lost") => told!.segments.reduce((all, one) => all + one[of], 0);
  return {all: sum("customers"), lost: sum("lost"), newlyLost: told!.lost, back: told!.back, log: told!.log!.map(({customer, lostOn, backOn}) => `${customer} ${lostOn} ${backOn ?? "–"}`).sort()};
}

describe("customers without a contract", () => {
  const gaps = async () => new Map((await askLapsed([{period: "2026-10", months: 12, filters: [], limit: 0}], built))[0]!.segments.map(({segment, days}) => [segment, days!]));
  it("are lost and back as a walk over each one's orders finds", async () => {
    const days = await gaps();
    const found = await walkOf((orders, segment) => orders.at(-1)! + days.get(segment)!);
    expect(await toldOf(built)).toEqual(found);
    expect(found.back).toBeGreaterThan(0);
  });
  it("are lost by their chance of still buying where the settings say so: from the first day, tried one by one, on which BG/NBD has it under the limit", async () => {
    const settings = await readSettings(sampleWorld.settings, {churn: {lost_by: "alive", alive_under: 0.4}});
    const other = await openBuilt((await runPipeline(settings)).folder, {threads: 1});
    try {
      expect(other.manifest.loss).toEqual({by: "alive", under: 0.4});
      const [{r, alpha, a, b}] = (await other.run({sql: "select r::double as r, alpha::double as alpha, a::double as a, b::double as b from dim_value_model where reason is null", params: []})) as unknown as [Record<"r" | "alpha" | "a" | "b", number>];
      const days = await gaps();
      const alive = (x: number, last: number, age: number) => 1 / (1 + (a / (b + x - 1)) * ((alpha + age / 7) / (alpha + last / 7)) ** (r + x));
      const found = await walkOf((orders, segment) => {
        const [x, last] = [orders.length - 1, orders.at(-1)! - orders[0]!];
        if (x === 0) return orders[0]! + days.get(segment)!;
        let age = last + 1;
        while (alive(x, last, age) >= 0.4 && age < 20_000) ++age;
        return orders[0]! + age;
      });
      expect(await toldOf(other)).toEqual(found);
      expect([found.back, found.newlyLost].map((count) => count > 0)).toEqual([true, true]);
      expect(found.log).not.toEqual((await toldOf(built)).log);
    } finally {
      other.close();
    }
  });
});
