// Periods as the report sees them: cut at as-of, compared like with like. Pure: as-of and the rules are arguments.

import {Temporal} from "temporal-polyfill";
import type {Window} from "../metrics/define.js";
import type {CalendarRules} from "./manifest.js";
import {nearest} from "./nearest.js";
import {
  dateOf, daysBetween, grains, rangeSpan, readKey, unitAfter, unitContaining, unitFrom, unknownPeriod, weekNumber, weeksIn,
  type PlainDate, type Span
} from "./periodKey.js";
import type {Grain, Period} from "./question.js";
import {QuestionError} from "./questionError.js";

export {grains, periodForms} from "./periodKey.js";

/** What the calendar of a report rests on. A `Manifest` is one. */
export interface CalendarContext {
  /** Last day the data knows about, inclusive. */
  readonly asOf: string;
  /** First day with any record. */
  readonly firstDay: string;
  readonly calendar: CalendarRules;
}

const before = (a: PlainDate, b: PlainDate) => Temporal.PlainDate.compare(a, b) < 0;
const earlier = (a: PlainDate, b: PlainDate) => (before(a, b) ? a : b);
/** First day that the data does not know about. */
const edge = ({asOf}: CalendarContext) => dateOf(asOf).add({days: 1});

function periodOf(span: Span, end: PlainDate, part: boolean): Period {
  return {
    key: span.key, grain: span.grain, start: span.start.toString(), end: end.toString(), part,
    census: end.subtract({days: 1}).toString()
  };
}

/** Returns the span cut to the day after as-of, marked as part, with its working days, when that takes days away. */
function cut(span: Span, context: CalendarContext): Period {
  const end = earlier(span.end, edge(context));
  if (!before(end, span.end)) return periodOf(span, end, false);
  const [start, last, past] = [span.start, end, span.end].map(String) as [string, string, string];
  const passed = workingDays(start, last, context.calendar);
  return {...periodOf(span, end, true), workdays: [passed, passed + workingDays(last, past, context.calendar)]};
}

/**
 * Returns the period that a key names: "2025", "2025-Q1", "2025-01", "2025-W05", "2025-01-31", "FY2026", "FY2026-Q2",
 * "A..B" (both inclusive), "closed:<grain>" (last whole one), "current:<grain>" (the one as-of lies in) or "all" (first
 * record to as-of). Relative keys come back as the plain key they stand for today, and every key that comes back can be
 * parsed again. `end` is exclusive and cut at as-of. Throws a QuestionError for an unknown form, a reversed range and a
 * period that begins after as-of.
 */
export function parsePeriod(key: string, context: CalendarContext): Period {
  const text = key.trim();
  if (text.toLowerCase() === "all") return everything(context);
  const span = text.includes(":") ? relativeSpan(text, context) : readKey(text, context.calendar);
  if (!before(span.start, edge(context))) {
    const last = unitContaining(span.grain === "range" || span.grain === "all" ? "day" : span.grain, dateOf(context.asOf), context.calendar);
    throw new QuestionError({
      code: "period_after_as_of", value: key, nearest: last.key,
      message: `period ${JSON.stringify(key)} begins after the data ends (as of ${context.asOf})`
    });
  }
  return cut(span, context);
}

function everything(context: CalendarContext): Period {
  const start = earlier(dateOf(context.firstDay), dateOf(context.asOf));
  return periodOf({key: "all", grain: "all", start, end: edge(context)}, edge(context), false);
}

function relativeSpan(key: string, context: CalendarContext): Span {
  const [which = "", grain = ""] = key.toLowerCase().split(":").map((word) => word.trim());
  const known = (grains as readonly string[]).includes(grain);
  if (!known || (which !== "closed" && which !== "current")) {
    const near = `${["last", "previous"].includes(which) ? "closed" : nearest(which, ["closed", "current"]) ?? "current"}:${known ? grain : nearest(grain, grains) ?? "month"}`;
    throw unknownPeriod(key, near);
  }
  const unit = unitContaining(grain as Grain, dateOf(context.asOf), context.calendar);
  if (which === "current" || !before(edge(context), unit.end)) return unit;
  return unitAfter(grain as Grain, unit.start, -1, context.calendar);
}

/**
 * Returns the key of so many months up to a period's end: the period's own where it is longer, or where the records do not reach back
 * so far, since nobody is known who was there at the start.
 */
export function monthsUpTo({key, start, end}: Period, months: number, {firstDay}: Pick<CalendarContext, "firstDay">): string {
  const from = dateOf(end).subtract({months}).toString();
  return from < start && from > firstDay ? `${from}..${dateOf(end).subtract({days: 1}).toString()}` : key;
}

const elapsedDays = (period: Period) => daysBetween(dateOf(period.start), dateOf(period.end));

/** Whole months are moved as months, everything else as days. */
function wholeMonths({start, end}: Span): number | null {
  if (start.day !== 1 || end.day !== 1) return null;
  return (end.year - start.year) * 12 + end.month - start.month;
}

/** Returns the key of a span of days: a month, quarter or year has its own only if the reader asked by unit. */
const daysSpan = (start: PlainDate, end: PlainDate, {calendar}: CalendarContext) =>
  rangeSpan(unitFrom("day", start, calendar), unitFrom("day", end.subtract({days: 1}), calendar));

/** G10: the first as many days of the reference as have passed of the period; the reference's own end is the limit. */
function alike(period: Period, reference: Span, context: CalendarContext): Period {
  if (!period.part) return cut(reference, context);
  const end = earlier(reference.start.add({days: elapsedDays(period)}), reference.end);
  return cut(end.equals(reference.end) ? reference : daysSpan(reference.start, end, context), context);
}

/**
 * Returns the period just before, or null before "all". A part period is compared with the same number of first days of
 * the one before, at most all of it; the reference then is a range of days, unless it is whole. A range moves by its
 * length: in months when it is made of whole months, else in days.
 */
export function previousPeriod(period: Period, context: CalendarContext): Period | null {
  if (period.grain === "all") return null;
  const span = readKey(period.key, context.calendar);
  if (period.grain !== "range") return alike(period, unitAfter(period.grain, span.start, -1, context.calendar), context);
  const months = wholeMonths(span);
  const start = span.start.subtract(months === null ? {days: daysBetween(span.start, span.end)} : {months});
  return alike(period, daysSpan(start, span.start, context), context);
}

/**
 * Returns the same period one year earlier, or null for "all". A part period keeps its number of elapsed days. A week
 * keeps its number (53 falls on the year's last), a 29 February becomes 28 February.
 */
export function lastYearPeriod(period: Period, context: CalendarContext): Period | null {
  const {calendar} = context;
  if (period.grain === "all") return null;
  const span = readKey(period.key, calendar);
  if (period.grain === "week") {
    const {year, week} = weekNumber(span.start, calendar);
    const number = Math.min(week, weeksIn(year - 1, calendar));
    return alike(period, readKey(`${String(year - 1).padStart(4, "0")}-W${String(number).padStart(2, "0")}`, calendar), context);
  }
  const start = span.start.subtract({years: 1});
  if (period.grain !== "range") return alike(period, unitFrom(period.grain, start, calendar), context);
  const end = wholeMonths(span) === null ? span.end.subtract({days: 1}).subtract({years: 1}).add({days: 1}) : span.end.subtract({years: 1});
  return alike(period, daysSpan(start, end, context), context);
}

/**
 * Returns up to `count` consecutive periods of one grain, oldest first; the last holds the period's last day and may be
 * part. Periods that lie wholly before the first record are left out.
 */
export function trendPeriods(period: Period, {grain, count}: {grain: Grain; count: number}, context: CalendarContext): Period[] {
  if (!(grains as readonly string[]).includes(grain))
    throw new QuestionError({code: "unknown_grain", value: String(grain), message: `unknown grain: ${JSON.stringify(grain)}`, allowed: grains});
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    throw new QuestionError({code: "trend_count", value: String(count), message: `a trend has 1 to 1000 periods, not ${count}`});
  const last = unitContaining(grain, dateOf(period.census), context.calendar);
  const first = dateOf(context.firstDay);
  const units = Array.from({length: count}, (_, k) => unitAfter(grain, last.start, k + 1 - count, context.calendar));
  return units.filter((unit) => before(first, unit.end) || unit.key === last.key).map((unit) => cut(unit, context));
}

/** Returns up to `count` periods of one grain, newest first, starting with the one as-of lies in. */
export function periodsOfGrain(grain: Grain, count: number, context: CalendarContext): Period[] {
  return trendPeriods(parsePeriod(`current:${grain}`, context), {grain, count}, context).reverse();
}

/** Returns the choices of a period picker, newest first: 13 months, 8 quarters, as far as there are records. */
export function periodChoices(context: CalendarContext): {readonly months: readonly Period[]; readonly quarters: readonly Period[]} {
  return {months: periodsOfGrain("month", 13, context), quarters: periodsOfGrain("quarter", 8, context)};
}

/** Returns the day after the last of the period, were it not cut at as-of; of "all" no day that anybody will see. */
export function wholeEnd({key, grain, part, end}: Period, rules: CalendarRules): string {
  if (grain === "all") return "9999-12-31";
  return part ? readKey(key, rules).end.toString() : end;
}

/** Returns whether the period ends before the first record: there is nothing to count then, not even zero. */
export const beforeRecords = (period: Period, {firstDay}: Pick<CalendarContext, "firstDay">): boolean => period.end <= firstDay;

/**
 * Returns whether the data cover the days: they hold records from the first day on, or from so soon after it (three
 * days, a twentieth of the span) that a holiday explains it. `first` is the first day with a record.
 */
export function isCovered({start, end}: {readonly start: string; readonly end: string}, first: string): boolean {
  if (first <= start) return true;
  const missing = daysBetween(dateOf(start), dateOf(first));
  return missing < daysBetween(dateOf(start), dateOf(end)) && missing <= Math.max(3, daysBetween(dateOf(start), dateOf(end)) / 20);
}

/** Returns the number of working days from `start` inclusive to `end` exclusive. */
export function workingDays(start: string, end: string, {workingDays: weekdays, holidays}: CalendarRules): number {
  const free = new Set(holidays);
  let count = 0;
  for (let day = dateOf(start); day.toString() < end; day = day.add({days: 1}))
    if (weekdays.includes(day.dayOfWeek) && !free.has(day.toString())) count++;
  return count;
}

/**
 * Returns the first day of a window that ends with the period: of the year, fiscal year, quarter or month in which the
 * period's last day lies, or of the trailing days or months up to and with it.
 */
export function windowStart(period: Period, window: Window, {calendar}: Pick<CalendarContext, "calendar">): string {
  const last = dateOf(period.census);
  if (typeof window === "string") return unitContaining(window, last, calendar).start.toString();
  return ("days" in window ? last.subtract({days: window.days - 1}) : dateOf(period.end).subtract({months: window.months})).toString();
}

/** Returns the days of a window that ends with the period, as a period of their own. */
export function windowPeriod(period: Period, window: Window, context: CalendarContext): Period {
  const end = dateOf(period.end);
  return periodOf(daysSpan(dateOf(windowStart(period, window, context)), end, context), end, false);
}

/** Returns the days that lie so many days or months before those of the period; null before "all". */
export function movedPeriod(period: Period, by: {readonly days: number} | {readonly months: number}, context: CalendarContext): Period | null {
  if (period.grain === "all") return null;
  const span = daysSpan(dateOf(period.start).subtract(by), dateOf(period.end).subtract(by), context);
  return periodOf(span, span.end, false);
}

/** What part of a period must have passed before its pace says anything. */
export const earliestPace = 0.1;

/**
 * Returns how long the period is, cut at as-of: in days, working days, or months, of which a begun one counts as the share
 * of its days that lie in the period. Elapsed is the share of the whole period's working days that have passed; null before
 * a tenth, and where it has no working day.
 */
export function calendarNumber({start, end, part, workdays = [0, 0]}: Period, unit: "working_days" | "days" | "months" | "elapsed", {calendar}: Pick<CalendarContext, "calendar">): number | null {
  if (unit === "elapsed") {
    const share = part ? workdays[0] / workdays[1] : 1;
    return share >= earliestPace ? share : null;
  }
  if (unit === "working_days") return workingDays(start, end, calendar);
  const [first, past] = [dateOf(start), dateOf(end)];
  if (unit === "days") return daysBetween(first, past);
  const passed = (day: PlainDate) => day.year * 12 + day.month + (day.day - 1) / day.daysInMonth;
  return passed(past) - passed(first);
}

/** Every row of an answer asks for the aliases of its period: a page has thousands of rows and a few dozen periods. */
const aliases = new WeakMap<CalendarContext["calendar"], Map<string, readonly string[]>>();

/** Returns every key by which the same days may be named, the period's own first: a January fiscal year is the year. */
export function periodAliases({key, grain}: Period, {calendar}: Pick<CalendarContext, "calendar">): readonly string[] {
  if (grain === "all" || grain === "day" || grain === "week") return [key];
  const known = aliases.get(calendar) ?? new Map<string, readonly string[]>();
  aliases.set(calendar, known);
  const found = known.get(key) ?? aliasesOf(key, calendar);
  known.set(key, found);
  return found;
}

function aliasesOf(key: string, calendar: CalendarContext["calendar"]): string[] {
  const span = readKey(key, calendar);
  const units = (["month", "quarter", "year", "fiscal_quarter", "fiscal_year"] as const).map((grain) => unitContaining(grain, span.start, calendar));
  return [...new Set([key, ...units.filter((unit) => unit.start.equals(span.start) && unit.end.equals(span.end)).map((unit) => unit.key)])];
}
