// What a page offers, and which of it has its answers ready in the page's own file.

import {parsePeriod, periodChoices} from "../query/calendar.js";
import type {Manifest} from "../query/manifest.js";
import type {Period} from "../query/question.js";
import type {ReaderState} from "../query/state.js";

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

export type ReadyKind = "default" | "month" | "quarter" | "region" | "team";

/** States that are answered ahead or left to the engine together. */
export interface ReadyGroup {
  readonly kind: ReadyKind;
  readonly states: readonly ReaderState[];
}

/**
 * Returns the states that are answered ahead, by what they are worth: the default view, then each single choice of a
 * month, a quarter (newest first, each a group), of regions and of teams. Where a page's file would be too heavy, groups
 * are left out from the end. Comparisons need none of their own: every answer carries them all.
 */
export function readyGroups(manifest: Manifest): ReadyGroup[] {
  const {months, quarters} = periodChoices(manifest);
  const periods = (kind: ReadyKind, keys: readonly Period[]) => keys.map(({key}): ReadyGroup => ({kind, states: [{period: key, filters: []}]}));
  const members = (kind: "region" | "team"): ReadyGroup => ({
    kind,
    states: manifest.dimensions.filter(({id}) => id === kind).flatMap(({id, members}) => members.slice(0, 40).map((member): ReaderState => ({filters: [{dimension: id, values: [member]}]})))
  });
  return [{kind: "default" as const, states: [{filters: []}]}, ...periods("month", months), ...periods("quarter", quarters), members("region"), members("team")].filter(({states}) => states.length > 0);
}
