// <kpi-cohort-curves cohort="purchases"></kpi-cohort-curves>: the triangle as curves over age.

import {cohortCurves} from "../components/cohort/cohortCurves.js";
import {cohortId, optional} from "./attributes.js";
import {cohortLook, cohortQuestion, unfedCohort} from "./cohorts.js";
import {defineElement} from "./definition.js";

export const kpiCohortCurvesElement = defineElement({
  name: "kpi-cohort-curves",
  attributes: {cohort: optional(cohortId())},
  questions: () => [],
  cohorts: ({cohort}, state, context) => cohortQuestion(cohort, state, context),
  render: (_answers, {cohort}, _state, context, _funnels, [told] = []) => (told ? cohortCurves(told, cohortLook(told, context)) : unfedCohort(cohort, context))
});
