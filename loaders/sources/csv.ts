// Any CSV files: the whole mapping stands in the settings and takes the same shape as a CRM's declaration.

import type {TableName} from "../canonical/schema.js";
import type {CsvSourceSettings, RuleSettings} from "../settings/schema.js";
import type {ColumnRule, CustomColumn, ExcludeRule, JoinRule, SourceDefaults, StageRules, TableMapping, UnpivotRule} from "./define.js";

type Path = readonly (string | number)[];
type LineOf = (path: Path) => number | undefined;
type Scalar = string | number | boolean;
type MappingSettings = {file: string | string[]; optional?: boolean; each?: string; unpivot?: UnpivotRule; sheet?: string; columns: Record<string, RuleSettings | undefined>; join?: JoinSettings[]; exclude?: ExcludeSettings[]; custom?: CustomSettings; stages?: StageRules};
type JoinSettings = {file: string; on: string | {left: string; right: string}; sheet?: string; optional?: boolean};
type ExcludeSettings = {column: string; values?: Scalar[]; except?: Scalar[]; why: string};
type CustomSettings = Record<string, Exclude<RuleSettings, string> & Omit<CustomColumn, "rule">>;

export const noStages: StageRules = {open: [], won: [], lost: []};

/** What holds for CSV files unless settings say otherwise. Stamps without offset are in the report's zone. */
export const csvDefaults: Omit<SourceDefaults, "zone"> = {type: "csv", dates: [], decimal: ".", group: "", nulls: [""], emptyIds: [], looseNames: false, mappings: [], stages: noStages, probability: {}};

/** The mappings of a csv source, in the order of the settings. `path` is where the source stands in them. */
export function csvMappings(source: CsvSourceSettings, path: Path, lineOf: LineOf): TableMapping[] {
  return Object.entries(source.tables).flatMap(([table, written]) => {
    const many = Array.isArray(written) ? written : [written];
    return many.map((one, index) => tableMapping(table as TableName, one as MappingSettings, [...path, "tables", table, ...(Array.isArray(written) ? [index] : [])], lineOf));
  });
}

function tableMapping(table: TableName, written: MappingSettings, path: Path, lineOf: LineOf): TableMapping {
  return {
    table,
    files: [written.file].flat(),
    optional: written.optional ?? false,
    ...(written.each === undefined ? {} : {each: written.each}),
    ...(written.sheet === undefined ? {} : {sheet: written.sheet}),
    ...(written.unpivot ? {unpivot: written.unpivot} : {}),
    join: joinRules(written.join ?? [], [...path, "join"], lineOf),
    columns: columnRules(written.columns, [...path, "columns"], lineOf),
    exclude: excludeRules(written.exclude ?? [], [...path, "exclude"], lineOf),
    custom: customColumns(written.custom ?? {}, [...path, "custom"], lineOf),
    ...(written.stages ? {stages: written.stages} : {}),
    line: lineOf([...path, "file"])
  };
}

/** Column rules of settings: a bare word is a column name. */
export function columnRules(written: Record<string, RuleSettings | undefined>, path: Path, lineOf: LineOf): Record<string, ColumnRule> {
  return Object.fromEntries(Object.entries(written).flatMap(([column, rule]) => (rule === undefined ? [] : [[column, columnRule(rule, lineOf([...path, column]))]])));
}

function columnRule(written: RuleSettings, line: number | undefined): ColumnRule {
  if (typeof written === "string") return {column: written, line};
  if ("first" in written) return {first: written.first.map((rule) => columnRule(rule, line)), line};
  const {map, value, else: otherwise, ...rest} = written as Exclude<RuleSettings, string | {first: unknown}>;
  return {
    ...rest,
    ...(value === undefined ? {} : {value: String(value)}),
    ...(map ? {map: Object.fromEntries(Object.entries(map).map(([key, to]) => [key, to === null ? null : String(to)]))} : {}),
    ...(otherwise === undefined ? {} : {else: otherwise === null ? null : String(otherwise)}),
    line
  };
}

export function customColumns(written: CustomSettings, path: Path, lineOf: LineOf): Record<string, CustomColumn> {
  return Object.fromEntries(
    Object.entries(written).map(([name, {type, role, label, unit, privacy, ...rule}]) => [
      name,
      {rule: columnRule(rule, lineOf([...path, name])), type, role, label, privacy, ...(unit ? {unit} : {})}
    ])
  );
}

export function excludeRules(written: readonly ExcludeSettings[], path: Path, lineOf: LineOf): ExcludeRule[] {
  return written.map(({column, values, except, why}, index) => ({
    column,
    why,
    ...(values ? {values: values.map(String)} : {}),
    ...(except ? {except: except.map(String)} : {}),
    line: lineOf([...path, index])
  }));
}

function joinRules(written: readonly JoinSettings[], path: Path, lineOf: LineOf): JoinRule[] {
  return written.map(({file, on, sheet, optional}, index) => {
    const keys = typeof on === "string" ? {left: on, right: on} : on;
    return {file, left: keys.left, right: keys.right, ...(sheet === undefined ? {} : {sheet}), ...(optional ? {optional} : {}), line: lineOf([...path, index])};
  });
}
