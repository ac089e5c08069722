// <kpi-targets metrics="revenue_won win_rate"></kpi-targets>: how numbers stand to their goals; with `by`, one number by member.

import {emptyState} from "../components/emptyState.js";
import {targetTable, type TargetLine} from "../components/targetTable.js";
import {whyNoDimension} from "../query/catalogue.js";
import {readTargets, targetQuestions} from "../query/explain/targetNumbers.js";
import type {Question} from "../query/question.js";
import type {ReaderState} from "../query/state.js";
import {dimensionId, metricIds, optional} from "./attributes.js";
import {defineElement, faceOf, hasDimension, periodOf, stateQuestion, type ReportContext} from "./definition.js";
import {withMaking} from "./withMaking.js";

interface Asked {
  readonly metrics: readonly string[];
  readonly by: string | undefined;
}

function question({metrics, by}: Asked, state: ReaderState, context: ReportContext): Question {
  const {filters} = stateQuestion(state, context);
  return {metrics: by === undefined ? metrics : metrics.slice(0, 1), period: periodOf(state, context).key, ...(by !== undefined && {by: [by]}), ...(filters && {filters})};
}

export const kpiTargetsElement = defineElement({
  name: "kpi-targets",
  attributes: {metrics: metricIds(), by: optional(dimensionId())},
  questions: (asked, state, context) => (asked.by !== undefined && !hasDimension(asked.by, context) ? [] : targetQuestions(question(asked, state, context), context.manifest)),
  render(answers, {metrics, by}, state, context) {
    const {format, document, manifest, catalogue} = context;
    const [answer] = answers;
    if (!answer) return emptyState({why: whyNoDimension(by!, manifest), columns: [format.dimension(by!)], format, document});
    const all = readTargets(answers, question({metrics, by}, state, context), catalogue).map((reading): TargetLine => ({...reading, face: faceOf(reading.metric.id, context)}));
    const total = by === undefined ? undefined : all.find(({row}) => row.total);
    return withMaking(targetTable({
      lines: all.filter(({row}) => (by === undefined ? row.total : !row.total && row.target != null)),
      ...(by !== undefined && {dimension: by}),
      ...(total && {total}),
      caption: format.message("targets.caption", {metric: by === undefined ? "" : format.metric(metrics[0]!), by: by === undefined ? "none" : format.dimension(by, "sentence"), period: format.period(answer.period)}),
      play: "attainment",
      interactive: context.onChange !== undefined,
      format,
      document
    }), by === undefined ? metrics : metrics.slice(0, 1), context, {targets: true});
  }
});
