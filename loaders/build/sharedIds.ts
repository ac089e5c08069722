// Records of one id in several sources: kept apart, because two CRMs may number alike, and perhaps the same all the same.

import {canonicalTables, keyColumns, type TableName} from "../canonical/schema.js";
import type {DataWarning, FileLedger} from "../../src/query/manifest.js";
import {quoteIdentifier, type Native} from "../native.js";

/**
 * Returns one warning for each canonical table in which the same id came from several sources: `beside` names them,
 * `count` is the number of such ids. A source exported into two folders would be counted twice so.
 */
export async function sharedIds(native: Native, files: readonly Pick<FileLedger, "source" | "table">[]): Promise<DataWarning[]> {
  const warnings: DataWarning[] = [];
  for (const table of new Set(files.map(({table}) => table as TableName))) {
    const sources = [...new Set(files.filter((file) => file.table === table).map(({source}) => source))].sort();
    const [key, ...others] = keyColumns(canonicalTables[table]);
    if (sources.length < 2 || !key?.endsWith("_id") || others.length > 0) continue;
    const id = quoteIdentifier(key);
    const sql = `with parts as (select split_part(${id}, ':', 1) as source, substr(${id}, strpos(${id}, ':') + 1) as own from ${quoteIdentifier(table)}),
      twice as (select own, list(distinct source) as sources from parts group by own having count(distinct source) > 1)
      select count(*) as n, array_to_string(list_sort(list_distinct(flatten(list(sources)))), ', ') as sources from twice`;
    const [found] = await native.run({sql, params: []});
    const count = Number(found?.["n"]);
    if (count > 0) warnings.push({code: "id_in_several_sources", table, column: key, beside: String(found!["sources"]), count});
  }
  return warnings;
}
