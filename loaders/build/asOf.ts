// The last day a report knows about.

import {relative} from "node:path";
import {Temporal} from "temporal-polyfill";
import type {DataWarning} from "../../src/query/manifest.js";
import {quoteIdentifier, type Native} from "../native.js";
import {SettingsError} from "../settings/problems.js";
import type {Settings} from "../settings.js";

/**
 * Returns the report's as-of day: the one in the settings, else the local day of the newest modification stamp in the
 * exports (an ISO instant). Throws a SettingsError that asks for a day where there is neither; `fed` are the canonical
 * columns that some file feeds.
 */
export function asOfDay({asOf, timeZone, path}: Pick<Settings, "asOf" | "timeZone" | "path">, newestStamp: string | null, fed: readonly string[]): string {
  if (asOf !== "newest") return asOf;
  if (newestStamp === null) {
    const mapped = fed.filter((column) => column.endsWith(".updated_at"));
    const why = mapped.length ? `${mapped.join(", ")} is mapped, but no record that is kept has a value in it` : "no file holds a modification stamp to take it from; map one to updated_at, or name the day";
    throw new SettingsError([{code: "wrong_value", file: relative(process.cwd(), path) || path, key: "as_of", value: "newest", expected: `a day such as 2025-01-31: ${why}`}]);
  }
  return localDay(newestStamp, timeZone);
}

const recordStamps = /\.(created_at|updated_at|closed_at)$/;

/**
 * Returns a warning where the as-of day lies before the first record of the canonical tables, or more than a year after
 * the newest one: pages would then be empty, or show open deals as ancient. `beside` is the day of that record.
 */
export async function checkAsOf(native: Native, {asOf, timeZone, fed}: {readonly asOf: string; readonly timeZone: string; readonly fed: readonly string[]}): Promise<DataWarning[]> {
  const spans = fed.filter((column) => recordStamps.test(column)).map((name) => {
    const [table, column] = name.split(".").map(quoteIdentifier);
    return `select min(${column}) as first, max(${column}) as newest, count(${column}) as n from ${table}`;
  });
  if (spans.length === 0) return [];
  const [span] = await native.run({sql: `select min(first)::timestamp as first, max(newest)::timestamp as newest, max(n) as n from (${spans.join(" union all ")})`, params: []});
  if (!span?.["first"]) return [];
  const [first, newest] = [span["first"], span["newest"]].map((stamp) => localDay(String(stamp), timeZone));
  const warning = {table: "settings", column: "as_of", count: Number(span["n"])};
  if (asOf < first!) return [{code: "as_of_before_records", ...warning, beside: first}];
  const year = Temporal.PlainDate.from(newest!).add({years: 1}).toString();
  return asOf > year ? [{code: "as_of_far_after_records", ...warning, beside: newest}] : [];
}

const localDay = (stamp: string, timeZone: string): string => Temporal.Instant.from(stamp).toZonedDateTimeISO(timeZone).toPlainDate().toString();
