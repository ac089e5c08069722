// As-of is the newest stamp of the exports; one record with a wrong clock must not move it in silence.

import type {Finding} from "../quality/define.js";
import type {TableName} from "./schema.js";

/** A kept record with one of the newest stamps of its table. */
export interface Stamped {
  readonly table: TableName;
  /** updated_at, ISO in UTC. */
  readonly stamp: string;
  readonly key: string;
  /** Where it stands: file and row. */
  readonly place: () => Promise<string>;
}

/** How many records of a table need to be known. */
export const newestKept = 10;

const farDays = 31;
const day = 86_400_000;

/**
 * Returns a finding for records whose stamp is more than 31 days newer than every other one's: at most 1 % of
 * the `total` kept records, or one. `newest` holds the newest `newestKept` of each table, in any order.
 */
export async function checkStamps(newest: readonly Stamped[], total: number): Promise<Finding[]> {
  const sorted = [...newest].sort((a, b) => (a.stamp === b.stamp ? (a.key < b.key ? -1 : 1) : a.stamp < b.stamp ? 1 : -1)).slice(0, newestKept);
  const far = sorted.findIndex(({stamp}, index) => index > 0 && Date.parse(sorted[index - 1]!.stamp) - Date.parse(stamp) > farDays * day);
  const [first] = sorted;
  if (!first || far < 1 || far > Math.max(1, total / 100) || total < 2 * newestKept) return [];
  const beside = `${await first.place()}: ${first.stamp}; the next is of ${sorted[far]!.stamp}`;
  return [{id: "stamps_plausible", table: first.table, column: "updated_at", beside, count: far, of: total, examples: sorted.slice(0, far).map(({key}) => ({id: key}))}];
}
