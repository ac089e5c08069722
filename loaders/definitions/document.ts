// definitions.json: the dictionary of a report for machines, published beside the definitions page.

import {z} from "zod";
import {definitionOf, edgesOf, formulaOf, nameOf, roleOf} from "../../src/components/definitionWords.js";
import type {Formatter} from "../../src/format/formatter.js";
import type {Metric} from "../../src/metrics/define.js";
import {targetMetrics, type Defined} from "../../src/metrics/targets.js";
import {playFor} from "../../src/metrics/playbook.js";
import {missingData} from "../../src/query/catalogue.js";
import {filledText} from "../../src/query/filled.js";
import type {Making} from "../../src/query/making.js";
import type {Manifest} from "../../src/query/manifest.js";
import {ownPlayOf} from "../../src/query/rules.js";
import {chosenId, isListed, variantsOf} from "../../src/query/variants.js";

const common = {
  id: z.string().describe("What the terminal, the settings and the pages call it"),
  label: z.string(),
  definition: z.string(),
  edge_cases: z.string().nullable(),
  formula: z.string().describe("In labels of other KPIs, or columns of a mart"),
  numerator: z.string().nullable().describe("Label; null where it is no ratio of two numbers"),
  denominator: z.string().nullable(),
  date_rule: z.string().describe("E placed by its own event, C by the day its record entered, S a stock, F a flow balance"),
  unit: z.string().describe("of_kpi: that of the KPI that it is asked of"),
  direction: z.string().describe("Which way is good: up, down, context"),
  sql: z.array(z.strictObject({
    statement: z.string().describe("Parameters as question marks"),
    parameters: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
    filled: z.string().describe("The same with the parameters written in; the tables are the marts of the report")
  })).describe("What answers it in the period, from the records; none without its data, or of a target number without goals"),
  sql_of: z.strictObject({metric: z.string(), period: z.string()}).nullable().describe("Of a target number: whose goal the SQL reads, and for which period; null for every other"),
  needs: z.array(z.string()).describe("Canonical columns without which it has no number; alternatives as a|b"),
  missing: z.array(z.string()).describe("Those that the exports do not hold, or the settings withhold"),
  lineage: z.array(z.strictObject({
    mart: z.string(), grain: z.string(),
    tables: z.array(z.strictObject({table: z.string(), columns: z.array(z.string()), files: z.array(z.string())}))
  })).describe("From marts to canonical tables and needed columns to the files that feed them"),
  status: z.enum(["exploratory", "checked", "reviewed"]),
  checks: z.array(z.string()),
  version: z.number().int(),
  since: z.string(),
  versions: z.array(z.strictObject({version: z.number().int(), since: z.string()})).describe("Oldest first"),
  owner: z.string().describe("The role that answers for it")
};

export const definitionsSchema = z
  .strictObject({
    schema: z.literal("quarterdeck/definitions/1"),
    title: z.string(),
    as_of: z.string(),
    period: z.string().describe("For which the SQL is filled in"),
    metrics: z.array(z.strictObject({
      ...common,
      process_stage: z.string(),
      min_n: z.number().int().describe("Below this n it is grey, unranked and never a signal"),
      playbook: z.strictObject({id: z.string(), look: z.string(), action: z.string()}).nullable().describe("What to do when it is bad; null for one without a direction"),
      variants: z.array(z.strictObject({...common, name: z.string(), chosen: z.boolean().describe("Stands for the KPI in this report")})).describe("Its definitions, the declared default first; none where there is only one")
    }))
  })
  .describe("What every number of the report means and how it is made");

export type Definitions = z.infer<typeof definitionsSchema>;

export interface DefinitionsOptions {
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
  readonly makings: ReadonlyMap<string, Making>;
  readonly format: Formatter;
  readonly period: string;
}

/** Returns the dictionary of all metrics that readers may see and that have words. */
export function definitionsDocument({manifest, catalogue, makings, format, period}: DefinitionsOptions): Definitions {
  const describe = (metric: Defined) => {
    const {id, dateRule, unit, direction, needs, version, since} = metric;
    const making = makings.get(id)!;
    const parts = metric.type === "ratio" ? [metric.numerator, metric.denominator] : [];
    return {
      id, label: format.metric(id), definition: definitionOf(metric, format) ?? "", edge_cases: edgesOf(metric, format) ?? null,
      formula: formulaOf(metric, format), numerator: parts[0] ? nameOf(parts[0].id, format) : null, denominator: parts[1] ? nameOf(parts[1].id, format) : null,
      date_rule: dateRule, unit, direction,
      sql: making.statements.map((statement) => ({statement: statement.sql, parameters: [...statement.params], filled: filledText(statement)})),
      sql_of: making.of ? {metric: making.of.metric, period: making.of.period.key} : null,
      needs: [...needs], missing: [...(missingData(metric, manifest)?.columns ?? [])],
      lineage: making.lineage.map(({mart, grain, tables}) => ({mart, grain, tables: tables.map(({table, columns, files}) => ({table, columns: [...columns], files: files.map(({file}) => file)}))})),
      status: making.status, checks: [...making.checks], version, since, versions: making.versions.map((one) => ({...one})), owner: roleOf(metric, format)
    };
  };
  return {
    schema: "quarterdeck/definitions/1",
    title: manifest.title,
    as_of: manifest.asOf,
    period,
    metrics: [...catalogue.filter(isListed), ...targetMetrics].filter((metric) => definitionOf(metric, format) !== undefined).map((metric) => {
      const play = playFor(metric.id);
      const own = ownPlayOf(metric.id, manifest);
      const chosen = chosenId(metric.id, manifest, catalogue);
      return {
        ...describe(metric),
        process_stage: metric.processStage,
        min_n: metric.minN ?? 10,
        playbook: play ? {id: play.id, look: own?.look ?? format.message(`play.${play.id}.look`), action: own?.action ?? format.message(`play.${play.id}.action`)} : null,
        variants: variantsOf(metric.id, catalogue).map((one) => ({...describe(one), name: one.variant ?? one.id, chosen: one.id === chosen}))
      };
    })
  };
}
