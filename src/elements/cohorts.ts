// What the elements of a cohort share: which one is shown, the question that a reader's view of it asks, and what is read
// from the answer.

import type {CohortReading, CohortViewOptions} from "../components/cohort/frame.js";
import {emptyState} from "../components/emptyState.js";
import {cohortEvents, type Cohort} from "../metrics/cohort.js";
import {cohortOffer, findCohort, shownCohorts} from "../query/cohort/resolve.js";
import type {CohortChoices} from "../query/cohort/plan.js";
import type {CohortQuestion, CohortTold} from "../query/cohort/question.js";
import {currentLine, leadOf, linePeriod} from "../query/cohort/reading.js";
import type {ReaderState} from "../query/state.js";
import type {StudyQuestion} from "../query/studies.js";
import {periodOf, type ReportContext} from "./definition.js";

/** Returns the cohort of an element: the one that it names, else the reader's, else the first that is fed; undefined where that has no data. */
export function cohortOf(named: string | undefined, state: ReaderState, {manifest}: Pick<ReportContext, "manifest">): Cohort | undefined {
  const shown = shownCohorts(manifest);
  const id = named ?? state.cohort?.cohort;
  return id === undefined ? shown[0] : shown.find((one) => one.id === id) ?? (named === undefined ? shown[0] : undefined);
}

/** Returns the question of a cohort in a reader's state; choices that this cohort does not offer are left out. None where it is not fed. */
export function cohortQuestion(named: string | undefined, state: ReaderState, context: ReportContext, {segments = false} = {}): CohortQuestion[] {
  const cohort = cohortOf(named, state, context);
  if (!cohort) return [];
  const {measures, grains, spans, firsts, dimensions} = cohortOffer(cohort, context.manifest);
  const {measure, grain, key, span, first, base, form, by = dimensions[0]} = state.cohort ?? {};
  const period = periodOf(state, context);
  const of = <T>(value: T | undefined, offered: readonly T[]): T | undefined => (value !== undefined && offered.includes(value) ? value : undefined);
  const chosen = {
    measure: of(measure, measures), grain: of(grain, grains), span: of(span, spans), first: of(first, firsts), key: segments ? "start" : of(key, ["start", ...dimensions]), base, form,
    by: segments ? of(by, dimensions) : undefined, range: period.grain === "all" ? undefined : period.key, filters: state.filters.length > 0 ? state.filters : undefined
  };
  return [{id: cohort.id, choices: Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)) as CohortChoices}];
}

/** Returns the question as an element asks it. */
export const cohortStudy = (...of: Parameters<typeof cohortQuestion>): StudyQuestion[] => cohortQuestion(...of).map((question) => ({study: "cohort", question}));

/** Returns what every view of a cohort is given beside its answer. */
export function cohortLook(told: CohortTold, {manifest, format, document, onChange, room}: ReportContext): CohortViewOptions {
  const reading: CohortReading = {lead: leadOf(told, manifest.calendar), current: currentLine(told), periodOf: (key) => linePeriod(key, told, manifest.calendar)};
  return {reading, format, document, heading: "h3", interactive: onChange !== undefined, ...(room && {room})};
}

/** Returns the note in the place of a cohort whose data are not fed. */
export function unfedCohort(named: string | undefined, {manifest, format, document}: ReportContext): HTMLElement {
  const declared = named === undefined ? manifest.cohorts?.[0] : findCohort(named, manifest);
  const columns = declared ? [...new Set([declared.start, ...declared.returns].flatMap((event) => cohortEvents[event]))].map((column) => column.replaceAll("|", " + ")) : [];
  return emptyState({why: "not_in_data", columns, format, document});
}
