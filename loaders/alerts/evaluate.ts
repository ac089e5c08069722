// Alerts held against a finished build: numbers by the one door to them, records by the lists of the build.

import {readFile} from "node:fs/promises";
import {join} from "node:path";
import Papa from "papaparse";
import {floorOf} from "../../src/components/options.js";
import {unharmedText} from "../../src/format/csv.js";
import type {DimensionId, Metric} from "../../src/metrics/define.js";
import {askMany} from "../../src/query/ask.js";
import {parsePeriod} from "../../src/query/calendar.js";
import {findMetric, missingData} from "../../src/query/catalogue.js";
import {readSeries, rulesOf, verdictOf} from "../../src/query/explain/series.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {AnswerRow, Question, Run} from "../../src/query/question.js";
import {baselineOf} from "../../src/query/rules.js";
import {askStudies, toldOf} from "../../src/query/studies.js";
import {chosenId, variantId} from "../../src/query/variants.js";
import type {AlertFinding, AlertRule, AlertStanding, ListRule, MetricRule} from "./rules.js";

export interface AlertData {
  readonly manifest: Manifest;
  readonly run: Run;
  readonly catalogue: readonly Metric[];
  /** Folder of the data build. */
  readonly built: string;
}

/** Periods that make limits and leave some to be judged by them. */
const seriesLength = 36;

/** Most customers of a list. */
const mostCustomers = 100_000;

/**
 * Returns what is found of every alert, in their order. A KPI without its data is `unknown` as a whole. Throws a
 * QuestionError for a variant, a dimension or a period that the report does not have.
 */
export async function evaluateAlerts(rules: readonly AlertRule[], data: AlertData): Promise<AlertFinding[]> {
  const found: AlertFinding[] = [];
  for (const rule of rules) found.push(...(rule.kind === "metric" ? await judgeNumber(rule, data) : await listRecords(rule, data)));
  return found;
}

/** Returns the KPI of a rule: the variant that it names, else the one that stands in the report. Throws a QuestionError where there is none. */
export function ruledMetric({metric}: Pick<MetricRule, "metric">, {manifest, catalogue}: Pick<AlertData, "manifest" | "catalogue">): Metric {
  const [id, variant] = metric.split(":") as [string, string | undefined];
  return findMetric(variant === undefined ? chosenId(id, manifest, catalogue) : variantId(id, variant, catalogue), catalogue);
}

async function judgeNumber(rule: MetricRule, data: AlertData): Promise<AlertFinding[]> {
  const {manifest, run, catalogue} = data;
  const metric = ruledMetric(rule, data);
  const about = (entity: string | null, standing: AlertStanding, value: number | null): AlertFinding => ({alert: rule.id, entity, standing, value, owner: rule.by === "owner" ? entity : null});
  if (missingData(metric, manifest)) return [about(null, "unknown", null)];
  const period = parsePeriod(rule.period, manifest);
  const question: Question = {
    metrics: [metric.id], period: period.key, ...(rule.by !== null && {by: [rule.by as DimensionId]}),
    ...(rule.signal !== null && {trend: {grain: period.grain as NonNullable<Question["trend"]>["grain"], count: seriesLength}})
  };
  const [answer] = await askMany([question], {manifest, run, catalogue});
  const rows = answer!.rows.filter((row) => row.total === (rule.by === null));
  return rows.filter(({role}) => role === "current").map((row) => {
    const [entity = null] = row.members;
    if (row.value === null || (metric.unit !== "count" && metric.unit !== "currency" && row.n < floorOf(metric))) return about(entity, "unknown", row.value);
    const standing = rule.signal === null ? standingOf(row.value, rule) : signalled(rows.filter((one) => one.role === "trend" && (one.members[0] ?? null) === entity), row, rule, {metric, manifest});
    return about(entity, standing, row.value);
  });
}

function standingOf(value: number, {above, below, recover}: MetricRule): AlertStanding {
  if (above !== null) return value > above ? "fires" : value > (recover ?? above) ? "held" : "clear";
  return value < below! ? "fires" : value < (recover ?? below!) ? "held" : "clear";
}

function signalled(trend: readonly AnswerRow[], {period}: AnswerRow, {signal}: MetricRule, {metric, manifest}: {readonly metric: Metric; readonly manifest: Manifest}): AlertStanding {
  const series = readSeries(trend, rulesOf(metric, baselineOf(metric.variantOf ?? metric.id, manifest)));
  const verdict = verdictOf(series, period.key, metric.direction);
  if (verdict === "unjudged") return "unknown";
  return verdict === "worse" || (signal === "any" && verdict !== "routine") ? "fires" : "clear";
}

async function listRecords(rule: ListRule, {manifest, run, built}: AlertData): Promise<AlertFinding[]> {
  const found = rule.list === "customers_at_risk" ? await customersAtRisk({manifest, run}) : await listed(rule.list, {manifest, built});
  return found.filter(({value}) => rule.above === null || (value !== null && value > rule.above)).map((one) => ({alert: rule.id, standing: "fires", ...one}));
}

type Listed = Pick<AlertFinding, "entity" | "value" | "owner">;

async function customersAtRisk(data: Pick<AlertData, "manifest" | "run">): Promise<Listed[]> {
  if (!data.manifest.marts.some(({name}) => name === "fct_customer_health_span")) return [];
  const [told] = toldOf("health", await askStudies([{study: "health", question: {filters: [], list: {id: "at_risk", limit: mostCustomers}}}], data));
  return (told?.list?.entries ?? []).map(({customer, record, mrr, owner}) => ({entity: record ?? String(customer), value: mrr === null ? null : mrr * 12, owner}));
}

async function listed(list: string, {manifest, built}: Pick<AlertData, "manifest" | "built">): Promise<Listed[]> {
  const told = manifest.quality?.hygiene?.lists.find(({id}) => id === list);
  if (!told || told.count === 0) return [];
  const {data} = Papa.parse<Record<string, string>>(await readFile(join(built, "hygiene", `${list}.csv`), "utf8"), {header: true, skipEmptyLines: true});
  return data.map(({id, amount, owner}) => ({entity: unharmedText(id ?? ""), value: amount ? Number(amount) : null, owner: owner ? unharmedText(owner) : null}));
}
