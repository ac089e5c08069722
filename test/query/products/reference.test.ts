import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openNative, type Native} from "../../../loaders/native.js";
import type {Manifest} from "../../../src/query/manifest.js";
import {askProduct} from "../../../src/query/products/askProducts.js";
import {leastCustomers, type NextProducts, type ProductQuestion, type WhiteSpace} from "../../../src/query/products/question.js";
import {wilson} from "../../../src/query/wilson.js";

let native: Native;
beforeAll(async () => void (native = await openNative({threads: 1})));
afterAll(() => native.close());

/** The first time that a customer bought an item. */
interface Start {
  readonly customer: number;
  readonly item: string;
  readonly day: number;
  readonly value: number | null;
  readonly segment: string | null;
}

const epoch = Math.round(Date.UTC(2025, 0, 1) / 86_400_000);
const iso = (day: number) => new Date((epoch + day) * 86_400_000).toISOString().slice(0, 10);
const manifest = (asOf: number, more: Partial<Manifest> = {}): Manifest => ({
  asOf: iso(asOf), fed: ["order_line.product_id", "product.family"],
  marts: [{name: "fct_product_start", columns: ["customer", "level", "item", "day", "value", "last_day", "segment"].map((name) => ({name, type: "VARCHAR"}))}],
  dimensions: [{id: "segment", members: ["North", "South", null], marts: ["fct_product_start"]}, {id: "stage", members: ["Won"], marts: []}], ...more
}) as unknown as Manifest;

const literal = (value: string | number | null) => (value === null ? "null" : typeof value === "string" ? `'${value}'` : String(value));

async function load(log: readonly Start[]): Promise<void> {
  const last = (customer: number) => Math.max(...log.filter((one) => one.customer === customer).map(({day}) => day));
  const rows = log.map(({customer, item, day, value, segment}) => `(${[customer, item, iso(day), value, segment, iso(last(customer))].map(literal).join(", ")})`);
  await native.exec(`create or replace table fct_product_start as select customer::integer as customer, 'product' as level, item, day::date as day, value::decimal(28, 6) as value, last_day::date as last_day, segment::varchar as segment
    from (values ${rows.join(", ")}) as log(customer, item, day, value, segment, last_day)`);
}

const middle = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return sorted.length === 0 ? null : (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
};

/** One customer after the other, by the words of the guide. */
function pairsOf(log: readonly Start[], asOf: number, window: number) {
  const items = [...new Set(log.map(({item}) => item))];
  const day = (customer: number, item: string) => log.find((one) => one.customer === customer && one.item === item)?.day;
  const countOf = (from: string, to: string) => {
    const buyers = log.filter((one) => one.item === from && one.day + window <= asOf);
    const had = buyers.map((one) => ({gap: (day(one.customer, to) ?? Infinity) - one.day}));
    const later = had.filter(({gap}) => gap > 0);
    const followed = later.filter(({gap}) => gap <= window);
    return {buyers: buyers.length, before: had.filter(({gap}) => gap < 0).length, together: had.filter(({gap}) => gap === 0).length, n: later.length, followed: followed.length, days: middle(followed.map(({gap}) => gap))};
  };
  return items.flatMap((from) => items.filter((to) => to !== from).map((to) => {
    const own = countOf(from, to);
    const any = items.filter((other) => other !== to).map((other) => countOf(other, to));
    const base = any.reduce((sum, {followed}) => sum + followed, 0) / any.reduce((sum, {n}) => sum + n, 0);
    return {from, to, ...own, rate: own.followed / own.n, base};
  })).filter(({n, followed, together}) => n > 0 && followed + together > 0);
}

function spacesOf(log: readonly Start[]) {
  const customers = [...new Map(log.map(({customer, segment}) => [customer, segment]))];
  return [...new Set(log.map(({segment}) => segment))].flatMap((segment) => [...new Set(log.map(({item}) => item))].map((item) => {
    const alike = customers.filter(([, own]) => own === segment).map(([customer]) => customer);
    const starts = log.filter((one) => one.segment === segment && one.item === item);
    const value = middle(starts.flatMap((one) => (one.value === null ? [] : [one.value])));
    return {segment, item, n: alike.length, bought: starts.length, value, lacking: alike.filter((customer) => !starts.some((one) => one.customer === customer))};
  })).filter(({n, bought, value, lacking}) => n >= leastCustomers && bought / n >= 0.1 && lacking.length > 0 && value !== null && value > 0);
}

const logs = (customers: number, length: {minLength: number; maxLength: number}): fc.Arbitrary<Start[]> => fc.array(
  fc.record({customer: fc.integer({min: 1, max: customers}), item: fc.constantFrom("A", "B", "C", "D"), day: fc.integer({min: 0, max: 120}), value: fc.option(fc.integer({min: 1, max: 90}), {freq: 8})}), length
).map((rows) => rows.filter((one, k) => rows.findIndex((other) => other.customer === one.customer && other.item === one.item) === k).map((one) => ({...one, segment: [null, "North", "South"][one.customer % 3]!})));

const key = ({from, to}: {from: string; to: string}) => `${from}${to}`;
const close = (value: number | null) => (value === null ? null : Number(value.toPrecision(10)));

describe("what follows which", () => {
  const ask = (question: Partial<ProductQuestion>, asOf: number, more?: Partial<Manifest>) => askProduct({ask: "next", level: "product", window: 30, limit: 1000, ...question}, {manifest: manifest(asOf, more), run: native.run}) as Promise<NextProducts>;

  it("is what going through the customers one by one gives, for any log, window and filter", () =>
    fc.assert(fc.asyncProperty(logs(25, {minLength: 1, maxLength: 70}), fc.integer({min: 20, max: 150}), fc.constantFrom(1, 10, 30, 90), fc.boolean(), async (log, asOf, window, isNorth) => {
      await load(log);
      const seen = log.filter(({day, segment}) => day <= asOf && (!isNorth || segment !== "South"));
      const wanted = pairsOf(seen, asOf, window);
      const told = await ask({window, ...(isNorth && {filters: [{dimension: "segment", values: ["North", null]}]})}, asOf);
      expect(told.customers).toBe(new Set(seen.map(({customer}) => customer)).size);
      expect(told.count).toBe(wanted.length);
      const own = new Map(told.pairs.map((pair) => [key(pair), pair]));
      for (const {rate, base, days, ...counts} of wanted) {
        const pair = own.get(key(counts))!;
        expect(pair).toMatchObject(counts);
        expect([close(pair.rate), close(pair.base), close(pair.days)]).toEqual([close(rate), close(base), close(days)]);
        expect([pair.low, pair.high]).toEqual([...wilson(counts.followed, counts.n)]);
        expect(close(pair.lift)).toBe(base > 0 ? close(rate / base) : null);
      }
      expect(told.pairs.map(({rate}) => rate)).toEqual(told.pairs.map(({rate}) => rate).sort((a, b) => b - a));
    }), {numRuns: 60, seed: 12, endOnFailure: true}), 30_000);

  it("tells what is bought on one day apart, and counts only who was watched for a window", async () => {
    const buy = (customer: number, item: string, day: number): Start => ({customer, item, day, value: 10, segment: null});
    // 1 buys B 5 days after A; 2 on the same day; 3 had B before; 4 never; 5 bought A too late to tell.
    await load([buy(1, "A", 0), buy(1, "B", 5), buy(2, "A", 3), buy(2, "B", 3), buy(3, "B", 1), buy(3, "A", 8), buy(4, "A", 9), buy(5, "A", 80), buy(5, "B", 81)]);
    const {pairs, customers, mature} = await ask({}, 100);
    expect([customers, mature]).toEqual([5, 4]);
    expect(pairs.find((pair) => key(pair) === "AB")).toMatchObject({buyers: 4, before: 1, together: 1, n: 2, followed: 1, rate: 0.5, days: 5, small: true});
    expect(pairs.find((pair) => key(pair) === "BA")).toMatchObject({buyers: 3, before: 1, together: 1, n: 1, followed: 1, days: 7});
  });

  it("names filters that it cannot apply, levels that are not fed, and hides small groups", async () => {
    expect((await ask({filters: [{dimension: "stage", values: ["Won"]}]}, 100)).notApplied).toEqual(["stage"]);
    expect(await ask({}, 100, {minGroup: 3})).toMatchObject({pairs: [], count: 0, hidden: 2});
    await expect(ask({level: "family"}, 100, {fed: ["order_line.product_id"]})).rejects.toThrow("no source feeds the products by family");
  });
});

describe("white space", () => {
  const ask = (question: Partial<ProductQuestion>, more?: Partial<Manifest>) => askProduct({ask: "white_space", level: "product", limit: 1000, ...question}, {manifest: manifest(200, more), run: native.run}) as Promise<WhiteSpace>;

  it("is what going through the customers one by one gives, for any log", () =>
    fc.assert(fc.asyncProperty(logs(130, {minLength: 90, maxLength: 260}), async (log) => {
      await load(log);
      const wanted = spacesOf(log);
      const told = await ask({});
      const name = ({item, segment}: {item: string; segment: string | null}) => `${item} ${segment}`;
      const plain = ({n, bought, open, value, total}: WhiteSpace["offers"][number]) => ({n, bought, open, value, total: close(total)});
      expect(Object.fromEntries(told.offers.map((one) => [name(one), plain(one)])))
        .toEqual(Object.fromEntries(wanted.map(({lacking, ...one}) => [name(one), {n: one.n, bought: one.bought, open: lacking.length, value: one.value, total: close((one.bought / one.n) * one.value! * lacking.length)}])));
      expect(told.entries!.map((one) => `${one.customer} ${one.item}`).sort()).toEqual(wanted.flatMap(({item, lacking}) => lacking.map((customer) => `${customer} ${item}`)).sort());
      expect(told.count).toBe(told.entries!.length);
      expect(close(told.expected)).toBe(close(told.entries!.reduce((sum, {expected}) => sum + expected, 0)));
      expect(told.entries!.map(({expected}) => expected)).toEqual(told.entries!.map(({expected}) => expected).sort((a, b) => b - a));
      for (const {customer, item} of told.entries!) expect(log.some((one) => one.customer === customer && one.item === item)).toBe(false);
    }), {numRuns: 25, seed: 12, endOnFailure: true}), 30_000);

  it("keeps to its limit, and lists nobody where small groups have no numbers", async () => {
    await load(Array.from({length: 60}, (_, k): Start[] => [{customer: k, item: "A", day: k, value: 5, segment: "North"}, ...(k % 2 ? [{customer: k, item: "B", day: k + 1, value: 40, segment: "North"}] : [])]).flat());
    const two = await ask({limit: 2});
    expect(two).toMatchObject({count: 30, expected: 600, entries: [{customer: 58, item: "B", share: 0.5, expected: 20, record: null, lastDay: iso(58)}, {customer: 56}]});
    expect(await ask({}, {minGroup: 5})).toMatchObject({entries: null, count: 30});
    expect((await ask({}, {minGroup: 61})).offers).toEqual([]);
  });
});
