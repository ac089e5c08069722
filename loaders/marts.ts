// From canonical tables to marts: runs the models of loaders/marts in order and says what each published mart selects.

import {DuckDBDateValue} from "@duckdb/node-api";
import {activityWeights} from "../src/metrics/activityPoints.js";
import {bandRules, type BandRules} from "../src/metrics/bands.js";
import type {Unit} from "../src/metrics/define.js";
import {healthRules, type HealthRules} from "../src/metrics/health.js";
import {graceDays as usualGrace} from "../src/metrics/subscriptions.js";
import {usualLoss, type LossRule} from "../src/metrics/purchases.js";
import type {CrmGain} from "../src/metrics/sellingCost.js";
import type {CalendarRules, OwnerCredit} from "../src/query/manifest.js";
import {canonicalTables, keyColumns, type ColumnType, type PrivacyClass, type TableName} from "./canonical/schema.js";
import {createBusinessHours, usualHours, type OpenHours} from "./build/businessHours.js";
import {createLocalDay} from "./build/localDay.js";
import {createTargetRules} from "./build/targetRules.js";
import {createWorkingDays} from "./build/workingDays.js";
import {isFed, readModels, type MartModel} from "./build/martModel.js";
import {fitCustomerValue, fittedTo} from "./models/fitCustomerValue.js";
import {quoteIdentifier, type Bound, type Native} from "./native.js";

/** A column kept by settings: `custom_<name>` in its canonical table, `<name>` in the marts. */
export interface CustomMartColumn {
  readonly table: string;
  readonly name: string;
  readonly type: ColumnType;
  readonly privacy: PrivacyClass;
  readonly role: "dimension" | "measure";
  readonly label: string;
  readonly unit?: Unit;
}

/** A mart that stands in the database and may be published. */
export interface Mart {
  readonly name: string;
  readonly grain: string;
  /** Published columns in order: no ids of entities, nothing personal. */
  readonly columns: readonly {readonly name: string; readonly type: string}[];
  /** The custom columns among them. */
  readonly custom: readonly CustomMartColumn[];
  /** Selects the published columns, in no order. */
  readonly rows: string;
  /** Selects every column, the ids of records too: for checks, never to be published. */
  readonly records: string;
  /** Selects the published columns fully sorted, so that the order in which exports were read leaves no trace. */
  readonly select: string;
  /** What its rows are about in the CRM, where that has a record of its own. */
  readonly about?: RecordIds;
}

/** The CRM's ids of a mart's rows: a file of its own beside the mart, one row for each of its rows, in their order. */
export interface RecordIds {
  /** Canonical table of the records: "opportunity". */
  readonly table: string;
  /** Selects the column `record_id` in the order of the mart's own select. */
  readonly select: string;
}

export interface MartOptions {
  /** Last local day that the report knows about, "2025-01-31". */
  readonly asOf: string;
  /** IANA zone in which moments become days. */
  readonly timeZone: string;
  /** ISO 4217 code that amounts are converted to. */
  readonly currency: string;
  /** Canonical columns that some source feeds: "opportunity.amount". */
  readonly fed: readonly string[];
  readonly custom?: readonly CustomMartColumn[];
  /** Weights and bands of the customers' health; the declared ones where absent. */
  readonly health?: HealthRules;
  /** What the CRM is taken to gain the company a year; null or absent where nobody has said. */
  readonly crmGain?: CrmGain | null;
  /** Points of an activity by its type; the declared ones where absent. */
  readonly points?: Readonly<Record<string, number>>;
  /** Limits of the bands of deals; the declared ones where absent. */
  readonly bands?: BandRules;
  /** Whose an opportunity's numbers are; its owner's at the event where absent. */
  readonly ownerCredit?: OwnerCredit;
  /** Days without a paid subscription from which on a customer has left; the usual ones where absent. */
  readonly graceDays?: number;
  /** When a customer without a contract counts as lost; by the gaps of its segment where absent. */
  readonly loss?: LossRule;
  /** First day from which departures are recorded; all of them where absent. */
  readonly observedFrom?: string | null;
  /** Hours in which people work; where absent, 9 to 17 on the working days of the calendar. */
  readonly hours?: readonly OpenHours[];
  /** What periods of goals mean, working days and holidays; where absent, years begin in January and weeks have five days. */
  readonly calendar?: CalendarRules;
  readonly models?: readonly MartModel[];
}

/**
 * Creates one table a model and returns the marts to publish: those whose sources are fed. The others exist too, empty.
 * Throws when a custom column has the name of a column of its mart.
 */
export async function runMarts(native: Native, {models, custom = [], fed, timeZone, health = healthRules, crmGain = null, points = activityWeights, bands = bandRules, calendar: told, hours, ...values}: MartOptions): Promise<Mart[]> {
  const calendar = told ?? {timeZone, fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []};
  await createLocalDay(native, timeZone);
  await createHealthTables(native, health);
  await native.exec("create or replace table crm_gain (low decimal(18, 2), base decimal(18, 2), high decimal(18, 2))");
  if (crmGain) await native.exec("insert into crm_gain values (?::double, ?::double, ?::double)", [crmGain.low, crmGain.base, crmGain.high]);
  await createActivityTable(native, points);
  await createBandTable(native, bands);
  await createTargetRules(native, calendar);
  await createWorkingDays(native, calendar, values.asOf);
  const ordered = models ?? (await readModels());
  const tables = new Set(fed.map((column) => column.split(".")[0]!));
  const asked = ordered.some((model) => model.sql.includes("business_seconds") && isFed(model, ordered, tables));
  await createBusinessHours(native, {timeZone, hours: hours ?? usualHours(calendar.workingDays), holidays: calendar.holidays, asOf: values.asOf, asked});
  const marts: Mart[] = [];
  for (const model of ordered) {
    try {
      await native.exec(`create table ${quoteIdentifier(model.name)} as ${model.sql}`, boundValues(model.sql, values));
    } catch (error) {
      throw new Error(`loaders/marts/${model.name}.sql: ${(error as Error).message}`, {cause: error});
    }
    if (model.name === fittedTo) await fitCustomerValue(native);
    if (!model.name.startsWith("int_") && isFed(model, ordered, tables)) marts.push(await describeMart(native, model, custom));
  }
  return marts;
}

async function createHealthTables(native: Native, {weights, bands}: HealthRules): Promise<void> {
  await native.exec("create or replace table health_weight (input varchar, weight decimal(9, 2)); create or replace table health_band (band varchar, from_score decimal(5, 2))");
  for (const [input, weight] of Object.entries(weights)) await native.exec("insert into health_weight values (?, ?::double)", [input, weight]);
  for (const [band, from] of Object.entries(bands)) await native.exec("insert into health_band values (?, ?::double)", [band, from]);
}

async function createActivityTable(native: Native, points: Readonly<Record<string, number>>): Promise<void> {
  await native.exec("create or replace table activity_weight (type varchar, points decimal(9, 2))");
  for (const [type, of] of Object.entries(points)) await native.exec("insert into activity_weight values (?, ?::double)", [type, of]);
}

async function createBandTable(native: Native, {size, cycle}: BandRules): Promise<void> {
  await native.exec("create or replace table band_limit (dimension varchar, value decimal(18, 2))");
  const limits = [...(size ?? []).map((value) => ["size_band", value] as const), ...cycle.map((value) => ["cycle_band", value] as const)];
  for (const [dimension, value] of limits) await native.exec("insert into band_limit values (?, ?::double)", [dimension, value]);
}

type Values = Pick<MartOptions, "asOf" | "currency" | "ownerCredit" | "graceDays" | "loss" | "observedFrom">;

/** Returns the values a statement names: DuckDB refuses a bound value that is not asked for. */
export function boundValues(sql: string, {asOf, currency, ownerCredit = "at_event", graceDays = usualGrace, loss = usualLoss, observedFrom = null}: Values): Bound {
  const dateOf = (day: string) => new DuckDBDateValue(Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000));
  const values = {as_of: dateOf(asOf), currency, owner_credit: ownerCredit, grace_days: graceDays, lost_by: loss.by, least_alive: loss.under, observed_from: observedFrom === null ? null : dateOf(observedFrom)};
  const named = new Set(sql.replaceAll(/--.*$/gm, "").match(/(?<=\$)[a-z_]+/g));
  return Object.fromEntries(Object.entries(values).filter(([name]) => named.has(name)));
}

async function describeMart(native: Native, model: MartModel, custom: readonly CustomMartColumn[]): Promise<Mart> {
  const own = (await columnsOf(native, `select * from ${quoteIdentifier(model.name)}`)).map(({name}) => name);
  const kept = custom.filter(({table, privacy}) => model.custom.includes(table) && privacy !== "personal");
  for (const {table, name} of kept) {
    if (own.includes(name) || kept.some((other) => other.name === name && other.table !== table)) {
      throw new Error(`custom column “${name}” of ${table}: ${model.name} has a column of that name already. Give it another name in the settings.`);
    }
  }
  const columns = [
    ...own.filter((name) => !name.endsWith("_id")).map((name) => `mart.${quoteIdentifier(name)}`),
    ...kept.map((column) => `${publishedValue(column)} as ${quoteIdentifier(column.name)}`)
  ];
  const joins = [...new Set(kept.map(({table}) => table))].map((table) => {
    const on = keyColumns(canonicalTables[table as TableName]).map((key) => `mart.${quoteIdentifier(key)} = ${quoteIdentifier(table)}.${quoteIdentifier(key)}`);
    return `left join ${quoteIdentifier(table)} on ${on.join(" and ")}`;
  });
  const relation = `${quoteIdentifier(model.name)} as mart ${joins.join(" ")}`;
  const unsorted = `select ${columns.join(", ")} from ${relation}`;
  const described = await columnsOf(native, unsorted);
  const order = [...new Set([...model.order, ...described.map(({name}) => name)])].map(quoteIdentifier);
  return {
    name: model.name,
    grain: model.grain,
    columns: described,
    custom: kept,
    rows: unsorted,
    records: `select ${["mart.*", ...columns.slice(columns.length - kept.length)].join(", ")} from ${relation}`,
    select: `from (${unsorted}) order by ${order.join(", ")}`,
    ...aboutOf(model, described.some(({name}) => name === "record_id") ? [] : own, (id, join) => `select record_id from (select ${[...columns, `${id} as record_id`].join(", ")} from ${relation} ${join}) order by ${[...order, "record_id"].join(", ")}`)
  };
}

/** Colleagues are left out: their ids would undo pseudonyms. */
const looked = new Map(Object.entries(canonicalTables).flatMap(([table, declared]) => {
  const [key, ...more] = keyColumns(declared);
  return key === undefined || more.length > 0 || table === "crm_user" ? [] : [[key, table] as const];
}));

/** The record that a row is about: that of its key, or of the customer whom its key numbers. */
function aboutOf({record, key}: MartModel, own: readonly string[], select: (id: string, join: string) => string): {readonly about?: RecordIds} {
  const id = [...(record === undefined ? [] : [record]), ...key].find((name) => own.includes(name) && looked.has(name));
  if (id !== undefined) return {about: {table: looked.get(id)!, select: select(`mart.${quoteIdentifier(id)}`, "")}};
  return key.includes("customer") ? {about: {table: "account", select: select("numbered.customer_id", "left join (select customer, min(customer_id) as customer_id from int_customer_dimension group by customer) as numbered using (customer)")}} : {};
}

/** Dimensions are published as text, moments as local days. */
function publishedValue({name, table, type, role}: CustomMartColumn): string {
  const stored = `${quoteIdentifier(table)}.${quoteIdentifier(`custom_${name}`)}`;
  const value = type === "timestamp" ? `local_day(${stored})` : stored;
  return role === "dimension" ? `${value}::varchar` : value;
}

/** Returns the names and types of what a select gives. */
export async function columnsOf(native: Native, select: string): Promise<{name: string; type: string}[]> {
  const rows = await native.run({sql: `describe ${select}`, params: []});
  return rows.map(({column_name, column_type}) => ({name: String(column_name), type: String(column_type)}));
}
