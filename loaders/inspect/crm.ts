// Whose export it is: headers against the declarations in loaders/sources.

import {basename} from "node:path";
import {filesOf, type SourceFolder} from "../canonical/files.js";
import {matchColumns} from "../canonical/columns.js";
import type {Native} from "../native.js";
import type {ColumnRule, CrmDefaults, TableMapping} from "../sources/define.js";
import {crms, type CrmName} from "../sources/index.js";
import {namesOf} from "./declaredNames.js";
import type {Draft, DraftRule} from "./draft.js";
import type {Column} from "./profile.js";
import type {Inspected} from "./relations.js";
import {guessStages} from "./stages.js";
import {folded} from "./words.js";

/** Files that look like the export of one CRM. */
export interface CrmMatch {
  readonly type: CrmName;
  readonly defaults: CrmDefaults;
  readonly drafts: readonly Draft[];
  /** Files that settings have to name, by object. */
  readonly files: Readonly<Record<string, string>>;
  /** Headers known and headers in all, of the files that it reads. */
  readonly known: number;
  readonly headers: number;
  /** The declaration needs to be told which rows are of a kind. */
  readonly only: boolean;
}

interface Reading {
  readonly mapping: TableMapping;
  readonly file: Inspected;
  readonly score: number;
  readonly headers: ReadonlySet<string>;
}

/** In how many declarations a header stands: one that all have tells little. */
function rarity(): ReadonlyMap<string, number> {
  const count = new Map<string, number>();
  for (const {mappings} of Object.values(crms)) {
    const names = new Set((mappings as readonly TableMapping[]).flatMap(({columns}) => Object.values(columns).flatMap((rule) => namesOf(rule as ColumnRule).map(folded))));
    for (const name of names) count.set(name, (count.get(name) ?? 0) + 1);
  }
  return count;
}

/** The CRM whose declaration knows the files best; undefined where none knows enough of their headers. */
export async function findCrm(native: Native, files: readonly Inspected[], folder: SourceFolder): Promise<CrmMatch | undefined> {
  const rare = rarity();
  const matches = (Object.entries(crms) as [CrmName, CrmDefaults][]).map(([type, defaults]) => {
    const readings = files.flatMap((file) => best(file, defaults, rare) ?? []);
    return {type, defaults, readings, score: readings.reduce((sum, {score}) => sum + score, 0)};
  });
  const found = matches.filter(({readings}) => readings.length > 0).sort((a, b) => b.score - a.score)[0];
  if (!found) return undefined;
  const {type, defaults, readings} = found;
  const drafts: Draft[] = [];
  const named: Record<string, string> = {};
  for (const {file, mapping} of readings) {
    const same = (defaults.mappings as readonly TableMapping[]).filter(({object}) => object === mapping.object);
    for (const one of same) if (reads(one, file, defaults)) drafts.push(await crmDraft(native, one, file, defaults));
    const usual = filesOf(folder, {files: mapping.files}).map(({path}) => basename(path));
    if (!file.files.every((name) => usual.includes(basename(name)))) named[mapping.object ?? ""] = file.file;
  }
  return {type, defaults, drafts, files: named, known: new Set(readings.flatMap(({file, headers}) => [...headers].map((name) => `${file.file} ${name}`))).size, headers: readings.reduce((sum, {file}) => sum + file.header.length, 0), only: readings.some(({mapping}) => mapping.only)};
}

/** The mapping that knows most of a file's headers. */
function best(file: Inspected, defaults: CrmDefaults, rare: ReadonlyMap<string, number>): Reading | undefined {
  const readings = (defaults.mappings as readonly TableMapping[]).flatMap((mapping) => {
    if (!mapping.object || mapping.each || mapping.unpivot || !reads(mapping, file, defaults)) return [];
    const headers = new Set(Object.values(mapping.columns).flatMap((rule) => namesOf(rule).filter((name) => at(file, name, defaults) !== undefined).map((name) => folded(name))));
    const score = [...headers].reduce((sum, name) => sum + 1 / (rare.get(name) ?? 1), 0);
    return headers.size >= 4 && score >= 2 && headers.size >= file.header.length / 6 ? [{mapping, file, headers, score}] : [];
  });
  return readings.sort((a, b) => b.score - a.score)[0];
}

const at = ({header}: Inspected, name: string, {looseNames}: CrmDefaults): number | undefined => matchColumns(header, name, looseNames)[0];

/** Whether the file has every column without which the mapping cannot be read. */
function reads({columns, needs, unpivot, each}: TableMapping, file: Inspected, defaults: CrmDefaults): boolean {
  if (unpivot || each) return false;
  const has = (rule: ColumnRule): boolean => rule.optional === true || rule.value !== undefined || namesOf(rule).some((name) => at(file, name, defaults) !== undefined);
  return Object.values(columns).every(has) && (needs ?? []).every((pattern) => file.header.some((name) => new RegExp(pattern, "iu").test(name)));
}

async function crmDraft(native: Native, mapping: TableMapping, file: Inspected, defaults: CrmDefaults): Promise<Draft> {
  const rules = Object.fromEntries(
    Object.entries(mapping.columns).flatMap(([name, rule]): [string, DraftRule][] => {
      const found = namesOf(rule).map((header) => at(file, header, defaults)).find((index) => index !== undefined);
      const from = found === undefined ? undefined : file.columns[found];
      return from ? [[name, {from}]] : [];
    })
  );
  const used = new Set(Object.values(mapping.columns).flatMap(namesOf).map((name) => at(file, name, defaults)));
  const stages = mapping.table === "opportunity" && rules["stage"] ? await unknownStages(native, file, rules["stage"].from, {mapping, defaults, closed: rules["closed_at"]?.from}) : undefined;
  return {table: mapping.table, file, object: mapping.object ?? "", joined: [], rules, unused: file.columns.filter(({index}) => !used.has(index)), ...(stages && {stages})};
}

/** The stages to write down where the data has some that the declaration lacks. */
async function unknownStages(native: Native, file: Inspected, stage: Column, {mapping, defaults, closed}: {mapping: TableMapping; defaults: CrmDefaults; closed: Column | undefined}): Promise<Draft["stages"]> {
  const {open, won, lost} = defaults.stages;
  const known = new Set([...open, ...won, ...lost, ...Object.keys(mapping.columns["stage"]?.map ?? {})].map((name) => name.toLowerCase()));
  if (stage.values.every(({value}) => known.has(value.toLowerCase()))) return undefined;
  const guessed = await guessStages(native, file, stage, closed);
  return {...guessed, won: [...new Set([...won, ...guessed.won])], lost: [...new Set([...lost, ...guessed.lost])]};
}
