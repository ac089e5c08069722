// Segments by recency, frequency and value, and concentration, as plain TypeScript finds them by counting.

import type {RfmSegmentId} from "../../../src/metrics/rfm.js";

export interface LogOrder {
  readonly customer: number | null;
  readonly day: number;
  /** Negative for a return; null without a rate. */
  readonly amount: number | null;
  readonly isCancelled: boolean;
  readonly isReturn: boolean;
}

export interface Scored {
  readonly customer: number;
  readonly recency: number;
  readonly frequency: number;
  readonly value: number;
  readonly scores: readonly [recency: number, frequency: number, value: number];
  readonly segment: RfmSegmentId;
}

/** Returns what the segments rest on: by recency score, best last, the segment for each mean of the other two, best last. */
const grid: readonly (readonly RfmSegmentId[])[] = [
  ["lost", "lost", "at_risk", "cannot_lose", "cannot_lose"],
  ["sleeping", "sleeping", "at_risk", "at_risk", "at_risk"],
  ["sleeping", "attention", "attention", "loyal", "loyal"],
  ["recent", "promising", "loyal", "champions", "champions"],
  ["recent", "promising", "loyal", "champions", "champions"]
];

/** Returns the fifth in which one lies: five times the share of those who are worse, rounded down, from 1. */
const fifth = (own: number, all: readonly number[]): number => 1 + Math.floor((5 * all.filter((other) => other < own).length) / all.length);

/** Returns one entry a customer who ordered by the day. */
export function scored(log: readonly LogOrder[], asOf: number): Scored[] {
  const known = log.filter(({customer, day, isCancelled}) => customer !== null && day <= asOf && !isCancelled);
  const bought = known.filter(({isReturn}) => !isReturn);
  const measured = [...new Set(bought.map(({customer}) => customer!))].sort((a, b) => a - b).map((customer) => {
    const days = [...new Set(bought.filter((one) => one.customer === customer).map(({day}) => day))];
    const value = known.filter((one) => one.customer === customer).reduce((all, {amount}) => all + (amount ?? 0), 0);
    return {customer, recency: asOf - Math.max(...days), frequency: days.length, value};
  });
  return measured.map((one) => {
    const scores = [fifth(-one.recency, measured.map(({recency}) => -recency)), fifth(one.frequency, measured.map(({frequency}) => frequency)), fifth(one.value, measured.map(({value}) => value))] as const;
    return {...one, scores, segment: grid[scores[0] - 1]![Math.ceil((scores[1] + scores[2]) / 2) - 1]!};
  });
}

/** Returns the middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export interface Concentrated {
  readonly customers: number;
  readonly revenue: number;
  readonly others: number;
  readonly gini: number | null;
  /** Revenue of the first so many. */
  readonly top: (percent: number) => number;
}

/** Returns how revenue is spread over those who brought any from a day on and before another; Gini by the mean difference of all pairs. */
export function concentrated(log: readonly LogOrder[], from: number, before: number): Concentrated {
  const known = log.filter(({customer, day, isCancelled}) => customer !== null && day >= from && day < before && !isCancelled);
  const values = [...new Set(known.map(({customer}) => customer))].map((customer) => known.filter((one) => one.customer === customer).reduce((all, {amount}) => all + (amount ?? 0), 0));
  const brought = values.filter((value) => value > 0).sort((a, b) => b - a);
  const revenue = brought.reduce((all, one) => all + one, 0);
  const pairs = brought.flatMap((a) => brought.map((b) => Math.abs(a - b))).reduce((all, one) => all + one, 0);
  return {
    customers: brought.length, revenue, others: values.length - brought.length,
    gini: brought.length > 0 ? pairs / (2 * brought.length * revenue) : null,
    top: (percent) => brought.slice(0, Math.ceil((brought.length * percent) / 100)).reduce((all, one) => all + one, 0)
  };
}
