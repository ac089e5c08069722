// What the files of a report feed together: canonical columns, custom columns, tables that several sources share.

import type {StageRules} from "../sources/define.js";
import type {Input} from "./inputs.js";
import {canonicalTables} from "./schema.js";
import type {ColumnType, PrivacyClass, TableName} from "./schema.js";

/** A column kept by settings; in its canonical table it is called custom_<name>. */
export interface CustomField {
  readonly table: TableName;
  readonly name: string;
  readonly type: ColumnType;
  readonly role: "dimension" | "measure";
  readonly label: string;
  readonly unit?: "count" | "currency" | "percent" | "days" | "ratio" | "score";
  readonly privacy: PrivacyClass;
}

/** Which stages mean open, won and lost in a file. */
export const stagesOf = ({mapping, source}: Input): StageRules => mapping.stages ?? source.stages;

/** Returns the ids of the sources that feed each table. */
export function sourcesByTable(inputs: readonly Input[]): Map<string, Set<string>> {
  const feeding = new Map<string, Set<string>>();
  for (const {mapping, source} of inputs) feeding.set(mapping.table, (feeding.get(mapping.table) ?? new Set()).add(source.id));
  return feeding;
}

/** Returns the custom columns that some file has, by table and name. */
export function customFields(inputs: readonly Input[]): CustomField[] {
  const fields = new Map<string, CustomField>();
  for (const {mapping, columns} of inputs) {
    for (const [name, {rule: _, ...field}] of Object.entries(mapping.custom)) {
      if (columns[`custom_${name}`]) fields.set(`${mapping.table}.${name}`, {table: mapping.table, name, ...field});
    }
  }
  return [...fields.values()].sort((a, b) => (`${a.table}.${a.name}` < `${b.table}.${b.name}` ? -1 : 1));
}

/** Returns the canonical columns that some file feeds, "opportunity.amount", sorted. */
export function fedColumns(inputs: readonly Input[]): string[] {
  const fed = inputs.flatMap((input) => {
    const {mapping, columns} = input;
    const stages = stagesOf(input);
    const derived = columns["stage"] && mapping.table !== "lead" && "state" in canonicalTables[mapping.table].columns && stages.open.length + stages.won.length + stages.lost.length > 0 ? ["state"] : [];
    return [...Object.keys(columns), ...derived].map((column) => `${mapping.table}.${column}`);
  });
  return [...new Set(fed)].sort();
}
