// What stands behind a number: the records of every measured number that it is made of, and those left out, with why.

import {isCalendar, type Metric} from "../metrics/define.js";
import {ask, compileContext} from "./ask.js";
import {parsePeriod} from "./calendar.js";
import {findMetric, missingData} from "./catalogue.js";
import {checkDimensions, scopeOf} from "./filters.js";
import type {Manifest} from "./manifest.js";
import type {Leaf} from "./measure.js";
import {isMeasured, partsOf, type Moment} from "./parts.js";
import {daysOf} from "./plan.js";
import type {AnswerRow, Filter, Run, Statement} from "./question.js";
import {QuestionError} from "./questionError.js";
import {entityColumns, recordId, rowsQuery, type Note, type RowsWant} from "./records/rows.js";
import {identifier, join, sql, type Sql} from "./sql.js";
import type {Days} from "./timeRule.js";

/** One number: a metric in a period, under filters; of one member of a breakdown where `member` names it. */
export interface RecordsQuestion {
  readonly metric: string;
  readonly period: string;
  readonly filters?: readonly Filter[];
  /** One dimension and one value each. */
  readonly member?: readonly Filter[];
}

/** A measured number that the number is made of, and the statements that tell its records. */
export interface RecordPart {
  /** What it is of the whole: "numerator", "denominator", the name of an input, "numerator.revenue"; "" for the number itself. Several where it has several places. */
  readonly roles: readonly string[];
  /** Id of the measured metric. */
  readonly metric: string;
  readonly days: Days;
  readonly mart: string;
  /** Canonical table of the CRM's records, where their ids are published: `rows` then has `record_id`. */
  readonly table?: string;
  /** Columns of the records, beside those that say what they count for. */
  readonly columns: readonly string[];
  /** Every record: counted ones first, then by note and column. */
  readonly rows: Statement;
  /** How many there are, by whether they count and by note. */
  readonly count: Statement;
}

export interface PartCount {
  readonly part: RecordPart;
  /** Records that count. */
  readonly counted: number;
  /** What they bring in all: of counts and sums the number itself. */
  readonly brings: number;
  /** Of the counted ones, those of which something is to be said. */
  readonly noted: Readonly<Partial<Record<Note, number>>>;
  /** Records left out, by why. */
  readonly leftOut: Readonly<Partial<Record<Note, number>>>;
}

export interface RecordsOptions {
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
}

/**
 * Returns the parts of a number, in the order of its declaration. Throws a QuestionError for anything that the report does
 * not know, for a metric without its data, and for a member of a dimension that the metric does not have.
 */
export function recordParts({metric: id, period: key, filters = [], member = []}: RecordsQuestion, {manifest, catalogue}: RecordsOptions): RecordPart[] {
  const by = member.map(({dimension}) => dimension);
  checkDimensions({by, filters: [...filters, ...member]}, manifest.dimensions);
  const metric = findMetric(id, catalogue);
  const missing = missingData(metric, manifest);
  if (missing) throw new QuestionError({code: "no_records", value: id, message: `${id} has no records in this report: ${missing.why === "not_published" ? "not published" : "no source feeds"} ${missing.columns.join(", ")}`});
  const scope = scopeOf(metric, {by, filters}, manifest.dimensions);
  if (scope.by.length < by.length) throw new QuestionError({code: "no_records", value: by.join(", "), message: `${id} is not broken down by ${by.join(", ")}`});
  const context = compileContext(manifest);
  const found = new Map<string, RecordPart>();
  for (const {role, ...want} of wantsOf(metric, parsePeriod(key, manifest), {filters: scope.filters, member}, manifest)) {
    const own = JSON.stringify([want.leaf.id, want.side, want.days, want.filters]);
    const known = found.get(own);
    found.set(own, known ? {...known, roles: [...known.roles, role]} : {roles: [role], metric: want.leaf.id, days: want.days, mart: want.leaf.mart, ...tableOf(want.leaf, manifest), ...statementsOf(want, manifest, context)});
  }
  return [...found.values()];
}

/** What one row is about in the CRM; a customer between two periods is no record of the mart's. */
const recordTable = (leaf: Leaf, {records}: Manifest): string | undefined => (leaf.type === "movement" && leaf.flow ? undefined : records?.[leaf.mart]);

function tableOf(leaf: Leaf, manifest: Manifest): Pick<RecordPart, "table"> {
  const table = recordTable(leaf, manifest);
  return table === undefined ? {} : {table};
}

interface Narrowed {
  readonly filters: readonly Filter[];
  readonly member: readonly Filter[];
}

const under = (role: string, name: string): string => (role === "" ? name : `${role}.${name}`);

/** Names follow the declaration: numerator and denominator, the inputs of a formula; a window or an earlier period adds none. */
function wantsOf(metric: Metric, moment: Moment, {filters, member}: Narrowed, manifest: Manifest, role = ""): (RowsWant & {readonly role: string})[] {
  if (isMeasured(metric)) return measuredWants(metric, moment, [...filters, ...member], manifest).map(({name, ...want}) => ({...want, role: name === "" ? role : under(role, name)}));
  const down = (one: Metric, at: Moment, narrowed: Narrowed, name = "") => wantsOf(one, at, narrowed, manifest, name === "" ? role : under(role, name));
  const parts = partsOf(metric, moment, manifest);
  if (metric.type === "share") {
    const [part] = parts;
    return part && "metric" in part ? [...down(part.metric, part.moment, {filters, member}, "numerator"), ...down(part.metric, part.moment, {filters, member: []}, "denominator")] : [];
  }
  const names = metric.type === "ratio" ? ["numerator", "denominator"] : metric.type === "derived" ? Object.entries(metric.inputs).map(([name, input]) => (isCalendar(input) ? "" : name)) : [""];
  return parts.flatMap((part, k) => ("metric" in part ? down(part.metric, part.moment, {filters, member}, names[k]) : []));
}

function measuredWants(leaf: Leaf, moment: Moment, filters: readonly Filter[], manifest: Manifest): (RowsWant & {readonly name: string})[] {
  const want = {leaf, days: daysOf(leaf, moment, manifest), filters, undated: moment.grain === "all" && leaf.type === "simple"};
  return leaf.type === "conversion" ? [{...want, side: "reached", name: "numerator"}, {...want, side: "entered", name: "denominator"}] : [{...want, name: ""}];
}

/** Counted sums are of decimals: those of binary fractions depend on the order of rows. */
function statementsOf(want: RowsWant, manifest: Manifest, context: ReturnType<typeof compileContext>): Pick<RecordPart, "columns" | "rows" | "count"> {
  const {leaf} = want;
  const mart = manifest.marts.find(({name}) => name === leaf.mart)?.columns.map(({name}) => name) ?? [];
  const columns = leaf.type === "movement" ? entityColumns(leaf.entity) : mart;
  // The ids are a file of their own, which nobody needs to count records.
  const ids = recordTable(leaf, manifest) !== undefined;
  const query = rowsQuery(want, mart, context);
  const names = join([...columns, ...(ids ? [recordId] : [])].map(identifier));
  return {
    columns,
    rows: statement(sql`select record_counted, record_note, record_brings, ${names} from (
${rowsQuery({...want, ids}, mart, context)}
) order by record_counted desc, record_note nulls first, ${names}`),
    count: statement(sql`select record_counted, record_note, count(*) as records, cast(sum(record_brings::decimal(38, 9)) as double) as brings from (
${query}
) group by all order by all`)
  };
}

const statement = ({text, params}: Sql): Statement => ({sql: text, params});

export interface NumberRecords {
  /** The number as every view shows it. */
  readonly row: AnswerRow;
  /** None where the number is kept back because few records belong to it. */
  readonly parts: readonly PartCount[];
}

/** Returns a number and how many records stand behind it. Throws what recordParts throws. */
export async function askRecords(question: RecordsQuestion, {run, ...options}: RecordsOptions & {readonly run: Run}): Promise<NumberRecords> {
  const {metric, period, filters = [], member = []} = question;
  const parts = recordParts(question, options);
  const [{rows}, ...counts] = await Promise.all([ask({metrics: [metric], period, filters, by: member.map(({dimension}) => dimension)}, {...options, run}), ...parts.map(({count}) => run(count))] as const);
  const total = rows.find((row) => row.total)!;
  const row = member.length === 0 ? total : rows.find(({members, total}) => !total && members.every((one, k) => one === member[k]!.values[0])) ?? {...total, total: false, members: member.map(({values}) => values[0]!), value: null, n: 0, reason: "no_rows" as const};
  return {row, parts: row.reason === "suppressed" ? [] : parts.map((part, k) => countOf(part, counts[k]!))};
}

function countOf(part: RecordPart, rows: Awaited<ReturnType<Run>>): PartCount {
  const those = (counted: boolean) => rows.filter(({record_counted}) => record_counted === counted);
  const sum = (list: typeof rows, name: string) => list.reduce((all, row) => all + Number(row[name] ?? 0), 0);
  const byNote = (list: typeof rows) => Object.fromEntries(list.flatMap(({record_note, records}) => (record_note === null ? [] : [[String(record_note), Number(records)]])));
  return {part, counted: sum(those(true), "records"), brings: sum(those(true), "brings"), noted: byNote(those(true)), leftOut: byNote(those(false))};
}

/** Columns in front of the records' own; the last two where the CRM's ids are published. */
const leading = ["part", "kpi", "first_day", "last_day", "is_counted", "note", "brings"] as const;
const identifying = ["record", "id"] as const;

/** Returns the records of all parts as one table: a header and lines, a column for each that any part has. */
export async function readRecords(parts: readonly RecordPart[], run: Run): Promise<{readonly header: readonly string[]; readonly lines: readonly (readonly (string | number | boolean | null)[])[]}> {
  const names = [...new Set(parts.flatMap(({columns}) => columns))];
  const first: readonly string[] = [...leading, ...(parts.some(({table}) => table !== undefined) ? identifying : [])];
  const results = await Promise.all(parts.map(({rows}) => run(rows)));
  const lines = parts.flatMap(({roles, metric, days, columns, table}, k) => results[k]!.map((row) => [
    roles.join(" + "), metric, days.start, lastDay(days), row.record_counted, row.record_note, row.record_brings,
    ...(first.length > leading.length ? [table ?? null, table === undefined ? null : row[recordId]] : []),
    ...names.map((name) => (columns.includes(name) ? row[name] : null))
  ] as (string | number | boolean | null)[]));
  return {header: [...first, ...names.map((name) => (first.includes(name) ? `record_${name}` : name))], lines};
}

/** Returns the last day of a span. */
export const lastDay = ({end}: Days): string => new Date(Date.parse(`${end}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
