// <kpi-cohort-compare cohort="purchases"></kpi-cohort-compare>: two groups of cohorts beside one another.

import {cohortCompare} from "../components/cohort/cohortCompare.js";
import {compareGroups, isOfCustomers, wholeAges} from "../query/cohort/reading.js";
import {toldOf} from "../query/studies.js";
import {cohortId, optional} from "./attributes.js";
import {cohortLook, cohortStudy, unfedCohort} from "./cohorts.js";
import {defineElement} from "./definition.js";

export const kpiCohortCompareElement = defineElement({
  name: "kpi-cohort-compare",
  attributes: {cohort: optional(cohortId())},
  questions: () => [],
  studies: ({cohort}, state, context) => cohortStudy(cohort, state, context),
  render(_answers, {cohort}, state, context, _funnels, studied) {
    const [told] = toldOf("cohort", studied);
    if (!told) return unfedCohort(cohort, context);
    const {onCohortView, manifest} = context;
    const why = !isOfCustomers(told) ? "money" : told.choices.key !== "start" ? "members" : "few";
    return cohortCompare(told, {
      ...cohortLook(told, context), comparison: compareGroups(told, state.cohort ?? {}, manifest.calendar), ages: wholeAges(told), why,
      ...(onCohortView && {onChange: (groups) => onCohortView({...state.cohort, ...groups})})
    });
  }
});
