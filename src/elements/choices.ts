// What a page offers, and which of it has its answers ready in the page's own file.

import {parsePeriod, periodChoices} from "../query/calendar.js";
import type {Manifest} from "../query/manifest.js";
import type {Period} from "../query/question.js";
import type {ReaderState} from "../query/state.js";

/** Dimensions whose single members are answered ahead. */
export const readyDimensions: readonly string[] = ["region", "team"];

/** Returns the periods of the filter bar, newest first within each grain: months and quarters, the years, everything. */
export function periodsOffered(manifest: Manifest): Period[] {
  const {months, quarters} = periodChoices(manifest);
  return [parsePeriod("all", manifest), ...months, ...quarters, ...yearsOffered(manifest)];
}

/** Years that hold records, newest first. */
function yearsOffered(manifest: Manifest): Period[] {
  const last = Number(manifest.asOf.slice(0, 4));
  const first = Math.max(Number(manifest.firstDay.slice(0, 4)), last - 4);
  return Array.from({length: Math.max(0, last - first) + 1}, (_, i) => parsePeriod(String(last - i), manifest));
}

/**
 * Returns the states that are answered ahead: the default view, then each single choice of period (the months and
 * quarters on offer), region and team. Comparisons need none of their own: every answer carries them all.
 */
export function readyStates(manifest: Manifest): ReaderState[] {
  const {months, quarters} = periodChoices(manifest);
  const choices = readyDimensions.flatMap((id) => manifest.dimensions.filter((dimension) => dimension.id === id));
  return [
    {filters: []},
    ...[...months, ...quarters].map(({key}): ReaderState => ({period: key, filters: []})),
    ...choices.flatMap(({id, members}) => members.slice(0, 40).map((member): ReaderState => ({filters: [{dimension: id, values: [member]}]})))
  ];
}
