import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {createCanonicalTables} from "../../loaders/canonical/tables.js";
import {readModels} from "../../loaders/build/martModel.js";
import {runMarts} from "../../loaders/marts.js";
import {openBuilt, openNative, type BuiltReport, type Native} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {prepareSample} from "../../loaders/sampleSource.js";
import {readSettings} from "../../loaders/settings.js";
import {
  mrr, mrrChurn, mrrContraction, mrrEnd, mrrExpansion, mrrNew, mrrRates, mrrReactivation, mrrStart
} from "../../src/metrics/subscriptions.js";
import {ask, askMany} from "../../src/query/ask.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {AnswerRow} from "../../src/query/question.js";
import {sampleWorld} from "./worlds.js";
import {movementsOf, payments, type Log, type Movement} from "./payers.js";

const first = Date.UTC(2024, 0, 1) / 86_400_000;
const iso = (day: number) => new Date((first + day) * 86_400_000).toISOString().slice(0, 10);
const dayOf = (date: string) => Date.parse(date) / 86_400_000 - first;
const last = dayOf("2025-02-10");
const regions = ["North", "South", null] as const;
const months = Array.from({length: 13}, (_, k) => iso(dayOf(`${2024 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, "0")}-01`)).slice(0, 7));
/** With the month that is not over. */
const rated = [...months, "2025-02"];
const periods = [...months, "2024-Q2", "2024", "2025-02"];

const logs = fc.array(
  fc.record({
    customer: fc.integer({min: 0, max: 4}),
    started: fc.integer({min: 0, max: last}),
    first: fc.integer({min: 1, max: 90_000}),
    more: fc.array(fc.record({after: fc.integer({min: 0, max: 90}), cents: fc.oneof(fc.constant(0), fc.integer({min: 1, max: 90_000}))}), {maxLength: 4}),
    lasted: fc.option(fc.integer({min: 1, max: 200}))
  }).map(({customer, started, first: cents, more, lasted}): Log => {
    const changes = more.reduce((said, {after, cents: next}) => [...said, {day: said.at(-1)!.day + after, cents: next}], [{day: started, cents}]);
    return {customer, started, changes, ended: lasted === null ? null : started + lasted};
  }),
  {minLength: 1, maxLength: 12}
);

const models = (await readModels()).filter(({name}) => /^(dim_owner|int_customer|int_customer_dimension|int_subscription|int_subscription_change|int_mrr_span|fct_mrr_span)$/.test(name));
const metrics = [mrr, mrrStart, mrrEnd, mrrNew, mrrReactivation, mrrExpansion, mrrContraction, mrrChurn, mrrRates];
const parts: Readonly<Record<keyof Movement, string>> = {
  start: "mrr_start", end: "mrr_end", new: "mrr_new", reactivation: "mrr_reactivation", expansion: "mrr_expansion", contraction: "mrr_contraction", churn: "mrr_churn"
};

async function insert(native: Native, table: string, columns: string, rows: readonly (string | null)[]): Promise<void> {
  if (rows.length > 0) await native.exec(`insert into ${table} (${columns}) values ${rows.join(", ")}`);
}

/** What the marts and the engine make of the logs: cents by period, member ("" in total) and metric. */
async function compiled(of: readonly Log[], rates: readonly number[] = []): Promise<Map<string, number>> {
  const native = await openNative({threads: 1});
  try {
    await createCanonicalTables(native);
    await insert(native, "account", "account_id, region", [0, 1, 2, 3, 4].map((k) => `('${k}', ${regions[k % 3] === null ? "null" : `'${regions[k % 3]}'`})`));
    await insert(native, "subscription", "subscription_id, account_id, started_on, ended_on, currency", of.map(({customer, started, ended}, k) =>
      `('${k}', '${customer}', '${iso(started)}', ${ended === null ? "null" : `'${iso(ended)}'`}, ${rates.length > 0 ? "'USD'" : "null"})`));
    await insert(native, "fx_rate", "currency, date, rate", rates.map((rate, k) => `('USD', '${rated[k]}-01', ${rate})`));
    await insert(native, "subscription_event", 'event_id, subscription_id, type, "at", mrr', of.flatMap(({changes}, k) => changes.map(({day, cents}, step) =>
      `('${k}-${step}', '${k}', '${step === 0 ? "start" : cents === 0 ? "pause" : "price_change"}', '${iso(day)} 00:00:0${step}', ${(cents / 100).toFixed(2)})`)));
    const fed = ["account.account_id", "account.region", "subscription.account_id", "subscription.started_on", "subscription_event.mrr", ...(rates.length > 0 ? ["subscription.currency", "fx_rate.rate"] : [])];
    const marts = await runMarts(native, {asOf: iso(last), timeZone: "UTC", currency: "EUR", fed, models});
    const manifest = {
      asOf: iso(last), firstDay: iso(0), fed, windows: {}, measures: [], files: [],
      calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []},
      dimensions: [{id: "region", members: [...regions], marts: ["fct_mrr_span"]}],
      marts: marts.map(({name, grain, columns}) => ({name, grain, columns, rows: 0, bytes: 0}))
    } as unknown as Manifest;
    const questions = periods.flatMap((period) => [{metrics: metrics.map(({id}) => id), period, by: ["region"]}]);
    const answers = await askMany(questions, {manifest, run: native.run, catalogue: metrics});
    const key = (row: AnswerRow) => (row.total ? "" : String(row.members[0]));
    return new Map(answers.flatMap(({rows}, k) => rows.map((row) => [`${periods[k]} ${key(row)} ${row.metric}`, Math.round((row.value ?? 0) * 100)] as const)));
  } finally {
    native.close();
  }
}

const daysOf = (key: string): [number, number] => {
  if (key === "2024") return [0, dayOf("2024-12-31")];
  if (key === "2024-Q2") return [dayOf("2024-04-01"), dayOf("2024-06-30")];
  const [year, month] = key.split("-").map(Number) as [number, number];
  return [dayOf(`${key}-01`), Math.min(last, Date.UTC(year, month, 0) / 86_400_000 - first)];
};

describe("movements of recurring revenue", () => {
  it("are to the cent what a walk over every day finds, in total and by region, and reconcile", async () => {
    await fc.assert(fc.asyncProperty(logs, async (of) => {
      const found = await compiled(of);
      const paid = [0, 1, 2, 3, 4].map((customer) => payments(of, customer, last));
      for (const period of periods)
        for (const member of ["", ...regions.map(String)]) {
          const own = paid.filter((_, customer) => member === "" || String(regions[customer % 3]) === member);
          const cents = (metric: string) => found.get(`${period} ${member} ${metric}`) ?? 0;
          const ours = Object.fromEntries(Object.entries(parts).map(([part, metric]) => [part, cents(metric)]));
          expect({period, member, ...ours}).toEqual({period, member, ...movementsOf(own, ...daysOf(period))});
          expect(cents("mrr_start") + cents("mrr_new") + cents("mrr_reactivation") + cents("mrr_expansion") - cents("mrr_contraction") - cents("mrr_churn")).toBe(cents("mrr"));
        }
    }), {numRuns: 25});
  });
  it("in another currency are those in it at the rate of the start, what comes at that of the end; what rates make is apart, and all ties", async () => {
    const eachMonth = fc.array(fc.integer({min: 50, max: 200}).map((rate) => rate / 100), {minLength: rated.length, maxLength: rated.length});
    await fc.assert(fc.asyncProperty(logs, eachMonth, async (of, rates) => {
        const found = await compiled(of, rates);
      const rateOn = (day: number) => rates[rated.indexOf(iso(day).slice(0, 7))]!;
      const paid = [0, 1, 2, 3, 4].map((customer) => payments(of, customer, last));
      for (const period of periods) {
        const [from, to] = daysOf(period);
        const [start, end] = [from === 0 ? 0 : rateOn(from - 1), rateOn(to)];
        const own = movementsOf(paid, from, to);
        const cents = (metric: string) => found.get(`${period}  ${metric}`) ?? 0;
        const expected: Readonly<Record<string, number>> = {
          mrr_start: own.start * start, mrr_end: own.end * end, mrr_new: own.new * end, mrr_reactivation: own.reactivation * end,
          mrr_expansion: own.expansion * start, mrr_contraction: own.contraction * start, mrr_churn: own.churn * start,
          mrr_rates: (own.end - own.new - own.reactivation) * (end - start)
        };
        // Each subscription is rounded to the cent, at both ends.
        for (const [metric, value] of Object.entries(expected)) expect([period, metric, Math.abs(cents(metric) - value) <= 2 * of.length]).toEqual([period, metric, true]);
        const moves = cents("mrr_new") + cents("mrr_reactivation") + cents("mrr_expansion") - cents("mrr_contraction") - cents("mrr_churn") + cents("mrr_rates");
        expect([period, cents("mrr_start") + moves]).toEqual([period, cents("mrr")]);
      }
    }), {numRuns: 25});
  });
});

describe("movements of the sample company", () => {
  let built: BuiltReport;
  beforeAll(async () => {
    await prepareSample(sampleWorld.settings, () => {});
    built = await openBuilt((await runPipeline(await readSettings(sampleWorld.settings))).folder, {threads: 1});
  });
  afterAll(() => built?.close());

  it.each(["total", "region", "team", "owner", "source", "segment"])("reconcile in each of 36 months: %s", async (dimension) => {
    const by = dimension === "total" ? {} : {by: [dimension]};
    const {rows} = await ask({metrics: metrics.map(({id}) => id), period: "closed:month", trend: {grain: "month", count: 36}, ...by}, built);
    const cents = new Map(rows.map(({metric, role, period, members, value}) => [`${role} ${period.key} ${members.join()} ${metric}`, Math.round((value ?? 0) * 100)]));
    const places = [...new Set([...cents.keys()].map((key) => key.replace(/ \S+$/, "")))];
    expect(places.length).toBeGreaterThanOrEqual(37);
    for (const place of places) {
      const of = (metric: string) => cents.get(`${place} ${metric}`) ?? 0;
      expect([place, of("mrr_start") + of("mrr_new") + of("mrr_reactivation") + of("mrr_expansion") - of("mrr_contraction") - of("mrr_churn") + of("mrr_rates")]).toEqual([place, of("mrr")]);
      expect([place, of("mrr_end")]).toEqual([place, of("mrr")]);
    }
  });
});
