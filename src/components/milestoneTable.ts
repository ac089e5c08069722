// Goals with a name and milestones: by when, how much, how far.

import type {GoalState, NamedGoal} from "../query/goals.js";
import {element} from "./element.js";
import type {ComponentOptions, MetricFace} from "./options.js";
import {table} from "./table.js";

export interface MilestoneLine {
  readonly goal: NamedGoal;
  /** Undefined for a KPI that the report does not know. */
  readonly metric: MetricFace | undefined;
  readonly reached: number | null;
  readonly state: GoalState;
}

/** Returns the table under a heading; nothing where there are no such goals. */
export function milestoneTable(lines: readonly MilestoneLine[], {format, document}: ComponentOptions): DocumentFragment {
  const whole = document.createDocumentFragment();
  if (lines.length === 0) return whole;
  const value = (of: number | null, metric: MetricFace | undefined) => (metric ? format.value(of, metric.unit) : "–");
  const rows = lines.map(({goal, metric, reached, state}) => [
    {text: goal.goal ?? (metric ? format.metric(metric.id) : goal.metric), ...(goal.parent !== null && {note: format.message("milestones.part_of", {goal: goal.parent})})},
    {text: goal.parent ?? "–"},
    {text: [metric ? format.metric(metric.id) : goal.metric, goal.period, ...(goal.member === null ? [] : [format.member(goal.level, goal.member)])].join(" · ")},
    {text: format.date(goal.due ?? goal.last ?? ""), sort: goal.due ?? goal.last ?? ""},
    {text: value(goal.value, metric), sort: goal.value},
    {text: value(reached, metric), sort: reached},
    {text: goal.fault ? format.message(`milestones.fault.${goal.fault}`) : format.message(`milestones.state.${state}`), ...(state === "reached" ? {tone: "good" as const} : state === "missed" ? {tone: "bad" as const} : {})}
  ]);
  whole.append(
    element(document, "h2", {}, format.message("milestones.title")),
    element(document, "div", {class: "card"}, table({
      caption: format.message("milestones.caption"),
      columns: [
        {label: format.message("milestones.column.goal")}, {label: format.message("milestones.column.parent")}, {label: format.message("milestones.column.kpi")}, {label: format.message("milestones.column.due")},
        {label: format.message("targets.column.target"), numeric: true}, {label: format.message("milestones.column.reached"), numeric: true}, {label: format.message("milestones.column.state")}
      ],
      rows, max: 20
    }, {format, document}))
  );
  return whole;
}
