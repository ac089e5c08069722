// The customers' health in the terminal: `npm run kpi -- health:customers` prints the bands and what they said of who left.

import {z} from "zod";
import {csvText} from "../../src/format/csv.js";
import type {Formatter} from "../../src/format/formatter.js";
import {healthInputs, healthLimits, healthRules} from "../../src/metrics/health.js";
import type {Metric} from "../../src/metrics/define.js";
import {findMetric, missingData} from "../../src/query/catalogue.js";
import {askHealth} from "../../src/query/health/askHealth.js";
import {healthGroups, type HealthTold} from "../../src/query/health/question.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Filter, Run} from "../../src/query/question.js";
import {QuestionError} from "../../src/query/questionError.js";
import {aligned} from "./aligned.js";

const band = z.enum(healthGroups).describe("none: too little is known to put them in a band");

/** `health:customers --format json`: `schema` names the form and its version. */
export const healthSchema = z
  .strictObject({
    schema: z.literal("quarterdeck/health/1"),
    as_of: z.string(),
    customers: z.number().int(),
    mrr: z.number(),
    unrated: z.number().int().describe("Customers in a currency without a rate: they pay nothing here"),
    confidence: z.number().nullable().describe("Share of the inputs' weight that is known, the mean"),
    not_applied: z.array(z.string()).describe("Dimensions that scores do not carry"),
    from: z.strictObject({amber: z.number(), green: z.number()}).describe("Scores from which on a customer is in the band; lower ones are red"),
    bands: z.array(z.strictObject({band, customers: z.number().int(), mrr: z.number(), confidence: z.number(), suppressed: z.literal(true).optional().describe("Too few for numbers")})).describe("On the as-of day, the worst first"),
    inputs: z.array(z.strictObject({input: z.enum(healthInputs), weight: z.number(), known: z.number().int().describe("Of how many customers it is known"), mean: z.number().nullable()})),
    calibration: z.strictObject({
      days: z.number().int().describe("A customer counts as lost that left within so many days of the scoring"),
      first_day: z.string().nullable(), last_day: z.string().nullable(), month_ends: z.number().int(),
      bands: z.array(z.strictObject({
        band, scorings: z.number().int().describe("Customers times month ends"), customers: z.number().int(), lost: z.number().int(),
        rate: z.number().nullable(), low: z.number().nullable().describe("Wilson's 95 % interval of a third of the scorings: their windows overlap"), high: z.number().nullable(),
        verdict: z.enum(["predicts", "unsure", "fails", "best", "few"]).nullable().describe("Beside the next better band: more left and the intervals are apart, more left, not more left; the best has none beside it; few is not judged"),
        suppressed: z.literal(true).optional()
      }))
    }).describe("What became of those who were scored at past month ends, each score as it was known on its day")
  })
  .describe("The customers' health of npm run kpi");

export interface HealthContext {
  readonly manifest: Manifest;
  readonly run: Run;
  readonly catalogue: readonly Metric[];
  readonly format: Formatter;
}

/** Whether the data say how customers do. */
export const isHealthFed = ({manifest, catalogue}: Pick<HealthContext, "manifest" | "catalogue">): boolean => missingData(findMetric("health_score", catalogue), manifest) === null;

/** Returns the answer to `health:customers` in the wanted form. Throws a QuestionError for what the report does not know. */
export async function kpiHealth(filters: readonly Filter[], as: "table" | "csv" | "json", {manifest, run, catalogue, format}: HealthContext): Promise<string> {
  if (!isHealthFed({manifest, catalogue})) throw new QuestionError({code: "unknown_choice", value: "customers", message: `no source feeds the health of customers: ${missingData(findMetric("health_score", catalogue), manifest)!.columns.join(", ")}`});
  const [told] = await askHealth([{filters}], {manifest, run});
  const document = documentOf(told!, manifest);
  if (as === "json") return `${JSON.stringify(document, null, 2)}\n`;
  return as === "csv" ? healthCsv(document) : healthText(document, format);
}

type Health = z.infer<typeof healthSchema>;

function documentOf({asOf, customers, mrr, unrated, confidence, notApplied, bands, inputs, replay}: HealthTold, {health}: Manifest): Health {
  const {amber, green} = (health ?? healthRules).bands;
  return healthSchema.parse({
    schema: "quarterdeck/health/1", as_of: asOf, customers, mrr, unrated, confidence, not_applied: notApplied, from: {amber, green}, bands, inputs,
    calibration: {
      days: healthLimits.horizon, first_day: replay.from, last_day: replay.to, month_ends: replay.days,
      bands: replay.bands.map(({interval, ...one}) => ({...one, low: interval?.[0] ?? null, high: interval?.[1] ?? null}))
    }
  });
}

/** One line a band: how it stands, and what it said. */
function healthCsv({as_of, bands, calibration}: Health): string {
  return csvText(["band", "customers", "mrr", "confidence", "scorings", "lost", "rate", "low", "high", "verdict", "as_of"], healthGroups.flatMap((name) => {
    const [now, past] = [bands.find((one) => one.band === name), calibration.bands.find((one) => one.band === name)];
    const hidden = <T>(one: {readonly suppressed?: true | undefined} | undefined, value: T): T | null => (one === undefined || one.suppressed ? null : value);
    return now || past ? [[name, hidden(now, now?.customers), hidden(now, now?.mrr), hidden(now, now?.confidence), hidden(past, past?.scorings), hidden(past, past?.lost), past?.rate, past?.low, past?.high, past?.verdict, as_of].map((value) => value ?? null)] : [];
  }));
}

function healthText({as_of, customers, mrr, confidence, from, bands, inputs, calibration, not_applied}: Health, format: Formatter): string {
  const say = (name: string, values: Readonly<Record<string, string | number>> = {}) => format.message(`health.${name}`, values);
  const count = (value: number) => format.value(value, "count", {precise: true});
  const money = (value: number) => format.value(value, "currency", {precise: true});
  const share = (value: number | null) => (value === null ? "–" : format.percent(value, 1));
  const name = (one: (typeof bands)[number]["band"]) => say(`band.${one}`);
  const scale = (one: (typeof bands)[number]["band"]) => say(`band.${one}.scale`, from);
  const total = inputs.reduce((sum, {weight}) => sum + weight, 0);
  const few = format.reason("suppressed");
  return [
    `${format.metric("health_score")} (health:customers)`,
    say("subtitle", {count: customers, mrr: money(mrr), confidence: share(confidence), as_of: format.date(as_of)}), "",
    ...aligned([
      [say("column.band"), say("column.score"), say("column.customers"), say("column.mrr"), say("column.confidence")],
      ...bands.map((one) => (one.suppressed ? [name(one.band), scale(one.band), few] : [name(one.band), scale(one.band), count(one.customers), money(one.mrr), share(one.confidence)]))
    ], 2), "",
    ...aligned(inputs.map(({input, weight, known, mean}) => [say("input.weighted", {input: say(`input.${input}`), weight: format.percent(weight / total, 0)}), mean === null ? say("input.unknown") : say("input.state", {known: format.percent(known / customers, 0), mean: format.value(mean, "score", {digits: 0})})]), 2), "",
    ...(calibration.first_day === null || calibration.last_day === null ? [] : [
      say("replay.subtitle", {days: calibration.days, count: calibration.month_ends, from: format.date(calibration.first_day), to: format.date(calibration.last_day), as_of: format.date(as_of)}), "",
      ...aligned([
        [say("column.band"), say("column.scorings"), say("column.lost"), say("column.rate", {days: calibration.days}), say("column.low"), say("column.high")],
        ...calibration.bands.map((one) => (one.suppressed ? [name(one.band), few] : [name(one.band), count(one.scorings), count(one.lost), share(one.rate), share(one.low), share(one.high)]))
      ], 1), "",
      ...calibration.bands.map((one) => `${name(one.band)}: ${say(`verdict.${one.verdict ?? "none"}`, {least: healthLimits.scorings})}`), "",
      say("replay.note.known", {days: calibration.days}), say("replay.note.overlap", {overlapping: healthLimits.overlapping})
    ]),
    ...(not_applied.length ? [format.message("caveat.not_applied", {dimensions: format.list(not_applied.map((dimension) => format.dimension(dimension)))})] : []),
    ""
  ].join("\n");
}
