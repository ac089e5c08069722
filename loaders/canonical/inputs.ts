// Which file feeds what: names and globs to files, headers to column numbers. Reads the first lines of each file only.

import {availableParallelism} from "node:os";
import {basename} from "node:path";
import {comparedTables, exportDays, lenient} from "../history/exports.js";
import {keptExport} from "../pull/kept.js";
import {nearest} from "../settings/problems.js";
import type {SettingsProblem} from "../settings/problems.js";
import type {JoinRule, SourceDeclaration, TableMapping} from "../sources/define.js";
import {FormatError} from "../formats/fault.js";
import {readHead, type FilePlace} from "../formats/index.js";
import type {Engine, Head} from "../formats/format.js";
import {lazyNative} from "../native.js";
import {findCell, findRule, type Cell, type FoundRule, type Named} from "./columns.js";
import {filesOf, isFolder, listFiles, matchFiles, openFolder, type SourceFolder} from "./files.js";
import {requireColumns} from "./requiredColumns.js";
import {canonicalTables, type CanonicalColumn} from "./schema.js";

/** A mapping of which the list, where there are several, is settled. */
export type OneList = TableMapping & {readonly each?: string};

/** One file that feeds one table, all its names found. */
export interface Input {
  readonly source: SourceDeclaration;
  readonly mapping: OneList;
  readonly main: Head;
  readonly joins: readonly {readonly head: Head; readonly left: Cell; readonly right: number; readonly lenient: boolean}[];
  /** By canonical column; custom ones under custom_<name>. Columns the file lacks are absent. */
  readonly columns: Readonly<Record<string, FoundRule>>;
  readonly exclude: readonly {readonly cell: Cell; readonly index: number}[];
}

/** An export of a source before its newest. */
export interface EarlierExport {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** Files of the tables that are compared; none where the export holds none of them. */
  readonly inputs: readonly Input[];
}

/** A source that keeps its exports, and what there is to compare with the newest. */
export interface DatedSource {
  readonly source: SourceDeclaration;
  /** Day of the newest export. */
  readonly newest: string;
  /** Oldest first. */
  readonly earlier: readonly EarlierExport[];
  /** Mappings of which the export before the newest has files, and the newest none. */
  readonly lost: readonly TableMapping[];
}

export interface InputPlan {
  readonly inputs: readonly Input[];
  readonly dated: readonly DatedSource[];
  /** Folders whose files are read: of a source that keeps its exports, the newest. */
  readonly folders: readonly {readonly source: string; readonly folder: SourceFolder}[];
  readonly problems: readonly SettingsProblem[];
}

/** Faults of file and column names; `file` is how the settings file is named in them. */
export async function checkInputs(sources: readonly SourceDeclaration[], file: string): Promise<readonly SettingsProblem[]> {
  return (await planInputs(sources, file)).problems;
}

/** What looking into files may take of the machine, beside a build's own engine. */
const looking = {memory: "600MB", threads: Math.min(4, availableParallelism())};

/** Finds every file of every source, in the order of the settings, files of one glob by name. */
export async function planInputs(sources: readonly SourceDeclaration[], file: string): Promise<InputPlan> {
  const problems: SettingsProblem[] = [];
  const inputs: Input[] = [];
  const dated: DatedSource[] = [];
  const folders: {source: string; folder: SourceFolder}[] = [];
  const engine = lazyNative(looking);
  try {
    for (const source of sources) {
      const before = inputs.length;
      const days = source.dated ? exportDays(source, file, problems) : [];
      const newest = days.at(-1);
      if (source.dated && newest === undefined) continue;
      const open = (path: string) => told({key: `${source.id}.folder`, file, line: source.line, value: basename(path)}, problems, () => openFolder(path));
      const folder = await open(newest === undefined ? source.folder : keptExport(source.folder, newest));
      if (!folder) continue;
      folders.push({source: source.id, folder});
      if (newest !== undefined) dated.push(await planDated(source, days, {file, folder, problems, engine: engine.open, open}));
      for (const mapping of source.mappings) inputs.push(...(await inputsOf(source, mapping, {file, folder, problems, engine: engine.open})));
      if (inputs.length === before && problems.length === 0) {
        problems.push({code: "missing_file", file, line: source.line, key: "folder", value: `${basename(source.folder)} holds none of the files of ${source.type}`, allowed: [...new Set(source.mappings.map(({files}) => files[0] ?? ""))]});
      }
    }
  } finally {
    await engine.close();
  }
  return {inputs, dated, folders, problems: forgiveSiblings(problems, inputs)};
}

/** What the exports before the newest, whose folder is `folder`, hold of the tables that are compared. */
async function planDated(source: SourceDeclaration, days: readonly string[], {open, ...place}: Omit<Place, "key"> & {readonly open: (path: string) => Promise<SourceFolder | undefined>}): Promise<DatedSource> {
  const earlier: EarlierExport[] = [];
  let lost: readonly TableMapping[] = [];
  for (const [index, day] of days.slice(0, -1).entries()) {
    const folder = await open(keptExport(source.folder, day));
    if (!folder) continue;
    const found: SettingsProblem[] = [];
    const inputs: Input[] = [];
    for (const mapping of source.mappings.filter(({table}) => comparedTables.includes(table))) inputs.push(...(await inputsOf(source, lenient(mapping), {...place, folder, problems: found})));
    place.problems.push(...found.map((problem) => ({...problem, input: `${day}/${problem.input ?? basename(problem.value ?? "")}`})));
    earlier.push({day, inputs});
    if (index === days.length - 2) lost = source.mappings.filter((mapping) => filesOf(folder, mapping).length > 0 && filesOf(place.folder, mapping).length === 0);
  }
  return {source, newest: days.at(-1)!, earlier, lost};
}

/**
 * A column that settings add to a table fed by several kinds of files (tasks and events are activities) is missing only
 * when none of the kinds has it. Files of one kind are of one shape: one that lacks a column of the others is told. No
 * file does without its key.
 */
function forgiveSiblings(problems: readonly SettingsProblem[], inputs: readonly Input[]): SettingsProblem[] {
  const found = inputs.flatMap(({source, mapping, columns}) => Object.values(columns).map(({rule}) => ({line: rule.line, kind: `${source.id}.${mapping.object ?? mapping.table}.`})));
  const seen = new Set<string>();
  return problems.filter((problem) => {
    if (problem.code === "missing_column" && problem.line !== undefined && !isKey(problem.key) && found.some(({line, kind}) => line === problem.line && !problem.key?.startsWith(kind))) return false;
    const id = `${problem.code} ${problem.line} ${problem.key} ${problem.value} ${problem.input}`;
    return !seen.has(id) && Boolean(seen.add(id));
  });
}

const keys = new Set(Object.values(canonicalTables).flatMap(({columns}) => Object.entries(columns as Readonly<Record<string, CanonicalColumn>>).flatMap(([name, {key}]) => (key ? [name] : []))));
const isKey = (place = ""): boolean => keys.has(place.slice(place.lastIndexOf(".") + 1));

async function inputsOf(source: SourceDeclaration, mapping: TableMapping, place: Omit<Place, "key">): Promise<Input[]> {
  const {file, problems} = place;
  const key = `${source.id}.${mapping.object ?? mapping.table}`;
  const places = filesOf(place.folder, mapping);
  if (places.length === 0 && isFolder(place.folder, mapping.files)) {
    problems.push({code: "not_a_file", file, line: mapping.line, key, value: mapping.files.join(", ")});
  } else if (places.length === 0 && !mapping.optional) {
    const known = listFiles(place.folder);
    problems.push({code: "missing_file", file, line: mapping.line, key, value: mapping.files.join(", "), nearest: nearest(mapping.files[0] ?? "", known), allowed: known});
  }
  const inputs: Input[] = [];
  for (const at of places) {
    const before = problems.length;
    const input = await inputOf(source, mapping, at, {...place, key});
    // A missing column may be forgiven below: the file's rows are then read without it, never passed over.
    if (input && problems.slice(before).every(({code}) => code === "missing_column")) inputs.push(input);
  }
  return inputs;
}

interface Place {
  readonly key: string;
  readonly file: string;
  readonly folder: SourceFolder;
  readonly problems: SettingsProblem[];
  readonly engine: Engine;
}

type Listed = Partial<OneList>;

/** What `read` returns; a file that cannot be read is told, and undefined. */
async function told<T>(problem: Omit<SettingsProblem, "code">, problems: SettingsProblem[], read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const {problem: code, detail, allowed} = error;
    problems.push({...problem, code, ...(detail === undefined ? {} : {detail}), ...(allowed ? {allowed} : {})});
    return undefined;
  }
}

async function headOf(at: FilePlace, source: SourceDeclaration, mapping: Listed, {key, file, problems, engine}: Place): Promise<Head | undefined> {
  const [name, {line}] = [basename(at.path), mapping];
  const found = await told({file, line, key, value: name, input: name}, problems, () => readHead(at, {...source, sheet: mapping.sheet ?? source.sheet}, mapping, engine));
  if (found && !applies(mapping, found.head, source)) return undefined;
  for (const {key: layer, value} of found?.faults ?? []) {
    const allowed = found!.head.header;
    problems.push({code: "missing_column", file, line, key: `${key}.${layer}`, value, nearest: nearest(value, allowed), allowed, input: name});
  }
  return found?.head;
}

/** The mapping with the first of its lists that the file has; undefined where it has none of them and may be absent. */
async function settleList(at: FilePlace, source: SourceDeclaration, mapping: TableMapping, {engine}: Place): Promise<OneList | undefined> {
  const {each, ...rest} = mapping;
  if (typeof each !== "object") return {...rest, ...(each === undefined ? {} : {each})};
  for (const list of each) {
    if (list === "") return rest;
    const found = await told({file: ""}, [], () => readHead(at, {...source, sheet: mapping.sheet ?? source.sheet}, {each: list}, engine));
    if (!found || found.faults.length === 0) return {...rest, each: list};
  }
  return mapping.optional ? undefined : {...rest, each: each[0] ?? ""};
}

async function inputOf(source: SourceDeclaration, declared: TableMapping, at: FilePlace, place: Place): Promise<Input | undefined> {
  const mapping = await settleList(at, source, declared, place);
  if (!mapping) return undefined;
  const main = await headOf(at, source, mapping, place);
  if (!main) return undefined;
  const heads: Named[] = [{head: main, names: [mapping.object ?? "", basename(at.path), ...mapping.files]}];
  const joins: Input["joins"][number][] = [];
  for (const rule of mapping.join) joins.push(...(await joinOf(source, rule, heads, place)));
  const columns = Object.fromEntries(
    [...Object.entries(mapping.columns), ...Object.entries(mapping.custom).map(([name, {rule}]) => [`custom_${name}`, rule] as const)].flatMap(([column, rule]) => {
      const found = findRule(rule, heads, source, {...place, key: `${place.key}.${column}`});
      return found ? [[column, found]] : [];
    })
  );
  const exclude = mapping.exclude.flatMap(({column, optional, line}, index) => {
    const cell = findCell([column].flat(), undefined, heads, source, {optional, line}, place);
    return cell ? [{cell, index}] : [];
  });
  requireColumns(mapping, columns, main, place);
  return {source, mapping, main, joins, columns, exclude};
}

/** A file of another kind of record is passed over, unless settings name it and this is its object's own mapping. */
function applies({needs, optional, object}: Partial<TableMapping>, {header}: Head, {mappings}: SourceDeclaration): boolean {
  const own = !optional && mappings.find((other) => other.object === object)?.needs === needs;
  return !needs || own || needs.every((pattern) => header.some((name) => new RegExp(pattern, "iu").test(name.trim())));
}

async function joinOf(source: SourceDeclaration, rule: JoinRule, heads: Named[], place: Place): Promise<Input["joins"][number][]> {
  const [at, ...others] = matchFiles(place.folder, rule.file);
  if (at === undefined || others.length > 0) {
    const known = listFiles(place.folder);
    const value = at === undefined ? rule.file : `${rule.file} matches ${others.length + 1} files`;
    if (at !== undefined || !rule.optional) place.problems.push({code: "missing_file", file: place.file, line: rule.line, key: `${place.key}.join`, value, nearest: nearest(rule.file, known), allowed: known});
    return [];
  }
  const head = await headOf(at, source, {line: rule.line, each: rule.each, sheet: rule.sheet}, place);
  if (!head) return [];
  const named = {head, names: [rule.name ?? rule.file, basename(at.path), rule.file]};
  const left = findCell([rule.left], undefined, heads, source, {line: rule.line, optional: rule.optional}, place);
  const right = findCell([rule.right], undefined, [named], source, {line: rule.line}, place);
  if (!left || !right) return [];
  heads.push(named);
  return [{head, left, right: right.index, lenient: rule.lenient ?? false}];
}
