// Which rows of a CRM's files are leads, deals and so on, where one list holds all kinds of records: `only` in the settings.

import type {CrmDefaults, ExcludeRule, OnlyRule, TableMapping} from "../sources/define.js";
import {nearest} from "./problems.js";
import type {SettingsProblem} from "./problems.js";

type Scalar = string | number | boolean;

/** By kind, header and values: rows with one of the values under every header are of the kind. */
export type OnlySettings = Readonly<Record<string, Readonly<Record<string, Scalar | readonly Scalar[]>> | undefined>>;

interface Place {
  readonly file: string;
  readonly lineOf: (...path: string[]) => number | undefined;
  readonly found: SettingsProblem[];
}

/**
 * Returns the mappings that have rows of their own, with the rule that leaves out all others: as settings say, else as the
 * CRM's file does. Where neither says it, only mappings whose file is named in `files` are kept.
 */
export function tellApart({mappings, aliases = {}}: CrmDefaults, only: OnlySettings, files: Readonly<Record<string, string>>, {file, lineOf, found}: Place): TableMapping[] {
  const kinds = [...new Set(mappings.flatMap(({only}) => only?.kind ?? []))];
  for (const kind of Object.keys(only)) {
    if (!kinds.includes(kind as OnlyRule["kind"])) found.push({code: "unknown_key", file, line: lineOf(kind), key: `only.${kind}`, value: kind, allowed: kinds, nearest: nearest(kind, kinds)});
  }
  const kept = mappings.flatMap((mapping): TableMapping[] => {
    if (!mapping.only) return [mapping];
    const {kind, column, values} = mapping.only;
    const written = only[kind];
    if (written) return [{...mapping, exclude: [...Object.entries(written).map(([header, values]): ExcludeRule => ({column: [header, ...(aliases[header] ?? [])], except: [values].flat().map(String), why: "other", line: lineOf(kind, header)})), ...mapping.exclude]}];
    if (files[mapping.object ?? ""] !== undefined) return [mapping];
    return column && values ? [{...mapping, exclude: [{column, except: values, why: "other"}, ...mapping.exclude]}] : [];
  });
  if (kinds.length > 0 && !kept.some(({table}) => table === "lead" || table === "opportunity")) {
    const header = Object.keys(aliases)[0] ?? "List";
    found.push({code: "missing_key", file, line: lineOf(), key: "only", value: "only", allowed: kinds, expected: `which rows are leads and deals, such as only: {lead: {${header}: Lead}, opportunity: {${header}: Deal}}`});
  }
  return kept;
}
