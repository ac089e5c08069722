// What a check is: plain data that says where it looks, which rows it looks at and which of them are wrong.
// Its words are the messages check.<id>.label, .meaning and .remedy; running it is runChecks.ts.

import {canonicalTables, keyColumns, type CanonicalColumn, type CanonicalTable, type TableName} from "../canonical/schema.js";
import type {FileLedger, Freshness, Grade, Manifest, QualityCheck, Reconciliation} from "../../src/query/manifest.js";

/** Where a check looks: one result each. */
export interface Place {
  /** "" for the whole report. */
  readonly table: TableName | "";
  /** "" for whole rows. */
  readonly column: string;
  readonly beside?: string;
  /** Canonical columns without which there is nothing to look at. */
  readonly needs: readonly string[];
}

/** What is known of the data when checks run. */
export interface Facts {
  /** Canonical columns that some file feeds: "opportunity.amount". */
  readonly fed: readonly string[];
  readonly files: readonly FileLedger[];
  readonly freshness: readonly Freshness[];
  /** What the intake came across. */
  readonly findings: readonly Finding[];
  readonly reconcile: readonly Reconciliation[];
  /** What is published: known where marts have been made. */
  readonly published?: Pick<Manifest, "minGroup" | "marts" | "dimensions" | "actions" | "goals">;
  /** Last day the report knows about. */
  readonly asOf: string;
  /** ISO 4217 code of the report. */
  readonly currency: string;
  /** Newest modification stamp of all records, ISO in UTC. */
  readonly newestStamp: string | null;
  /** Of a run, not of a build: what the earlier site was made from, and the day on which the command runs. */
  readonly run?: {readonly last: LastRun | null; readonly today: string | null};
}

/** What the earlier site says of itself. */
export interface LastRun {
  readonly asOf: string;
  readonly sources: readonly Pick<FileLedger, "source" | "table" | "rows">[];
  /** Checks that failed then, as `keyOf` writes them; null where the site is older than checks. */
  readonly failed: readonly string[] | null;
}

/** Something found wrong: the part of a result that the data decides. */
export type Finding = Pick<QualityCheck, "id" | "table" | "column" | "beside" | "source" | "count" | "of" | "examples">;

/** SQL over declared names. Values are named: $as_of, $currency, $newest and the check's own limits. */
export interface Look {
  /** The relation; the place's table where absent. */
  readonly from?: string;
  /** What an example is called; the key of the table where absent. */
  readonly id?: string;
  /** Rows that are looked at; all where absent. */
  readonly among?: string;
  /** Which of them fail. Null is no failure. */
  readonly wrong: string;
  /** What is wrong with a row, as text. */
  readonly detail?: string;
  /** Rows of one id are one example, with their number; the most frequent come first. */
  readonly grouped?: boolean;
}

interface Declared {
  /** snake_case and permanent: settings name it, and it is the stem of the messages. */
  readonly id: string;
  readonly grade: Grade;
  /** Numbers that settings may change, with the published default. */
  readonly limits?: Readonly<Record<string, number>>;
  /** build where absent; a check of the run knows the earlier site or the clock, and is no part of what is published. */
  readonly phase?: "build" | "run" | "both";
  /** Whatever fails has to be dealt with, so it cannot be switched off. */
  readonly always?: boolean;
}

/** A check whose rows are looked at in the database, over canonical tables and marts. */
export interface SqlCheck extends Declared {
  readonly places: readonly Place[];
  /** Null where the place does not apply to this data. */
  readonly look: (place: Place, facts: Facts) => Look | null;
}

/** A check of what is known already: files, what the intake came across. */
export interface FactCheck extends Declared {
  /** One for each place looked at, those without a failure included; none where the data lacks what it needs. */
  readonly find: (facts: Facts, limits: Readonly<Record<string, number>>) => readonly Finding[];
}

export type Check = SqlCheck | FactCheck;

/** A check as the settings have it. */
export interface CheckRule {
  readonly grade: Grade | "off";
  readonly limits: Readonly<Record<string, number>>;
  /** Tables and columns that are not looked at: "activity", "activity.contact_id". */
  readonly except: readonly string[];
}

export type CheckRules = Readonly<Record<string, CheckRule>>;

const tables = Object.entries(canonicalTables) as [TableName, CanonicalTable][];

/** Returns a place that needs its own column, and what is compared with it. */
export const place = (table: TableName, column: string, {beside, needs = []}: {beside?: string; needs?: readonly string[]} = {}): Place => ({
  table,
  column,
  ...(beside === undefined ? {} : {beside}),
  needs: [...new Set([`${table}.${column}`, ...needs])]
});

/** Returns one place for every canonical column that is asked for. */
export function placesOf(asked: (column: CanonicalColumn, name: string, table: TableName) => Omit<Place, "table" | "column"> | false): Place[] {
  return tables.flatMap(([table, {columns}]) =>
    Object.entries(columns).flatMap(([name, column]) => {
      const rest = asked(column, name, table);
      return rest ? [{table, column: name, ...rest}] : [];
    })
  );
}

/** Returns the key of a table's rows as SQL text. */
export function idSql(table: TableName): string {
  const keys = keyColumns(canonicalTables[table]);
  return keys.length === 1 ? keys[0]! : `concat_ws(' ', ${keys.join(", ")})`;
}

/** Returns what tells one result from another in two runs. */
export const keyOf = ({id, table, column, beside, source}: Pick<QualityCheck, "id" | "table" | "column" | "beside" | "source">): string =>
  [id, table, column, id === "references" || id === "dates_in_order" || id === "reconcile" ? (beside ?? "") : "", source ?? ""].join(" ").trim();

/** Returns the type of a canonical column. */
export const typeOf = (table: TableName, column: string) => (canonicalTables[table].columns as Readonly<Record<string, CanonicalColumn>>)[column]?.type;

/** Returns the local day of a column as SQL. */
export const daySql = (table: TableName, column: string): string => (typeOf(table, column) === "date" ? column : `local_day(${column})`);
