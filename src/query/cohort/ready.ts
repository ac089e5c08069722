// What of a cohort was counted beforehand.

import {cohortMart, type Cohort} from "../../metrics/cohort.js";
import type {DimensionId} from "../../metrics/define.js";
import type {CohortTallyInfo, Manifest} from "../manifest.js";
import {QuestionError} from "../questionError.js";
import type {CohortChoices, CohortPlan} from "./plan.js";
import {findCohort, resolveCohort} from "./resolve.js";
import {cohortTallyChoice} from "./tallies.js";

/** Events from which on looking at each of them is felt. */
const many = 100_000;

/** Returns whether each of many events is looked at: the cells were not counted beforehand, or single customers are listed. Throws a QuestionError as askCohort does. */
export function needsEvents(id: string, choices: CohortChoices, manifest: Manifest, listed = false): boolean {
  const isLarge = manifest.marts.some(({name, rows}) => name === cohortMart && rows >= many);
  return isLarge && (listed || tallyOf(resolved(id, choices, manifest).plan, manifest) === undefined);
}

/** Returns the tally that has the cells of a plan, and the part of it; undefined where events must be looked at. */
export function tallyOf(plan: CohortPlan, {cohortTallies = []}: Manifest): {readonly info: CohortTallyInfo; readonly part: number} | undefined {
  const info = cohortTallies.find(({cohort}) => cohort === plan.cohort.id);
  const part = info && cohortTallyChoice(info, plan);
  return info && part !== undefined ? {info, part} : undefined;
}

/** Returns a reader's choices, decided. Throws a QuestionError as resolveCohort does, and for a cohort whose data are not fed. */
export function resolved(id: string, choices: CohortChoices, manifest: Manifest): {readonly plan: CohortPlan; readonly notApplied: DimensionId[]; readonly cohort: Cohort} {
  const found = resolveCohort(findCohort(id, manifest), choices, manifest);
  if (found) return {...found, cohort: found.plan.cohort};
  throw new QuestionError({code: "unknown_cohort", value: id, message: `no source feeds the cohort ${JSON.stringify(id)}`});
}
