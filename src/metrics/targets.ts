// How a number stands to its goal. Each is a function of another KPI and its goal (targets.csv), so it is asked for
// together with that KPI: `npm run kpi -- target_attainment --of revenue_won`.

import type {Described, Metric} from "./define.js";

/** What is told of a number and its goal. */
export type TargetPart = "attainment" | "pace" | "pace_seasonal" | "landing" | "run_rate" | "unallocated";

export interface TargetMetric extends Omit<Described, "unit"> {
  readonly type: "target";
  readonly part: TargetPart;
  /** A share of the goal, or the unit of the KPI that it is asked of. */
  readonly unit: "percent" | "of_kpi";
}

/** Any KPI that has an entry on the definitions page. */
export type Defined = Metric | TargetMetric;

const described = {
  type: "target", owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "targets", processStage: "closing",
  dateRule: "E", needs: ["target.metric", "target.period", "target.level", "target.value"]
} as const;

export const targetAttainment: TargetMetric = {...described, id: "target_attainment", part: "attainment", unit: "percent", direction: "up"};
export const targetPace: TargetMetric = {...described, id: "target_pace", part: "pace", unit: "of_kpi", direction: "context", version: 2};
export const targetPaceSeasonal: TargetMetric = {...described, id: "target_pace_seasonal", part: "pace_seasonal", unit: "of_kpi", direction: "context"};
export const targetLanding: TargetMetric = {...described, id: "target_landing", part: "landing", unit: "of_kpi", direction: "up"};
export const requiredRunRate: TargetMetric = {...described, id: "required_run_rate", part: "run_rate", unit: "of_kpi", direction: "down"};
export const targetUnallocated: TargetMetric = {...described, id: "target_unallocated", part: "unallocated", unit: "of_kpi", direction: "context"};

/** In reading order. */
export const targetMetrics: readonly TargetMetric[] = [targetAttainment, targetPace, targetPaceSeasonal, targetLanding, requiredRunRate, targetUnallocated];

/** Whether the number grows while its period passes and its parts make the whole: only then has a goal a pace, and goals add up. */
export const growsWithPeriod = (metric: Metric): boolean => metric.type === "simple" && metric.additivity === "full";
