// The seasonal shape of a period: what part of the whole its first days were in earlier years.

import {dateOf, daysBetween} from "../periodKey.js";
import type {Period} from "../question.js";

/** The same period of an earlier year: all of it, and as many of its first days as have passed of the running one. */
export interface ShapePeriods {
  readonly whole: string;
  readonly toDate: string;
}

const years = 3;

/** Returns the period keys that a running period's shape rests on, newest year first; none for a period that is over, for weeks, days and ranges. */
export function shapePeriods({key, grain, start, end, part}: Period): ShapePeriods[] {
  if (!part || !["month", "quarter", "year", "fiscal_quarter", "fiscal_year"].includes(grain)) return [];
  const elapsed = daysBetween(dateOf(start), dateOf(end));
  return Array.from({length: years}, (_, k) => {
    const first = dateOf(start).subtract({years: k + 1});
    return {whole: key.replace(/\d{4}/, (year) => String(Number(year) - k - 1)), toDate: `${first}..${first.add({days: elapsed - 1})}`};
  });
}

/** Returns the share of each year's value that had come by then; a year without both values, or with a whole of 0, has none. */
export function shapesOf(pairs: readonly {readonly toDate: number | null; readonly whole: number | null}[]): number[] {
  return pairs.flatMap(({toDate, whole}) => (toDate === null || whole === null || whole <= 0 ? [] : [toDate / whole]));
}
