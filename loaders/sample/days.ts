// Time in the sample: a day is a count of days since 1970-01-01, an instant a count of seconds, both UTC.

import type {Random} from "./random.js";

export const secondsPerDay = 86400;

/** The day number of a date written YYYY-MM-DD. */
export function day(date: string): number {
  return Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10)) / 86400000;
}

/** First day of the history. */
export const firstDay = day("2023-11-01");
/** The day of the export: the newest stamp lies on it, so October 2026 is the last closed month. */
export const lastDay = day("2026-11-03");
/** The last second that any stamp may carry. */
export const lastSecond = lastDay * secondsPerDay + 17 * 3600 + 42 * 60 + 11;

const texts = new Map<number, string>();

/** A day as YYYY-MM-DD. */
export function dateText(of: number): string {
  let text = texts.get(of);
  if (text === undefined) texts.set(of, (text = new Date(of * 86400000).toISOString().slice(0, 10)));
  return text;
}

/** An instant as Salesforce's weekly export writes it: YYYY-MM-DD HH:MM:SS in UTC. */
export function stampText(seconds: number): string {
  const of = Math.floor(seconds / secondsPerDay);
  const rest = seconds - of * secondsPerDay;
  return `${dateText(of)} ${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
}

/** A date field as that export writes it: with a midnight behind it. */
export function dateFieldText(of: number): string {
  return `${dateText(of)} 00:00:00`;
}

/** The month of a day, 1 to 12. */
export function monthOf(of: number): number {
  return +dateText(of).slice(5, 7);
}

/** The first day of the month that lies `months` after the month of a day. */
export function monthStart(of: number, months = 0): number {
  const count = +dateText(of).slice(0, 4) * 12 + monthOf(of) - 1 + months;
  return day(`${Math.floor(count / 12)}-${two((count % 12) + 1)}-01`);
}

/** First days of all months that begin within [from, to]. */
export function monthsBetween(from: number, to: number): number[] {
  const months: number[] = [];
  for (let month = monthStart(from); month <= to; month = monthStart(month, 1)) if (month >= from) months.push(month);
  return months;
}

/** True from Monday to Friday. */
export function isWeekday(of: number): boolean {
  return (of + 3) % 7 < 5;
}

/** The same day, or the Monday after a weekend. */
export function toWeekday(of: number): number {
  return isWeekday(of) ? of : of + 7 - ((of + 3) % 7);
}

/** An instant of a day within office hours; one in two hundred late in the evening, when it is tomorrow in Budapest. */
export function officeSecond(of: number, random: Random): number {
  const start = random.chance(0.005) ? 22 * 3600 + 600 : 6 * 3600 + 1800;
  const length = start > 12 * 3600 ? 5400 : 9 * 3600 + 1800;
  return Math.min(lastSecond, of * secondsPerDay + start + random.int(0, length));
}

/** The day of an instant. */
export function dayOfSecond(seconds: number): number {
  return Math.floor(seconds / secondsPerDay);
}

/**
 * Returns a draw of days from `from` to `to`, both inclusive, in proportion to a weight per day.
 */
export function dayDraw(from: number, to: number, weight: (of: number) => number): (random: Random) => number {
  const sums: number[] = [];
  let total = 0;
  for (let of = from; of <= to; ++of) sums.push((total += weight(of)));
  return (random) => {
    const goal = random.next() * total;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > goal) high = middle;
      else low = middle + 1;
    }
    return from + low;
  };
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
