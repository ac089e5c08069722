// <kpi-cohort cohort="purchases"></kpi-cohort>: the triangle of a cohort. Without an attribute that which the reader chose.

import {cohortHeatmap} from "../components/cohort/cohortHeatmap.js";
import {cellKey, printCell} from "../query/cohort/view.js";
import {toldOf} from "../query/studies.js";
import {cohortId, optional} from "./attributes.js";
import {cohortLook, cohortStudy, unfedCohort} from "./cohorts.js";
import {defineElement} from "./definition.js";

export const kpiCohortElement = defineElement({
  name: "kpi-cohort",
  attributes: {cohort: optional(cohortId())},
  questions: () => [],
  studies: ({cohort}, state, context) => cohortStudy(cohort, state, context),
  render(_answers, {cohort}, _state, context, _funnels, studied) {
    const [told] = toldOf("cohort", studied);
    return told ? cohortHeatmap(told, {...cohortLook(told, context), pick: {key: cellKey, print: printCell}}) : unfedCohort(cohort, context);
  }
});
