// <kpi-cohort-members cohort="purchases" rows="10"></kpi-cohort-members>: who is in a cell: that which the reader picks, else
// the one that the title of the triangle tells of.

import {cohortMembers, membersCsv} from "../components/cohort/cohortMembers.js";
import {printPick} from "../components/pick.js";
import {cellKey, readCell} from "../query/cohort/view.js";
import type {ReaderState} from "../query/state.js";
import {toldOf, type StudyQuestion} from "../query/studies.js";
import {cohortId, count, optional} from "./attributes.js";
import {cohortLook, cohortQuestion, unfedCohort} from "./cohorts.js";
import {defineElement, type ReportContext} from "./definition.js";
import {download} from "./download.js";

/** Most lines of a file. */
const mostSaved = 100_000;

function membersStudy(cohort: string | undefined, state: ReaderState, context: ReportContext, limit: number): StudyQuestion[] {
  const spot = state.cohort?.cell === undefined ? undefined : readCell(state.cohort.cell);
  return cohortQuestion(cohort, state, context).map((question) => ({study: "cohort", question: {...question, members: {limit, ...(spot && {spot})}}}));
}

export const kpiCohortMembersElement = defineElement({
  name: "kpi-cohort-members",
  attributes: {cohort: optional(cohortId()), rows: optional(count(100))},
  questions: () => [],
  studies: ({cohort, rows = 10}, state, context) => membersStudy(cohort, state, context, rows),
  render(_answers, {cohort}, state, context, _funnels, studied) {
    const [told] = toldOf("cohort", studied);
    if (!told) return unfedCohort(cohort, context);
    const {document, format, askStudies, onFailure} = context;
    const {members = null} = told;
    const line = members && told.lines.find(({key}) => key === members.line);
    const cell = line?.cells.find(({period}) => period === members?.period);
    const save = askStudies && (async () => {
      const [all] = toldOf("cohort", await askStudies(membersStudy(cohort, state, context, mostSaved)));
      download(document, `${told.cohort.id}.csv`, new Blob([membersCsv(all!.members!, {format})], {type: "text/csv"}));
    });
    return cohortMembers(told, members, {
      ...cohortLook(told, context), place: line && cell ? {line, cell} : null,
      ...(state.cohort?.cell !== undefined && {picked: printPick(cellKey, state.cohort.cell)}),
      ...(save && {save: () => void save().catch(onFailure)})
    });
  }
});
