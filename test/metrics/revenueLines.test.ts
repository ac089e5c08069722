import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {createCanonicalTables} from "../../loaders/canonical/tables.js";
import {readModels} from "../../loaders/build/martModel.js";
import {runMarts} from "../../loaders/marts.js";
import {openNative} from "../../loaders/native.js";
import {netNewRevenue, netNewRevenueGrowth, netNewRevenueNewCustomers, netNewRevenueRates, netNewRevenueShortfall} from "../../src/metrics/purchases.js";
import {askMany} from "../../src/query/ask.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {AnswerRow} from "../../src/query/question.js";

const first = Date.UTC(2024, 0, 1) / 86_400_000;
const iso = (day: number) => new Date((first + day) * 86_400_000).toISOString().slice(0, 10);
const last = Date.UTC(2025, 1, 10) / 86_400_000 - first;
const regions = ["North", "South", null] as const;
const rates = {USD: [0.9, 0.8137, 1.0421], HUF: [0.0025, 0.002411, 0.00273]} as const;
const text = (value: string | null) => (value === null ? "null" : `'${value}'`);
const keys = ["2024-02", "2024-03", "2024-11", "2024-12", "2024-Q2", "2024-Q4", "2024-W20", "2024-05-07", "2024-03-10..2024-04-20", "2025-01", "2025-02", "2025-Q1"];

interface Order {
  readonly customer: number | null;
  readonly day: number;
  readonly cents: number;
  readonly currency: string;
  readonly cancelled: boolean;
}

const orders: fc.Arbitrary<Order[]> = fc.array(fc.record({
  customer: fc.option(fc.integer({min: 0, max: 2}), {freq: 6}),
  day: fc.integer({min: 0, max: last}),
  cents: fc.integer({min: -30_000, max: 5_000_000}),
  currency: fc.constantFrom("EUR", "EUR", "USD", "HUF", "CHF"),
  cancelled: fc.constantFrom(true, false, false, false)
}), {minLength: 1, maxLength: 60, size: "max"});

const models = (await readModels()).filter(({name}) => /^(dim_owner|dim_stage|int_stage_event|int_opportunity|int_opportunity_change|int_customer|int_customer_dimension|int_opportunity_dimension|int_order|int_purchase|fct_order)$/.test(name));
const lines = [netNewRevenueNewCustomers, netNewRevenueGrowth, netNewRevenueShortfall, netNewRevenueRates];
const metrics = [netNewRevenue, ...lines];

async function compiled(of: readonly Order[]): Promise<AnswerRow[]> {
  const native = await openNative({threads: 1});
  try {
    await createCanonicalTables(native);
    await native.exec(`insert into account (account_id, region) values ${[0, 1, 2].map((k) => `('${k}', ${text(regions[k % 3]!)})`).join(", ")}`);
    await native.exec(`insert into fx_rate (currency, date, rate) values ${Object.entries(rates).flatMap(([currency, list]) => list.map((rate, k) => `('${currency}', '${iso(k * 140)}', ${rate})`)).join(", ")}`);
    await native.exec(`insert into sales_order (order_id, account_id, order_date, net_amount, currency, cancelled) values ${of.map(({customer, day, cents, currency, cancelled}, k) =>
      `('${k}', ${text(customer === null ? null : String(customer))}, '${iso(day)}', ${(cents / 100).toFixed(2)}, '${currency}', ${cancelled})`).join(", ")}`);
    const fed = ["account.account_id", "account.region", "sales_order.order_date", "sales_order.account_id", "sales_order.net_amount", "sales_order.currency", "fx_rate.rate"];
    const marts = await runMarts(native, {asOf: iso(last), timeZone: "UTC", currency: "EUR", fed, models});
    const manifest = {
      asOf: iso(last), firstDay: iso(0), fed, windows: {}, measures: [], files: [],
      calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []},
      dimensions: [{id: "region", members: [...regions], marts: ["fct_order"]}],
      marts: marts.map(({name, grain, columns}) => ({name, grain, columns, rows: 0, bytes: 0}))
    } as unknown as Manifest;
    const ids = metrics.map(({id}) => id);
    const answers = await askMany(keys.flatMap((period) => [
      {metrics: ids, period, by: ["region"]}, {metrics: ids, period, filters: [{dimension: "region", values: ["North"]}]}
    ]), {manifest, run: native.run, catalogue: metrics});
    return answers.flatMap(({rows}, k) => rows.map((row) => ({...row, metric: `${k} ${row.period.key} ${row.total ? "" : String(row.members[0])} ${row.metric}`})));
  } finally {
    native.close();
  }
}

describe("the lines of net new revenue", () => {
  it("add up to the whole change to the cent, at every grain, in total, by region and under a filter", async () => {
    let told = 0;
    await fc.assert(fc.asyncProperty(orders, async (of) => {
      const rows = await compiled(of);
      const values = new Map(rows.map(({metric, value}) => [metric, value]));
      for (const {metric} of rows.filter((row) => row.metric.endsWith(` ${netNewRevenue.id}`))) {
        const place = metric.slice(0, -netNewRevenue.id.length);
        const whole = values.get(metric)!;
        const [fresh, growth, shortfall, fx] = lines.map(({id}) => values.get(`${place}${id}`)!) as [number, number, number, number];
        // A period with amounts of which none has a rate: the change is not known.
        if (whole === null) continue;
        expect(growth, place).toBeGreaterThanOrEqual(0);
        expect(shortfall, place).toBeGreaterThanOrEqual(0);
        expect(Math.abs(fresh + growth - shortfall + fx - whole), place).toBeLessThan(0.001);
        told += Number(fx !== 0);
      }
    }), {numRuns: 20, seed: 6});
    expect(told).toBeGreaterThan(20);
  }, 120_000);
});
