// Gamma-Gamma: what a customer's purchases are worth on average (Fader, Hardie 2013). For those who came back.

import {logGamma} from "./logGamma.js";
import {nelderMead} from "./nelderMead.js";

export interface Spending {
  /** Purchases after the first. */
  readonly repeats: number;
  /** Mean value of these. */
  readonly mean: number;
}

/** Values of one customer are gamma (p, ν), ν differs between customers as gamma (q, v). */
export interface GammaGamma {
  readonly p: number;
  readonly q: number;
  readonly v: number;
}

/** Parameters of which the search found no end, so that only a product or ratio is told: p × v where one customer's values do not differ, v ÷ q where customers do not. */
export type SpendingEdge = "purchases" | "customers" | "both";

export type FittedGammaGamma = GammaGamma & {readonly atEdge: SpendingEdge | null};

export function spendingLikelihood(spendings: readonly Spending[], {p, q, v}: GammaGamma): number {
  const fixed = q * Math.log(v) - logGamma(q);
  return spendings.reduce((sum, {repeats: x, mean}) =>
    sum + fixed + logGamma(p * x + q) - logGamma(p * x) + (p * x - 1) * Math.log(mean) + p * x * Math.log(x) - (p * x + q) * Math.log(x * mean + v), 0);
}

/** Where customers do not differ parameters grow without end; at e to this nothing changes any more. */
const edge = 9;
/** The search stops short of the edge by up to this. */
const nearEdge = 0.01;

/** Returns the likeliest model over customers with repeats and a mean above 0; null where the search does not settle. */
export function fitGammaGamma(spendings: readonly Spending[]): FittedGammaGamma | null {
  if (spendings.length === 0) return null;
  const scale = spendings.reduce((sum, {mean}) => sum + mean, 0) / spendings.length;
  const scaled = spendings.map(({repeats, mean}) => ({repeats, mean: mean / scale}));
  const model = (logs: readonly number[]): GammaGamma => {
    const [p, q, v] = logs.map(Math.exp) as [number, number, number];
    return {p, q, v};
  };
  const worth = (logs: readonly number[]) => (logs.some((log) => Math.abs(log) > edge) ? Infinity : -spendingLikelihood(scaled, model(logs)) / scaled.length);
  const {at, settled} = nelderMead(worth, [1, 1, 0]);
  if (!settled) return null;
  const {v, ...rest} = model(at);
  return {...rest, v: v * scale, atEdge: whichAtEdge(at as [number, number, number])};
}

/** As p grows v shrinks, as q grows v grows too. */
function whichAtEdge([p, q, v]: readonly [number, number, number]): SpendingEdge | null {
  const lies = (log: number) => Math.abs(log) > edge - nearEdge;
  const [purchases, customers] = [lies(p) || (lies(v) && v < 0), lies(q) || (lies(v) && v > 0)];
  return purchases && customers ? "both" : purchases ? "purchases" : customers ? "customers" : null;
}

/** Returns the value to expect of a purchase; of customers without repeats that of all. Needs q > 1. */
export function expectedValue({repeats, mean}: Spending, {p, q, v}: GammaGamma): number {
  const own = (p * repeats) / (p * repeats + q - 1);
  return (1 - own) * ((p * v) / (q - 1)) + own * mean;
}
