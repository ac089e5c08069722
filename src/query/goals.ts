// Goals with a name, a parent or milestones (targets.csv): what is asked for them, and how they stand.

import type {Metric} from "../metrics/define.js";
import {missesTarget} from "./explain/series.js";
import type {Question} from "./question.js";

export interface NamedGoal {
  /** Id of the KPI. */
  readonly metric: string;
  readonly period: string;
  readonly level: string;
  /** Which region, team or owner; null for the company. */
  readonly member: string | null;
  /** Of a milestone, its day; null for the goal of the whole period. */
  readonly due: string | null;
  /** First and last day of the period; null where it cannot be read. */
  readonly first: string | null;
  readonly last: string | null;
  readonly goal: string | null;
  /** Name of the goal that it is a part of. */
  readonly parent: string | null;
  /** In the KPI's unit; null where it is relative to what is not known. */
  readonly value: number | null;
  /** What of it means nothing in this report. */
  readonly fault?: "metric" | "period" | "due" | "reference" | "parent";
}

/** Returns the question whose total is what was reached by the goal's day, or by as-of; null where nothing can be asked yet. */
export function goalQuestion({metric, level, member, due, first, last, value, fault}: NamedGoal, id: string, asOf: string): Question | null {
  if (first === null || value === null || first > asOf || (fault !== undefined && fault !== "parent") || metric === "") return null;
  const end = [due ?? last!, asOf].sort()[0]!;
  return {metrics: [id], period: `${first}..${end}`, ...(level !== "company" && {filters: [{dimension: level, values: [member]}]})};
}

export type GoalState = "reached" | "missed" | "open" | "unknown";

/** Returns how a goal stands: reached, or missed once its day is over; open until then. Less is better is reached only when its day is over. */
export function goalState({due, last, value}: NamedGoal, reached: number | null, {direction}: Pick<Metric, "direction">, asOf: string): GoalState {
  const missed = missesTarget({value: reached, target: value, direction, tolerance: 0});
  if (missed === null) return "unknown";
  const over = (due ?? last!) <= asOf;
  if (over) return missed ? "missed" : "reached";
  return direction === "up" && !missed ? "reached" : "open";
}
