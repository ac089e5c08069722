// How finely the history of a source is known: the days between its exports.

import type {Native} from "../native.js";
import type {ExportHistory} from "../../src/query/manifest.js";

/** Returns what is known of a source's exports; `repeated` of them are the same to the byte as the one before. */
export async function resolutionOf(native: Native, source: string, repeated: number): Promise<ExportHistory> {
  const [row] = await native.run({
    sql: `select count(*) as exports, min(day) as first, max(day) as last, quantile_disc(gap, 0.5) as median, max(gap) as longest
      from (select day, day - lag(day) over (order by day) as gap from _history_export where source = $1)`,
    params: [source]
  });
  const [changes] = await native.run({
    // Of each record with stages the first is where it was before.
    sql: `select count(*) - count(distinct entered) as n
      from (select opportunity_id, opportunity_id as entered from _history_stage union all select opportunity_id, null from _history_field)
      semi join (select opportunity_id from _history_last where source = $1) using (opportunity_id)`,
    params: [source]
  });
  return {
    source,
    exports: Number(row!["exports"]),
    first: String(row!["first"]),
    last: String(row!["last"]),
    repeated,
    medianGapDays: row!["median"] === null ? null : Number(row!["median"]),
    longestGapDays: row!["longest"] === null ? null : Number(row!["longest"]),
    changes: Number(changes!["n"])
  };
}
