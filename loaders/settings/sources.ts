// What report.yaml says of its sources, as declarations: folders, formats, mappings, stages.

import {existsSync} from "node:fs";
import {resolve} from "node:path";
import {ambiguousDates, dateProblem} from "../canonical/dates.js";
import {monthNames} from "../canonical/monthNames.js";
import {columnRules, csvDefaults, csvMappings, customColumns, excludeRules} from "../sources/csv.js";
import type {CrmDefaults, SourceDeclaration, SourceDefaults, StageRules, TableMapping} from "../sources/define.js";
import {crms} from "../sources/index.js";
import {tellApart} from "./only.js";
import {checkRowIds} from "./rowIds.js";
import {nearest} from "./problems.js";
import type {SettingsProblem} from "./problems.js";
import {declarePull, type SourcePull} from "../pull/settings.js";
import {expandVariables, toShare, type Reading} from "./reading.js";
import type {CrmSourceSettings, CsvSourceSettings, SettingsDocument} from "./schema.js";

/** Returns the sources as declared, folders absolute; what is wrong with them is added to the reading's faults. */
export function declareSources(document: SettingsDocument, folder: string, reading: Reading): SourceDeclaration[] {
  const seen = new Set<string>();
  return document.sources.map((source, index) => {
    const path = ["sources", index];
    if (seen.has(source.id)) reading.found.push({code: "conflict", file: reading.file, line: reading.lineOf([...path, "id"]), key: `sources[${index}].id`, value: `two sources are called ${source.id}`});
    seen.add(source.id);
    const declaration = source.type === "csv" ? csvDeclaration(source, document, path, reading) : crmDeclaration(source, document, path, reading);
    return withFolder(source, declaration, folder, path, reading);
  });
}

/** Returns how the source is pulled. */
export const pullOf = (source: string, pull: NonNullable<CsvSourceSettings["pull"]>, folder: string, cwd: string, path: (string | number)[], {file, lineOf, found}: Reading): SourcePull =>
  declarePull(pull, {source, folder, cwd, file, lineOf: (...rest) => lineOf([...path, ...rest]), found});

function withFolder(source: CsvSourceSettings | CrmSourceSettings, declaration: SourceDefaults, folder: string, path: (string | number)[], reading: Reading): SourceDeclaration {
  const {file, lineOf, found} = reading;
  const problem = (key: string, rest: Omit<SettingsProblem, "file" | "line" | "key">) => found.push({file, line: lineOf([...path, key]), key, ...rest});
  const before = found.length;
  const {pull} = source;
  if (source.folder === undefined && !pull) problem("folder", {code: "missing_key", value: "folder", expected: "where the exports are, or pull: where they come from"});
  const place = source.folder ?? (pull ? `exports/${source.id}` : "");
  const absolute = resolve(folder, expandVariables(place, [...path, "folder"], reading));
  if (found.length === before && !pull && !existsSync(absolute)) problem("folder", {code: "missing_folder", value: place});
  const dated = source.dated ?? pull !== undefined;
  const {sheet, encoding, zone, dates, months, decimal, group, nulls, delimiter, footer, id, vanished} = source;
  if (vanished && !dated) problem("vanished", {code: "conflict", value: "vanished is said of a source that is not dated"});
  if (encoding && !knownEncoding(encoding)) problem("encoding", {code: "wrong_value", value: encoding, nearest: nearest(encoding, encodings), allowed: encodings});
  for (const format of dates ?? []) {
    const expected = dateProblem(format);
    if (expected) problem("dates", {code: "wrong_value", value: format, expected});
  }
  if (months && !monthNames(months)) problem("months", {code: "wrong_value", value: months, expected: "a language that names its months, such as fr, hu or pt-BR"});
  const pair = ambiguousDates(dates ?? []);
  if (pair) problem("dates", {code: "conflict", value: `${pair[0]} and ${pair[1]} read the same cell as different days`});
  if (group && group === (decimal ?? declaration.decimal)) problem("group", {code: "conflict", value: "decimal and group are the same mark"});
  checkRowIds(declaration.mappings, {file, dated, found});
  const written = Object.fromEntries(Object.entries({sheet, encoding, zone, dates, months, decimal, group, nulls: nulls && [...nulls, ""], delimiter, footer}).filter(([, value]) => value !== undefined));
  return {...declaration, ...written, id, folder: absolute, ...(dated && {dated: {vanished: vanished ?? "deleted"}}), line: lineOf(path)};
}

const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1250", "windows-1251", "windows-1252", "iso-8859-1", "iso-8859-2", "iso-8859-15", "shift_jis", "gb18030", "big5", "euc-kr", "koi8-u"];

function knownEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== "";
  } catch {
    return false;
  }
}

function csvDeclaration(source: CsvSourceSettings, document: SettingsDocument, path: (string | number)[], {file, lineOf, found}: Reading): SourceDefaults {
  const mappings = csvMappings(source, path, lineOf);
  for (const {table, columns, stages, line} of mappings) {
    if (stages) checkStages(stages, {file, line, key: `tables.${table}.stages`}, found);
    if ((table === "opportunity" || table === "opportunity_stage_history") && !columns["state"] && !stages) {
      found.push({code: "missing_key", file, line, key: `tables.${table}`, value: "state or stages", expected: "stages that mean open, won and lost, or a column for state"});
    }
  }
  return {...csvDefaults, zone: document.time_zone, mappings};
}

function crmDeclaration(source: CrmSourceSettings, document: SettingsDocument, path: (string | number)[], {file, lineOf, found}: Reading): SourceDefaults {
  const defaults: CrmDefaults = crms[source.type];
  const objects = defaults.mappings.flatMap(({object, join}) => [object ?? "", ...join.map(({name}) => name ?? "")]);
  for (const object of Object.keys(source.files ?? {})) {
    if (!objects.includes(object)) found.push({code: "unknown_key", file, line: lineOf([...path, "files", object]), key: `files.${object}`, value: object, allowed: objects, nearest: nearest(object, objects)});
  }
  const fed = [...new Set(defaults.mappings.map(({table}) => table as string))];
  for (const part of ["columns", "custom", "exclude"] as const) {
    for (const table of Object.keys(source[part] ?? {})) {
      if (!fed.includes(table)) found.push({code: "unknown_key", file, line: lineOf([...path, part, table]), key: `${part}.${table}`, value: table, allowed: fed, nearest: nearest(table, fed)});
    }
  }
  const told = tellApart(defaults, source.only ?? {}, source.files ?? {}, {file, lineOf: (...rest) => lineOf([...path, ...(rest.length ? ["only", ...rest] : [])]), found});
  const mappings = told.map((mapping): TableMapping => {
    const {table, object = ""} = mapping;
    const named = source.files?.[object];
    const at = [...path, "files", object];
    return {
      ...mapping,
      ...(named === undefined ? {} : {files: [named], optional: false, line: lineOf(at)}),
      join: mapping.join.map((rule) => ({...rule, ...(rule.name && source.files?.[rule.name] ? {file: source.files[rule.name] ?? rule.file, optional: false} : {})})),
      columns: {...mapping.columns, ...columnRules((source.columns as Parts<typeof columnRules>)?.[table] ?? {}, [...path, "columns", table], lineOf)},
      custom: {...mapping.custom, ...customColumns((source.custom as Parts<typeof customColumns>)?.[table] ?? {}, [...path, "custom", table], lineOf)},
      exclude: [...mapping.exclude, ...excludeRules((source.exclude as Parts<typeof excludeRules>)?.[table] ?? [], [...path, "exclude", table], lineOf)]
    };
  });
  const stages = source.stages ?? defaults.stages;
  checkStages(stages, {file, line: lineOf([...path, "stages"]), key: "stages"}, found);
  const probability = Object.fromEntries(Object.entries(source.probability ?? {}).map(([stage, share]) => [stage, toShare(share)]));
  const known = [...stages.open, ...stages.won, ...stages.lost];
  for (const stage of Object.keys(probability)) {
    if (!known.includes(stage)) found.push({code: "wrong_value", file, line: lineOf([...path, "probability", stage]), key: "probability", value: stage, allowed: known, nearest: nearest(stage, known)});
  }
  return {...defaults, zone: defaults.zone ?? document.time_zone, mappings, stages, probability: {...defaults.probability, ...probability}};
}

/** A stage that stands in two lists, or twice in one, has no one meaning. */
function checkStages({open, won, lost}: StageRules, place: Pick<SettingsProblem, "file" | "line" | "key">, found: SettingsProblem[]): void {
  const all = [...open, ...won, ...lost];
  for (const stage of new Set(all.filter((name, index) => all.indexOf(name) !== index))) found.push({code: "conflict", ...place, value: `the stage ${stage} is listed twice`});
}

/** A part of the settings that holds one value a table. */
type Parts<F extends (written: never, ...rest: never[]) => unknown> = Readonly<Record<string, Parameters<F>[0]>> | undefined;
