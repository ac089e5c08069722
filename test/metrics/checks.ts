// Runs the hand-written checks of this folder over the canonical tables of a report.

import {readdir, readFile} from "node:fs/promises";
import {intake} from "../../loaders/canonical/intake.js";
import {openNative, type Native} from "../../loaders/native.js";
import type {Settings} from "../../loaders/settings.js";
import type {Manifest} from "../../src/query/manifest.js";

const folder = new URL(".", import.meta.url);

export interface CheckMoment {
  readonly start: string;
  /** Exclusive. */
  readonly end: string;
  /** The day after the whole period, where that is not over; `end` where absent. */
  readonly past?: string;
  /** Breakdown; null for the total. */
  readonly dimension: string | null;
}

export interface Checks {
  /** Values by member ("" is the total's, "null" that of records without a member). */
  of(metric: string, moment: CheckMoment): Promise<Map<string, number | null>>;
  /** Rows of another hand-written statement of this folder; values are bound where it names them. */
  rows(file: string, values: Readonly<Record<string, string>>): Promise<Record<string, unknown>[]>;
  close(): void;
}

/** Ids of the metrics that have a check. */
export async function checkedMetrics(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".check.sql")).map((name) => name.replace(".check.sql", "")).sort();
}

interface Family {
  readonly name: string;
  readonly sql: string;
  /** Canonical tables that it reads. */
  readonly reads: readonly string[];
  readonly after: readonly string[];
}

const listed = (sql: string, what: string): string[] =>
  [...sql.matchAll(new RegExp(`^-- ${what}: (.*)$`, "gm"))].flatMap(([, names = ""]) => names.split(",").map((name) => name.trim()));

/** The files of canonical/, each after those it builds upon. Throws where one names a file that is not there, or itself. */
async function readFamilies(): Promise<Family[]> {
  const names = (await readdir(new URL("canonical/", folder))).filter((name) => name.endsWith(".sql")).sort();
  const families = new Map(await Promise.all(names.map(async (file) => {
    const sql = await readFile(new URL(`canonical/${file}`, folder), "utf8");
    const name = file.replace(".sql", "");
    return [name, {name, sql, reads: listed(sql, "reads"), after: listed(sql, "after")}] as const;
  })));
  const ordered = new Set<Family>();
  const place = (name: string, before: readonly string[]): void => {
    const family = families.get(name);
    if (!family || before.includes(name)) throw new Error(`test/metrics/canonical: ${[...before, name].join(" is after ")}: no order`);
    for (const one of family.after) place(one, [...before, name]);
    ordered.add(family);
  };
  for (const name of families.keys()) place(name, []);
  return [...ordered];
}

/**
 * Reads a report's exports into canonical tables once more, without any mart, and opens the checks over them. Stocks can
 * be asked for the given census days only.
 */
export async function openChecks(settings: Settings, {asOf, calendar: {workingDays, holidays}}: Manifest, censusDays: readonly string[]): Promise<Checks> {
  const families = await readFamilies();
  const read = new Set(families.flatMap(({reads}) => reads));
  const native: Native = await openNative({threads: 1});
  await intake({...settings, sources: settings.sources.map((source) => ({...source, mappings: source.mappings.filter(({table}) => read.has(table))}))}, native);
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  await native.exec(`set variable as_of = ${text(asOf)}; set variable time_zone = ${text(settings.timeZone)}; set variable currency = ${text(settings.currency)};
    set variable working_days = ${JSON.stringify(workingDays)}::bigint[]; set variable holidays = [${holidays.map(text).join(", ")}]::date[];
    set variable business_hours = [${settings.businessHours.map(({weekday, from, to}) => `{'weekday': ${weekday}, 'from': ${from}, 'to': ${to}}`).join(", ")}];
    set variable owner_credit = ${text(settings.ownerCredit)};
    set variable activity_points = map {${Object.entries(settings.activityPoints).map(([type, points]) => `${text(type)}: ${points}::decimal(9, 2)`).join(", ")}};
    set variable crm_gain = ${JSON.stringify(settings.crmGain)};
    set variable census_days = [${[...new Set(censusDays)].map(text).join(", ")}]::date[]`);
  for (const {name, sql} of families) {
    try {
      await native.exec(sql);
    } catch (error) {
      throw new Error(`test/metrics/canonical/${name}.sql: ${(error as Error).message}`, {cause: error});
    }
  }
  const rowsOf: Checks["rows"] = async (file, values) => {
    const sql = await readFile(new URL(file, folder), "utf8");
    const bound = Object.fromEntries(Object.entries(values).filter(([name]) => new RegExp(`\\$${name}\\b`).test(sql)));
    return (await native.connection.run(sql, bound)).getRowObjectsJS();
  };
  return {
    rows: rowsOf,
    async of(metric, {start, end, past = end, dimension}) {
      const rows = (await rowsOf(`${metric}.check.sql`, {start, end, past, as_of: asOf, time_zone: settings.timeZone, dimension: dimension ?? "(total)"})) as {member: string | null; value: unknown}[];
      return new Map(rows.map(({member, value}) => [dimension === null ? "" : String(member), value === null ? null : Number(value)]));
    },
    close: () => native.close()
  };
}
