// <kpi-cohort-switches></kpi-cohort-switches>: what the cohorts of the page measure and how they are laid out. With
// cohort="purchases" for elements that name it, else with a choice of the cohort.

import {cohortSwitches, updateCohortSwitches, type CohortSwitchesData} from "../components/cohort/cohortSwitches.js";
import {cohortOffer, shownCohorts} from "../query/cohort/resolve.js";
import {cohortBases, cohortForms} from "../query/cohort/view.js";
import type {ReaderState} from "../query/state.js";
import {cohortId, optional} from "./attributes.js";
import {cohortOf, unfedCohort} from "./cohorts.js";
import {defineElement, type ReportContext} from "./definition.js";

function dataOf(named: string | undefined, state: ReaderState, context: ReportContext): CohortSwitchesData | undefined {
  const cohort = cohortOf(named, state, context);
  if (!cohort) return undefined;
  return {cohorts: named === undefined ? shownCohorts(context.manifest) : [cohort], cohort, offer: cohortOffer(cohort, context.manifest), bases: cohortBases, forms: cohortForms, usual: "on", view: state.cohort ?? {}};
}

export const kpiCohortSwitchesElement = defineElement({
  name: "kpi-cohort-switches",
  attributes: {cohort: optional(cohortId())},
  questions: () => [],
  render(_answers, {cohort}, state, context) {
    const {format, document, onCohortView} = context;
    const data = dataOf(cohort, state, context);
    if (!data) return unfedCohort(cohort, context);
    const form = cohortSwitches(data, {format, document, ...(onCohortView && {onChange: onCohortView})});
    if (cohort !== undefined) form.dataset.cohort = cohort;
    return form;
  },
  update(form, state, context) {
    const {format, document, onCohortView} = context;
    const data = dataOf((form as HTMLElement).dataset.cohort, state, context);
    if (data) updateCohortSwitches(form, data, {format, document, ...(onCohortView && {onChange: onCohortView})});
  }
});
