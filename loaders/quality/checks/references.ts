// What a record refers to is there.

import {canonicalTables, keyColumns, type TableName} from "../../canonical/schema.js";
import {placesOf, type SqlCheck} from "../define.js";

const targetOf = (table: string): string => keyColumns(canonicalTables[table as TableName])[0]!;

/** A reference to a record that was left out (deleted, merged) is no fault: the record is known. */
export const references: SqlCheck = {
  id: "references",
  grade: "warn",
  places: placesOf(({references: other, key}, name, table) =>
    other && name !== "merged_into_id" && !(key && other === table) ? {beside: other, needs: [`${table}.${name}`, `${other}.${targetOf(other)}`]} : false
  ),
  look: ({table, column, beside}) => ({
    id: column,
    among: `${column} is not null`,
    wrong: `not exists (select 1 from (select ${targetOf(beside!)} as id from ${beside} union all select id from left_out where table_name = '${beside}') as known where known.id = ${table}.${column})`,
    grouped: true
  })
};
