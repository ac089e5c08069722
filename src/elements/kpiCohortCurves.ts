// <kpi-cohort-curves cohort="purchases"></kpi-cohort-curves>: the triangle as curves over age.

import {cohortCurves} from "../components/cohort/cohortCurves.js";
import {toldOf} from "../query/studies.js";
import {cohortId, optional} from "./attributes.js";
import {cohortLook, cohortStudy, unfedCohort} from "./cohorts.js";
import {defineElement} from "./definition.js";

export const kpiCohortCurvesElement = defineElement({
  name: "kpi-cohort-curves",
  attributes: {cohort: optional(cohortId())},
  questions: () => [],
  studies: ({cohort}, state, context) => cohortStudy(cohort, state, context),
  render(_answers, {cohort}, _state, context, _funnels, studied) {
    const [told] = toldOf("cohort", studied);
    return told ? cohortCurves(told, cohortLook(told, context)) : unfedCohort(cohort, context);
  }
});
