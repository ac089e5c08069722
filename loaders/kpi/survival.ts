// How long customers stay in the terminal: `npm run kpi -- survival:customers --by contract`.

import {z} from "zod";
import {csvText, type CsvValue} from "../../src/format/csv.js";
import type {Formatter} from "../../src/format/formatter.js";
import {yearlyDiscount} from "../../src/metrics/customerValue.js";
import type {Metric} from "../../src/metrics/define.js";
import {monthDays, survivals, type SurvivalId} from "../../src/metrics/survival.js";
import {ask} from "../../src/query/ask.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Filter, Run} from "../../src/query/question.js";
import {askSurvival} from "../../src/query/survival/askSurvival.js";
import {survivingAt, type SurvivalCurve, type SurvivalTold} from "../../src/query/survival/question.js";
import {marginOf, marginQuestion, stayWorth} from "../../src/query/survival/worth.js";
import {aligned} from "./aligned.js";

const age = z.number().nullable();

const curve = z.strictObject({
  member: z.string().nullable().describe("Of the total null, as of those without a value"),
  customers: z.number().int(),
  losses: z.number().int().describe("Who left; the others are censored when last seen"),
  suppressed: z.literal(true).optional().describe("Too few for numbers"),
  end: age.describe("Last age with enough at risk: what comes after is left out"),
  median: age.describe("First age at which half or fewer stay; null is not reached"),
  median_low: age.describe("Of its 95 % interval"), median_high: age,
  mean: z.strictObject({value: z.number(), low: z.number(), high: z.number()}).nullable().describe("Restricted mean: the area below the curve up to the horizon; null where too few are at risk there"),
  monthly_value: z.number().nullable().describe("What one pays a month, on average over its stay"),
  discounted: z.strictObject({horizon: z.number(), value: z.number(), low: z.number(), high: z.number()}).nullable().describe("Days of a stay up to the longest horizon that this curve reaches, each month discounted to the first day"),
  worth: z.strictObject({months: z.number(), value: z.number(), low: z.number(), high: z.number()}).nullable().describe("monthly_value × discounted months × margin (1 where null); the interval is that of the stay"),
  points: z.array(z.strictObject({age: z.number(), at_risk: z.number().int(), losses: z.number().int(), surviving: z.number(), low: age, high: age})).describe("One an age at which somebody left: the share that stays beyond it, with the 95 % band (log-log, Greenwood)"),
  hazard: z.array(z.strictObject({from: z.number(), to: z.number(), customers: z.number().int(), losses: z.number().int(), months: z.number().describe("What they spent in them together"), rate: z.number().describe("losses ÷ months"), low: age, high: age})).describe("Ages (from, to]")
});

/** `survival:<id> --format json`: `schema` names the form and its version. */
export const survivalSchema = z
  .strictObject({
    schema: z.literal("quarterdeck/survival/1"),
    as_of: z.string(),
    id: z.enum(survivals),
    unit: z.literal("days").describe("Of all ages; a month is 30.4375"),
    least: z.number().int().describe("Fewer at risk are not shown"),
    late: z.number().int().describe("Customers first observed later than they began"),
    left_out: z.number().int().describe("Customers who had left by then"),
    horizon: age.describe("Of the restricted mean"),
    margin: z.number().nullable().describe("Gross margin of all sales of the twelve months up to as_of; null where no cost is known: values are revenue then"),
    discount: z.number().describe("What money a year later is worth less, as a share"),
    by: z.string().nullable(),
    not_applied: z.array(z.string()).describe("Dimensions that lifetimes do not carry"),
    total: curve,
    curves: z.array(curve).describe("One a member, the largest first"),
    log_rank: z.strictObject({
      chi_square: z.number(), df: z.number().int(), p: z.number(),
      groups: z.array(z.strictObject({member: z.string().nullable(), observed: z.number(), expected: z.number()}))
    }).nullable()
  })
  .describe("One survival of npm run kpi");

export interface SurvivalAsked {
  readonly id: string;
  readonly by?: string;
  readonly filters: readonly Filter[];
}

export interface SurvivalContext {
  readonly manifest: Manifest;
  readonly run: Run;
  readonly catalogue: readonly Metric[];
  readonly format: Formatter;
}

/** Returns the answer to `survival:<id>` in the wanted form. Throws a QuestionError for what the report does not know. */
export async function kpiSurvival({id, by, filters}: SurvivalAsked, as: "table" | "csv" | "json", {manifest, run, catalogue, format}: SurvivalContext): Promise<string> {
  const told = await askSurvival({id: id as SurvivalId, filters, ...(by !== undefined && {by})}, {manifest, run});
  const question = marginQuestion(manifest);
  const margin = question && marginOf(await ask(question, {manifest, run, catalogue}));
  if (as === "json") return `${JSON.stringify(documentOf(told, margin), null, 2)}\n`;
  return as === "csv" ? survivalCsv(told) : survivalText(told, margin, format);
}

function documentOf({id, asOf, least, late, leftOut, horizon, by, notApplied, total, curves, logRank}: SurvivalTold, margin: number | null): z.infer<typeof survivalSchema> {
  return survivalSchema.parse({
    schema: "quarterdeck/survival/1", as_of: asOf, id, unit: "days", least, late, left_out: leftOut, horizon, margin, discount: yearlyDiscount, by: by ?? null, not_applied: notApplied,
    total: curveOf(total, margin), curves: curves.map((line) => curveOf(line, margin)), log_rank: logRank ? {chi_square: logRank.chiSquare, df: logRank.df, p: logRank.p, groups: logRank.groups} : null
  });
}

const curveOf = ({medianLow, medianHigh, monthlyValue, atRisk: _, points, ...rest}: SurvivalCurve, margin: number | null) =>
  ({...rest, worth: worthOf({...rest, monthlyValue}, margin), median_low: medianLow, median_high: medianHigh, monthly_value: monthlyValue, points: points.map(({atRisk, ...point}) => ({...point, at_risk: atRisk}))});

function worthOf(curve: Pick<SurvivalCurve, "discounted" | "monthlyValue">, margin: number | null) {
  const worth = stayWorth(curve, margin);
  return worth && {months: worth.months, value: worth.value, low: worth.low, high: worth.high};
}

function survivalCsv({by, total, curves}: SurvivalTold): string {
  const lines = [["", total] as const, ...curves.map((line) => [line.member ?? "–", line] as const)];
  return csvText(["line", "member", "age_days", "at_risk", "losses", "surviving", "low", "high"], lines.flatMap(([member, {points}], k): CsvValue[][] =>
    points.map((point) => [k === 0 ? "total" : by!, member, point.age, point.atRisk, point.losses, point.surviving, point.low, point.high])));
}

/** Months of a table: about a dozen lines. */
const stepOf = (count: number): number => [1, 2, 3, 6, 12].find((step) => count <= 13 * step) ?? 24;

function survivalText(told: SurvivalTold, margin: number | null, format: Formatter): string {
  const {id, asOf, least, late, leftOut, horizon, by, total, curves, logRank, marks, notApplied} = told;
  const say = (name: string, values: Readonly<Record<string, string | number>> = {}) => format.message(`kpi.survival.${name}`, values);
  const count = (value: number) => format.value(value, "count", {precise: true});
  const months = (days: number | null) => (days === null ? "–" : format.value(days / monthDays, "ratio", {digits: 1}));
  const between = (low: number | null, high: number | null) => `${months(low)}–${high === null ? "" : months(high)}`;
  const lineOf = (name: string, {customers, losses, median, medianLow, medianHigh, mean, end, suppressed}: SurvivalCurve): string[] => {
    if (suppressed || end === null) return [name, suppressed ? format.reason("suppressed") : count(customers)];
    return [name, count(customers), count(losses), median === null ? say("unreached") : months(median), medianLow === null ? "" : between(medianLow, medianHigh), months(mean?.value ?? null), mean ? between(mean.low, mean.high) : ""];
  };
  const header = [by === undefined ? "" : format.dimension(by), say("customers.short"), say("left"), say("median"), say("band"), horizon === null ? "" : say("mean", {months: months(horizon)}), horizon === null ? "" : say("band")];
  const money = (value: number) => format.value(value, "currency", {precise: true});
  const worthLine = (name: string, line: SurvivalCurve): string[] => {
    const worth = stayWorth(line, margin);
    return worth === null ? [name, line.monthlyValue === null ? "–" : money(line.monthlyValue)] : [name, money(worth.monthly), format.value(worth.months, "ratio", {digits: 0}), months(line.discounted!.value), money(worth.value), `${money(worth.low)}–${money(worth.high)}`];
  };
  const lines = [[format.message("table.total"), total] as const, ...curves.map((line) => [format.member(by!, line.member), line] as const)];
  const worths = lines.some(([, line]) => stayWorth(line, margin)) ? [[header[0]!, say("monthly"), say("up_to"), say("discounted"), say(margin === null ? "worth_revenue" : "worth_profit"), say("band")], ...lines.map(([name, line]) => worthLine(name, line))] : [];
  const step = stepOf(marks.length);
  const table = marks.filter((_, k) => k > 0 && k % step === 0).map((mark) => {
    const at = survivingAt(total, mark);
    const bands = total.hazard.filter(({from, to}) => to <= mark && from >= mark - step * monthDays);
    const [losses, spent] = [bands.reduce((sum, band) => sum + band.losses, 0), bands.reduce((sum, band) => sum + band.months, 0)];
    return [months(mark), count(total.atRisk[marks.indexOf(mark)] ?? 0), at ? format.percent(at.surviving, 1) : "–", at?.low != null && at.high !== null ? `${format.percent(at.low, 1)}–${format.percent(at.high, 1)}` : "", spent > 0 ? format.percent(losses / spent, 2) : ""];
  });
  return [
    `${say(id)} (survival:${id})`, say("subtitle", {as_of: format.date(asOf)}), "",
    ...aligned([header, ...lines.map(([name, line]) => lineOf(name, line))], 1), "",
    ...(worths.length > 0 ? [...aligned(worths, 1), "", say("worth_note", {kind: margin === null ? "revenue" : "profit", margin: margin === null ? "" : format.percent(margin, 1), discount: format.percent(yearlyDiscount)}), ""] : []),
    ...(table.length > 0 ? [...aligned([[say("month"), say("at_risk"), say("stays"), say("band"), say("hazard")], ...table], 0), ""] : []),
    ...(by === undefined ? [] : [logRank ? say("log_rank", {value: format.value(logRank.chiSquare, "ratio", {digits: 2}), df: logRank.df, p: pText(logRank.p)}) : say("test_none")]),
    ...(late > 0 || leftOut > 0 ? [say("late", {count: late, left: leftOut})] : []),
    say("tail", {least}),
    ...(notApplied.length ? [format.message("caveat.not_applied", {dimensions: format.list(notApplied.map((dimension) => format.dimension(dimension)))})] : []),
    ""
  ].join("\n");
}

const pText = (p: number): string => (p < 0.0001 ? "< 0.0001" : p.toFixed(4));
