// What each customer is likely to be worth: BG/NBD for how often, Gamma-Gamma for how much (kpi-formulas b.6).

import {fewest, mostCorrelation, mostFitted, type NoEstimate} from "../../src/query/value/question.js";
import {aliveChance, expectedPurchases, fitBgNbd, type FittedBgNbd, type History} from "./bgNbd.js";
import {expectedValue, fitGammaGamma, type FittedGammaGamma, type Spending} from "./gammaGamma.js";

/** Times in days. */
export type Buyer = History & Spending & {readonly customer: number};

export interface ValueRules {
  /** Gross profit ÷ revenue; null where no cost is known. */
  readonly margin: number | null;
  /** What money a year later is worth less, as a share. */
  readonly discount: number;
}

export interface ValueModel {
  readonly reason: NoEstimate | null;
  readonly customers: number;
  /** Customers who came back. */
  readonly repeaters: number;
  /** Of repeats with their mean value: the two models hold side by side where it is near 0. */
  readonly correlation: number | null;
  readonly purchases: FittedBgNbd | null;
  readonly spending: FittedGammaGamma | null;
}

export interface Estimate {
  readonly customer: number;
  readonly alive: number;
  /** Purchases in the next 12 and 24 months. */
  readonly purchases: readonly [number, number];
  /** Discounted gross profit of these; null without a margin. */
  readonly value: readonly [number | null, number | null];
}

const month = 365.25 / 12;
/** The models are fitted in weeks. */
const week = 7;

/** Returns the models of the customers, or why there are none. */
export function fitValueModel(buyers: readonly Buyer[]): ValueModel {
  const spenders = buyers.filter(({repeats, mean}) => repeats > 0 && mean > 0);
  const counted = {customers: buyers.length, repeaters: spenders.length, correlation: correlation(spenders)};
  const none = (reason: NoEstimate): ValueModel => ({reason, ...counted, purchases: null, spending: null});
  if (counted.customers < fewest.customers || counted.repeaters < fewest.repeaters) return none("too_few_customers");
  const purchases = fitBgNbd(spreadOut(buyers).map(inWeeks));
  const spending = fitGammaGamma(spreadOut(spenders));
  if (!purchases || !spending) return none("no_fit");
  const reason = spending.q <= 1 ? "no_mean" : Math.abs(counted.correlation ?? 0) > mostCorrelation ? "correlated" : null;
  return {reason, ...counted, purchases, spending};
}

/** Returns what a fitted model expects of each customer; nothing where there is a reason against it. */
export function estimateValues(buyers: readonly Buyer[], {reason, purchases: model, spending}: ValueModel, {margin, discount}: ValueRules): Estimate[] {
  if (reason !== null || !model || !spending) return [];
  const monthly = (1 + discount) ** (1 / 12);
  return buyers.map((buyer) => {
    const history = inWeeks(buyer);
    const worth = expectedValue(buyer.mean > 0 ? buyer : {repeats: 0, mean: 0}, spending);
    const until = Array.from({length: 25}, (_, k) => (k === 0 ? 0 : expectedPurchases(history, (k * month) / week, model)));
    const value = (months: number) => margin === null ? null
      : margin * worth * until.slice(1, months + 1).reduce((sum, count, k) => sum + (count - until[k]!) / monthly ** (k + 1), 0);
    return {customer: buyer.customer, alive: aliveChance(history, model), purchases: [until[12]!, until[24]!], value: [value(12), value(24)]};
  });
}

const inWeeks = ({repeats, last, age}: History): History => ({repeats, last: last / week, age: age / week});

/** Returns as many as are fitted, evenly spread. */
export const spreadOut = <T>(all: readonly T[]): readonly T[] =>
  all.length <= mostFitted ? all : Array.from({length: mostFitted}, (_, k) => all[Math.floor((k * all.length) / mostFitted)]!);

function correlation(spenders: readonly Spending[]): number | null {
  const n = spenders.length;
  const average = (of: (one: Spending) => number) => spenders.reduce((sum, one) => sum + of(one), 0) / n;
  const [x, m] = [average(({repeats}) => repeats), average(({mean}) => mean)];
  const both = average(({repeats, mean}) => (repeats - x) * (mean - m));
  const [sx, sm] = [Math.sqrt(average(({repeats}) => (repeats - x) ** 2)), Math.sqrt(average(({mean}) => (mean - m) ** 2))];
  return n > 1 && sx > 0 && sm > 0 ? both / (sx * sm) : null;
}
