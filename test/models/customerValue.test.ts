import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {estimateValues, fitValueModel, type Buyer} from "../../loaders/models/customerValue.js";
import {fitCustomerValue} from "../../loaders/models/fitCustomerValue.js";
import {holdOut} from "../../loaders/models/holdOut.js";
import {mostCorrelation} from "../../src/query/value/question.js";
import {buildWorld, type BuiltWorld} from "../marts/world.js";

/** Customers of a made-up shop: every third never came back, the others on other rhythms, some silent for long. */
const buyers: Buyer[] = Array.from({length: 360}, (_, k) => {
  const repeats = k % 3 === 0 ? 0 : 1 + (k * 7) % 9;
  const age = 120 + (k * 37) % 600;
  return {customer: k + 1, repeats, age, last: repeats === 0 ? 0 : Math.round((age * (20 + (k * 13) % 75)) / 100), mean: repeats === 0 ? 0 : 40 + ((k * 53) % 17) * 12};
});
const rules = {margin: 0.5, discount: 0.1};
const model = fitValueModel(buyers);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("the value of customers", () => {
  it("is fitted where there are customers enough", () => {
    expect(model).toMatchObject({reason: null, customers: 360, repeaters: 240});
    expect(model.spending!.q).toBeGreaterThan(1);
    expect(Math.abs(model.correlation!)).toBeLessThan(0.2);
  });
  it("gives every customer a chance, and no less in two years than in one", () => {
    const estimates = estimateValues(buyers, model, rules);
    expect(estimates).toHaveLength(360);
    for (const {alive, purchases, value} of estimates) {
      expect(alive).toBeGreaterThanOrEqual(0);
      expect(alive).toBeLessThanOrEqual(1);
      expect(purchases[0]).toBeGreaterThanOrEqual(0);
      expect(purchases[1]).toBeGreaterThanOrEqual(purchases[0]);
      expect(value[1]!).toBeGreaterThanOrEqual(value[0]!);
    }
  });
  it("is worth less the later money counts, and scales with the margin", () => {
    const worth = (more: object) => sum(estimateValues(buyers, model, {...rules, ...more}).map(({value}) => value[1]!));
    expect(worth({discount: 0.3})).toBeLessThan(worth({}));
    expect(worth({margin: 0.25})).toBeCloseTo(worth({}) / 2, 6);
    const [undiscounted] = estimateValues(buyers.slice(1, 2), model, {margin: 1, discount: 0});
    const {p, q, v} = model.spending!;
    const {repeats, mean} = buyers[1]!;
    expect(undiscounted!.value[0]! / undiscounted!.purchases[0]).toBeCloseTo((p * (v + repeats * mean)) / (p * repeats + q - 1), 6);
  });
  it("has a chance without money where no cost is known", () =>
    expect(estimateValues(buyers, model, {...rules, margin: null})[0]).toMatchObject({value: [null, null]}));
  it("says why there is none", () => {
    expect(fitValueModel(buyers.slice(0, 299)).reason).toBe("too_few_customers");
    expect(fitValueModel(buyers.map((buyer) => ({...buyer, repeats: 0, last: 0, mean: 0}))).reason).toBe("too_few_customers");
    expect(fitValueModel(buyers.map((buyer) => ({...buyer, age: 0, last: 0}))).reason).toBe("no_fit");
    expect(estimateValues(buyers, fitValueModel(buyers.slice(0, 10)), rules)).toEqual([]);
    // Few large spenders far out: the mean of all does not exist.
    const wild = buyers.map((buyer, k) => ({...buyer, mean: buyer.repeats === 0 ? 0 : 10 * ((1 - (((k * 97) % 360) + 0.5) / 360) ** -1.6 - 0.95)}));
    expect(fitValueModel(wild).reason).toBe("no_mean");
    expect(estimateValues(wild, fitValueModel(wild), rules)).toEqual([]);
  });
  it.each([1, -1])("refuses a value where who buys more often buys dearer, or cheaper (%d)", (sign) => {
    const going = (weight: number) => buyers.map((buyer) => ({...buyer, mean: buyer.repeats === 0 ? 0 : buyer.mean + sign * weight * (buyer.repeats - 5) + 40}));
    const together = fitValueModel(going(12));
    expect(sign * together.correlation!).toBeGreaterThan(mostCorrelation);
    expect(together).toMatchObject({reason: "correlated", customers: 360});
    expect(together.spending!.q).toBeGreaterThan(1);
    expect(estimateValues(going(12), together, rules)).toEqual([]);
    const apart = fitValueModel(going(2));
    expect(Math.abs(apart.correlation!)).toBeLessThan(mostCorrelation);
    expect(apart.reason).toBeNull();
  });
});

describe("the marts of it", () => {
  const day = (k: number) => new Date(Date.UTC(2023, 0, 1 + k)).toISOString().slice(0, 10);
  const orders = (customers: number) => buyers.slice(0, customers).flatMap(({customer, repeats, last}) =>
    Array.from({length: Math.min(2, repeats) + 1}, (_, n) => ({order_id: `${customer}-${n}`, account_id: `a${customer}`, order_date: day(customer + Math.round((last * n) / 2)), net_amount: 50 + (((customer + n) * 31) % 11) * 10})));
  const line = {line_id: "1", order_id: "360-1", net_amount: 100, cost_amount: 40};
  const world = (customers: number) => buildWorld({asOf: "2025-03-31", tables: {sales_order: orders(customers), order_line: [line]}});
  let built!: BuiltWorld;
  let few!: BuiltWorld;
  beforeAll(async () => {
    [built, few] = [await world(360), await world(50)];
  });
  afterAll(() => [built, few].forEach(({native}) => native.close()));

  it("hold one row a customer as of the day, and the model", async () => {
    const rows = await built.rows("fct_customer_value");
    expect(rows).toHaveLength(360);
    expect(new Set(rows.map(({customer}) => customer)).size).toBe(360);
    expect(await built.rows("dim_value_model", "reason", "customers", "discount")).toEqual([{reason: null, customers: 360, discount: 0.1}]);
  });
  it("say why they hold none", async () => {
    expect(await few.rows("fct_customer_value")).toEqual([]);
    expect(await few.rows("dim_value_model", "reason", "customers")).toEqual([{reason: "too_few_customers", customers: 50}]);
  });
  it("hold what was held out, as the function says it", async () => {
    const start = Date.parse("2023-01-01");
    const dayOf = (text: string) => Math.round((Date.parse(text) - start) / 86_400_000);
    const log = orders(360).map(({account_id, order_date}) => ({customer: Number(account_id.slice(1)), day: dayOf(order_date)}));
    const {until, total, months, byRepeats, ...told} = holdOut(log, dayOf("2025-03-31"));
    expect(told).toMatchObject({reason: null, customers: 360});
    const rows = await built.rows("dim_value_holdout", "kind", "reason", "fitted_until", "day", "repeats", "customers", "repeaters", "expected", "observed");
    const of = (kind: string) => rows.filter((row) => row["kind"] === kind);
    const close = (value: number) => expect.closeTo(value, 3) as number;
    expect(of("total")).toEqual([{kind: "total", reason: null, fitted_until: day(until), day: "2025-03-31", repeats: null, customers: 360, repeaters: told.repeaters, expected: close(total.expected), observed: total.observed}]);
    expect(of("month").map(({day: at, expected, observed}) => ({at, expected, observed})).sort((a, b) => (String(a.at) < String(b.at) ? -1 : 1)))
      .toEqual(months.map((one) => ({at: day(one.day), expected: close(one.expected), observed: one.observed})));
    expect(of("repeats").map(({repeats, customers, expected, observed}) => ({repeats, customers, expected, observed})).sort((a, b) => Number(a.repeats) - Number(b.repeats)))
      .toEqual(byRepeats.map(({observed, expected, ...one}) => ({...one, expected: close(expected), observed: close(observed)})));
    expect(of("month").length).toBeGreaterThan(6);
  });
  it("say why nothing was held out", async () =>
    expect(await few.rows("dim_value_holdout", "kind", "reason", "expected")).toEqual([{kind: "total", reason: "too_few_customers", expected: null}]));
  it("are the same to the byte a second time", async () => {
    const first = await built.rows("fct_customer_value");
    await built.native.exec("drop table customer_value; drop table value_model; drop table value_holdout");
    await fitCustomerValue(built.native);
    expect(await built.rows("customer_value", "customer", "p_alive", "purchases_24", "value_24")).toEqual(first.map(({customer, p_alive, purchases_24, value_24}) => ({customer, p_alive, purchases_24, value_24})));
  });
});
