// Months as snapshots name them: "2026-10", and "2026-10-r2" for what replaced it.

import {Temporal} from "temporal-polyfill";
import {SnapshotError} from "./fault.js";

/** Returns the month's last day. Throws a SnapshotError for what is no month. */
export function lastDayOf(month: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new SnapshotError(`${JSON.stringify(month)} is not a month: write it as 2026-10.`, 1);
  const {daysInMonth} = Temporal.PlainYearMonth.from(month);
  return `${month}-${String(daysInMonth).padStart(2, "0")}`;
}

/** Returns the last month that has ended on the day, that day included. */
export function lastClosedMonth(day: string): string {
  const date = Temporal.PlainDate.from(day);
  const month = date.toPlainYearMonth();
  return (date.day === month.daysInMonth ? month : month.subtract({months: 1})).toString();
}

/** Returns the name of a month's revision: the first bears the month's own. */
export const revisionId = (month: string, revision: number): string => (revision === 1 ? month : `${month}-r${revision}`);

/** Whether the name is one that revisionId gives. */
export const isRevisionId = (name: string): boolean => /^\d{4}-(0[1-9]|1[0-2])(-r([2-9]|[1-9]\d+))?$/.test(name);
