// A log of purchases whose summary is that of the CDNOW customers: customer, date, quantity, value.

import {readFileSync} from "node:fs";

export interface Row {
  readonly customer: string;
  /** Days since 1 January 1997. */
  readonly day: number;
  readonly quantity: number;
  readonly cents: number;
}

/** 30 September 1997: the last of 39 weeks that were watched. */
export const lastDay = 272;

interface Customer {
  readonly id: string;
  readonly repeats: number;
  readonly last: number;
  readonly age: number;
}

/** The customers of the fixture; its weeks are whole days. */
const customers: readonly Customer[] = readFileSync("test/fixtures/cdnow/customers.csv", "utf8").trim().split("\n").slice(1).map((line) => {
  const [id = "", repeats, last, age] = line.split(",");
  return {id, repeats: Number(repeats), last: Math.round(Number(last) * 7), age: Math.round(Number(age) * 7)};
});

/**
 * Every customer buys on as many days as it did, the first and the last of them its own, the others between. The fixture
 * knows no values: the mean of each customer's repeats is made so that `spending` are the likeliest parameters, that is,
 * the slopes of the likelihood are 0 there. Every fourth purchase is two rows of one day; the log goes on after the last day.
 */
export function cdnowLog(spending: {readonly p: number; readonly q: number; readonly v: number}): Row[] {
  const means = likelyMeans(customers.map(({repeats}) => repeats), spending);
  return customers.flatMap(({id, repeats, last, age}, at) => {
    const first = lastDay - age;
    const days = [first, ...Array.from({length: repeats}, (_, k) => first + Math.round((last * (k + 1)) / repeats))];
    const cents = Math.round(means[at]! * 100);
    const bought = days.flatMap((day, k): Row[] => {
      const value = k === 0 ? 1500 + ((at * 37) % 4000) : cents;
      if ((at + k) % 4) return [{customer: id, day, quantity: 1, cents: value}];
      return [Math.floor(value / 2), Math.ceil(value / 2)].map((half) => ({customer: id, day, quantity: 1, cents: half}));
    });
    return at % 10 ? bought : [...bought, {customer: id, day: lastDay + 1 + (at % 90), quantity: 1, cents: 1000}];
  });
}

/** Means of `counts` repeats (0 where there are none), dollars: customers differ by one normal number, their few purchases by another. */
function likelyMeans(counts: readonly number[], {p, q, v}: {readonly p: number; readonly q: number; readonly v: number}): number[] {
  const random = seeded(1997);
  const noise = counts.map(() => [normal(random), normal(random)] as const);
  const means = ([level, between, within]: readonly number[]) => counts.map((x, k) => (x === 0 ? 0 : Math.exp(level! + between! * noise[k]![0] + (within! * noise[k]![1]) / Math.sqrt(x))));
  /** Slopes of the Gamma-Gamma likelihood in p, q and v, a repeater each. */
  const slopes = (values: readonly number[]): number[] => {
    const sum = (of: (x: number, mean: number) => number) => means(values).reduce((total, mean, k) => (counts[k] ? total + of(counts[k], mean) : total), 0) / counts.length;
    return [
      sum((x, mean) => x * (digamma(p * x + q) - digamma(p * x) + Math.log((x * mean) / (x * mean + v)))),
      sum((x, mean) => digamma(p * x + q) - digamma(q) + Math.log(v / (x * mean + v))),
      sum((x, mean) => q / v - (p * x + q) / (x * mean + v))
    ];
  };
  let at = [3.5, 0.5, 0.4];
  for (let step = 0; step < 30; ++step) {
    const now = slopes(at);
    const columns = at.map((_, k) => slopes(at.map((value, j) => (j === k ? value + 1e-6 : value))).map((slope, i) => (slope - now[i]!) / 1e-6));
    const whole = determinant(columns);
    at = at.map((value, k) => value - determinant(columns.map((column, j) => (j === k ? now : column))) / whole);
  }
  return means(at);
}

const determinant = ([a, b, c]: readonly (readonly number[])[]): number =>
  a![0]! * (b![1]! * c![2]! - b![2]! * c![1]!) - b![0]! * (a![1]! * c![2]! - a![2]! * c![1]!) + c![0]! * (a![1]! * b![2]! - a![2]! * b![1]!);

/** The slope of ln Γ. */
function digamma(x: number): number {
  if (x < 8) return digamma(x + 1) - 1 / x;
  const y = 1 / (x * x);
  return Math.log(x) - 1 / (2 * x) - y * (1 / 12 - y * (1 / 120 - y / 252));
}

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

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
