// Whether the bands of health predict who leaves.

import {fewestScorings, overlapping} from "../../metrics/health.js";
import {wilson} from "../wilson.js";
import type {HealthGroup, HealthOutcome, HealthVerdict} from "./question.js";

export interface Scorings {
  readonly band: HealthGroup;
  readonly scorings: number;
  readonly customers: number;
  readonly lost: number;
}

/**
 * Returns the bands with rate, interval and verdict; `found` is in the order of the worst first. A customer is scored every
 * month and the windows of three scorings overlap, so that one departure counts up to three times; and what one customer is
 * like in a month it is like in the next. The interval is that of a third of the scorings, and of no more than there are
 * customers.
 */
export function judgeBands(found: readonly Scorings[]): HealthOutcome[] {
  const rated = found.filter(({scorings}) => scorings > 0).map((one) => {
    const [rate, n] = [one.lost / one.scorings, Math.min(one.scorings / overlapping, one.customers)];
    return {...one, rate, interval: wilson(rate * n, n)};
  });
  const banded = rated.filter(({band}) => band !== "none");
  return rated.map((one) => ({...one, verdict: one.band === "none" ? null : verdictOf(one, banded[banded.indexOf(one) + 1])}));
}

interface Rated {
  readonly scorings: number;
  readonly rate: number;
  readonly interval: readonly [number, number];
}

function verdictOf(own: Rated, better: Rated | undefined): HealthVerdict {
  if (!better) return "best";
  if (own.scorings < fewestScorings || better.scorings < fewestScorings) return own.rate > better.rate && own.interval[0] > better.interval[1] ? "predicts" : "few";
  if (own.rate <= better.rate) return "fails";
  return own.interval[0] > better.interval[1] ? "predicts" : "unsure";
}
