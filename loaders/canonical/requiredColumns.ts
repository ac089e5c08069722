// Columns without which a file cannot feed its table.

import {basename} from "node:path";
import type {Head} from "../formats/format.js";
import {nearest} from "../settings/problems.js";
import type {SettingsProblem} from "../settings/problems.js";
import type {ColumnRule, TableMapping} from "../sources/define.js";
import type {FoundRule} from "./columns.js";
import {canonicalTables, type CanonicalColumn} from "./schema.js";

export interface RequiredIn {
  /** Source and table, as problems name them. */
  readonly key: string;
  /** How the settings file is named in problems. */
  readonly file: string;
  /** What is found is added here. */
  readonly problems: SettingsProblem[];
}

/**
 * A key or required column without any rule is a fault of the settings. A key none of whose columns is in the file is one
 * of the file, however many there might have been: without it no record is told from another.
 */
export function requireColumns(mapping: TableMapping, columns: Readonly<Record<string, FoundRule>>, main: Head, {key, file, problems}: RequiredIn): void {
  const all: Readonly<Record<string, CanonicalColumn>> = canonicalTables[mapping.table].columns;
  for (const [column, rule] of Object.entries(mapping.columns)) {
    if (!all[column]?.key || columns[column]) continue;
    const input = basename(main.path);
    const names = namesIn(rule);
    if (problems.some((problem) => problem.code === "missing_column" && problem.input === input && problem.key === `${key}.${column}`)) continue;
    problems.push({code: "missing_column", file, line: rule.line ?? mapping.line, key: `${key}.${column}`, value: names.join(" or "), nearest: nearest(names[0] ?? "", main.header), allowed: main.header, input});
  }
  for (const [column, {required, key: isKey}] of Object.entries(all)) {
    if (!required || columns[column] || mapping.columns[column] || column === "state") continue;
    problems.push({code: "missing_key", file, line: mapping.line, key: `${key}.columns`, value: column, expected: `a column for ${column}: ${all[column]?.meaning}${isKey ? "; {row: true} where the export has none" : ""}`});
  }
}

const namesIn = ({column, columns = [], first = []}: ColumnRule): string[] => [column ?? [], columns, ...first.map(namesIn)].flat();
