// A fitted model in the terminal: `npm run kpi -- fit:clv` prints its parameters, or why there are none.

import {z} from "zod";
import {csvText} from "../../src/format/csv.js";
import type {Formatter} from "../../src/format/formatter.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Run} from "../../src/query/question.js";
import {QuestionError} from "../../src/query/questionError.js";
import {sql} from "../../src/query/sql.js";
import {fewest, mostCorrelation, shortestRest} from "../../src/query/value/question.js";
import {aligned} from "./aligned.js";

/** What can be asked for: the model of customers' value. */
export const fits = ["clv"] as const;

const known = z.number().nullable();

/** `fit:clv --format json`: `schema` names the form and its version. */
export const fitSchema = z
  .strictObject({
    schema: z.literal("quarterdeck/fit/1"),
    as_of: z.string(),
    id: z.enum(fits),
    reason: z.enum(["too_few_customers", "no_fit", "no_mean", "correlated"]).nullable().describe("Why customers have no value; null where they have one"),
    customers: z.number().int(),
    repeaters: z.number().int().describe("Customers who came back"),
    correlation: known.describe("Of repeats with their mean value: the models hold side by side where it is near 0"),
    r: known, alpha: known.describe("BG/NBD, times in weeks"), a: known, b: known,
    p: known, q: known, v: known.describe("Gamma-Gamma, in the report's currency"),
    at_edge: z.enum(["rates", "chances", "both"]).nullable().describe("Parameters at the edge of the search, of which only a ratio is told: rates are r and α, chances a and b"),
    spending_at_edge: z.enum(["purchases", "customers", "both"]).nullable().describe("The same of Gamma-Gamma: purchases are p and v, customers q and v"),
    margin: known.describe("Gross profit ÷ revenue of the year up to as-of"),
    discount: z.number().describe("What money a year later is worth less, as a share"),
    holdout_reason: z.enum(["too_few_customers", "too_short", "no_fit"]).nullable().describe("Why nothing is held out; null where something is"),
    holdout_until: z.string().describe("Last day of the part of the log that is fitted to be held against the rest"),
    holdout_customers: z.number().int().describe("Customers with a purchase in that part, of at most 20,000 that are looked at"),
    holdout_expected: known.describe("Purchases of these in the rest, as the model of the first part expects"),
    holdout_observed: known.describe("Purchases of these in the rest, as they came")
  })
  .describe("One fit of npm run kpi");

type Fit = z.infer<typeof fitSchema>;

export interface FitContext {
  readonly manifest: Manifest;
  readonly run: Run;
  readonly format: Formatter;
}

/** Returns the answer to `fit:<id>` in the wanted form. Throws a QuestionError for what the report does not know. */
export async function kpiFit(id: string, as: "table" | "csv" | "json", context: FitContext): Promise<string> {
  const fit = await readFit(id, context);
  if (as === "json") return `${JSON.stringify(fit, null, 2)}\n`;
  if (as === "table") return fitText(fit, context.format);
  const {schema: _, as_of, ...values} = fit;
  return csvText([...Object.keys(values), "as_of"], [[...Object.values(values), as_of]]);
}

async function readFit(id: string, {manifest, run}: FitContext): Promise<Fit> {
  if (id !== "clv") throw new QuestionError({code: "unknown_choice", value: id, message: `unknown fit: ${JSON.stringify(id)}`, allowed: fits});
  const {text, params} = sql`select model.reason, model.customers, model.repeaters, correlation::double as correlation, r::double as r, alpha::double as alpha, a::double as a,
    b::double as b, p::double as p, q::double as q, v::double as v, margin::double as margin, discount::double as discount,
    at_edge, spending_at_edge, total.reason as holdout_reason, strftime(fitted_until, '%Y-%m-%d') as holdout_until, total.customers as holdout_customers,
    expected::double as holdout_expected, observed::double as holdout_observed
    from dim_value_model as model cross join dim_value_holdout as total where kind = 'total'`;
  const [row] = manifest.marts.some(({name}) => name === "dim_value_model") ? await run({sql: text, params}) : [];
  if (!row) throw new QuestionError({code: "unknown_choice", value: id, message: `no source feeds the fit ${JSON.stringify(id)}`});
  return fitSchema.parse({schema: "quarterdeck/fit/1", as_of: manifest.asOf, id, ...row});
}

function fitText(fit: Fit, format: Formatter): string {
  const say = (name: string) => format.message(`kpi.fit.${name}`);
  const decimal = (value: number | null) => (value === null ? format.value(null, "ratio") : value.toFixed(4));
  const share = (value: number | null) => (value === null ? format.value(null, "percent") : format.percent(value, 1));
  const count = (value: number) => format.value(value, "count", {precise: true});
  const parameters = (["r", "alpha", "a", "b", "p", "q", "v"] as const).map((name) => [say(name), decimal(fit[name])]);
  return [
    `${format.message("kpi.fit.clv")} (fit:${fit.id})`,
    format.message("site.as_of", {date: format.date(fit.as_of)}),
    "",
    ...aligned([
      [say("customers"), count(fit.customers)], [say("repeaters"), count(fit.repeaters)], [say("correlation"), decimal(fit.correlation)],
      ...parameters, [say("margin"), share(fit.margin)], [say("discount"), share(fit.discount)]
    ], 1),
    "",
    ...(fit.reason === null ? [] : [format.message(`kpi.fit.${fit.reason}`, {...fewest, correlation: mostCorrelation}), ""]),
    ...(fit.at_edge === null ? [] : [say(`at_edge_${fit.at_edge}`), ""]),
    ...(fit.spending_at_edge === null ? [] : [say(`spending_at_edge_${fit.spending_at_edge}`), ""]),
    holdOutText(fit, format), ""
  ].join("\n");
}

function holdOutText({holdout_reason: reason, holdout_until, holdout_customers: customers, holdout_expected: expected, holdout_observed: observed}: Fit, format: Formatter): string {
  const until = format.date(holdout_until);
  if (reason !== null || expected === null || observed === null) return format.message(`kpi.fit.holdout_${reason}`, {...fewest, days: shortestRest});
  const off = observed === 0 ? format.value(null, "percent") : format.percent(expected / observed - 1, 1);
  return format.message("kpi.fit.holdout", {until, customers, expected: Math.round(expected), observed, off});
}
