// The last day a report knows about.

import {relative} from "node:path";
import {Temporal} from "temporal-polyfill";
import {SettingsError} from "../settings/problems.js";
import type {Settings} from "../settings.js";

/**
 * Returns the report's as-of day: the one in the settings, else the local day of the newest modification stamp in the
 * exports (an ISO instant), or the day of the newest dated export, whichever is later: until then nothing more happened. Throws a SettingsError that asks for a day where there is neither; `fed` are the canonical
 * columns that some file feeds.
 */
export function asOfDay({asOf, timeZone, path}: Pick<Settings, "asOf" | "timeZone" | "path">, newestStamp: string | null, fed: readonly string[], newestExport: string | null = null): string {
  if (asOf !== "newest") return asOf;
  if (newestStamp === null && newestExport !== null) return newestExport;
  if (newestStamp === null) {
    const mapped = fed.filter((column) => column.endsWith(".updated_at"));
    const why = mapped.length ? `${mapped.join(", ")} is mapped, but no record that is kept has a value in it` : "no file holds a modification stamp to take it from; map one to updated_at, or name the day";
    throw new SettingsError([{code: "wrong_value", file: relative(process.cwd(), path) || path, key: "as_of", value: "newest", expected: `a day such as 2025-01-31: ${why}`}]);
  }
  const stamped = localDay(newestStamp, timeZone);
  return newestExport !== null && newestExport > stamped ? newestExport : stamped;
}

/** Returns the day of the zone, YYYY-MM-DD, in which an instant (ISO) falls. */
export const localDay = (stamp: string, timeZone: string): string => Temporal.Instant.from(stamp).toZonedDateTimeISO(timeZone).toPlainDate().toString();
