import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openNative, type Native} from "../../../loaders/native.js";
import type {Manifest} from "../../../src/query/manifest.js";
import {askStudies, toldOf} from "../../../src/query/studies.js";
import {valueKey, type ValueQuestion, type ValueTold} from "../../../src/query/value/question.js";

const segments = ["SMB", "Enterprise", null] as const;
/** Forty customers; every third in one segment, one of them alone in a region. */
const customers = Array.from({length: 40}, (_, k) => ({
  customer: k + 1, alive: (k % 10) / 10, twelve: 1 + k / 4, twentyFour: 2 + k / 2, profit: 10 * k, profitLater: 19 * k, segment: segments[k % 3]!, region: k === 0 ? "Isle" : "Mainland"
}));
const groups = [[0, 30, 1.5, 1], [1, 8, 2.5, 3], [2, 4, 4, 6], [3, 1, 9, 2]] as const;

let native: Native;
beforeAll(async () => {
  native = await openNative({threads: 1});
  const text = (value: string | number | null) => (value === null ? "null" : typeof value === "string" ? `'${value}'` : String(value));
  const rows = customers.map((one) => `(${Object.values(one).map(text).join(", ")})`).join(", ");
  await native.exec(`create table fct_customer_value as select customer::integer as customer, alive::decimal(5, 4) as p_alive, twelve::decimal(12, 4) as purchases_12, twenty_four::decimal(12, 4) as purchases_24,
    profit::decimal(18, 2) as value_12, profit_later::decimal(18, 2) as value_24, segment::varchar as segment, region from (values ${rows}) as t(customer, alive, twelve, twenty_four, profit, profit_later, segment, region)`);
  await native.exec("create table dim_value_model as select null::varchar as reason, 40 as customers, 25 as repeaters, 0.05::decimal(18, 6) as correlation, 0.5::decimal(18, 6) as margin, 0.1::decimal(18, 6) as discount, 'chances' as at_edge, null::varchar as spending_at_edge");
  const repeats = groups.map(([repeats, customers, expected, observed]) => `('repeats', null, date '2026-01-31', null, ${repeats}, ${customers}, null, ${expected}, ${observed})`).join(", ");
  await native.exec(`create table dim_value_holdout as select kind, reason::varchar as reason, fitted_until, day::date as day, repeats::integer as repeats, customers::integer as customers, repeaters::integer as repeaters,
    expected::decimal(18, 4) as expected, observed::decimal(18, 4) as observed from (values ('total', null, date '2026-01-31', date '2026-03-31', null, 43, 13, 90, 80),
    ('month', null, date '2026-01-31', date '2026-03-31', null, 43, 13, 90, 80), ('month', null, date '2026-01-31', date '2026-03-02', null, 43, 13, 50, 44), ${repeats})
    as t(kind, reason, fitted_until, day, repeats, customers, repeaters, expected, observed)`);
});
afterAll(() => native.close());

const manifest = (more: Partial<Manifest> = {}): Manifest => ({
  asOf: "2026-03-31",
  marts: ["dim_value_model", "dim_value_holdout", "fct_customer_value"].map((name) => ({name, columns: name === "fct_customer_value" ? [{name: "segment", type: "VARCHAR"}, {name: "region", type: "VARCHAR"}] : []})),
  dimensions: [{id: "segment", members: ["SMB", "Enterprise", null], marts: []}, {id: "region", members: ["Isle", "Mainland"], marts: []}, {id: "stage", members: ["Won"], marts: []}], ...more
}) as unknown as Manifest;

async function ask(question: ValueQuestion, more?: Partial<Manifest>): Promise<ValueTold> {
  const [told] = toldOf("value", await askStudies([{study: "value", question}], {manifest: manifest(more), run: native.run}));
  return told!;
}

const total = (of: (one: (typeof customers)[number]) => number, among = customers) => among.reduce((sum, one) => sum + of(one), 0);

describe("the study of customers' expected value", () => {
  it("adds up what is expected of all, and of those that filters leave", async () => {
    for (const [question, among] of [[{}, customers], [{filters: [{dimension: "segment", values: ["SMB", null]}]}, customers.filter(({segment}) => segment !== "Enterprise")]] as const) {
      const {expected} = await ask(question);
      expect(expected!.customers).toBe(among.length);
      expect(expected!.alive).toBeCloseTo(total(({alive}) => alive, [...among]), 9);
      expect(expected!.purchases).toEqual([total(({twelve}) => twelve, [...among]), total(({twentyFour}) => twentyFour, [...among])]);
      expect(expected!.value).toEqual([total(({profit}) => profit, [...among]), total(({profitLater}) => profitLater, [...among])]);
    }
  });

  it("tells what was held out as it stands, months in their order", async () => {
    const {heldOut, ...told} = await ask({});
    expect(told).toMatchObject({reason: null, customers: 40, repeaters: 25, correlation: 0.05, margin: 0.5, discount: 0.1, atEdge: "chances", spendingAtEdge: null, isHidden: false, notApplied: []});
    expect(heldOut).toEqual({
      reason: null, until: "2026-01-31", customers: 43, repeaters: 13, total: {expected: 90, observed: 80},
      months: [{day: "2026-03-02", expected: 50, observed: 44}, {day: "2026-03-31", expected: 90, observed: 80}],
      byRepeats: groups.map(([repeats, customers, expected, observed]) => ({repeats, customers, expected, observed}))
    });
  });

  it("tells no small group, nor all but a small one, and takes the last ones together", async () => {
    const minGroup = 10;
    const isle = [{dimension: "region", values: ["Isle"]}] as const;
    const main = [{dimension: "region", values: ["Mainland"]}] as const;
    for (const filters of [isle, main]) expect(await ask({filters}, {minGroup})).toMatchObject({expected: null, isHidden: true});
    expect(await ask({filters: isle})).toMatchObject({expected: {customers: 1}, isHidden: false});
    const {heldOut: {byRepeats}} = await ask({}, {minGroup});
    expect(byRepeats.map(({repeats, customers}) => [repeats, customers])).toEqual([[0, 30], [1, 13]]);
    expect(byRepeats[1]!.expected).toBeCloseTo((8 * 2.5 + 4 * 4 + 9) / 13, 9);
    expect(byRepeats[1]!.observed).toBeCloseTo((8 * 3 + 4 * 6 + 2) / 13, 9);
    expect((await ask({}, {minGroup: 35})).heldOut.byRepeats).toEqual([{repeats: 0, customers: 43, expected: expect.closeTo((30 * 1.5 + 45) / 43, 9) as number, observed: expect.closeTo((30 + 50) / 43, 9) as number}]);
  });

  it("names filters that it cannot apply, and has one key for one answer", async () => {
    const {notApplied, expected} = await ask({filters: [{dimension: "stage", values: ["Won"]}]});
    expect({notApplied, customers: expected!.customers}).toEqual({notApplied: ["stage"], customers: 40});
    expect(valueKey({})).toBe(valueKey({filters: []}));
    expect(valueKey({filters: [{dimension: "segment", values: ["SMB", null]}]})).toBe(valueKey({filters: [{dimension: "segment", values: [null, "SMB"]}]}));
  });

  it("is refused where no purchases are fed", () => expect(ask({}, {marts: []})).rejects.toThrow("no source feeds the value of customers"));
});
