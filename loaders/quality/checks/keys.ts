// One row a record, one source a record.

import {canonicalTables, keyColumns, type TableName} from "../../canonical/schema.js";
import type {FactCheck, SqlCheck} from "../define.js";
import {placesOf} from "../define.js";

/** Rows of one key with different content and no stamp that says which is newer. The intake finds them while it reads. */
export const uniqueKeys: FactCheck = {
  id: "unique_keys",
  grade: "stop",
  always: true,
  find: ({findings, files}) =>
    [...new Set(files.map(({table}) => table))].map((table) => {
      const of = files.filter((file) => file.table === table).reduce((sum, {kept, superseded}) => sum + kept + superseded, 0);
      const column = keyColumns(canonicalTables[table as TableName])[0] ?? "";
      return findings.find((found) => found.id === "unique_keys" && found.table === table) ?? {id: "unique_keys", table, column, count: 0, of, examples: []};
    })
};

/** Records of one id in several sources are kept apart, since two CRMs may number alike; perhaps they are the same. */
export const idsInOneSource: SqlCheck = {
  id: "ids_in_one_source",
  grade: "warn",
  places: placesOf(({key}, name, table) => (key && name.endsWith("_id") && keyColumns(canonicalTables[table]).length === 1 ? {needs: [`${table}.${name}`]} : false)),
  look: ({table, column}, {files}) => {
    if (new Set(files.filter((file) => file.table === table).map(({source}) => source)).size < 2) return null;
    return {
      // Two sources and more differ in the first and last: plain extremes go to disk where memory ends, lists do not.
      from: `(select own, min(source) as first_source, max(source) as last_source
        from (select split_part(${column}, ':', 1) as source, substr(${column}, strpos(${column}, ':') + 1) as own from ${table}) group by own)`,
      id: "own",
      wrong: "first_source <> last_source",
      detail: "first_source || ', ' || last_source"
    };
  }
};
