// The statements behind a number of the targets family, of one KPI that has goals.

import {growsWithPeriod, type TargetMetric} from "../../src/metrics/targets.js";
import type {Metric} from "../../src/metrics/define.js";
import {parsePeriod} from "../../src/query/calendar.js";
import {findMetric} from "../../src/query/catalogue.js";
import {shapeQuestions} from "../../src/query/explain/targetNumbers.js";
import type {Making} from "../../src/query/making.js";
import type {Manifest} from "../../src/query/manifest.js";
import {readsGoals, statementsFor} from "../../src/query/statementsFor.js";

export interface TargetSqlOptions {
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
  /** The report's default period. */
  readonly period: string;
  /** KPIs that have goals, in reading order. */
  readonly aimed: readonly string[];
}

/**
 * Returns the statements of a target number for the first KPI with goals that adds up, and for which KPI and period they
 * are: the one that runs, of what depends on how much of it has passed. None where no KPI has goals.
 */
export async function targetSql({part}: TargetMetric, {manifest, catalogue, period, aimed}: TargetSqlOptions): Promise<Pick<Making, "statements" | "of">> {
  const metrics = aimed.map((id) => findMetric(id, catalogue));
  const metric = metrics.find(growsWithPeriod) ?? metrics[0];
  if (metric === undefined) return {statements: []};
  const asked = parsePeriod(period, manifest);
  const runs = part !== "attainment" && part !== "unallocated" && !["range", "all"].includes(asked.grain);
  const at = runs ? parsePeriod(`current:${asked.grain}`, manifest) : asked;
  const question = {metrics: [metric.id]};
  const earlier = part === "pace_seasonal" || part === "landing" ? shapeQuestions(question, at, metric) : [];
  const statements = await statementsFor([{...question, period: at.key}, ...earlier], {manifest, catalogue, goals: true});
  return {statements: part === "unallocated" ? statements.filter(readsGoals) : statements, of: {metric: metric.id, period: at}};
}
