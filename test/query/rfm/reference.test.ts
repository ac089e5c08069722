import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {readModels, type MartModel} from "../../../loaders/build/martModel.js";
import {boundValues} from "../../../loaders/marts.js";
import {openNative, type Native} from "../../../loaders/native.js";
import {rfmSegments} from "../../../src/metrics/rfm.js";
import {askConcentrations} from "../../../src/query/concentration/askConcentration.js";
import type {Manifest} from "../../../src/query/manifest.js";
import {askRfm} from "../../../src/query/rfm/askRfm.js";
import {concentrated, median, scored, type LogOrder} from "./reference.js";

let native: Native;
let models: readonly MartModel[];
beforeAll(async () => {
  native = await openNative({threads: 1});
  models = await readModels();
});
afterAll(() => native.close());

const epoch = 20_000;
const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
const asOf = epoch + 400;

const logs: fc.Arbitrary<LogOrder[]> = fc.array(fc.record({
  customer: fc.option(fc.integer({min: 1, max: 14}), {freq: 12}),
  // Few days and amounts, so that many are equal.
  day: fc.integer({min: 0, max: 20}).map((step) => epoch + step * 20),
  amount: fc.option(fc.integer({min: 1, max: 6}), {freq: 9}),
  isCancelled: fc.integer({min: 0, max: 9}).map((k) => k === 0),
  isReturn: fc.integer({min: 0, max: 7}).map((k) => k === 0)
}).map((one) => (one.isReturn && one.amount !== null ? {...one, amount: -2 * one.amount} : one)), {minLength: 1, maxLength: 60});

const segmentOf = (customer: number) => (customer % 3 === 0 ? null : customer % 3 === 1 ? "North" : "South");
const columns = (own: readonly string[]) => own.map((name) => ({name, type: "VARCHAR"}));
const manifest = (more: Partial<Manifest> = {}): Manifest => ({
  asOf: iso(asOf), firstDay: iso(epoch), calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []},
  marts: [{name: "fct_customer_rfm", columns: columns(["customer", "segment"])}, {name: "fct_order", columns: columns(["customer", "segment", "product"])}],
  dimensions: [{id: "segment", members: ["North", "South", null], marts: []}, {id: "product", members: ["Pump"], marts: []}], ...more
}) as unknown as Manifest;

async function load(log: readonly LogOrder[]): Promise<void> {
  const rows = log.map(({customer, day, amount, isCancelled, isReturn}, k) => `(${k}, ${customer ?? "null"}, ${day}, ${amount ?? "null"}, ${isCancelled}, ${isReturn})`);
  await native.exec(`create or replace table int_order as select id::varchar as order_id, customer::integer as customer, date '1970-01-01' + day::integer as order_date, amount::decimal(28, 6) as amount,
    is_cancelled, is_return, case customer % 3 when 1 then 'North' when 2 then 'South' end as segment, null::varchar as product from (values ${rows.join(", ")}) as log(id, customer, day, amount, is_cancelled, is_return);
    create or replace table fct_order as from int_order;
    create or replace table int_customer_dimension as select distinct customer, null::varchar as owner, null::varchar as team, null::varchar as region, null::varchar as source, segment from int_order where customer is not null`);
  for (const name of ["int_purchase", "fct_customer_rfm"]) {
    const {sql} = models.find((model) => model.name === name)!;
    await native.exec(`create or replace table ${name} as ${sql}`, boundValues(sql, {asOf: iso(asOf), currency: "EUR"}));
  }
}

const near = (value: number) => Number(value.toPrecision(9));
const options = (more: Partial<Manifest> = {}) => ({manifest: manifest(more), run: native.run});
const total = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

describe("segments by recency, frequency and value", () => {
  it("are those that counting finds, equal customers alike, and add up to all customers and their revenue", () =>
    fc.assert(fc.asyncProperty(logs, fc.boolean(), async (log, isNorth) => {
      await load(log);
      const all = scored(log, asOf);
      const rows = await native.run({sql: "from fct_customer_rfm order by customer", params: []});
      expect(rows.map((row) => ["customer", "recency_days", "frequency", "value", "recency_score", "frequency_score", "value_score"].map((name) => Number(row[name])).concat(rfmSegments.indexOf(row["rfm_segment"] as never))))
        .toEqual(all.map(({customer, recency, frequency, value, scores, segment}) => [customer, recency, frequency, value, ...scores, rfmSegments.indexOf(segment)]));
      const filters = isNorth ? [{dimension: "segment" as const, values: ["North"]}] : [];
      const kept = all.filter(({customer}) => !isNorth || segmentOf(customer) === "North");
      const [told] = await askRfm([{filters: [...filters, {dimension: "product", values: ["Pump"]}]}], options());
      expect(told!.segments).toEqual(rfmSegments.flatMap((id) => {
        const own = kept.filter(({segment}) => segment === id);
        return own.length === 0 ? [] : [{id, customers: own.length, revenue: total(own.map(({value}) => value)), medianRecency: median(own.map(({recency}) => recency)), medianFrequency: median(own.map(({frequency}) => frequency))}];
      }));
      expect([told!.customers, told!.revenue, told!.notApplied]).toEqual([kept.length, total(kept.map(({value}) => value)), ["product"]]);
      expect(told!.nobody).toBe(isNorth ? 0 : log.filter(({customer, isCancelled, isReturn}) => customer === null && !isCancelled && !isReturn).length);
      for (const {id} of told!.segments) {
        const [{members} = {}] = await askRfm([{filters, members: {segment: id, limit: 3}}], options());
        const own = kept.filter(({segment}) => segment === id).sort((a, b) => b.value - a.value || a.recency - b.recency || a.customer - b.customer);
        expect([members?.count, members?.entries.map(({customer}) => customer)]).toEqual([own.length, own.slice(0, 3).map(({customer}) => customer)]);
      }
    }), {numRuns: 40, seed: 11, endOnFailure: true}), 30_000);

  it("hide small ones and lists where groups must have a size", async () => {
    await load(Array.from({length: 12}, (_, k) => ({customer: k + 1, day: epoch + 30 * k, amount: k + 1, isCancelled: false, isReturn: false})));
    const [told] = await askRfm([{filters: [], members: {limit: 5}}], options({minGroup: 4}));
    const open = await askRfm([{filters: []}], options());
    for (const {id, suppressed} of told!.segments) if (!suppressed) expect(open[0]!.segments.find((one) => one.id === id)!.customers).toBeGreaterThanOrEqual(4);
    expect(told!.segments.some(({suppressed}) => suppressed)).toBe(true);
    expect(told!.members).toBeNull();
  });
});

describe("concentration", () => {
  it("is what sorting and comparing all pairs find, in every period", () =>
    fc.assert(fc.asyncProperty(logs, fc.constantFrom("all", "2025", "2024-Q4"), async (log, period) => {
      await load(log);
      const [from, before] = {all: [epoch, asOf + 1], 2025: [20_089, 20_454], "2024-Q4": [19_997, 20_089]}[period]!;
      const wanted = concentrated(log, from!, Math.min(before!, asOf + 1));
      const [told] = await askConcentrations([{period, filters: []}], options());
      const nobody = log.filter(({customer, day, isCancelled, isReturn}) => customer === null && !isCancelled && !isReturn && day >= from! && day < before!).length;
      expect([told!.customers, told!.revenue, told!.others, told!.nobody]).toEqual([wanted.customers, wanted.revenue, wanted.others, nobody]);
      expect(told!.gini === null ? null : Math.abs(near(told!.gini - wanted.gini!)) < 1e-9).toBe(wanted.gini === null ? null : true);
      expect(told!.points.map(({percent, customers, revenue}) => [percent, customers, revenue])).toEqual(wanted.customers === 0 ? [] : Array.from({length: 100}, (_, k) => [k + 1, Math.ceil((wanted.customers * (k + 1)) / 100), wanted.top(k + 1)]));
    }), {numRuns: 40, seed: 12, endOnFailure: true}), 30_000);

  it("is 0 where all bring alike, and tells nothing of few", async () => {
    await load([1, 2, 3, 4].map((customer) => ({customer, day: epoch, amount: 5, isCancelled: false, isReturn: false})));
    const [alike] = await askConcentrations([{period: "all", filters: []}], options());
    expect([alike!.gini, alike!.points.find(({percent}) => percent === 50)!.revenue]).toEqual([0, 10]);
    const [hidden] = await askConcentrations([{period: "all", filters: []}], options({minGroup: 3}));
    expect(hidden!.points.every(({customers}) => customers === 4)).toBe(true);
    expect((await askConcentrations([{period: "all", filters: []}], options({minGroup: 5})))[0]).toMatchObject({suppressed: true, points: [], revenue: 0});
  });
});
