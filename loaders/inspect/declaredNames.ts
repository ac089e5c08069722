// The headers that CRM declarations name, by canonical column: what is known of one product's names helps with others'.

import type {TableName} from "../canonical/schema.js";
import type {ColumnRule, TableMapping} from "../sources/define.js";
import {crms} from "../sources/index.js";
import {folded} from "./words.js";

/** The header names of a rule, those of its parts included. */
export function namesOf(rule: ColumnRule): string[] {
  return [...[rule.column ?? []].flat(), ...(rule.columns ?? []), ...(rule.first ?? []).flatMap(namesOf)];
}

const isPlain = (name: string): boolean => !/[.]/.test(name) && !name.startsWith("property_");

function collect(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const {mappings} of Object.values(crms)) {
    for (const {table, columns, unpivot} of mappings as readonly TableMapping[]) {
      if (unpivot) continue;
      for (const [column, rule] of Object.entries(columns)) {
        const key = `${table}.${column}`;
        const names = found.get(key) ?? new Set();
        for (const name of namesOf(rule)) if (isPlain(name)) names.add(folded(name));
        found.set(key, names);
      }
    }
  }
  return found;
}

let known: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** Whether some CRM calls the canonical column so. */
export const isDeclared = (table: TableName, column: string, header: string): boolean => (known ??= collect()).get(`${table}.${column}`)?.has(folded(header)) ?? false;
