// The dated exports of a source: `<folder>/<YYYY-MM-DD>/files`. The newest holds the present; of the earlier ones those
// tables are read whose history they can tell.

import {basename} from "node:path";
import {readdirSync, statSync} from "node:fs";
import {keptDays} from "../pull/kept.js";
import type {TableName} from "../canonical/schema.js";
import type {ColumnRule, SourceDeclaration, TableMapping} from "../sources/define.js";
import {nearest} from "../settings/problems.js";
import type {SettingsProblem} from "../settings/problems.js";

/** Tables whose earlier rows are compared; of all others only the newest export is read. */
export const comparedTables: readonly TableName[] = ["opportunity"];

/** Returns the days of the exports in a folder, oldest first; a folder beside them that is no day is a fault, since nobody would read it. */
export function exportDays({id, folder, line}: SourceDeclaration, file: string, problems: SettingsProblem[]): string[] {
  const about = {file, line, key: `${id}.folder`};
  if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory()) {
    problems.push({...about, code: "wrong_value", value: basename(folder), expected: "a folder that holds one folder a day, 2025-08-01"});
    return [];
  }
  const days = keptDays(folder);
  const others = readdirSync(folder, {withFileTypes: true}).filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !days.includes(entry.name));
  for (const {name} of others) problems.push({...about, code: "wrong_value", value: name, expected: "folders of days only, 2025-08-01", nearest: nearest(name, days, "close")});
  if (days.length === 0 && others.length === 0) problems.push({...about, code: "missing_file", value: basename(folder), expected: "one folder a day, 2025-08-01"});
  return days;
}

/** A mapping as an earlier export may lack it: only keys have to be there, a column that came later is absent. */
export function lenient(mapping: TableMapping): TableMapping {
  const custom = Object.entries(mapping.custom).map(([name, column]) => [name, {...column, rule: optional(column.rule)}] as const);
  return {
    ...mapping,
    optional: true,
    columns: Object.fromEntries(Object.entries(mapping.columns).map(([name, rule]) => [name, name === `${mapping.table}_id` ? rule : optional(rule)])),
    custom: Object.fromEntries(custom),
    exclude: mapping.exclude.map((rule) => ({...rule, optional: true}))
  };
}

const optional = (rule: ColumnRule): ColumnRule => ({...rule, optional: true, ...(rule.first && {first: rule.first.map(optional)})});
