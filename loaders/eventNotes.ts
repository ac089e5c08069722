// What happened to the company, from the canonical table `event_note`, for axes of time.

import type {EventNote} from "../src/query/manifest.js";
import type {Native} from "./native.js";

/** Most that a manifest holds: the newest. */
const most = 200;

/** Returns the events up to as-of, by date. */
export async function readEventNotes(native: Pick<Native, "run">, asOf: string): Promise<EventNote[]> {
  const rows = await native.run({sql: `select date::varchar as date, trim(label) as label from event_note where date <= ?::date and trim(label) <> '' order by date desc, label limit ${most}`, params: [asOf]});
  return rows.map(({date, label}) => ({date: String(date), label: String(label)})).reverse();
}
