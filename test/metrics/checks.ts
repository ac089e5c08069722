// Runs the hand-written checks of this folder over the canonical tables of a report.

import {readdir, readFile} from "node:fs/promises";
import {DuckDBDateValue, DuckDBTypeId} from "@duckdb/node-api";
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
}

/** Values by member ("" is the total's, "null" that of records without a member). */
export type Checked = ReadonlyMap<string, number | null>;

export interface Checks {
  /** Values by breakdown, null that of the total; one statement for all, kept for the next moment. */
  of(metric: string, moment: CheckMoment, dimensions: readonly (string | null)[]): Promise<ReadonlyMap<string | null, Checked>>;
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
  const textOf = (file: string) => readFile(new URL(file, folder), "utf8");
  // One is enough: a metric is asked at all its moments before the next.
  let kept: {readonly key: string; readonly prepared: Prepared} | undefined;
  const once = async (key: string, sql: () => Promise<string>): Promise<Prepared["run"]> => {
    if (kept?.key !== key) {
      kept?.prepared.close();
      kept = {key, prepared: await prepare(native, await sql())};
    }
    return kept.prepared.run;
  };
  const fixed = {as_of: asOf, time_zone: settings.timeZone};
  return {
    async rows(file, values) {
      return (await once(file, () => textOf(file)))(values);
    },
    async of(metric, {start, end, past = end}, dimensions) {
      const file = `${metric}.check.sql`;
      const run = await once([file, ...dimensions].join(), async () => {
        const sql = await textOf(file);
        return dimensions.map((dimension, k) => `select ${k} as place, member, value from (\n${sql.replaceAll(/\$dimension\b/g, text(dimension ?? "(total)"))}\n)`).join("\nunion all\n");
      });
      const found = dimensions.map((dimension) => [dimension, new Map<string, number | null>()] as const);
      for (const {place, member, value} of (await run({...fixed, start, end, past})) as {place: number; member: string | null; value: unknown}[]) {
        const [dimension, values] = found[place]!;
        values.set(dimension === null ? "" : String(member), value === null ? null : Number(value));
      }
      return new Map(found);
    },
    close() {
      kept?.prepared.close();
      native.close();
    }
  };
}

interface Prepared {
  run(values: Readonly<Record<string, string>>): Promise<Record<string, unknown>[]>;
  close(): void;
}

/** A statement is planned once: that costs more than to run it over a small world. Days are bound as days, or it would be planned anew each time. */
async function prepare(native: Native, sql: string): Promise<Prepared> {
  const statement = await native.connection.prepare(sql);
  const names = Array.from({length: statement.parameterCount}, (_, k) => statement.parameterName(k + 1));
  const days = names.map((_, k) => statement.parameterTypeId(k + 1) === DuckDBTypeId.DATE);
  return {
    async run(values) {
      names.forEach((name, k) => {
        const value = values[name];
        if (value === undefined) throw new Error(`no value for $${name} in ${sql}`);
        if (days[k]) statement.bindDate(k + 1, new DuckDBDateValue(Date.parse(value) / 86_400_000));
        else statement.bindVarchar(k + 1, value);
      });
      return (await statement.run()).getRowObjectsJS();
    },
    close: () => statement.destroySync()
  };
}
