// Cohorts counted slowly: customer by customer and cell by cell, in the words of kpi-formulas b.4. Days are whole days since 1970.

import type {Cohort, CohortGrain} from "../../../src/metrics/cohort.js";
import type {CohortChoices} from "../../../src/query/cohort/plan.js";

export interface LogEvent {
  readonly customer: number;
  readonly event: string;
  readonly day: number;
  readonly value: number | null;
  readonly margin: number | null;
  readonly segment: string | null;
}

export interface ReferenceCell {
  readonly state: "whole" | "part" | "later";
  readonly active: number | null;
  readonly observed: number;
  readonly value: number | null;
}

export interface ReferenceLine {
  readonly key: string;
  readonly size: number;
  readonly cells: readonly ReferenceCell[];
}

export type Asked = Required<Pick<CohortChoices, "measure" | "grain" | "span" | "first" | "base" | "form" | "brackets">>;

const date = (day: number) => new Date(day * 86_400_000);
export const iso = (day: number): string => date(day).toISOString().slice(0, 10);
const utc = (year: number, month: number) => Math.round(Date.UTC(year, month, 1) / 86_400_000);
export const rolling: Record<CohortGrain, number> = {day: 1, week: 7, month: 30, quarter: 90, year: 365};

/** First day of the period in which a day lies, and that of the period `ahead` later. */
export function periodStart(day: number, grain: CohortGrain, weekStart: number, ahead = 0): number {
  if (grain === "day") return day + ahead;
  if (grain === "week") return day - ((date(day).getUTCDay() - (weekStart % 7) + 7) % 7) + 7 * ahead;
  const [year, month] = [date(day).getUTCFullYear(), date(day).getUTCMonth()];
  const every = {month: 1, quarter: 3, year: 12}[grain];
  return utc(year, month - (month % every) + every * ahead);
}

interface Entry {
  readonly customer: number;
  readonly start: number;
  readonly period: number;
  readonly segment: string | null;
}

/** Who begins, when. */
export function entriesOf(log: readonly LogEvent[], cohort: Cohort, {grain, first}: Asked, weekStart: number): Entry[] {
  const customers = [...new Set(log.map(({customer}) => customer))];
  return customers.flatMap((customer) => {
    const starts = log.filter((one) => one.customer === customer && one.event === cohort.start).sort((a, b) => a.day - b.day);
    const all = starts.map(({day, segment}): Entry => ({customer, start: day, period: periodStart(day, grain, weekStart), segment}));
    return first === "ever" ? all.slice(0, 1) : all.filter((one, k) => all.findIndex((other) => other.period === one.period) === k);
  });
}

/** Whether a day lies in the given age after a start. */
function isAt(day: number, {start, period}: Entry, a: number, b: number, {grain, span}: Asked, weekStart: number): boolean {
  if (day < start) return false;
  if (span === "rolling") return day >= start + a * rolling[grain] && day < start + (b + 1) * rolling[grain];
  return day >= periodStart(period, grain, weekStart, a) && day < periodStart(period, grain, weekStart, b + 1);
}

export function referenceCell(entries: readonly Entry[], period: number, [a, b]: readonly [number, number], previous: readonly [number, number] | null, log: readonly LogEvent[], cohort: Cohort, asked: Asked, asOf: number, weekStart: number): ReferenceCell & {over: number | null; under: number | null} {
  const {measure, grain, span, base, form} = asked;
  const later = measure === "on_or_after" ? 1 : 0;
  // The last day on which the last of the cohort is still of that age.
  const lastStart = periodStart(period, grain, weekStart, 1) - 1;
  const end = (age: number) => (span === "rolling" ? lastStart + (age + 1) * rolling[grain] : periodStart(period, grain, weekStart, age + 1)) - 1;
  const begin = span === "rolling" ? period + a * rolling[grain] : periodStart(period, grain, weekStart, a);
  const state = end(b + later) <= asOf ? "whole" : begin <= asOf ? "part" : "later";
  if (state === "later") return {state, active: null, observed: 0, value: null, over: null, under: null};

  const seen = entries.filter(({start}) => span === "calendar" || start + (b + 1) * rolling[grain] - 1 <= asOf);
  const observed = seen.length;
  const known = (one: Entry) => log.filter(({customer, day}) => customer === one.customer && day >= one.start && day <= asOf);
  const back = (one: Entry) => known(one).filter(({event}) => (cohort.returns as readonly string[]).includes(event)).map(({day}) => day);
  const paid = (one: Entry) => known(one).filter(({event}) => (cohort.money as readonly string[]).includes(event));
  const isBack = (one: Entry, from: number, to: number) => from === 0 || back(one).some((day) => isAt(day, one, from, to, asked, weekStart));
  const count = (test: (one: Entry) => boolean) => seen.filter(test).length;
  const revenue = (one: Entry, from: number, to: number) => {
    const own = paid(one).filter(({day, value}) => value !== null && isAt(day, one, from, to, asked, weekStart));
    return own.length === 0 ? null : own.reduce((all, {value}) => all + value!, 0);
  };
  const margin = (one: Entry, to: number) => paid(one).filter(({day}) => isAt(day, one, 0, to, asked, weekStart)).reduce((all, own) => all + (own.margin ?? 0), 0);
  const sum = (of: (one: Entry) => number | null) => seen.reduce((all, one) => all + (of(one) ?? 0), 0);
  // Some amount is known at an age that its customer has seen in full.
  const told = (one: Entry) => paid(one).filter(({day}) => span === "calendar" || day < one.start + Math.floor((asOf + 1 - one.start) / rolling[grain]) * rolling[grain]);
  const hasRevenue = entries.some((one) => told(one).some((own) => own.value !== null));
  const hasMargin = entries.some((one) => told(one).some((own) => own.margin !== null));
  const stays = (one: Entry, from: number, to: number) => {
    const own = revenue(one, from, to);
    return own === null ? null : Math.min(own, revenue(one, 0, 0) ?? 0);
  };
  const active = count((one) => isBack(one, a, b));
  const of = (value: (from: number, to: number) => number, whole: number) => ({over: value(a, b), under: base === "first" ? whole : previous && value(...previous)});
  const parts = (): {over: number | null; under: number | null; active?: number} => {
    const orAfter = (from: number) => count((one) => isBack(one, from, 999));
    const again = () => count((one) => back(one).some((day) => day > one.start && isAt(day, one, 0, b, asked, weekStart)));
    switch (measure) {
      case "on": case "bracketed": return of((from, to) => count((one) => isBack(one, from, to)), observed);
      case "on_or_after": return {...of((from) => orAfter(from), observed), active: orAfter(a)};
      case "repeat": return {over: again(), under: observed, active: again()};
      case "grr": return hasRevenue ? of((from, to) => sum((one) => stays(one, from, to)), sum((one) => revenue(one, 0, 0))) : {over: null, under: null};
      case "nrr": return hasRevenue ? of((from, to) => sum((one) => revenue(one, from, to)), sum((one) => revenue(one, 0, 0))) : {over: null, under: null};
      case "revenue_per_customer": return {over: hasRevenue ? sum((one) => revenue(one, 0, b)) : null, under: observed};
      default: return {over: hasMargin ? sum((one) => margin(one, b)) : null, under: observed};
    }
  };
  const {over, under, active: own = active} = parts();
  // Of rolling periods, who was younger than that is in sums over ages: only whole ones are told.
  const isStep = ["on", "on_or_after", "bracketed", "grr", "nrr"].includes(measure) && base === "first";
  if (state === "part" && span === "rolling" && (!isStep || observed === 0)) return {state, active: null, observed, value: null, over: null, under: null};
  const divisor = form === "absolute" ? 1 : under;
  return {state, active: own, observed, value: over === null || divisor === null || divisor <= 0 ? null : over / divisor, over, under};
}
