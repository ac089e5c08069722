// <kpi-milestones></kpi-milestones>: goals with a name, a parent or milestones, and how far they are. Depends on no choice of
// the reader; made at build. Nothing where the report has none.

import {milestoneTable} from "../components/milestoneTable.js";
import {goalQuestion, goalState, type NamedGoal} from "../query/goals.js";
import {chosenId} from "../query/variants.js";
import {defineElement, type ReportContext} from "./definition.js";

const metricOf = ({metric}: NamedGoal, {manifest, catalogue}: ReportContext) => catalogue.find(({id}) => id === metric) && catalogue.find(({id}) => id === chosenId(metric, manifest, catalogue));

function questionOf(goal: NamedGoal, context: ReportContext) {
  const {manifest} = context;
  const metric = metricOf(goal, context);
  const known = goal.level === "company" || manifest.dimensions.find(({id}) => id === goal.level)?.members.includes(goal.member);
  return metric && known ? goalQuestion(goal, metric.id, manifest.asOf) : null;
}

export const kpiMilestonesElement = defineElement({
  name: "kpi-milestones",
  attributes: {},
  questions: (_attributes, _state, context) => (context.manifest.goals ?? []).flatMap((goal) => questionOf(goal, context) ?? []),
  render(answers, _attributes, _state, context) {
    const {manifest, format, document} = context;
    let next = 0;
    const lines = (manifest.goals ?? []).map((goal) => {
      const metric = metricOf(goal, context);
      const reached = questionOf(goal, context) ? answers[next++]!.rows.find(({total, role}) => total && role === "current")?.value ?? null : null;
      return {goal, metric, reached, state: metric ? goalState(goal, reached, metric, manifest.asOf) : ("unknown" as const)};
    });
    return milestoneTable(lines, {format, document});
  }
});
