// BG/NBD: how often customers buy until, after one purchase or other, they stop (Fader, Hardie, Lee 2005).

import {hypergeometric} from "./hypergeometric.js";
import {logGamma} from "./logGamma.js";
import {nelderMead} from "./nelderMead.js";

/** What is known of a customer; times in one unit, from its first purchase. */
export interface History {
  /** Purchases after the first. */
  readonly repeats: number;
  /** Time of the last purchase; 0 without repeats. */
  readonly last: number;
  /** How long it has been watched. */
  readonly age: number;
}

/** Rates of purchase are gamma (r, α), chances to stop after each are beta (a, b). */
export interface BgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** Pairs of parameters of which the search found no end, so that only their ratio is told: r ÷ α of the rates, a ÷ (a + b) of the chances. */
export type AtEdge = "rates" | "chances" | "both";

export type FittedBgNbd = BgNbd & {readonly atEdge: AtEdge | null};

/** Returns the log-likelihood of the histories. */
export function logLikelihood(histories: readonly History[], {r, alpha, a, b}: BgNbd): number {
  const most = histories.reduce((largest, {repeats}) => Math.max(largest, repeats), 0);
  const whole = r * Math.log(alpha) - logGamma(r) + logGamma(a + b) - logGamma(b);
  const counted = Array.from({length: most + 1}, (_, x) => whole + logGamma(r + x) + logGamma(b + x) - logGamma(a + b + x));
  return histories.reduce((sum, {repeats: x, last, age}) => {
    const alive = -(r + x) * Math.log(alpha + age);
    if (x === 0) return sum + counted[0]! + alive;
    const gone = Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + last);
    const [high, low] = alive > gone ? [alive, gone] : [gone, alive];
    return sum + counted[x]! + high + Math.log1p(Math.exp(low - high));
  }, 0);
}

/** Where customers do not differ a pair of parameters grows without end; at e to this nothing changes any more. */
const edge = 9;
/** The search stops short of the edge by up to this. */
const nearEdge = 0.01;

/** Returns the likeliest model; null where the search does not settle. */
export function fitBgNbd(histories: readonly History[]): FittedBgNbd | null {
  const longest = histories.reduce((most, {age}) => Math.max(most, age), 0);
  if (longest === 0) return null;
  // In a unit in which the longest time is 10 all parameters are of a size.
  const scale = 10 / longest;
  const scaled = histories.map(({repeats, last, age}) => ({repeats, last: last * scale, age: age * scale}));
  const model = (logs: readonly number[]): BgNbd => {
    const [r, alpha, a, b] = logs.map(Math.exp) as [number, number, number, number];
    return {r, alpha, a, b};
  };
  const worth = (logs: readonly number[]) => (logs.some((log) => Math.abs(log) > edge) ? Infinity : -logLikelihood(scaled, model(logs)) / scaled.length);
  const {at, settled} = nelderMead(worth, [0.1, 0.1, 0.1, 0.1]);
  if (!settled) return null;
  const {alpha, ...rest} = model(at);
  return {...rest, alpha: alpha / scale, atEdge: whichAtEdge(at)};
}

function whichAtEdge(logs: readonly number[]): AtEdge | null {
  const lies = (pair: readonly number[]) => pair.some((log) => Math.abs(log) > edge - nearEdge);
  const [rates, chances] = [lies(logs.slice(0, 2)), lies(logs.slice(2))];
  return rates && chances ? "both" : rates ? "rates" : chances ? "chances" : null;
}

/** Returns the chance that the customer still buys; 1 without repeats, for who never came back cannot have stopped since. */
export function aliveChance({repeats: x, last, age}: History, {r, alpha, a, b}: BgNbd): number {
  return x === 0 ? 1 : 1 / (1 + (a / (b + x - 1)) * ((alpha + age) / (alpha + last)) ** (r + x));
}

/** Returns the purchases to expect of the customer in the next `time`. */
export function expectedPurchases(history: History, time: number, model: BgNbd): number {
  const {repeats: x, age} = history;
  const {r, alpha, a, b} = model;
  const z = time / (alpha + age + time);
  const stays = ((alpha + age) / (alpha + age + time)) ** (r + x) * hypergeometric(r + x, b + x, a + b + x - 1, z);
  return ((a + b + x - 1) / (a - 1)) * (1 - stays) * aliveChance(history, model);
}
