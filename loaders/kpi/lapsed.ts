// Customers without a contract in the terminal: `npm run kpi -- lapsed:customers` prints who counts as lost, and the log of losses and returns.

import {z} from "zod";
import {csvText} from "../../src/format/csv.js";
import type {Formatter} from "../../src/format/formatter.js";
import {buyersAtStart, lossRules} from "../../src/metrics/purchases.js";
import {missingData} from "../../src/query/catalogue.js";
import {askLapsed} from "../../src/query/lapsed/askLapsed.js";
import type {LapsedTold} from "../../src/query/lapsed/question.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Filter, Run} from "../../src/query/question.js";
import {QuestionError} from "../../src/query/questionError.js";
import {aligned} from "./aligned.js";

/** `lapsed:customers --format json`: `schema` names the form and its version. */
export const lapsedSchema = z
  .strictObject({
    schema: z.literal("quarterdeck/lapsed/1"),
    as_of: z.string(),
    day: z.string().describe("On which it is told who is lost"),
    rule: z.strictObject({
      by: z.enum(lossRules).describe("gap: no order for as long as nine in ten gaps of the segment; alive: a chance of still buying below `under`"),
      under: z.number(), model: z.boolean().describe("A model tells the chance; without one the gap stands")
    }),
    segments: z.array(z.strictObject({
      segment: z.string().nullable(), customers: z.number().int(), lost: z.number().int(), days: z.number().nullable().describe("Days without an order after which one counted as lost, the median"),
      unlikely: z.number().int().nullable().describe("With a chance of still buying below the rule's, as of as_of"), suppressed: z.literal(true).optional().describe("Too few for numbers")
    })),
    log: z.strictObject({
      first_day: z.string(), last_day: z.string(), lost: z.number().int(), back: z.number().int(),
      entries: z.array(z.strictObject({customer: z.number().int().describe("Its number in the report"), record: z.string().nullable().describe("Its id in the CRM"), lost_on: z.string(), back_on: z.string().nullable()})).nullable().describe("Returns first; null where single customers are not told")
    }),
    not_applied: z.array(z.string()).describe("Dimensions that orders do not carry")
  })
  .describe("The lost customers of npm run kpi");

type Lapsed = z.infer<typeof lapsedSchema>;

const months = 12;
/** Most lines of the log; a table shows fewer. */
const most = {json: 100_000, csv: 100_000, table: 20} as const;

export const isLapsedFed = (manifest: Manifest): boolean => missingData(buyersAtStart, manifest) === null;

export interface LapsedContext {
  readonly manifest: Manifest;
  readonly run: Run;
  readonly format: Formatter;
}

/** Returns the answer to `lapsed:customers` in the wanted form, its log over twelve months up to the period's end. Throws a QuestionError for what the report does not know. */
export async function kpiLapsed({period, filters}: {readonly period: string; readonly filters: readonly Filter[]}, as: keyof typeof most, {manifest, run, format}: LapsedContext): Promise<string> {
  const missing = missingData(buyersAtStart, manifest);
  if (missing) throw new QuestionError({code: "unknown_choice", value: "customers", message: `no source feeds the customers who order: ${missing.columns.join(", ")}`});
  const [told] = await askLapsed([{period, months, filters, limit: most[as]}], {manifest, run});
  const document = documentOf(told!);
  if (as === "json") return `${JSON.stringify(document, null, 2)}\n`;
  if (as === "csv") return csvText(["customer", "record", "lost_on", "back_on", "as_of"], (document.log.entries ?? []).map(({customer, record, lost_on, back_on}) => [customer, record, lost_on, back_on, document.as_of]));
  return lapsedText(document, format);
}

const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

function documentOf({asOf, day, days, rule, hasModel, segments, lost, back, log, notApplied}: LapsedTold): Lapsed {
  return lapsedSchema.parse({
    schema: "quarterdeck/lapsed/1", as_of: asOf, day, rule: {...rule, model: hasModel}, segments,
    log: {first_day: days.start, last_day: dayBefore(days.end), lost, back, entries: log && log.map(({customer, record, lostOn, backOn}) => ({customer, record, lost_on: lostOn, back_on: backOn}))},
    not_applied: notApplied
  });
}

function lapsedText({as_of, day, rule: {by: wanted, under: chance, model}, segments, log, not_applied}: Lapsed, format: Formatter): string {
  const say = (name: string, values: Readonly<Record<string, string | number>> = {}) => format.message(`lapsed.${name}`, values);
  const count = (value: number | null) => (value === null ? "–" : format.value(value, "count", {precise: true}));
  const shown = segments.filter(({suppressed}) => !suppressed);
  const sum = (of: "customers" | "lost") => shown.reduce((all, one) => all + one[of], 0);
  const share = (lost: number, customers: number) => (customers === 0 ? "–" : format.percent(lost / customers, 1));
  const by = model ? wanted : "gap";
  return [
    `${say("finding", {share: share(sum("lost"), sum("customers")), lost: sum("lost"), customers: sum("customers")})} (lapsed:customers)`,
    say("subtitle", {day: format.date(day), as_of: format.date(as_of)}), "",
    ...aligned([
      [format.dimension("segment"), say("column.customers"), say("column.lost"), "%", say("column.days"), say("column.unlikely")],
      ...segments.map((one) => (one.suppressed ? [format.member("segment", one.segment), format.reason("suppressed")] : [format.member("segment", one.segment), count(one.customers), count(one.lost), share(one.lost, one.customers), count(one.days), count(one.unlikely)]))
    ], 1), "",
    say(by === "gap" ? "note.rule" : "note.rule_alive", {chance}), ...(model ? [] : [say("note.no_model", {wanted})]), "",
    say("log.finding", {back: log.back, lost: log.lost}), say("log.subtitle", {from: format.date(log.first_day), to: format.date(log.last_day), as_of: format.date(as_of)}), "",
    ...(log.entries && log.entries.length > 0 ? [...aligned([
      [say(log.entries.some(({record}) => record !== null) ? "record" : "customer"), say("lost_on"), say("back_on")], ...log.entries.map(({customer, record, lost_on, back_on}) => [record ?? String(customer), format.date(lost_on), back_on === null ? say("still") : format.date(back_on)])
    ], 1), ""] : []),
    ...(not_applied.length ? [format.message("caveat.not_applied", {dimensions: format.list(not_applied.map((dimension) => format.dimension(dimension)))}), ""] : [])
  ].join("\n");
}
