// A funnel in the terminal: `npm run kpi -- --funnel lead_to_cash --by source --mode any --window 30`.

import {z} from "zod";
import {csvText, type CsvValue} from "../../src/format/csv.js";
import type {Formatter} from "../../src/format/formatter.js";
import {droppedName, funnelName, funnelRule, funnelStepName} from "../../src/format/funnelWords.js";
import {plainText} from "../../src/format/text.js";
import type {DroppedEntry, FunnelAnswer, FunnelRow, FunnelTimes, StepResult} from "../../src/query/funnel/answer.js";
import {askDropped, askFunnel} from "../../src/query/funnel/askFunnel.js";
import type {FunnelChoices} from "../../src/query/funnel/plan.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Run} from "../../src/query/question.js";
import {aligned} from "./aligned.js";

const share = z.strictObject({value: z.number().nullable(), numerator: z.number().nullable().optional(), denominator: z.number().nullable().optional(), interval: z.tuple([z.number(), z.number()]).optional()});
const member = z.string().nullable();

/** `--funnel --format json`: `schema` names the form and its version. */
export const funnelSchema = z
  .strictObject({
    schema: z.literal("quarterdeck/funnel/1"),
    as_of: z.string(),
    id: z.string(),
    label: z.string(),
    rule: z.string().describe("How it counts, in words"),
    period: z.string(),
    by: z.string().nullable(),
    missing: z.array(z.strictObject({step: z.string(), columns: z.array(z.string())})).describe("Steps that no source feeds"),
    not_applied: z.array(z.string()).describe("Filters and breakdowns that its events do not carry"),
    rows: z.array(z.strictObject({
      member, total: z.boolean(), entered: z.number(), in_progress: z.number(), excluded: z.number(), suppressed: z.boolean(),
      steps: z.array(z.strictObject({
        step: z.string(), label: z.string(), reached: z.number(), mature: z.number().describe("Of them those whose window has passed: the shares are theirs"), overall: share, from_previous: share,
        lost: z.number().nullable(), passed: z.number().nullable(), open: z.number().nullable(), lost_value: z.number().nullable(),
        median_days: z.number().nullable().describe("From the step before, of those who got there")
      }))
    })),
    dropped: z.strictObject({step: z.string(), count: z.number(), entries: z.array(z.strictObject({
      entity: z.number(), entered: z.string(), reached: z.string(), why: z.enum(["lost", "passed", "open"]), left_on: z.string().nullable(), value: z.number().nullable(), dimensions: z.record(z.string(), member)
    }))}).optional().describe("With --dropped: who reached the step and not the next, the largest value first")
  })
  .describe("One funnel of npm run kpi");

export type FunnelDocument = z.infer<typeof funnelSchema>;

export interface FunnelAsked {
  readonly id: string;
  readonly choices: FunnelChoices;
  /** Step whose drop-outs are listed. */
  readonly dropped?: string;
}

export interface FunnelContext {
  readonly manifest: Manifest;
  readonly run: Run;
  readonly format: Formatter;
}

/** Returns the answer to `--funnel` in the wanted form. Throws a QuestionError for what the report does not know. */
export async function kpiFunnel({id, choices, dropped}: FunnelAsked, as: "table" | "csv" | "json", context: FunnelContext): Promise<string> {
  const answer = await askFunnel(id, choices, context);
  const list = dropped === undefined ? undefined : {step: dropped, ...(await askDropped(id, dropped, choices, context))};
  const document = documentOf(answer, list, context.format);
  if (as === "json") return `${JSON.stringify(document, null, 2)}\n`;
  if (as === "csv") return list ? droppedCsv(list.entries) : funnelCsv(document);
  return funnelText(answer, document, context.format);
}

type Dropped = {readonly step: string; readonly count: number; readonly entries: readonly DroppedEntry[]};

function documentOf(answer: FunnelAnswer, dropped: Dropped | undefined, format: Formatter): FunnelDocument {
  const {funnel, period, asOf, by, missing, notApplied, rows, times} = answer;
  return {
    schema: "quarterdeck/funnel/1", as_of: asOf, id: funnel.id, label: plainText(funnelName(funnel, format)),
    rule: plainText(funnelRule(funnel, format, {by: by !== null, dimensionName: (name) => format.dimension(name)})),
    period: period.key, by, missing: missing.map(({step, columns}) => ({step, columns: [...columns]})), not_applied: [...notApplied],
    rows: rows.map((row) => ({
      member: row.member, total: row.total, entered: row.entered, in_progress: row.inProgress, excluded: row.excluded, suppressed: row.suppressed ?? false,
      steps: row.steps.map((step) => ({
        step: step.id, label: plainText(funnelStepName(funnel.steps[step.position]!, format)), reached: step.reached, mature: step.mature,
        overall: shareOf(step.overall), from_previous: shareOf(step.fromPrevious),
        lost: step.dropped?.lost ?? null, passed: step.dropped?.passed ?? null, open: step.dropped?.open ?? null, lost_value: step.lostValue,
        median_days: medianTo(times, row, step.position)
      }))
    })),
    ...(dropped && {dropped: {step: dropped.step, count: dropped.count, entries: dropped.entries.map((entry) => {
      const {entity, entered, reached, why, value, leftOn, dimensions} = entry;
      return {entity, entered, reached, why, left_on: leftOn, value, dimensions: {...dimensions}};
    })}})
  };
}

function shareOf({value, numerator, denominator, interval}: StepResult["overall"]): z.infer<typeof share> {
  return {value, ...(numerator !== undefined && {numerator}), ...(denominator !== undefined && {denominator}), ...(interval && {interval: [interval[0], interval[1]] as [number, number]})};
}

const medianTo = (times: readonly FunnelTimes[], {member: of, total}: FunnelRow, position: number): number | null =>
  times.find((time) => time.from === position - 1 && time.to === position && time.total === total && time.member === of)?.median ?? null;

function funnelCsv({id, by, period, as_of, rows}: FunnelDocument): string {
  const header = ["funnel", "period", ...(by === null ? [] : [by]), "total", "step", "label", "reached", "mature", "overall", "overall_low", "overall_high", "from_previous", "lost", "passed", "open", "lost_value", "median_days", "as_of"];
  return csvText(header, rows.flatMap((row) => row.steps.map((step): CsvValue[] => [
    id, period, ...(by === null ? [] : [row.member]), row.total, step.step, step.label, step.reached, step.mature, step.overall.value, step.overall.interval?.[0], step.overall.interval?.[1],
    step.from_previous.value, step.lost, step.passed, step.open, step.lost_value, step.median_days, as_of
  ])));
}

function droppedCsv(entries: readonly DroppedEntry[]): string {
  const dimensions = Object.keys(entries[0]?.dimensions ?? {});
  return csvText(["entity", "entered", "reached", "why", "left_on", "value", ...dimensions],
    entries.map(({entity, entered, reached, why, leftOn, value, dimensions: of}) => [entity, entered, reached, why, leftOn, value, ...dimensions.map((name) => of[name] ?? null)]));
}

function funnelText({period, funnel, by}: FunnelAnswer, {label, rule, missing, not_applied, rows, dropped, as_of}: FunnelDocument, format: Formatter): string {
  const say = (key: string) => format.message(key);
  const count = (value: number | null) => (value === null ? "" : format.value(value, "count", {precise: true}));
  const percent = ({value}: {value: number | null}) => format.value(value, "percent", {precise: true});
  const heading = [...(by === null ? [] : [format.dimension(by)]), say("kpi.step"), say("kpi.measure.reached"), say("kpi.measure.overall"), say("kpi.measure.from_previous"),
    ...(["lost", "passed", "open"] as const).map((why) => droppedName(why, format)), say("funnel.lost_value"), say("funnel.median_days")];
  const text = by === null ? 1 : 2;
  const lines = rows.flatMap((row) => {
    const name = by === null ? [] : [row.total ? say("table.total") : format.member(by, row.member)];
    if (row.suppressed) return [[...name, format.reason("suppressed")]];
    return row.steps.map((step) => [...name, step.label, count(step.reached), percent(step.overall), percent(step.from_previous), count(step.lost), count(step.passed), count(step.open),
      step.lost_value === null ? "" : format.value(step.lost_value, "currency", {precise: true}), step.median_days === null ? "" : format.value(step.median_days, "days", {precise: true})]);
  });
  return [
    `${label} (--funnel ${funnel.id})`,
    [format.period(period), rule, format.message("site.as_of", {date: format.date(as_of)})].join(" · "),
    "",
    ...(lines.length ? [...aligned([heading, ...lines], text), ""] : []),
    ...missing.map(({step, columns}) => `${step}: ${format.reason("not_in_data")}: ${columns.join(", ")}`),
    ...(not_applied.length ? [format.message("caveat.not_applied", {dimensions: format.list(not_applied.map((dimension) => format.dimension(dimension)))})] : []),
    ...(dropped ? droppedText(dropped, format) : []),
    ""
  ].join("\n");
}

function droppedText({step, count, entries}: NonNullable<FunnelDocument["dropped"]>, format: Formatter): string[] {
  const dimensions = Object.keys(entries[0]?.dimensions ?? {});
  const lines = entries.map((entry) => [
    String(entry.entity), format.date(entry.entered), format.date(entry.reached), droppedName(entry.why, format), entry.left_on === null ? "" : format.date(entry.left_on),
    entry.value === null ? "" : format.value(entry.value, "currency", {precise: true}), ...dimensions.map((name) => format.member(name, entry.dimensions[name] ?? null))
  ]);
  return [format.message("funnel.dropped.count", {count, step}), ...(lines.length ? aligned(lines, 6 + dimensions.length) : [])];
}
