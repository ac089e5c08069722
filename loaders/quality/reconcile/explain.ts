// Which records make the difference between the CRM's total and ours.

import {windowStart, parsePeriod} from "../../../src/query/calendar.js";
import {catalogueOf, findMetric} from "../../../src/query/catalogue.js";
import type {Manifest, ReconcileRecords, Reconciliation} from "../../../src/query/manifest.js";
import type {Leaf} from "../../../src/query/measure.js";
import {measuredRows} from "../../../src/query/measure.js";
import {allOf, column, filterSql} from "../../../src/query/predicate.js";
import type {Filter, Period} from "../../../src/query/question.js";
import {sql, type Sql} from "../../../src/query/sql.js";
import type {Metric} from "../../../src/metrics/define.js";
import {canonicalTables, keyColumns, type TableName} from "../../canonical/schema.js";
import type {Mart} from "../../marts.js";
import {quoteIdentifier, quoteText, type Native} from "../../native.js";
import {maskId} from "../mask.js";

/** What a line asks for that cannot be had: the column of reconcile.csv, what stands in it, what is expected. */
export class RecordsError extends Error {
  override readonly name = "RecordsError";
  readonly key: string;
  readonly value: string;

  constructor(key: string, value: string, expected: string) {
    super(expected);
    this.key = key;
    this.value = value;
  }
}

export interface ExplainOptions {
  readonly metric: string;
  readonly period: string;
  readonly where: readonly Filter[];
  /** CSV with the columns id and, but for counts, value or amount. */
  readonly path: string;
  readonly manifest: Manifest;
  readonly marts: readonly Mart[];
}

const shown = 20;

/** Returns the records only in theirs, only in ours, and in both with different values. Throws a RecordsError. */
export async function explain(native: Native, {metric: id, period, where, path, manifest, marts}: ExplainOptions): Promise<NonNullable<Reconciliation["records"]>> {
  const metric = findMetric(id, catalogueOf(manifest));
  const {leaf, days} = measured(metric, parsePeriod(period, manifest), manifest);
  const mart = marts.find(({name}) => name === leaf.mart);
  const key = /key \((\w+)/.exec(mart?.grain ?? "")?.[1];
  const table = (Object.keys(canonicalTables) as TableName[]).find((name) => keyColumns(canonicalTables[name])[0] === key);
  if (!mart || !key || !table) throw new RecordsError("records", id, "no records: the metric is not counted over records of the CRM");
  const own = ownId(table, manifest);
  const counted = allOf([measuredRows(leaf) ?? sql`true`, dated(leaf, days), ...where.map(filterSql)])!;
  const ours: Sql = sql`select ${text(own(`f.${key}`))} as id, sum(${valueSql(leaf)})::double as value from (${text(mart.records)}) as f where ${counted} group by 1`;
  await native.exec(`create or replace temp table _ours as ${ours.text}`, [...ours.params]);
  await readTheirs(native, path, {own, counts: leaf.aggregate.fn === "count"});
  await native.exec(`create or replace temp table _beside as select coalesce(ours.id, theirs.id) as id, theirs.value as theirs, ours.value as ours from _ours as ours full join _theirs as theirs on ours.id = theirs.id`);
  const why = `case when ours is not null then null
    when id in (select ${own(key)} from (${mart.records})) then 'not_counted'
    when id in (select ${own("id")} from left_out where table_name = '${table}') then (select min(why) from left_out where table_name = '${table}' and ${own("left_out.id")} = chosen.id)
    when id in (select ${own(key)} from ${quoteIdentifier(table)}) then 'after_as_of'
    else 'not_in_data' end`;
  const part = (condition: string) => partOf(native, condition, why, table);
  try {
    return {onlyTheirs: await part("ours is null"), onlyOurs: await part("theirs is null"), different: await part("abs(theirs - ours) > 0.005")};
  } finally {
    for (const name of ["_ours", "_theirs", "_beside"]) await native.exec(`drop table ${name}`);
  }
}

const text = (words: string): Sql => ({text: words, params: []});

type Additive = Extract<Leaf, {readonly aggregate: unknown}>;

/** The one number that a metric counts or adds up. */
function measured(metric: Metric, period: Period, manifest: Manifest): {leaf: Additive; days: {start: string; end: string}} {
  const leaf = metric.type === "cumulative" ? metric.measure : metric;
  if ((leaf.type !== "simple" && leaf.type !== "balance") || !["count", "sum", "sum_product"].includes(leaf.aggregate.fn)) {
    throw new RecordsError("records", metric.id, "no records: the metric neither counts nor adds up records; leave the cell empty");
  }
  return {leaf, days: {start: metric.type === "cumulative" ? windowStart(period, metric.window, manifest) : period.start, end: period.end}};
}

function dated(leaf: Additive, {start, end}: {start: string; end: string}): Sql {
  if (leaf.type === "balance") return sql`${column(leaf.from)} < ${end}::date and ${column(leaf.to)} >= ${end}::date`;
  return sql`${column(leaf.time)} >= ${start}::date and ${column(leaf.time)} < ${end}::date`;
}

function valueSql({aggregate}: Additive): Sql {
  if (aggregate.fn === "sum") return column(aggregate.column);
  return aggregate.fn === "sum_product" ? sql`${column(aggregate.columns[0])} * ${column(aggregate.columns[1])}` : sql`1`;
}

/** An id as its CRM has it: without our prefix of the source, and of Salesforce’s 18 characters the 15 that reports show. */
function ownId(table: TableName, {files}: Manifest): (id: string) => string {
  const sources = new Set(files.filter((file) => file.table === table).map(({source}) => source));
  const bare = (id: string) => (sources.size > 1 ? `regexp_replace(${id}, '^(${[...sources].join("|")}):', '')` : id);
  return (id) => `case when regexp_full_match(${bare(id)}, '[A-Za-z0-9]{18}') then left(${bare(id)}, 15) else ${bare(id)} end`;
}

async function readTheirs(native: Native, path: string, {own, counts}: {readonly own: (id: string) => string; readonly counts: boolean}): Promise<void> {
  const reader = `read_csv(${quoteText(path)}, header = true, all_varchar = true)`;
  const described = await native.run({sql: `describe select * from ${reader}`, params: []});
  const names = described.map((column) => String(column["column_name"]));
  const find = (...wanted: readonly string[]) => names.find((name) => wanted.includes(name.trim().toLowerCase()));
  const [id, value] = [find("id"), find("value", "amount")];
  if (id === undefined) throw new RecordsError("records", names.join(", "), "a CSV file with a column id, and value or amount");
  if (value === undefined && !counts) throw new RecordsError("records", names.join(", "), "a CSV file with a column value or amount beside id");
  const amount = counts ? "1" : `try_cast(replace(nullif(trim(${quoteIdentifier(value!)}), ''), ',', '') as decimal(18, 2))`;
  if (!counts) {
    const bad = await native.run({sql: `select ${quoteIdentifier(id)} as id, ${quoteIdentifier(value!)} as value from ${reader} where ${amount} is null and trim(${quoteIdentifier(value!)}) <> '' limit 1`, params: []});
    if (bad[0]) throw new RecordsError("records", JSON.stringify(bad[0]["value"]), `a number in the column ${value}, as 1234.50, for the record ${String(bad[0]["id"])}`);
  }
  const trimmed = `trim(${quoteIdentifier(id)})`;
  await native.exec(`create or replace temp table _theirs as select ${own(trimmed)} as id, ${counts ? "1::double" : `coalesce(sum(${amount}), 0)::double`} as value from ${reader} where ${trimmed} <> '' group by 1`);
}

async function partOf(native: Native, condition: string, why: string, table: TableName): Promise<ReconcileRecords> {
  const [total] = await native.run({sql: `select count(*) as n, coalesce(sum(coalesce(theirs, 0) - coalesce(ours, 0)), 0)::decimal(38, 6)::double as difference from _beside where ${condition}`, params: []});
  const rows = await native.run({
    sql: `select id, theirs, ours, ${why} as why from (select * from _beside where ${condition} order by abs(coalesce(theirs, 0) - coalesce(ours, 0)) desc, id limit ${shown}) as chosen
      order by abs(coalesce(theirs, 0) - coalesce(ours, 0)) desc, id`,
    params: []
  });
  return {
    count: Number(total!["n"]),
    difference: Number(total!["difference"]),
    examples: rows.map(({id, theirs, ours, why}) => ({id: maskId(String(id), table), theirs: theirs as number | null, ours: ours as number | null, ...(why === null ? {} : {why: String(why)})}))
  };
}
