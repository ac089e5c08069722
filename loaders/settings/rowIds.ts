// Ids made of the rows of a file ({row: true}): where they tell records apart, and where they would not.

import {canonicalTables, type CanonicalColumn} from "../canonical/schema.js";
import {comparedTables} from "../history/exports.js";
import {countsRows, type TableMapping} from "../sources/define.js";
import type {SettingsProblem} from "./problems.js";

export interface RowIdPlace {
  readonly file: string;
  /** The source keeps its exports: one folder a day. */
  readonly dated: boolean;
  /** What is wrong is added here. */
  readonly found: SettingsProblem[];
}

/**
 * A row is an id of its own record, and of what another table makes of the same rows of the same files. It is no value; and
 * of records that are compared from export to export a row tells nothing.
 */
export function checkRowIds(mappings: readonly TableMapping[], {file, dated, found}: RowIdPlace): void {
  for (const mapping of mappings) {
    const {table, columns, custom, line} = mapping;
    const all: Readonly<Record<string, CanonicalColumn>> = canonicalTables[table].columns;
    const own = Object.entries(columns).filter(([, rule]) => countsRows(rule));
    const kept = Object.entries(custom).filter(([, {rule}]) => countsRows(rule)).map(([name, {rule}]) => [name, rule] as const);
    for (const [name, rule] of [...own, ...kept]) {
      const place = {file, line: rule.line ?? line, key: `tables.${table}.${name}`};
      const {key, references} = all[name] ?? {};
      if (!key && references === undefined) found.push({...place, code: "wrong_value", value: "row: true", expected: "a column: a row is the id of a record, no value"});
      else if (dated && comparedTables.includes(table)) found.push({...place, code: "conflict", value: `rows of ${table} move from export to export, and history compares them by their ids`});
      else if (!key && !mappings.some((other) => other.table === references && sameRows(other, mapping))) found.push({...place, code: "conflict", value: `${references} does not have its id from the rows of ${mapping.files.join(", ")}`});
    }
  }
}

/** Whether a table has its ids from the rows that another reads. */
function sameRows(other: TableMapping, mapping: TableMapping): boolean {
  const [key] = Object.entries<CanonicalColumn>(canonicalTables[other.table].columns).find(([, column]) => column.key)!;
  return other.files.join() === mapping.files.join() && String(other.each ?? "") === String(mapping.each ?? "") && countsRows(other.columns[key] ?? {});
}
