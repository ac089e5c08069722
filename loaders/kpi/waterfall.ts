// A waterfall in the terminal: `npm run kpi -- waterfall:mrr --period 2026-10 --by segment`.

import {z} from "zod";
import {csvText, type CsvValue} from "../../src/format/csv.js";
import type {Formatter} from "../../src/format/formatter.js";
import {traitName} from "../../src/format/churnWords.js";
import {barName} from "../../src/format/waterfallWords.js";
import {waterfallIds, waterfalls, type WaterfallId} from "../../src/metrics/waterfalls.js";
import type {DimensionId, Metric} from "../../src/metrics/define.js";
import {askMovesBy, isChurnTrait} from "../../src/query/churnBy/askMovesBy.js";
import {askWaterfall, type Waterfall, type WaterfallAnswer, type WaterfallBar, type WaterfallQuestion} from "../../src/query/explain/waterfall.js";
import {dimensionApplies, missingData} from "../../src/query/catalogue.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Run} from "../../src/query/question.js";
import {QuestionError} from "../../src/query/questionError.js";
import {aligned} from "./aligned.js";

const bar = z.strictObject({
  move: z.string().describe("start, the name of a move, end"), metric: z.string().describe("Whose definition it has"),
  value: z.number().nullable().describe("Signed: what the move adds, below 0 what it takes away"), n: z.number().describe("Customers or opportunities"),
  unrated: z.number().optional().describe("Of these, in a currency without an exchange rate: not in the value")
});

/** `waterfall:<id> --format json`: `schema` names the form and its version. */
export const waterfallSchema = z
  .strictObject({
    schema: z.literal("quarterdeck/waterfall/1"),
    as_of: z.string(),
    id: z.enum(waterfallIds as [WaterfallId, ...WaterfallId[]]),
    period: z.string(), first_day: z.string(), last_day: z.string(),
    by: z.string().nullable(),
    exchange_rates: z.number().nullable().describe("What rates moved, of the total: the bar rates; null where it has none"),
    waterfalls: z.array(z.strictObject({
      member: z.string().nullable(), total: z.boolean(), bars: z.array(bar),
      residual: z.number().nullable().describe("End − (start ± moves): 0 to the cent; null where a bar has no value")
    })).describe("All together first")
  })
  .describe("One waterfall of npm run kpi");

export interface WaterfallContext {
  readonly manifest: Manifest;
  readonly run: Run;
  readonly catalogue: readonly Metric[];
  readonly format: Formatter;
}

const isKnown = (id: string): id is WaterfallId => (waterfallIds as readonly string[]).includes(id);

/** Returns the answer to `waterfall:<id>` in the wanted form. Throws a QuestionError for what the report does not know. */
export async function kpiWaterfall(id: string, question: Omit<WaterfallQuestion, "of">, as: "table" | "csv" | "json", context: WaterfallContext): Promise<string> {
  if (!isKnown(id)) throw new QuestionError({code: "unknown_choice", value: id, message: `unknown waterfall: ${JSON.stringify(id)}`, allowed: waterfallIds});
  const {manifest} = context;
  const {start} = waterfalls[id];
  const missing = missingData(start, manifest);
  if (missing) throw new QuestionError({code: "unknown_choice", value: id, message: `no source feeds the waterfall ${JSON.stringify(id)}: ${missing.columns.join(", ")}`});
  const {by} = question;
  // What a customer was is as of a day, which no dimension is: plans change.
  if (id === "mrr" && by !== undefined && isChurnTrait(by)) {
    const told = await askMovesBy({by, period: question.period, filters: question.filters ?? []}, context);
    return printed(id, told, by, as, context, (member) => traitName(member, {by, limits: told.limits}, context));
  }
  const answer = await askWaterfall({...question, of: id}, context);
  if (by !== undefined && !dimensionApplies(start, by, manifest.dimensions)) throw new QuestionError({code: "unknown_dimension", value: by, message: `the waterfall ${JSON.stringify(id)} is not broken down by ${JSON.stringify(by)}`, allowed: start.type === "movement" || start.type === "balance" ? start.dimensions : []});
  return printed(id, answer, by, as, context, (member) => context.format.member(by!, member));
}

type NameOf = (member: string | null) => string;

function printed(id: WaterfallId, answer: WaterfallAnswer, by: DimensionId | undefined, as: "table" | "csv" | "json", context: WaterfallContext, nameOf: NameOf): string {
  const {manifest} = context;
  if (as === "json") return `${JSON.stringify(documentOf(id, answer, by, nameOf, manifest), null, 2)}\n`;
  return as === "csv" ? waterfallCsv(id, answer, by, nameOf, manifest) : waterfallText(id, answer, by, nameOf, context);
}

/** What a file says of a member: its value; of a band its name. */
const writtenMember = (by: DimensionId | undefined, member: Waterfall["member"], nameOf: NameOf): string | null => {
  if (member === null || member.value === null) return null;
  return by === "tenure" || by === "size" ? nameOf(member.value) : member.value;
};

const signed = ({value, sign}: WaterfallBar): number | null => (value === null ? null : value === 0 ? 0 : sign * value);
const lastDay = ({period: {end}}: WaterfallAnswer): string => new Date(Date.parse(`${end}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

function documentOf(id: WaterfallId, answer: WaterfallAnswer, by: DimensionId | undefined, nameOf: NameOf, {asOf}: Manifest): z.infer<typeof waterfallSchema> {
  return waterfallSchema.parse({
    schema: "quarterdeck/waterfall/1", as_of: asOf, id, period: answer.period.key, first_day: answer.period.start, last_day: lastDay(answer), by: by ?? null, exchange_rates: answer.waterfalls.find(({member}) => member === null)?.bars.find(({move}) => move === "rates")?.value ?? null,
    waterfalls: answer.waterfalls.map(({member, bars, residual}) => ({
      member: writtenMember(by, member, nameOf), total: member === null, residual,
      bars: bars.map((one) => ({move: one.move, metric: one.metric, value: signed(one), n: one.n, ...(one.unrated && {unrated: one.unrated})}))
    }))
  });
}

function waterfallCsv(id: WaterfallId, answer: WaterfallAnswer, by: DimensionId | undefined, nameOf: NameOf, {asOf}: Manifest): string {
  const lines = answer.waterfalls.flatMap(({member, bars}) => bars.map((one): CsvValue[] => [id, answer.period.key, ...(by === undefined ? [] : [member === null ? "total" : writtenMember(by, member, nameOf)]), one.move, one.metric, signed(one), one.n, asOf]));
  return csvText(["waterfall", "period", ...(by === undefined ? [] : [by]), "move", "metric", "value", "n", "as_of"], lines);
}

function waterfallText(id: WaterfallId, answer: WaterfallAnswer, by: DimensionId | undefined, nameOf: NameOf, {format, manifest}: WaterfallContext): string {
  const {face} = waterfalls[id];
  const [total, ...members] = answer.waterfalls;
  const cell = (one: WaterfallBar): string => format.value(signed(one), face.unit, {precise: true});
  const lines = (total?.bars ?? []).map((one, k) => [barName(id, one, {format}), cell(one), format.value(one.n, "count", {precise: true}), ...members.map(({bars}) => cell(bars[k]!))]);
  return [
    `${format.metric(face.id)} (waterfall:${id})`,
    [format.period(answer.period), format.message("site.as_of", {date: format.date(manifest.asOf)})].join(" · "),
    "",
    ...(total ? aligned([[format.message("waterfall.part"), format.message("table.value"), format.message("table.n"), ...members.map(({member}) => nameOf(member!.value))], ...lines], 1) : [format.reason("no_rows")]),
    "",
    ...(id === "mrr" ? [format.message("waterfall.mrr.rates"), ...(by !== undefined && isChurnTrait(by) ? [format.message(`waterfall.mrr.by_${by}`)] : []), ""] : [])
  ].join("\n");
}
