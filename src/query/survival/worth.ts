// What a customer is worth by how long customers stay: what it pays a month × the months that it is expected to stay, discounted × margin.

import {grossMargin} from "../../metrics/orders.js";
import {monthDays} from "../../metrics/survival.js";
import {missingData} from "../catalogue.js";
import type {Manifest} from "../manifest.js";
import type {Answer, Question} from "../question.js";
import type {SurvivalCurve} from "./question.js";

export interface StayWorth {
  /** Of the first so many months from the first payment: nothing is told of what comes after. */
  readonly months: number;
  /** What one pays a month. */
  readonly monthly: number;
  /** Gross profit; revenue where no margin is known. Discounted, with what the 95 % interval of the stay makes of it. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Returns the worth of those of a curve; null where too few are at risk at every horizon, or nobody's payment is known. */
export function stayWorth({discounted, monthlyValue}: Pick<SurvivalCurve, "discounted" | "monthlyValue">, margin: number | null): StayWorth | null {
  if (discounted === null || monthlyValue === null) return null;
  const daily = (monthlyValue / monthDays) * (margin ?? 1);
  // A margin below 0 turns the interval about.
  const [low, high] = [discounted.low * daily, discounted.high * daily].sort((a, b) => a - b) as [number, number];
  return {months: discounted.horizon / monthDays, monthly: monthlyValue, value: discounted.value * daily, low, high};
}

/** Returns the question for the gross margin of all sales of the twelve months up to the as-of day; null where no cost is known. */
export function marginQuestion(manifest: Manifest): Question | null {
  if (missingData(grossMargin, manifest)) return null;
  return {metrics: [grossMargin.id], period: `${yearBefore(manifest.asOf)}..${manifest.asOf}`, compare: []};
}

/** Returns the margin of the answer; null where there is none. */
export const marginOf = (answer: Answer | undefined): number | null => answer?.rows.find(({metric, total}) => metric === grossMargin.id && total)?.value ?? null;

/** The day after the same day a year before. */
function yearBefore(iso: string): string {
  const day = new Date(`${iso}T00:00:00Z`);
  return new Date(Date.UTC(day.getUTCFullYear() - 1, day.getUTCMonth(), day.getUTCDate() + 1)).toISOString().slice(0, 10);
}
