// <kpi-cohort-segments cohort="purchases" max="8"></kpi-cohort-segments>: one small curve for each segment.

import {cohortSegments} from "../components/cohort/cohortSegments.js";
import {toldOf} from "../query/studies.js";
import {cohortId, count, optional} from "./attributes.js";
import {cohortLook, cohortStudy, unfedCohort} from "./cohorts.js";
import {defineElement} from "./definition.js";

export const kpiCohortSegmentsElement = defineElement({
  name: "kpi-cohort-segments",
  attributes: {cohort: optional(cohortId()), max: optional(count(24))},
  questions: () => [],
  studies: ({cohort}, state, context) => cohortStudy(cohort, state, context, {segments: true}),
  render(_answers, {cohort, max}, _state, context, _funnels, studied) {
    const [told] = toldOf("cohort", studied);
    return told ? cohortSegments(told, {...cohortLook(told, context), ...(max !== undefined && {max})}) : unfedCohort(cohort, context);
  }
});
