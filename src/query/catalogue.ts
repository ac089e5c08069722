// What can be asked of one report: the declared metrics and those that its custom measures make, and what each rests on.

import {isCalendar, simple, type DimensionId, type Metric} from "../metrics/define.js";
import {metrics as declared} from "../metrics/index.js";
import type {DimensionInfo, Manifest, MeasureInfo} from "./manifest.js";
import type {Leaf} from "./measure.js";
import type {MissingData} from "./question.js";
import {QuestionError} from "./questionError.js";

/** Dimensions shipped with the product; a metric declares which of them apply. Custom ones apply wherever a mart has them. */
export const shippedDimensions: readonly DimensionId[] = [
  "region", "team", "owner", "source", "product", "segment", "stage", "reason", "type", "channel", "topic", "plan", "campaign", "scope",
  "close_month", "forecast_category", "lost_stage", "size_band", "cycle_band", "competitor", "last_source"
];

/** Those that leads and opportunities have. */
const recordDimensions = shippedDimensions.slice(0, 6);

/** Whether readers pick members of the dimension for a whole page: the others part single kinds of records only. */
export const isPickedByReaders = ({id, label}: Pick<DimensionInfo, "id" | "label">): boolean => label !== undefined || recordDimensions.includes(id);

const customMarts: Readonly<Record<string, {readonly table: string; readonly stage: "generation" | "closing"}>> = {
  fct_lead: {table: "lead", stage: "generation"},
  fct_opportunity: {table: "opportunity", stage: "closing"}
};

/** Returns the metrics of the custom measures kept by settings: `<id>_sum` and `<id>_average` by created date. */
export function customMetrics({measures}: Pick<Manifest, "measures">): Metric[] {
  return measures.flatMap((measure) => {
    const mart = customMarts[measure.mart];
    return mart ? customPair(measure, mart) : [];
  });
}

function customPair({id, label, unit, mart}: MeasureInfo, {table, stage}: {table: string; stage: "generation" | "closing"}): Metric[] {
  const common = {
    label, unit, mart, time: "created_date", dateRule: "E", direction: "context", processStage: stage, owner: "report settings",
    status: "exploratory", version: 1, since: "2026-11-22", page: "index", dimensions: recordDimensions,
    needs: [`${table}.created_at`]
  } as const;
  return [
    simple({...common, id: `${id}_sum`, aggregate: {fn: "sum", column: id}}),
    simple({...common, id: `${id}_average`, aggregate: {fn: "avg", column: id}})
  ];
}

/** Returns every metric of a report, declared ones first. */
export const catalogueOf = (manifest: Pick<Manifest, "measures">): readonly Metric[] => [...declared, ...customMetrics(manifest)];

/** Returns the metric of that id. Throws naming the nearest and all that are listed. */
export function findMetric(id: string, catalogue: readonly Metric[]): Metric {
  const metric = catalogue.find((candidate) => candidate.id === id);
  if (metric) return metric;
  const allowed = catalogue.filter(({internal}) => !internal).map((candidate) => candidate.id);
  throw new QuestionError({code: "unknown_metric", value: id, message: `unknown metric: ${JSON.stringify(id)}`, allowed});
}

/** Returns the measured numbers that a metric is composed of, itself where it is one. */
export function leavesOf(metric: Metric): Leaf[] {
  switch (metric.type) {
    case "simple":
    case "balance":
    case "conversion":
    case "movement": return [metric];
    case "ratio": return [metric.numerator, metric.denominator].flatMap(leavesOf);
    case "cumulative":
    case "shifted":
    case "share": return leavesOf(metric.measure);
    case "derived": return Object.values(metric.inputs).flatMap((input) => (isCalendar(input) ? [] : leavesOf(input)));
  }
}

/**
 * Returns whether the dimension filters and breaks down the metric: all it is made of must have it. A column kept by
 * settings applies wherever a mart has it, also under the name of a shipped dimension.
 */
export function dimensionApplies(metric: Metric, dimension: DimensionId, dimensions: readonly DimensionInfo[]): boolean {
  const info = dimensions.find(({id}) => id === dimension);
  if (!info) return false;
  const shipped = shippedDimensions.includes(dimension) && info.label === undefined;
  return leavesOf(metric).every((leaf) => info.marts.includes(leaf.mart) && (!shipped || leaf.dimensions.includes(dimension)));
}

/** Returns what the metric lacks in a report, or null: columns that no source feeds; else those that are not published. */
export function missingData(metric: Pick<Metric, "id" | "needs">, {fed, withheld = []}: Pick<Manifest, "fed" | "withheld">): MissingData | null {
  const lacking = missingColumns(metric, fed);
  if (lacking.length === 0) return null;
  const absent = missingColumns({needs: lacking}, withheld);
  return {metric: metric.id, columns: absent.length ? absent : lacking, why: absent.length ? "not_in_data" : "not_published"};
}

/** Returns why a dimension that the product ships is not one of the report's. */
export function whyNoDimension(dimension: DimensionId, {withheld = []}: Pick<Manifest, "withheld">): MissingData["why"] {
  const columns = dimension === "owner" ? ["crm_user.name", "opportunity.owner_id", "lead.owner_id"] : [];
  return withheld.some((column) => columns.includes(column) || column.endsWith(`.${dimension}`)) ? "not_published" : "not_in_data";
}

/** Returns the canonical columns that the metric needs and no source feeds; "a.b|c.d" stays whole when neither is fed. */
export function missingColumns(metric: Pick<Metric, "needs">, fed: readonly string[]): string[] {
  return [...new Set(metric.needs)].filter((need) => !need.split("|").some((column) => fed.includes(column)));
}
