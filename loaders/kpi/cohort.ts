// A cohort in the terminal: `npm run kpi -- cohort:purchases --measure repeat --grain quarter --by segment`.

import {z} from "zod";
import {cohortName} from "../../src/format/cohortWords.js";
import {csvText, type CsvValue} from "../../src/format/csv.js";
import type {Formatter} from "../../src/format/formatter.js";
import type {CohortAnswer, CohortCell, CohortLine} from "../../src/query/cohort/answer.js";
import {askCohort} from "../../src/query/cohort/askCohort.js";
import type {CohortChoices} from "../../src/query/cohort/plan.js";
import type {Manifest} from "../../src/query/manifest.js";
import {dateOf, unitContaining} from "../../src/query/periodKey.js";
import type {Run} from "../../src/query/question.js";
import {aligned} from "./aligned.js";

const cell = z.strictObject({
  period: z.number().int().describe("Age in periods, 0 for that of the start; the first of a bracket"), to: z.number().int().optional().describe("Last age of a bracket"),
  state: z.enum(["whole", "part", "later"]).describe("All of the cohort are that old, a part of them or of the period, nobody"),
  active: z.number().nullable(), observed: z.number().describe("Customers who are that old"), value: z.number().nullable(), low: z.number().optional(), high: z.number().optional(), suppressed: z.boolean().optional()
});
const line = z.strictObject({
  key: z.string().describe("First day of the period of the start, or the member"), member: z.string().nullable(), size: z.number(), base: z.number().nullable().describe("Revenue of the first period"),
  current: z.boolean().describe("Its period still runs"), truncated: z.boolean().describe("The records begin inside it"), suppressed: z.boolean(),
  cac: z.number().nullable().optional(), payback_period: z.number().nullable().optional(), cells: z.array(cell)
});

/** `cohort:<id> --format json`: `schema` names the form and its version. */
export const cohortSchema = z
  .strictObject({
    schema: z.literal("quarterdeck/cohort/1"),
    as_of: z.string(),
    id: z.string(),
    label: z.string(),
    measure: z.string(), unit: z.enum(["share", "money", "count"]), grain: z.string(), span: z.string(), first: z.string(), base: z.string(), form: z.string(),
    key: z.string(), by: z.string().nullable(), range: z.string(),
    not_applied: z.array(z.string()).describe("Filters and breakdowns that its events do not carry"),
    lines: z.array(line),
    average: z.array(cell).describe("Weighted by size, of whole cells only"),
    segments: z.array(z.strictObject({member: z.string().nullable(), size: z.number(), suppressed: z.boolean(), lines: z.array(line), average: z.array(cell)})).optional()
  })
  .describe("One cohort of npm run kpi");

type CohortDocument = z.infer<typeof cohortSchema>;

export interface CohortContext {
  readonly manifest: Manifest;
  readonly run: Run;
  readonly format: Formatter;
}

/** Returns the answer to `cohort:<id>` in the wanted form. Throws a QuestionError for what the report does not know. */
export async function kpiCohort(id: string, choices: CohortChoices, as: "table" | "csv" | "json", context: CohortContext): Promise<string> {
  const answer = await askCohort(id, choices, context);
  if (as === "json") return `${JSON.stringify(documentOf(answer, context.format), null, 2)}\n`;
  return as === "csv" ? cohortCsv(answer) : cohortText(answer, context);
}

function documentOf({cohort, choices, unit, asOf, lines, average, segments, notApplied}: CohortAnswer, format: Formatter): CohortDocument {
  const {measure, grain, span, first, base, form, key, by, range} = choices;
  return {
    schema: "quarterdeck/cohort/1", as_of: asOf, id: cohort.id, label: cohortName(cohort, format), measure, unit, grain, span, first, base, form, key, by, range: range.key, not_applied: [...notApplied],
    lines: lines.map(lineOf), average: [...average],
    ...(segments && {segments: segments.map(({member, size, suppressed, lines: own, average: mean}) => ({member, size, suppressed: suppressed ?? false, lines: own.map(lineOf), average: [...mean]}))})
  };
}

function lineOf({key, member, size, base, isCurrent, isTruncated, suppressed, cac, paybackPeriod, cells}: CohortLine): z.infer<typeof line> {
  return {
    key, member, size, base, current: isCurrent, truncated: isTruncated, suppressed: suppressed ?? false,
    ...(cac !== undefined && {cac}), ...(paybackPeriod !== undefined && {payback_period: paybackPeriod}), cells: [...cells]
  };
}

function cohortCsv({cohort, choices: {measure, by, grain, key}, asOf, lines, average, segments}: CohortAnswer): string {
  const header = ["cohort", "measure", "grain", ...(by === null ? [] : [by]), key === "start" ? "start" : key, "size", "age", "to_age", "state", "active", "observed", "value", "low", "high", "as_of"];
  const rows = (member: string | null | undefined, own: readonly CohortLine[], mean: readonly CohortCell[]): CsvValue[][] => [
    ...own.flatMap((one) => one.cells.filter(({state}) => state !== "later").map((found) => [...head(member), one.key, one.size, ...tail(found)])),
    ...mean.map((found) => [...head(member), "average", null, ...tail(found)])
  ];
  const head = (member: string | null | undefined): CsvValue[] => [cohort.id, measure, grain, ...(by === null ? [] : [member === undefined ? "total" : member])];
  const tail = ({period, to, state, active, observed, value, low, high}: CohortCell): CsvValue[] => [period, to ?? null, state, active, observed, value, low ?? null, high ?? null, asOf];
  return csvText(header, [...rows(undefined, lines, average), ...(segments ?? []).flatMap(({member, lines: own, average: mean}) => rows(member, own, mean))]);
}

/** Marks behind a value or a line, each told below the triangle. */
const marks = {part: "*", truncated: "<", current: ">"} as const;

function cohortText(answer: CohortAnswer, {format, manifest}: CohortContext): string {
  const {cohort, choices, lines, average, segments, asOf, notApplied} = answer;
  const {measure, grain, span, first, base, key, by, range} = choices;
  const say = (name: string) => format.message(`kpi.cohort.${name}`);
  const name = (day: string) => unitContaining(grain, dateOf(day), manifest.calendar).key;
  const lineName = (one: CohortLine) => (key === "start" ? `${name(one.key)}${one.isTruncated ? marks.truncated : ""}${one.isCurrent ? marks.current : ""}` : format.member(key, one.member));
  const shown = (found: CohortCell): string => {
    if (found.suppressed) return format.reason("suppressed");
    return found.state === "later" || found.value === null ? "" : `${valueOf(found.value, answer, format)}${found.state === "part" ? marks.part : ""}`;
  };
  const ages = (lines[0]?.cells ?? []).map(({period, to}) => (to === undefined ? String(period) : `${period}–${to}`));
  const triangle = (own: readonly CohortLine[], mean: readonly CohortCell[]) => {
    const more = measure === "payback" ? [say("cac"), say("payback")] : [];
    const moreOf = ({cac, paybackPeriod}: CohortLine) => (measure === "payback" ? [cac === null || cac === undefined ? "" : format.value(cac, "currency"), paybackPeriod === null || paybackPeriod === undefined ? "" : String(paybackPeriod)] : []);
    return aligned([
      [key === "start" ? say("start") : format.dimension(key), say("size"), ...more, ...ages],
      ...own.map((one) => [lineName(one), one.suppressed ? "" : String(one.size), ...moreOf(one), ...one.cells.map(shown)]),
      [say("average"), "", ...more.map(() => ""), ...mean.map(shown)]
    ], 1);
  };
  const all = [...lines, ...(segments ?? []).flatMap((segment) => segment.lines)];
  const told = [
    ...(all.some(({cells}) => cells.some(({state, value}) => state === "part" && value !== null)) ? [`${marks.part} ${say("part")}`] : []),
    ...(all.some(({isTruncated}) => isTruncated) ? [`${marks.truncated} ${say("truncated")}`] : []),
    ...(all.some(({isCurrent}) => isCurrent) ? [`${marks.current} ${say("current")}`] : []),
    ...(notApplied.length ? [format.message("caveat.not_applied", {dimensions: format.list(notApplied.map((dimension) => format.dimension(dimension)))})] : [])
  ];
  return [
    `${cohortName(cohort, format)} (cohort:${cohort.id})`,
    [say(`measure.${measure}`), say(`grain.${grain}`), say(`span.${span}`), say(`first.${first}`), ...(base === "previous" ? [say("previous")] : []), format.period(range), format.message("site.as_of", {date: format.date(asOf)})].join(" · "),
    "",
    ...(lines.length ? triangle(lines, average) : [format.reason("no_rows")]),
    ...(segments ?? []).flatMap((segment) => ["", `${format.member(by!, segment.member)} · ${segment.suppressed ? format.reason("suppressed") : format.value(segment.size, "count", {precise: true})}`, ...(segment.lines.length ? triangle(segment.lines, segment.average) : [])]),
    "",
    ...told,
    ""
  ].join("\n");
}

const valueOf = (value: number, {unit}: CohortAnswer, format: Formatter): string =>
  unit === "share" ? format.percent(value, 0) : format.value(value, unit === "money" ? "currency" : "count", {precise: true});
