// The answers to what a page asks of cohorts.

import type {CalendarRules} from "../manifest.js";
import {once} from "../once.js";
import type {CohortAnswer, CohortSpot} from "./answer.js";
import {askCohort, askCohortMembers, type CohortOptions} from "./askCohort.js";
import {cohortQuestionKey, type CohortQuestion, type CohortSpotList, type CohortTold} from "./question.js";
import {leadOf} from "./reading.js";

/** Returns the answers, in order; what several questions ask alike is asked once. Throws a QuestionError as askCohort does. */
export function askCohorts(questions: readonly CohortQuestion[], options: CohortOptions): Promise<CohortTold[]> {
  const triangles = once<CohortAnswer>();
  return Promise.all(questions.map(async ({id, choices, members}): Promise<CohortTold> => {
    const answer = await triangles(cohortQuestionKey({id, choices}), async () => onPage(await askCohort(id, choices, options)));
    return {...answer, ...(members && {members: await listOf({id, choices, members}, answer, options)})};
  }));
}

/** Of segments a page shows the averages. */
const onPage = ({segments, ...answer}: CohortAnswer): CohortAnswer => ({...answer, ...(segments && {segments: segments.map((segment) => ({...segment, lines: []}))})});

async function listOf({id, choices, members: {spot, limit}}: Required<CohortQuestion>, answer: CohortAnswer, options: CohortOptions): Promise<CohortSpotList | null> {
  const place = spotOf(answer, spot, options.manifest.calendar);
  if (!place || options.manifest.minGroup !== undefined) return null;
  return {...place, ...await askCohortMembers(id, place, choices, options, {limit, known: answer})};
}

/** Returns the cell that is listed: the wanted one, else that of the title. */
function spotOf(answer: CohortAnswer, wanted: CohortSpot | undefined, calendar: CalendarRules): {readonly line: string; readonly period: number} | null {
  const found = answer.lines.find(({key}) => key === wanted?.line)?.cells.find(({period, value}) => period === wanted?.period && value !== null);
  if (wanted && found) return {line: wanted.line, period: wanted.period};
  const lead = leadOf(answer, calendar);
  return lead && {line: lead.line.key, period: lead.cell.period};
}
