// What the comparison of exports came across that nobody should be left to find out.

import type {DatedSource} from "../canonical/inputs.js";
import type {Native} from "../native.js";
import type {Finding} from "../quality/define.js";

/** Examples that a finding holds. */
const shown = 5;

/** Returns, for each source with several exports, what vanished, what came late, whose ids were given anew, which tables are missing. */
export async function historyFindings(native: Native, dated: readonly DatedSource[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const {source, newest, lost} of dated) {
    const [known] = await native.run({sql: "select count(*) as n, count(*) filter (state <> 'open' or opened_state <> 'open') as closed from _history_last where source = $1", params: [source.id]});
    const of = Number(known!["n"]);
    const [count] = await native.run({sql: "select count(*) as n from _history_export where source = $1", params: [source.id]});
    if (Number(count!["n"]) < 2) continue;
    const finding = async (id: string, from: string): Promise<Finding> => {
      const rows = await native.run({sql: `select id, detail, count(*) over () as n from (${from}) order by id limit ${shown}`, params: [source.id]});
      return {id, table: "opportunity", column: "", source: source.id, beside: newest, count: Number(rows[0]?.["n"] ?? 0), of, examples: rows.map((row) => ({id: String(row["id"]), detail: String(row["detail"])}))};
    };
    const vanished = await finding("exports_whole", "select opportunity_id as id, seen::varchar || ' – ' || until::varchar as detail from _history_gone where source = $1 and why = 'deleted'");
    found.push(
      {...vanished, column: Number(known!["closed"]) === 0 ? "state" : ""},
      await finding("records_timely", "select opportunity_id as id, created_on::varchar || ' < ' || day::varchar as detail from _history_late where source = $1"),
      await finding("ids_not_reused", "select opportunity_id as id, seen::varchar || ' – ' || until::varchar as detail from _history_gone where source = $1 and why = 'reused'"),
      {id: "exports_complete", table: "", column: "", source: source.id, beside: newest, count: lost.length, of: new Set(source.mappings.map(({table}) => table)).size, examples: lost.map(({table}) => ({id: table}))}
    );
  }
  return found;
}
