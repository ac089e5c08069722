// The last day a report knows about.

import {Temporal} from "temporal-polyfill";
import {SettingsError} from "../settings/problems.js";
import type {Settings} from "../settings.js";

/**
 * Returns the report's as-of day: the one in the settings, else the local day of the newest modification stamp in the
 * exports (an ISO instant). Throws a SettingsError that asks for a day where there is neither.
 */
export function asOfDay({asOf, timeZone, path}: Pick<Settings, "asOf" | "timeZone" | "path">, newestStamp: string | null): string {
  if (asOf !== "newest") return asOf;
  if (newestStamp === null) {
    throw new SettingsError([
      {code: "wrong_value", file: path, key: "as_of", value: "newest", expected: "a day such as 2025-01-31: no file holds a modification stamp to take it from"}
    ]);
  }
  return Temporal.Instant.from(newestStamp).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
