// Everything that can be asked of one report.

import {z} from "zod";
import {cohortName} from "../../src/format/cohortWords.js";
import {csvText} from "../../src/format/csv.js";
import type {Formatter} from "../../src/format/formatter.js";
import {funnelName} from "../../src/format/funnelWords.js";
import {survivals} from "../../src/metrics/survival.js";
import {plainText} from "../../src/format/text.js";
import {missingData} from "../../src/query/catalogue.js";
import {targetMetrics, type Defined} from "../../src/metrics/targets.js";
import type {Metric} from "../../src/metrics/define.js";
import {shownCohorts} from "../../src/query/cohort/askCohort.js";
import type {Manifest} from "../../src/query/manifest.js";
import {isSurvivalFed} from "../../src/query/survival/question.js";
import {chosenId, isListed, variantsOf} from "../../src/query/variants.js";
import {aligned} from "./aligned.js";
import {isHealthFed} from "./health.js";
import {isLapsedFed} from "./lapsed.js";

export interface ListOptions {
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
  readonly format: Formatter;
}

const variant = z.strictObject({
  name: z.string().describe("What --variant and the settings call it"),
  short: z.string().describe("The name in the report's language"),
  id: z.string(),
  label: z.string(),
  chosen: z.boolean().describe("Stands for the KPI in this report")
});

const listed = z.strictObject({
  id: z.string(),
  label: z.string(),
  type: z.string().describe("How it is made: simple, balance, ratio, derived, cumulative, shifted, share, conversion, movement; target: a function of another KPI, named with --of"),
  unit: z.string(),
  direction: z.string().describe("Which way is good: up, down, context"),
  date_rule: z.string().describe("E placed by its own event, C by the day its record entered, S a stock, F a flow balance"),
  process_stage: z.string(),
  status: z.string(),
  page: z.string(),
  owner: z.string().describe("The role that answers for it"),
  sources: z.array(z.strictObject({
    table: z.string().describe("Canonical table"),
    exports: z.array(z.string()).describe("Sources of the settings that feed it; none where no export does")
  })),
  missing: z.array(z.string()).describe("Canonical columns that it needs and that the exports do not hold, or the settings withhold; where there are any, it has no value"),
  variants: z.array(variant).describe("Its definitions, the declared default first; none where there is only one")
});

export const kpiListSchema = z
  .strictObject({
    schema: z.literal("quarterdeck/kpi-list/1"),
    title: z.string(),
    as_of: z.string(),
    metrics: z.array(listed),
    funnels: z.array(z.strictObject({id: z.string(), label: z.string()})),
    cohorts: z.array(z.strictObject({id: z.string(), label: z.string()})).describe("Those whose data are fed"),
    survivals: z.array(z.strictObject({id: z.string(), label: z.string()})).describe("How long who stays, where the data say it"),
    customers: z.array(z.strictObject({id: z.string(), label: z.string()})).describe("What else is told of customers, where the data say it: health, lapsed"),
    dimensions: z.array(z.strictObject({id: z.string(), label: z.string(), members: z.number().int()}))
  })
  .describe("What npm run kpi can be asked");

export type KpiList = z.infer<typeof kpiListSchema>;

/** Returns every metric, funnel, cohort and dimension of a report, and what the exports lack for each metric. */
export function kpiList({manifest, catalogue, format}: ListOptions): KpiList {
  const labelOf = (metric: Defined) => (format.has(`metric.${metric.id}.label`) ? format.message(`metric.${metric.id}.label`) : plainText(metric.label ?? metric.id));
  const shortOf = (metric: Metric) => (metric.variant !== undefined && format.has(`variant.${metric.variant}`) ? format.message(`variant.${metric.variant}`) : labelOf(metric));
  const feeding = (table: string) => [...new Set(manifest.files.filter((file) => file.table === table).map(({source}) => source))];
  return {
    schema: "quarterdeck/kpi-list/1",
    title: manifest.title,
    as_of: manifest.asOf,
    metrics: [...catalogue.filter(isListed), ...targetMetrics].map((metric: Defined) => {
      const {id, type, unit, direction, dateRule, processStage, status, page, owner, needs} = metric;
      const tables = [...new Set(needs.flatMap((need) => need.split("|").map((column) => column.split(".")[0]!)))];
      const chosen = chosenId(id, manifest, catalogue);
      return {
        id, label: labelOf(metric), type, unit, direction, date_rule: dateRule, process_stage: processStage, status, page, owner,
        sources: tables.map((table) => ({table, exports: feeding(table)})),
        missing: [...(missingData(metric, manifest)?.columns ?? [])],
        variants: variantsOf(id, catalogue).map((one) => ({name: one.variant ?? one.id, short: shortOf(one), id: one.id, label: labelOf(one), chosen: one.id === chosen}))
      };
    }),
    funnels: (manifest.funnels ?? []).map((funnel) => ({id: funnel.id, label: plainText(funnelName(funnel, format))})),
    cohorts: shownCohorts(manifest).map((cohort) => ({id: cohort.id, label: cohortName(cohort, format)})),
    survivals: isSurvivalFed(manifest) ? survivals.map((id) => ({id, label: format.message(`kpi.survival.${id}`)})) : [],
    customers: [
      ...(isHealthFed({manifest, catalogue}) ? [{id: "health", label: format.metric("health_score")}] : []),
      ...(isLapsedFed(manifest) ? [{id: "lapsed", label: plainText(format.message("section.churn_lapsed"))}] : [])
    ],
    dimensions: manifest.dimensions.map(({id, label, members}) => ({id, label: label === undefined ? format.dimension(id) : plainText(label), members: members.length}))
  };
}

const columns = ["id", "label", "type", "unit", "direction", "date_rule", "process_stage", "status", "page", "sources", "missing"] as const;

function fields(metric: KpiList["metrics"][number]): Record<(typeof columns)[number], string> {
  return {...metric, sources: metric.sources.map(({table}) => table).join(" "), missing: metric.missing.join(" ")};
}

/** Returns the list as text: one line a metric under a heading, its variants below it, then funnels, cohorts, survivals, what else is told of customers, and breakdowns. */
export function kpiListTable({metrics, funnels, cohorts, survivals: lives, customers, dimensions}: KpiList): string {
  const lines = metrics.flatMap((metric) => {
    const own = fields(metric);
    return [columns.map((name) => own[name]), ...metric.variants.map(({name, short, chosen}) => [`  --variant ${name}`, short, chosen ? "*" : ""])];
  });
  const walked = funnels.map(({id, label}) => [`--funnel ${id}`, label]);
  const begun = cohorts.map(({id, label}) => [`cohort:${id}`, label]);
  const lasting = lives.map(({id, label}) => [`survival:${id}`, label]);
  const told = customers.map(({id, label}) => [`${id}:customers`, label]);
  const split = dimensions.map(({id, label, members}) => [`--by ${id}`, label, String(members)]);
  return [[[...columns], ...lines], walked, begun, lasting, told, split].filter(({length}) => length > 0).map((part) => aligned(part, Infinity).join("\n")).join("\n\n") + "\n";
}

/** Returns the metrics of the list as CSV, one line each; variants by name. */
export function kpiListCsv({metrics}: KpiList): string {
  const header = [...columns, "variants"];
  return csvText(header, metrics.map((metric) => {
    const own = fields(metric);
    return [...columns.map((name) => own[name]), metric.variants.map(({name}) => name).join(" ")];
  }));
}
