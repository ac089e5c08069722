// Runs the hand-written checks of this folder over the canonical tables of a report.

import {readdir, readFile} from "node:fs/promises";
import {intake} from "../../loaders/canonical/intake.js";
import {openNative, type Native} from "../../loaders/native.js";
import type {Settings} from "../../loaders/settings.js";
import type {Manifest} from "../../src/query/manifest.js";

const folder = new URL(".", import.meta.url);

/** Canonical tables that canonical.sql reads; no other is loaded. */
const read = new Set<string>([
  "account", "activity", "campaign", "crm_user", "fx_rate", "lead", "opportunity", "opportunity_field_history", "opportunity_line",
  "opportunity_stage_history", "product"
]);

export interface CheckMoment {
  readonly start: string;
  /** Exclusive. */
  readonly end: string;
  /** Breakdown; null for the total. */
  readonly dimension: string | null;
}

export interface Checks {
  /** Values by member ("" is the total's, "null" that of records without a member). */
  of(metric: string, moment: CheckMoment): Promise<Map<string, number | null>>;
  close(): void;
}

/** Ids of the metrics that have a check. */
export async function checkedMetrics(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".check.sql")).map((name) => name.replace(".check.sql", "")).sort();
}

/**
 * Reads a report's exports into canonical tables once more, without any mart, and opens the checks over them. Stocks can
 * be asked for the given census days only.
 */
export async function openChecks(settings: Settings, {asOf, calendar: {workingDays, holidays}}: Manifest, censusDays: readonly string[]): Promise<Checks> {
  const native: Native = await openNative();
  await intake({...settings, sources: settings.sources.map((source) => ({...source, mappings: source.mappings.filter(({table}) => read.has(table))}))}, native);
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  await native.exec(`set variable as_of = ${text(asOf)}; set variable time_zone = ${text(settings.timeZone)}; set variable currency = ${text(settings.currency)};
    set variable working_days = ${JSON.stringify(workingDays)}::bigint[]; set variable holidays = [${holidays.map(text).join(", ")}]::date[];
    set variable census_days = [${[...new Set(censusDays)].map(text).join(", ")}]::date[]`);
  await native.exec(await readFile(new URL("canonical.sql", folder), "utf8"));
  return {
    async of(metric, {start, end, dimension}) {
      const sql = await readFile(new URL(`${metric}.check.sql`, folder), "utf8");
      const bound = Object.fromEntries(Object.entries({start, end, as_of: asOf, time_zone: settings.timeZone, dimension: dimension ?? "(total)"})
        .filter(([name]) => sql.includes(`$${name}`)));
      const rows = (await (await native.connection.run(sql, bound)).getRowObjectsJS()) as {member: string | null; value: unknown}[];
      return new Map(rows.map(({member, value}) => [dimension === null ? "" : String(member), value === null ? null : Number(value)]));
    },
    close: () => native.close()
  };
}
