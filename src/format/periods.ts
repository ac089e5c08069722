// Days and periods in words. Dates are plain ISO text, so everything is done in UTC and no zone can shift a day.

import type {Period} from "../query/question.js";
import {remember} from "./remember.js";

export type Say = (key: string, values?: Record<string, string | number>) => string;

export interface Dates {
  /** "22 November 2026". */
  date(iso: string): string;
  /** "November 2026". */
  month(iso: string): string;
  /** "October 2026", "Q3 2026", "Week 45, 2026", "1–22 November 2026 (part)". */
  period(period: Period): string;
  /** The same without “(part)” and, given a base, without the year it shares: "September" beside "October 2026". */
  periodBeside(period: Period, base?: Period): string;
  /** Short label of an axis, on two lines where a year begins or `first` says so: "Oct", "Jan\n2026", "Q3". */
  tick(period: Period, first?: boolean): string;
}

const utc = (iso: string) => new Date(Date.UTC(+iso.slice(0, 4), +iso.slice(5, 7) - 1, +iso.slice(8, 10)));
const dayBefore = (iso: string) => new Date(utc(iso).getTime() - 86_400_000);
const months = {month: 1, quarter: 3, year: 12} as const;

/** Returns the printers of days and periods in a locale; `ticks` is the locale of short months; `say` renders messages. */
export function createDates(locale: string, ticks: string, say: Say): Dates {
  const printers = new Map<string, Intl.DateTimeFormat>();
  const names = new Map<string, string>();

  const printer = (options: Intl.DateTimeFormatOptions, tag = locale) => remember(printers, tag + JSON.stringify(options), () => new Intl.DateTimeFormat(tag, {timeZone: "UTC", ...options}));

  const long = {year: "numeric", month: "long", day: "numeric"} as const;
  const range = (start: Date, end: Date, options: Intl.DateTimeFormatOptions) => printer(options).formatRange(start, end).replace(/[\s\u2009]*–[\s\u2009]*(?=\d)/g, "–");

  function whole({grain, start, end}: Period): boolean {
    if (!(grain in months)) return grain !== "range" && grain !== "all";
    const from = utc(start);
    const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months[grain as keyof typeof months], 1));
    return from.getUTCDate() === 1 && to.toISOString().slice(0, 10) === end;
  }

  function name(period: Period, base?: Period): string {
    const sameYear = base !== undefined && base.start.slice(0, 4) === period.start.slice(0, 4);
    return remember(names, `${period.key} ${period.start} ${period.end} ${period.part} ${sameYear}`, () => spell(period, sameYear));
  }

  function spell(period: Period, sameYear: boolean): string {
    const {key, grain, start, end} = period;
    if (grain === "all") return say("period.all", {date: printer(long).format(dayBefore(end))});
    if (period.part || !whole(period)) return range(utc(start), dayBefore(end), sameYear ? {month: "long", day: "numeric"} : long);
    switch (grain) {
      case "month":
        return printer(sameYear ? {month: "long"} : {year: "numeric", month: "long"}).format(utc(start));
      case "quarter":
        return say("period.quarter", {quarter: Math.floor(utc(start).getUTCMonth() / 3) + 1, year: start.slice(0, 4)});
      case "year":
        return start.slice(0, 4);
      case "week":
        return say("period.week", {week: +key.slice(-2), year: key.slice(0, 4)});
      case "fiscal_quarter":
        return say("period.fiscal_quarter", {quarter: +key.slice(-1), year: key.slice(2, 6)});
      case "fiscal_year":
        return say("period.fiscal_year", {year: key.slice(2, 6)});
      default:
        return printer(long).format(utc(start));
    }
  }

  return {
    date: (iso) => printer(long).format(utc(iso)),
    month: (iso) => printer({year: "numeric", month: "long"}).format(utc(iso)),
    period: (period) => (period.part && period.grain !== "all" ? say("period.part", {period: name(period)}) : name(period)),
    periodBeside: (period, base) => name(period, base),
    tick({grain, key, start}, first = false) {
      const year = start.slice(0, 4);
      const opens = first || start.slice(5, 7) === "01";
      switch (grain) {
        case "month":
          return printer({month: "short"}, ticks).format(utc(start)).replace(/\.$/, "") + (opens ? `\n${year}` : "");
        case "quarter":
          return say("tick.quarter", {quarter: Math.floor(utc(start).getUTCMonth() / 3) + 1}) + (opens ? `\n${year}` : "");
        case "week":
          return say("tick.week", {week: +key.slice(-2)}) + (first || key.endsWith("W01") ? `\n${key.slice(0, 4)}` : "");
        case "fiscal_quarter":
          return say("tick.quarter", {quarter: +key.slice(-1)}) + (first || key.endsWith("Q1") ? `\n${say("period.fiscal_year", {year: key.slice(2, 6)})}` : "");
        case "fiscal_year":
          return say("period.fiscal_year", {year: key.slice(2, 6)});
        case "day":
          return printer({day: "numeric", month: "short"}).format(utc(start));
        default:
          return year;
      }
    }
  };
}
