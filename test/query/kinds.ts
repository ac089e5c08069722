// One metric of each kind over the marts of world.ts, beside the declared ones.

import {conversion, cumulative, derived, movement, ratio, share, shifted, simple, type Metric, type MovementMetric, type MovementPart} from "../../src/metrics/define.js";

const described = {
  unit: "count", direction: "context", dateRule: "E", processStage: "closing", owner: "nobody", status: "exploratory", version: 1, since: "2026-11-22",
  page: "index", needs: ["opportunity.created_at"]
} as const;
const counted = {...described, mart: "fct_opportunity", time: "created_date", dimensions: ["region", "team", "owner", "source", "product", "segment"]} as const;
const stayed = {...described, mart: "fct_stay", entity: "customer", from: "valid_from", to: "valid_to", value: "mrr", dimensions: ["region", "segment"], measure: "value"} as const;

const created = simple({...counted, id: "kind_created", aggregate: {fn: "count"}});
const value = simple({...counted, id: "kind_value", unit: "currency", aggregate: {fn: "sum", column: "amount"}});

export const movementParts: readonly MovementPart[] = ["start", "end", "new", "reactivation", "expansion", "contraction", "churn", "kept", "kept_all", "lost_within"];
const moved = (measure: "value" | "count") => movementParts.map((part) => movement({...stayed, id: `kind_${part}_${measure}`, part, measure}));
export const movedValues: readonly MovementMetric[] = moved("value");
export const movedCounts: readonly MovementMetric[] = moved("count");
const of = (list: readonly MovementMetric[], part: MovementPart): MovementMetric => list.find((metric) => metric.part === part)!;

const mean = ratio({...described, id: "kind_mean_value", unit: "currency", numerator: value, denominator: created});
const lost = ratio({...described, id: "kind_logo_churn", unit: "percent", numerator: of(movedCounts, "churn"), denominator: of(movedCounts, "start")});
const retained = ratio({...described, id: "kind_nrr", unit: "ratio", numerator: of(movedValues, "kept_all"), denominator: of(movedValues, "start")});

export const kinds: readonly Metric[] = [
  created,
  value,
  ...movedValues,
  ...movedCounts,
  lost,
  retained,
  mean,
  cumulative({...described, id: "kind_nrr_year", unit: "ratio", measure: retained, window: {months: 12}}),
  cumulative({...described, id: "kind_value_quarter", unit: "currency", measure: mean, window: {days: 90}}),
  shifted({...described, id: "kind_created_before", measure: created, by: "previous"}),
  shifted({...described, id: "kind_created_year", measure: created, by: "last_year"}),
  shifted({...described, id: "kind_value_lagged", unit: "currency", measure: value, by: {days: 30}}),
  share({...described, id: "kind_share", unit: "percent", measure: created}),
  derived({...described, id: "kind_per_day", unit: "ratio", inputs: {created, days: {calendar: "working_days"}}, formula: ["/", "created", "days"]}),
  derived({...described, id: "kind_capped", unit: "ratio", inputs: {created, months: {calendar: "months"}}, formula: ["min", ["max", "created", 5], ["*", "months", 20]]}),
  simple({...counted, id: "kind_mean", unit: "ratio", aggregate: {fn: "avg", column: "points", moe: true}}),
  simple({...counted, id: "kind_lasting", unit: "days", aggregate: {fn: "survival", duration: "lasted_days", ended: "has_ended", q: 0.5}}),
  simple({...counted, id: "kind_lasting_long", unit: "days", aggregate: {fn: "survival", duration: "lasted_days", ended: "has_ended", q: 0.9}}),
  simple({...counted, id: "kind_lasting_chosen", unit: "days", aggregate: {fn: "survival", duration: "lasted_days", ended: "has_ended", q: 0.5, above: 0.1}}),
  simple({...counted, id: "kind_lasting_ended", unit: "days", aggregate: {fn: "survival", duration: "lasted_days", ended: "has_ended", q: 0.75, above: 1}}),
  simple({...counted, id: "kind_histogram", unit: "days", aggregate: {fn: "survival", duration: "lasted_days", weight: "points", q: 0.95}}),
  simple({...counted, id: "kind_busy", aggregate: {fn: "count_distinct", column: "owner", atLeast: 3}}),
  simple({...counted, id: "kind_rank_correlation", unit: "ratio", signed: true, minN: 2, aggregate: {fn: "rank_correlation", per: "owner", of: ["points", "amount"]}}),
  conversion({...counted, id: "kind_closed_value", unit: "percent", conversion: "closed_date", window: 60, weight: "amount"})
];
