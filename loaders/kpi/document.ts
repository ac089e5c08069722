// What `npm run kpi -- … --format json` prints: one shape for all metrics, described here and checked in tests.

import {z} from "zod";
import {reasons, type Answer, type AnswerRow, type Cell, type Filter, type Period} from "../../src/query/question.js";
import type {Formatter} from "../../src/format/formatter.js";
import type {Metric} from "../../src/metrics/define.js";
import type {Defined, TargetMetric} from "../../src/metrics/targets.js";
import type {TargetReading} from "../../src/query/explain/targetNumbers.js";
import {heldAgainst} from "../../src/format/pace.js";
import type {Manifest} from "../../src/query/manifest.js";

const period = z.strictObject({
  key: z.string().describe("2025, 2025-Q1, 2025-01, 2025-W05, 2025-01-31, FY2025, FY2025-Q1, A..B or all"),
  grain: z.enum(["day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year", "range", "all"]),
  start: z.string().describe("First day, inclusive"),
  end: z.string().describe("The day after the last, exclusive; at most the day after as_of"),
  part: z.boolean().describe("The period is not over on the as-of day"),
  workdays: z.tuple([z.number().int(), z.number().int()]).optional().describe("Of a part period: working days passed, and of the whole period"),
  census: z.string().describe("Day on which stocks are counted: end − 1")
});

const member = z.string().nullable();

const row = z.strictObject({
  id: z.string().describe("Id of the metric asked for"),
  of: z.string().optional().describe("Target numbers only: id of the KPI whose target it is"),
  role: z.enum(["current", "previous", "last_year", "trend"]).describe("What the period stands for: the one asked for, a reference (--compare) or a point of the trend (--trend)"),
  period,
  members: z.record(z.string(), member).describe("One member for each --by dimension, null for records without a value; empty in the total"),
  total: z.boolean().describe("The number over all members, computed at its own grain"),
  value: z.number().nullable().describe("Unrounded; shares are 0–1, durations days, money in the report's currency; null where there is no value"),
  reason: z.enum(reasons).optional().describe("Why there is no value"),
  n: z.number().int().describe("Records the number rests on; 0 where suppressed"),
  numerator: z.number().nullable().optional(),
  denominator: z.number().nullable().optional(),
  interval: z.tuple([z.number(), z.number()]).optional().describe("95 % interval: Wilson's of a share, the margin of error of a mean, the draws of a forecast"),
  drawn: z.number().int().optional().describe("Of a forecast, open opportunities drawn for its interval"),
  coverage: z.number().nullable().optional().describe("Share 0–1 of the records that have the column summed"),
  undated: z.number().int().optional().describe("Records without a date: in this number, in no past period"),
  unrated: z.number().int().optional().describe("Records whose amount is in a currency without a rate: left out"),
  in_progress: z.number().int().optional().describe("Records whose window has not passed: left out"),
  window: z.strictObject({
    days: z.number().int(),
    n: z.number().int().describe("Records it was measured on"),
    measured: z.boolean().describe("False where those were too few, and the declared window stands")
  }).optional().describe("Of a rate within a window that the data gave: that window"),
  censored: z.number().optional().describe("Records that have not ended: their durations are longer than known"),
  estimator: z.enum(["kaplan_meier", "ended"]).optional().describe("Of a duration with a choice: Kaplan–Meier over all, or the quantile of those that have ended"),
  top: z.number().optional().describe("Of a number of amounts, share 0–1 of the largest in their sum, where above 0.3"),
  empty: z.number().int().optional().describe("Of a number of amounts, records with none or with 0"),
  target: z.number().nullable().optional().describe("Goal of the whole period, also of a part one"),
  pace: z.number().nullable().optional().describe("Of a part period with a target, where the number grows as time passes: target_pace, the target times the share of working days that have passed; null where no share of it can be told"),
  actual: z.number().nullable().optional().describe("Target numbers only: the KPI's own number"),
  met: z.boolean().nullable().optional().describe("Target numbers only: the actual is where the target wants it"),
  headroom: z.number().nullable().optional().describe("Where less is better: target − actual"),
  ahead: z.number().nullable().optional().describe("Actual − pace; below 0 is behind"),
  ahead_days: z.number().nullable().optional().describe("The same in working days at the pace of the target"),
  range: z.tuple([z.number(), z.number()]).optional().describe("Lowest and highest landing by the shapes of single earlier years"),
  allocated: z.number().optional().describe("Sum of the targets one level down"),
  out_of_reach: z.boolean().optional().describe("The target lies outside anything reached in the twelve closed periods before")
});

const described = z.strictObject({
  id: z.string(),
  label: z.string(),
  unit: z.enum(["count", "currency", "percent", "days", "hours", "seconds", "ratio", "score", "of_kpi"]).describe("of_kpi: that of the KPI that a target number is asked of"),
  direction: z.enum(["up", "down", "context"]).describe("Which way is good"),
  date_rule: z.enum(["E", "C", "S", "F"]).describe("Placed by its own event, by the day its record entered, as a stock, as a flow balance"),
  definition: z.string(),
  edges: z.string().optional().describe("Edge cases"),
  variant: z.string().optional().describe("Name of the definition, where the KPI has several"),
  variant_of: z.string().optional().describe("Id of the KPI whose other definition it is"),
  version: z.number().int(),
  since: z.string()
});

export const kpiSchema = z
  .strictObject({
    schema: z.literal("quarterdeck/kpi/1"),
    title: z.string(),
    as_of: z.string().describe("Last day the data knows about, inclusive"),
    currency: z.string(),
    time_zone: z.string(),
    period: period.describe("The period asked for"),
    by: z.array(z.string()),
    owner_credit: z.enum(["at_event", "current"]).describe("Whose an opportunity's numbers are: the owner's on the day of the event, or the present one's"),
    where: z.array(z.strictObject({dimension: z.string(), values: z.array(member)})),
    metrics: z.array(described).describe("Every metric asked for"),
    rows: z.array(row).describe("In the order asked; in each, by role and period, the total first"),
    not_applied: z.array(z.strictObject({id: z.string(), dimension: z.string()})).describe("Filters and breakdowns that a metric does not have: its rows are without them"),
    missing: z.array(z.strictObject({id: z.string(), columns: z.array(z.string()), why: z.enum(["not_in_data", "not_published"])})).describe("Metrics without their data, with the canonical columns they lack: the exports do not hold them, or the settings withhold them"),
    unrated: z.array(z.strictObject({currency: z.string(), first: z.string(), last: z.string(), count: z.number().int()})).describe("Currencies without a rate, with the first and last day whose rate is needed and the rows concerned, of the mart where most are; empty where no row lacks one")
  })
  .describe("One answer of npm run kpi");

export type KpiDocument = z.infer<typeof kpiSchema>;
export type KpiRow = z.infer<typeof row>;

/** One thing asked for: a metric's own rows are in the answer, target numbers are read from it. */
export interface Asked {
  readonly id: string;
  readonly answer: Answer;
  readonly target?: {readonly metric: TargetMetric; readonly of: string; readonly readings: readonly TargetReading[]};
}

export interface DocumentOptions {
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
  readonly format: Formatter;
}

/** Returns the answers as one document. All were asked with the same period, breakdown and filters; there is at least one. */
export function kpiDocument(asked: readonly Asked[], {manifest, catalogue, format}: DocumentOptions): KpiDocument {
  const {question, period} = asked[0]!.answer;
  const ids = new Set(asked.flatMap(({answer}) => answer.question.metrics));
  return {
    schema: "quarterdeck/kpi/1",
    title: manifest.title,
    as_of: manifest.asOf,
    currency: manifest.currency,
    time_zone: manifest.calendar.timeZone,
    period: periodOf(period),
    by: [...(question.by ?? [])],
    owner_credit: manifest.ownerCredit ?? "at_event",
    where: (question.filters ?? []).map(({dimension, values}: Filter) => ({dimension, values: [...values]})),
    metrics: [...catalogue.filter(({id}) => ids.has(id)), ...new Set(asked.flatMap(({target}) => target?.metric ?? []))].map((metric) => describe(metric, format)),
    rows: asked.flatMap((one) => rowsOf(one, question.by ?? [], catalogue)),
    not_applied: asked.flatMap(({answer}) => answer.notApplied.map(({metric, dimension}) => ({id: metric, dimension}))),
    missing: asked.flatMap(({answer}) => answer.missing.map(({metric, columns, why}) => ({id: metric, columns: [...columns], why}))),
    unrated: [...(asked.find(({answer}) => answer.unrated)?.answer.unrated ?? [])]
  };
}

function describe(metric: Defined, format: Formatter): KpiDocument["metrics"][number] {
  const {id, unit, direction, dateRule, variant, variantOf, version, since} = metric;
  const words = (part: string, otherwise: string) => (format.has(`metric.${id}.${part}`) ? format.message(`metric.${id}.${part}`) : otherwise);
  const label = words("label", metric.label ?? id);
  const edges = words("edges", "");
  return {id, label, unit, direction, date_rule: dateRule, definition: words("definition", label), ...(edges && {edges}), ...(variant !== undefined && {variant}), ...(variantOf !== undefined && {variant_of: variantOf}), version, since};
}

function rowsOf({id, answer, target}: Asked, by: readonly string[], catalogue: readonly Metric[]): KpiRow[] {
  if (target) return target.readings.map((reading) => targetRow(target.metric, target.of, reading, by));
  return answer.rows.map((row) => ({id, ...place(row, by), ...numbers(row), ...paceOf(row, catalogue)}));
}

function targetRow(metric: TargetMetric, of: string, reading: TargetReading, by: readonly string[]): KpiRow {
  const {row, progress: {met, headroom, ahead, aheadDays, landingRange}, outOfReach} = reading;
  const {value, reason} = reading.numbers[metric.part];
  return {
    id: metric.id, of, ...place(row, by), value, ...(reason && {reason}), n: row.n, actual: row.value, target: row.target ?? null,
    ...(metric.part === "attainment" && {met, ...(headroom !== null && {headroom}), ...(row.target != null && {out_of_reach: outOfReach})}),
    ...(metric.part === "pace" && {ahead, ahead_days: aheadDays}),
    ...(metric.part === "landing" && landingRange && {range: [...landingRange] as [number, number]}),
    ...(metric.part === "unallocated" && row.allocated !== undefined && {allocated: row.allocated})
  };
}

function paceOf(row: AnswerRow, catalogue: readonly Metric[]): {pace?: number | null} {
  const metric = catalogue.find(({id}) => id === row.metric);
  const {value, paced} = metric ? heldAgainst(row, metric) : {value: null, paced: false};
  return paced ? {pace: value} : {};
}

function place({role, period, members, total}: Pick<AnswerRow, "role" | "period" | "members" | "total">, by: readonly string[]) {
  return {role, period: periodOf(period), members: total ? {} : Object.fromEntries(by.map((dimension, k) => [dimension, members[k] ?? null])), total};
}

const periodOf = ({workdays, ...period}: Period): KpiRow["period"] => ({...period, ...(workdays && {workdays: [...workdays]})});

function numbers({value, n, numerator, denominator, coverage, undated, unrated, inProgress, window, censored, estimator, top, empty, interval, drawn, reason, target}: Cell) {
  const optional = {reason, numerator, denominator, interval: interval && ([...interval] as [number, number]), drawn, coverage, undated, unrated, in_progress: inProgress, window: window && {...window}, censored, estimator, top, empty, target};
  return {value, n, ...(Object.fromEntries(Object.entries(optional).filter(([, given]) => given !== undefined)) as typeof optional)};
}
