// What a page asks of a cohort: its triangle, and beside it the customers of a cell where they are wanted.

import type {Manifest} from "../manifest.js";
import {tidyFilters} from "../state.js";
import type {CohortAnswer, CohortList, CohortSpot} from "./answer.js";
import {needsEvents} from "./ready.js";
import type {CohortChoices} from "./plan.js";

export interface CohortQuestion {
  readonly id: string;
  readonly choices: CohortChoices;
  /** Also list the customers of a cell: at most `limit`; of that which the title tells of where the triangle has no such cell. */
  readonly members?: {readonly spot?: CohortSpot; readonly limit: number};
}

/** Customers of a cell, and which cell it is. */
export interface CohortSpotList extends CohortList {
  readonly line: string;
  readonly period: number;
}

export interface CohortTold extends CohortAnswer {
  /** Null where no cell has a number, or small groups have none; absent where it was not asked for. */
  readonly members?: CohortSpotList | null;
}

/** Returns a text that is equal for questions with the same answer. */
export function cohortQuestionKey({id, choices: {measure, grain, key, span, first, base, form, brackets, by, filters, range}, members}: CohortQuestion): string {
  const chosen = [measure, grain, key, span, first, base, form, brackets, by, range].map((one) => one ?? 0);
  return JSON.stringify([id, ...chosen, tidyFilters(filters ?? []).map(({dimension, values}) => [dimension, values]), members ? [members.spot?.line ?? 0, members.spot?.period ?? 0, members.limit] : 0]);
}

/** Returns whether the answer may take seconds: each event of a large report is looked at. */
export const cohortTakesLong = ({id, choices, members}: CohortQuestion, manifest: Manifest): boolean => needsEvents(id, choices, manifest, members !== undefined);
