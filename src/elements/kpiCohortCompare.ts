// <kpi-cohort-compare cohort="purchases"></kpi-cohort-compare>: two groups of cohorts beside one another.

import {cohortCompare} from "../components/cohort/cohortCompare.js";
import {compareGroups, isOfCustomers, wholeAges} from "../query/cohort/reading.js";
import {cohortId, optional} from "./attributes.js";
import {cohortLook, cohortQuestion, unfedCohort} from "./cohorts.js";
import {defineElement} from "./definition.js";

export const kpiCohortCompareElement = defineElement({
  name: "kpi-cohort-compare",
  attributes: {cohort: optional(cohortId())},
  questions: () => [],
  cohorts: ({cohort}, state, context) => cohortQuestion(cohort, state, context),
  render(_answers, {cohort}, state, context, _funnels, [told] = []) {
    if (!told) return unfedCohort(cohort, context);
    const {onCohortView, manifest} = context;
    const why = !isOfCustomers(told) ? "money" : told.choices.key !== "start" ? "members" : "few";
    return cohortCompare(told, {
      ...cohortLook(told, context), comparison: compareGroups(told, state.cohort ?? {}, manifest.calendar), ages: wholeAges(told), why,
      ...(onCohortView && {onChange: (groups) => onCohortView({...state.cohort, ...groups})})
    });
  }
});
