// Health as plain TypeScript finds it by looking at each customer and month end in turn.

import type {HealthGroup, HealthOutcome, HealthVerdict} from "../../../src/query/health/question.js";

/** One row of the mart. */
export interface Scoring {
  readonly customer: number;
  /** Days since 1970. */
  readonly from: number;
  readonly to: number;
  readonly left: number | null;
  readonly score: number | null;
  readonly confidence: number;
  readonly band: Exclude<HealthGroup, "none"> | null;
  readonly mrr: number | null;
}

export const isMonthEnd = (day: number): boolean => new Date((day + 1) * 86_400_000).getUTCDate() === 1;

const groups: readonly HealthGroup[] = ["red", "amber", "green", "none"];
const groupOf = ({band}: Scoring): HealthGroup => band ?? "none";

/** Returns who stands how on a day. */
export function standing(scorings: readonly Scoring[], asOf: number) {
  const held = scorings.filter(({from, to}) => from <= asOf && asOf < to);
  return groups.flatMap((band) => {
    const own = held.filter((one) => groupOf(one) === band);
    return own.length === 0 ? [] : [{band, customers: own.length, mrr: own.reduce((sum, {mrr}) => sum + (mrr ?? 0), 0)}];
  });
}

/** Returns the 95 % Wilson interval, as solved from (p̂ − p)² = z² p (1 − p) / n by halving. */
function interval(rate: number, n: number): [number, number] {
  const z = 1.959963984540054;
  const isOut = (p: number) => (rate - p) ** 2 > (z * z * p * (1 - p)) / n;
  const edge = (out: number, inside: number) => {
    let [a, b] = [out, inside];
    for (let k = 0; k < 100; k++) {
      const middle = (a + b) / 2;
      if (isOut(middle)) a = middle;
      else b = middle;
    }
    return (a + b) / 2;
  };
  return [rate === 0 ? 0 : edge(0, rate), rate === 1 ? 1 : edge(1, rate)];
}

/** Returns what became of those scored at the month ends that lie 90 days back or more. */
export function replayed(scorings: readonly Scoring[], asOf: number): Omit<HealthOutcome, "suppressed">[] {
  const old = scorings.filter(({from, score}) => isMonthEnd(from) && asOf - from >= 90 && score !== null);
  const found = groups.map((band) => {
    const own = old.filter((one) => groupOf(one) === band);
    const lost = own.filter(({from, left}) => left !== null && left - from <= 90).length;
    const rate = own.length === 0 ? null : lost / own.length;
    return {band, scorings: own.length, customers: new Set(own.map(({customer}) => customer)).size, lost, rate, interval: rate === null ? null : interval(rate, Math.min(own.length / 3, new Set(own.map(({customer}) => customer)).size))};
  }).filter(({scorings: n}) => n > 0);
  return found.map((own, i) => {
    const better = found.slice(i + 1).find(({band}) => band !== "none");
    const apart = better !== undefined && own.interval![0] > better.interval![1];
    const verdict: HealthVerdict | null = own.band === "none" ? null
      : !better ? "best"
      : apart ? "predicts"
      : own.scorings < 30 || better.scorings < 30 ? "few"
      : own.rate! <= better.rate! ? "fails" : "unsure";
    return {...own, verdict};
  });
}

/** The score that held on a day. */
const heldOn = (scorings: readonly Scoring[], customer: number, day: number): number | null => scorings.find((one) => one.customer === customer && one.from <= day && day < one.to)?.score ?? null;

/** Returns who is in the red band on a day, the largest value first; else who fell since another, the largest fall first. */
export function listed(scorings: readonly Scoring[], asOf: number, since: number | null): number[] {
  const held = scorings.filter(({from, to}) => from <= asOf && asOf < to);
  const paid = ({mrr}: Scoring) => mrr ?? -Infinity;
  const byPaid = (a: Scoring, b: Scoring) => (paid(a) === paid(b) ? 0 : paid(b) - paid(a));
  if (since === null) return held.filter(({band}) => band === "red").sort((a, b) => byPaid(a, b) || a.score! - b.score! || a.customer - b.customer).map(({customer}) => customer);
  const fall = ({customer, score}: Scoring) => {
    const before = heldOn(scorings, customer, since);
    return before === null || score === null ? 0 : before - score;
  };
  return held.filter((one) => fall(one) > 0).sort((a, b) => fall(b) - fall(a) || byPaid(a, b) || a.customer - b.customer).map(({customer}) => customer);
}
