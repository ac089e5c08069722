import {beforeAll, describe, expect, it} from "vitest";
import {compare, holdOut, tracksOf, type HoldOut, type Purchase} from "../../loaders/models/holdOut.js";

/** Numbers from 0 to 1 that come the same every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A log of the process itself: rates are gamma (1, 12 weeks), chances to stop beta (1, 3), first purchases in the first 300 days. */
function simulated(customers: number, end: number, {stopsAt = Infinity, seed = 7} = {}): Purchase[] {
  const random = seeded(seed);
  const exponential = () => -Math.log(1 - random());
  return Array.from({length: customers}, (_, customer) => {
    const rate = exponential() / (12 * 7);
    const chance = 1 - random() ** (1 / 3);
    const days: number[] = [];
    for (let at = random() * 300; at <= Math.min(end, stopsAt); at += exponential() / rate) {
      days.push(Math.floor(at));
      if (days.length > 1 && random() < chance) break;
    }
    return days.map((day) => ({customer, day}));
  }).flat();
}

describe("what is held out of a log", () => {
  const log: Purchase[] = [[1, 0], [1, 14], [1, 14], [1, 90], [1, 130], [2, 80], [2, 81], [3, 95], [3, 99]].map(([customer, day]) => ({customer: customer!, day: day!}));

  it("is what customers of the first part bought after it, one purchase a day", () =>
    expect(tracksOf(log, 80)).toEqual([
      {repeats: 1, last: 2, age: 80 / 7, later: [90, 130]}, {repeats: 0, last: 0, age: 0, later: [81]}
    ]));
  it("is counted from the start of the rest to the end of each month, and by repeats", () => {
    // All buy once a week and nobody stops: each is expected 10 weeks × 1.
    const weekly = {r: 1e6, alpha: 1e6, a: 1e-9, b: 2};
    const {total, months, byRepeats} = compare(tracksOf(log, 80), weekly, 80, 150);
    expect(total.observed).toBe(3);
    expect(total.expected).toBeCloseTo(20, 2);
    expect(months.map(({day, observed}) => [day, observed])).toEqual([[110, 2], [141, 3], [150, 3]]);
    expect(months[0]!.expected).toBeCloseTo((2 * 30) / 7, 2);
    expect(byRepeats.map(({repeats, customers, observed}) => [repeats, customers, observed])).toEqual([[0, 1, 1], [1, 1, 2]]);
    expect(byRepeats[1]!.expected).toBeCloseTo(10, 2);
  });
  it("is nothing of few customers, of a short log, or of one without any", () => {
    expect(holdOut(log, 150)).toMatchObject({reason: "too_few_customers", until: 100, customers: 3, months: [], byRepeats: []});
    expect(holdOut(simulated(2000, 150), 150)).toMatchObject({reason: "too_short", months: []});
    expect(holdOut([], 150)).toMatchObject({reason: "too_few_customers", customers: 0});
  });
});

describe("a log made by the model's own process", () => {
  const end = 720;
  let found!: HoldOut;
  beforeAll(() => {
    found = holdOut(simulated(6000, end), end);
  });

  it("is predicted within a few percent, in all and month by month", () => {
    expect(found).toMatchObject({reason: null, customers: 6000});
    expect(found.total.observed).toBeGreaterThan(1000);
    expect(Math.abs(found.total.expected / found.total.observed - 1)).toBeLessThan(0.05);
    expect(found.months).toHaveLength(8);
    for (const {expected, observed} of found.months) expect(Math.abs(expected / observed - 1)).toBeLessThan(0.1);
    expect(found.months.at(-1)).toMatchObject({day: end, ...found.total});
  });
  it("is predicted by repeats, whose customers add up to all", () => {
    const sum = (of: (one: HoldOut["byRepeats"][number]) => number) => found.byRepeats.reduce((total, one) => total + of(one), 0);
    expect(found.byRepeats.map(({repeats}) => repeats)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(sum(({customers}) => customers)).toBe(found.customers);
    expect(sum(({customers, observed}) => customers * observed)).toBeCloseTo(found.total.observed, 6);
    expect(sum(({customers, expected}) => customers * expected)).toBeCloseTo(found.total.expected, 6);
    for (const {customers, expected, observed} of found.byRepeats) if (customers > 300) expect(Math.abs(expected - observed)).toBeLessThan(0.1 + 0.15 * observed);
  });
  it("is missed where the shop closes after the part that is fitted", () => {
    const closed = holdOut(simulated(2000, end, {stopsAt: found.until}), end);
    expect(closed.total.observed).toBe(0);
    expect(closed.total.expected).toBeGreaterThan(100);
  });
});
