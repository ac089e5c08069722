// The spelling of periods. A key names whole calendar units; nothing here knows as-of.

import {Temporal} from "temporal-polyfill";
import type {CalendarRules} from "./manifest.js";
import type {Grain, Period} from "./question.js";
import {QuestionError} from "./questionError.js";

export type PlainDate = Temporal.PlainDate;

/** Whole days from `start` inclusive to `end` exclusive, not cut at as-of. */
export interface Span {
  readonly key: string;
  readonly grain: Period["grain"];
  readonly start: PlainDate;
  readonly end: PlainDate;
}

export const grains = ["day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year"] as const satisfies readonly Grain[];

/** Spellings shown when a key is not understood. */
export const periodForms = [
  "2025", "2025-Q1", "2025-01", "2025-W05", "2025-01-31", "FY2025", "FY2025-Q1", "2025-01..2025-03",
  "closed:month", "current:month", "all"
] as const;

const lengths: Record<Grain, {days: number} | {months: number}> = {
  day: {days: 1}, week: {days: 7}, month: {months: 1}, quarter: {months: 3}, year: {months: 12},
  fiscal_quarter: {months: 3}, fiscal_year: {months: 12}
};

export const dateOf = (iso: string): PlainDate => Temporal.PlainDate.from(iso);
export const daysBetween = (start: PlainDate, end: PlainDate): number => start.until(end, {largestUnit: "day"}).days;
const four = (year: number) => String(year).padStart(4, "0");
const two = (n: number) => String(n).padStart(2, "0");
const firstOfMonth = (year: number, month: number) => Temporal.PlainDate.from({year, month, day: 1});

/** Returns the unit of a grain that starts on the day, with its key. `start` must be a first day of that grain. */
export function unitFrom(grain: Grain, start: PlainDate, rules: CalendarRules): Span {
  return {key: keyOf(grain, start, rules), grain, start, end: start.add(lengths[grain])};
}

/** Returns the unit of a grain that lies `count` units after the one starting on `start` (before it when negative). */
export function unitAfter(grain: Grain, start: PlainDate, count: number, rules: CalendarRules): Span {
  const length = lengths[grain];
  return unitFrom(grain, start.add("days" in length ? {days: length.days * count} : {months: length.months * count}), rules);
}

/** Returns the unit of a grain in which the day lies. */
export function unitContaining(grain: Grain, day: PlainDate, rules: CalendarRules): Span {
  const month = (first: number, every: number) => day.with({day: 1}).subtract({months: (((day.month - first) % every) + every) % every});
  switch (grain) {
    case "day": return unitFrom(grain, day, rules);
    case "week": return unitFrom(grain, weekStartOf(day, rules), rules);
    case "month": return unitFrom(grain, day.with({day: 1}), rules);
    case "quarter": return unitFrom(grain, month(1, 3), rules);
    case "year": return unitFrom(grain, month(1, 12), rules);
    case "fiscal_quarter": return unitFrom(grain, month(rules.fiscalYearStart, 3), rules);
    case "fiscal_year": return unitFrom(grain, month(rules.fiscalYearStart, 12), rules);
  }
}

/** A fiscal year is named for the calendar year in which it ends. */
const fiscalYearFirst = (label: number, rules: CalendarRules) =>
  firstOfMonth(rules.fiscalYearStart === 1 ? label : label - 1, rules.fiscalYearStart);

const weekStartOf = (day: PlainDate, {weekStart}: CalendarRules) => day.subtract({days: (day.dayOfWeek - weekStart + 7) % 7});

/** Week 1 holds the year's fourth day, whichever weekday weeks start on (ISO 8601 when that is Monday). */
const firstWeek = (year: number, rules: CalendarRules) => weekStartOf(firstOfMonth(year, 1).with({day: 4}), rules);

/** Returns how many weeks the week-numbering year has: 52 or 53. */
export const weeksIn = (year: number, rules: CalendarRules): number =>
  daysBetween(firstWeek(year, rules), firstWeek(year + 1, rules)) / 7;

/** Returns the number of the week starting on the day and the year it belongs to: that of its fourth day. */
export function weekNumber(start: PlainDate, rules: CalendarRules): {year: number; week: number} {
  const {year} = start.add({days: 3});
  return {year, week: daysBetween(firstWeek(year, rules), start) / 7 + 1};
}

function keyOf(grain: Grain, start: PlainDate, rules: CalendarRules): string {
  const quarter = (first: number) => ((((start.month - first) % 12) + 12) % 12) / 3 + 1;
  const fiscalLabel = start.year + (rules.fiscalYearStart === 1 || start.month < rules.fiscalYearStart ? 0 : 1);
  switch (grain) {
    case "day": return start.toString();
    case "week": {
      const {year, week} = weekNumber(start, rules);
      return `${four(year)}-W${two(week)}`;
    }
    case "month": return `${four(start.year)}-${two(start.month)}`;
    case "quarter": return `${four(start.year)}-Q${quarter(1)}`;
    case "year": return four(start.year);
    case "fiscal_quarter": return `FY${four(fiscalLabel)}-Q${quarter(rules.fiscalYearStart)}`;
    case "fiscal_year": return `FY${four(fiscalLabel)}`;
  }
}

/** Returns the span that runs from the first day of one key to the last of another, or that key itself when both are one. */
export function rangeSpan(from: Span, to: Span): Span {
  if (from.key === to.key) return from;
  return {key: `${from.key}..${to.key}`, grain: "range", start: from.start, end: to.end};
}

/** Returns the days that a plain key or a range `A..B` names (both ends inclusive). Throws naming the allowed forms. */
export function readKey(text: string, rules: CalendarRules): Span {
  const key = text.trim();
  const dots = key.indexOf("..");
  if (dots < 0) return readUnit(key, text, rules);
  const span = rangeSpan(readUnit(key.slice(0, dots).trim(), text, rules), readUnit(key.slice(dots + 2).trim(), text, rules));
  if (Temporal.PlainDate.compare(span.start, span.end) >= 0)
    throw new QuestionError({code: "range_reversed", value: text, message: `period ${JSON.stringify(text)} ends before it starts`, nearest: `${key.slice(dots + 2).trim()}..${key.slice(0, dots).trim()}`});
  return span;
}

function readUnit(key: string, whole: string, rules: CalendarRules): Span {
  const unit = unitNamed(key.toUpperCase(), rules);
  if (unit) return unit;
  throw unknownPeriod(whole, whole === key ? guess(key, rules) : undefined);
}

/** Returns the error for a key that is not understood, with the forms that are. */
export function unknownPeriod(key: string, suggestion?: string): QuestionError {
  return new QuestionError({
    code: "unknown_period", value: key, message: `unknown period: ${JSON.stringify(key)}`, allowed: periodForms,
    ...(suggestion === undefined ? {} : {nearest: suggestion})
  });
}

function unitNamed(key: string, rules: CalendarRules): Span | undefined {
  const match = /^(FY)?(\d{4})(?:-(?:Q([1-4])|W(\d\d)|(\d\d)(?:-(\d\d))?))?$/.exec(key);
  if (!match) return undefined;
  const [, fiscal, yearText, q, w, m, d] = match;
  const year = Number(yearText);
  if (year < 1) return undefined;
  if (fiscal) {
    if (w || m) return undefined;
    const first = fiscalYearFirst(year, rules);
    return q ? unitFrom("fiscal_quarter", first.add({months: (Number(q) - 1) * 3}), rules) : unitFrom("fiscal_year", first, rules);
  }
  if (q) return unitFrom("quarter", firstOfMonth(year, Number(q) * 3 - 2), rules);
  if (w) return Number(w) < 1 || Number(w) > weeksIn(year, rules) ? undefined : unitAfter("week", firstWeek(year, rules), Number(w) - 1, rules);
  if (!m) return unitFrom("year", firstOfMonth(year, 1), rules);
  if (Number(m) < 1 || Number(m) > 12) return undefined;
  const month = firstOfMonth(year, Number(m));
  if (!d) return unitFrom("month", month, rules);
  return Number(d) < 1 || Number(d) > month.daysInMonth ? undefined : unitFrom("day", month.with({day: Number(d)}), rules);
}

/** Other ways in which people write periods, each with the key it stands for. */
const habits: readonly (readonly [RegExp, string])[] = [
  [/^(FY)?(\d{4})[-/. ]?Q([1-4])$/, "$1$2-Q$3"],
  [/^Q([1-4])[-/. ]?(\d{4})$/, "$2-Q$1"],
  [/^(\d{4})[-/. ]?W(\d)$/, "$1-W0$2"],
  [/^(\d{4})[-/. ]?W(\d\d)$/, "$1-W$2"],
  [/^(\d{4})[-/. ]?(\d\d)$/, "$1-$2"],
  [/^(\d{4})[-/. ](\d)$/, "$1-0$2"],
  [/^(\d\d?)[-/. ](\d{4})$/, "$2-$1"],
  [/^(\d{4})[-/. ]?(\d\d)[-/. ]?(\d\d)$/, "$1-$2-$3"],
  [/^(\d{4})[-/. ](\d\d?)[-/. ](\d\d?)$/, "$1-$2-$3"],
  [/^FY(\d\d)$/, "FY20$1"],
  [/^FY(\d\d)[-/. ]?Q([1-4])$/, "FY20$1-Q$2"]
];

function guess(key: string, rules: CalendarRules): string | undefined {
  const text = key.toUpperCase().replace(/\.$/, "");
  for (const [form, as] of habits) {
    if (!form.test(text)) continue;
    const padded = text.replace(form, as).replace(/-(\d)(?=-|$)/g, "-0$1");
    if (unitNamed(padded, rules)) return padded;
  }
  return undefined;
}
