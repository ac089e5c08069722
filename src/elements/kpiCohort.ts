// <kpi-cohort cohort="purchases"></kpi-cohort>: the triangle of a cohort. Without an attribute that which the reader chose.

import {cohortHeatmap} from "../components/cohort/cohortHeatmap.js";
import {cellKey, printCell} from "../query/cohort/view.js";
import {cohortId, optional} from "./attributes.js";
import {cohortLook, cohortQuestion, unfedCohort} from "./cohorts.js";
import {defineElement} from "./definition.js";

export const kpiCohortElement = defineElement({
  name: "kpi-cohort",
  attributes: {cohort: optional(cohortId())},
  questions: () => [],
  cohorts: ({cohort}, state, context) => cohortQuestion(cohort, state, context),
  render: (_answers, {cohort}, _state, context, _funnels, [told] = []) => (told ? cohortHeatmap(told, {...cohortLook(told, context), pick: {key: cellKey, print: printCell}}) : unfedCohort(cohort, context))
});
