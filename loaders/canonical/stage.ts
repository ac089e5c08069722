// One input file into its table's staging area: text, typed values, faults and the reason for leaving a row out,
// in one streaming statement. Staging rows keep the order of the file, so a row number is a rowid.

import {relative} from "node:path";
import {quoteIdentifier, quoteText} from "../native.js";
import {countsRows, type ColumnRule, type StageRules} from "../sources/define.js";
import {castSql, inRangeSql} from "./cast.js";
import type {Dialect} from "./cast.js";
import type {Cell, FoundRule} from "./columns.js";
import {hasMonthName} from "./dates.js";
import type {Input} from "./inputs.js";
import {englishMonths} from "./monthNames.js";
import {Binder, cellName, textSql} from "./rules.js";
import type {MapTable, RuleContext} from "./rules.js";
import {noLossKinds, plainReason, plainReasonSql, type NoLossReasons} from "./noLoss.js";
import {canonicalTables} from "./schema.js";
import type {CanonicalColumn, ColumnType, TableName} from "./schema.js";
import {sqlTypes} from "./tables.js";

/** A column of a staging table, canonical or custom, and the rule that fills it from this file. */
export interface StagedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly required: boolean;
  readonly key: boolean;
  readonly references?: string;
  readonly found?: FoundRule;
}

export interface StageStatement {
  /** Place of the file among those that feed the table. */
  readonly fileNumber: number;
  readonly sql: string;
  readonly binder: Binder;
  readonly maps: readonly MapTable[];
  /** It asks for the places of records in their file. */
  readonly numbered: boolean;
  /** Columns of the main file, then of each joined one, that the statement needs. */
  readonly needed: readonly (readonly number[])[];
}

export interface StageOptions {
  readonly input: Input;
  readonly columns: readonly StagedColumn[];
  readonly fileNumber: number;
  readonly reportZone: string;
  readonly stages: StageRules;
  /** Prefix of ids by the table they belong to; none where one source feeds it. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** Reasons for which a lost opportunity is left out. */
  readonly noLoss: NoLossReasons;
}

/**
 * Names of staging columns beside the table's own. `key` is a hash of the record's key, and `content` one of the whole
 * record: what stands twice is looked for in a tenth of the bytes.
 */
export const staging = {file: "_file", why: "_why", bad: "_bad", key: "_key", content: "_content"} as const;

/** Columns of a canonical table with the custom ones that any input adds. */
export function stagedColumns(table: TableName, custom: readonly {readonly name: string; readonly type: ColumnType}[], input?: Input): StagedColumn[] {
  const own = Object.entries(canonicalTables[table].columns as Readonly<Record<string, CanonicalColumn>>).map(([name, {type, key = false, required = false, references}]) => ({
    name,
    type,
    key,
    required,
    references: references ?? (key && name.endsWith("_id") ? table : undefined),
    found: input?.columns[name]
  }));
  const kept = custom.map(({name, type}) => ({name: `custom_${name}`, type, key: false, required: false, found: input?.columns[`custom_${name}`]}));
  return [...own, ...kept];
}

/** The staging table of a canonical table. */
export function stagingDefinition(name: string, columns: readonly StagedColumn[]): string {
  const own = columns.map(({name, type}) => `${quoteIdentifier(name)} ${sqlTypes[type]}`);
  return `create table ${quoteIdentifier(name)} (${own.join(", ")}, ${staging.file} integer, ${staging.why} varchar, ${staging.bad} struct(name varchar, value varchar, rule varchar)[], ${staging.key} ubigint, ${staging.content} ubigint)`;
}

/** Returns the SELECT over f0 (the main file), f1 … (joined ones) and m0 … (long maps) whose rows go to the staging table. */
export function stageSql({input, columns, fileNumber, reportZone, stages, namespaces, noLoss}: StageOptions): StageStatement {
  const {source, mapping} = input;
  const dialect: Dialect = {dates: source.dates, ...(source.months && source.dates.some(hasMonthName) && {months: source.months}), decimal: source.decimal, group: source.group, zone: source.zone, reportZone};
  const binder = new Binder();
  const maps: MapTable[] = [];
  const context: RuleContext = {binder, maps, file: fileId(input)};
  const filled = columns.filter(({found}) => found);
  const withState = columns.some(({name}) => name === "state") && !columns.find(({name}) => name === "state")?.found && filled.some(({name}) => name === "stage") && mapping.table !== "lead";
  const stage = filled.find(({name}) => name === "stage")?.found;
  const staged = (): string => (stage && mapping.table !== "lead" ? stateOf(textSql(stage, context), stages, binder) : "null::varchar");
  const texts = filled.map(({name, type, found}, index) => {
    const text = textSql(whole(found as FoundRule, type), context);
    return `${name === "state" ? `coalesce(${text}, ${staged()})` : text} as x${index}`;
  });
  const excludes = input.exclude.map(({cell, index}) => excludeSql(cell, mapping.exclude[index]!, context));
  const why = excludes.length ? `case ${excludes.join(" ")} end` : "null::varchar";

  const english = dialect.months ? filled.flatMap(({type}, index) => (type === "date" || type === "timestamp" ? [`${englishMonths(`x${index}`, dialect.months!)} as m${index}`] : [])) : [];

  const stateSql = withState ? staged() : "null::varchar";
  const at = new Map(filled.map(({name}, index) => [name, index]));
  const conditions = filled.map(({name, found}) => found?.rule.when ?? (mapping.table === "opportunity" && name === "closed_at" ? closedWhen : undefined));
  const early = (when: ColumnRule["when"]): boolean => when?.column === "state" && withState;
  const gates = conditions.map((when) => {
    const other = early(when) ? "_state" : when && at.has(when.column) ? `t${at.get(when.column)}::varchar` : undefined;
    return when && other ? `(${when.values.map((value) => `${other} = ${binder.bind(value)}`).join(" or ")})` : "";
  });
  const typed = filled.map((column, index) => {
    const value = typedSql(column, `x${index}`, {dialect, stages, binder, namespaces, emptyIds: source.emptyIds, mapping: mapping.table, ...(dialect.months && {english: `m${index}`})});
    return `${early(conditions[index]) ? `case when ${gates[index]} then ${value} end` : value} as t${index}`;
  });
  const value = ({name, type}: StagedColumn): string => {
    if (name === "state" && withState) return "_state";
    const index = at.get(name);
    if (index === undefined) return `null::${sqlTypes[type]}`;
    const only = [...(gates[index] && !early(conditions[index]) ? [gates[index]] : []), inRangeSql(`t${index}`, type) ?? ""].filter(Boolean);
    return only.length ? `case when ${only.join(" and ")} then t${index} end` : `t${index}`;
  };
  const faults = filled.flatMap(({type, name, found}, index) => (type === "text" && name !== "state" ? [] : [{index, name, type, rule: name === "state" ? "state" : type, header: headerOf(found as FoundRule, name)}]));
  const isBad = ({index, type}: {index: number; type: ColumnType}): string => {
    const range = inRangeSql(`t${index}`, type);
    return `(x${index} is not null and ${range ? `(${range}) is not true` : `t${index} is null`}${gates[index] ? ` and ${gates[index]}` : ""})`;
  };
  const listed = Boolean(stage) && mapping.table !== "lead" && stateEntries(stages).length > 0;
  const missing = columns.filter(({required}) => required).map((column) => ({column, sql: missingSql(column, at, {derived: withState, listed})}));
  const entry = (condition: string, name: string, text: string, rule: string): string => `case when ${condition} then {'name': ${binder.bind(name)}, 'value': ${text}, 'rule': ${binder.bind(rule)}} end`;
  const entries = [
    ...faults.map((fault) => entry(isBad(fault), fault.header, `x${fault.index}`, fault.rule)),
    ...missing.map(({column: {name, found}, sql}) => entry(sql.empty, stage && name === "state" && (withState || listed) ? headerOf(stage, name) : found ? headerOf(found, name) : name, "null", "required"))
  ];
  const anyBad = [...faults.map(isBad), ...missing.map(({sql}) => sql.empty)].join(" or ") || "false";
  const fatal = [...missing.map(({sql}) => sql.none), ...faults.filter(({index}) => filled[index]?.key).map(isBad)].join(" or ") || "false";
  const flags = (["merged_into_id", "deleted", "test", "spam"] as const).flatMap((name) => (at.has(name) ? [`when t${at.get(name)}${name === "merged_into_id" ? " is not null" : ""} then '${name === "merged_into_id" ? "merged" : name}'`] : []));
  const lostFor = mapping.table === "opportunity" && at.has("lost_reason") && (withState || at.has("state")) ? noLossKinds.filter((kind) => noLoss[kind].length > 0) : [];
  const isLost = withState ? "_state" : `t${at.get("state")}`;
  // No IN: of a long list the engine makes a join, and behind a join rows of a large file no longer stand in its order.
  const none = lostFor.map((kind) => `when ${isLost} = 'lost' and list_contains([${noLoss[kind].map((word) => binder.bind(plainReason(word))).join(", ")}], ${plainReasonSql(`t${at.get("lost_reason")}`)}) then '${kind}'`);
  const reason = `case when _why is not null then _why ${[...flags, ...none].join(" ")} when ${fatal} then 'rejected' end`;
  const keyed = columns.filter(({key}) => key).map(value);
  const keySql = keyed.length ? `case when ${keyed[0]} is not null then hash(${keyed.join(", ")}) end` : "null::ubigint";
  const read = `(select ${[...texts, `${stateSql} as _state`, `${why} as _why`].join(", ")} from {from})`;
  const record = `select ${columns.map((column) => `${value(column)} as ${quoteIdentifier(column.name)}`).join(", ")}, ${fileNumber}::integer as ${staging.file}, ${reason} as ${staging.why}, case when ${anyBad} then list_filter([${entries.join(", ") || "null"}], lambda fault: fault is not null) end as ${staging.bad}, ${keySql} as ${staging.key}
from (select *, ${typed.join(", ")} from ${english.length ? `(select *, ${english.join(", ")} from ${read})` : read})`;
  const sql = `select *, hash(${columns.map(({name}) => quoteIdentifier(name)).join(", ")}) as ${staging.content} from (${record})`;
  return {fileNumber, sql, binder, maps, numbered: filled.some(({found}) => countsRows((found as FoundRule).rule)), needed: neededCells(input)};
}

/** How ids made of a file's rows begin: a later export of the same file has the same. */
const fileId = ({source, main}: Input): string => relative(source.folder, main.path).replaceAll("\\", "/").replace(source.dated ? /^[^/]*\// : "", "");

/** The rule of a day or stamp without its cut to the day, which the cast makes by itself and faster. */
const whole = (found: FoundRule, type: ColumnType): FoundRule => (type === "date" || type === "timestamp" ? {...found, rule: {...found.rule, day: false}} : found);

const closedWhen = {column: "state", values: ["won", "lost"]};

function headerOf({rule, cells, first}: FoundRule, name: string): string {
  if (first?.[0]) return headerOf(first[0], name);
  return cells.map(({header}) => header.trim()).join(" ") || rule.value || name;
}

interface TypedContext {
  readonly dialect: Dialect;
  readonly stages: StageRules;
  readonly binder: Binder;
  readonly namespaces: Readonly<Record<string, string>>;
  readonly emptyIds: readonly string[];
  readonly mapping: TableName;
  /** Of a date, its text with the month in English. */
  readonly english?: string;
}

function typedSql({name, type, references, found}: StagedColumn, x: string, {dialect, stages, binder, namespaces, emptyIds, mapping, english}: TypedContext): string {
  const {day, divide} = found?.rule ?? {};
  if (name === "state") return `case lower(${x}) when 'open' then 'open' when 'won' then 'won' when 'lost' then 'lost' end`;
  if (name === "stage" && mapping !== "lead") return spelledStage(x, stages, binder);
  if (name === "currency") return `upper(${x})`;
  if (references) {
    const id = emptyIds.reduce((sql, empty) => `nullif(${sql}, ${binder.bind(empty)})`, x);
    const prefix = name.endsWith("_id") ? namespaces[references] : undefined;
    return prefix ? `${binder.bind(`${prefix}:`)} || ${id}` : id;
  }
  return castSql(x, type, dialect, {day, divide, english});
}

const stateEntries = ({open, won, lost}: StageRules): (readonly [string, string])[] => [...open.map((stage) => [stage, "open"] as const), ...won.map((stage) => [stage, "won"] as const), ...lost.map((stage) => [stage, "lost"] as const)];

/** A stage in the spelling of the settings; one that they lack stays as it is. */
function spelledStage(x: string, stages: StageRules, binder: Binder): string {
  const branches = stateEntries(stages).map(([stage]) => `when ${binder.bind(stage.toLowerCase())} then ${binder.bind(stage)}`);
  return branches.length ? `case lower(${x}) ${branches.join(" ")} else ${x} end` : x;
}

function stateOf(x: string, stages: StageRules, binder: Binder): string {
  const branches = stateEntries(stages).map(([stage, state]) => `when ${binder.bind(stage.toLowerCase())} then ${quoteText(state)}`);
  return branches.length ? `case lower(${x}) ${branches.join(" ")} end` : "null::varchar";
}

/**
 * `empty`: the cell is empty, which is a fault of its own; `none`: there is no value, whether empty or not typable. A state
 * that the stage's lists should give is no fault of the row: checkStages tells of unknown stages.
 */
function missingSql({name, type}: StagedColumn, at: ReadonlyMap<string, number>, {derived, listed}: {derived: boolean; listed: boolean}): {empty: string; none: string} {
  const stage = at.get("stage");
  if (name === "state" && derived) return {empty: `x${stage} is null`, none: `x${stage} is null`};
  const index = at.get(name);
  if (name === "state" && listed && index !== undefined) return {empty: `(x${index} is null and x${stage} is null)`, none: `(t${index} is null and (x${index} is not null or x${stage} is null))`};
  return index === undefined ? {empty: "true", none: "true"} : {empty: `${type === "text" && name !== "state" ? "t" : "x"}${index} is null`, none: `t${index} is null`};
}

function excludeSql(cell: Cell, {values, except, why}: {values?: readonly string[]; except?: readonly string[]; why: string}, {binder}: RuleContext): string {
  const text = `coalesce(lower(${cellName(cell)}), '')`;
  const entries = `case when ${text} like '[%]' then list_transform(string_split(${text}[2:-2], ','), lambda entry: trim(entry, ' "')) else [] end`;
  const list = (words: readonly string[]): string => {
    const wanted = `[${words.map((word) => binder.bind(word.trim().toLowerCase())).join(", ")}]`;
    return `(list_contains(${wanted}, ${text}) or list_has_any(${entries}, ${wanted}))`;
  };
  const conditions = [...(values ? [list(values)] : []), ...(except ? [`not ${list(except)}`] : [])];
  return `when ${conditions.join(" or ") || "false"} then ${quoteText(why)}`;
}

function neededCells({columns, exclude, joins}: Input): number[][] {
  const needed = [new Set<number>(), ...joins.map(() => new Set<number>())];
  const add = ({file, index}: Cell) => needed[file]?.add(index);
  const visit = ({cells, first, where}: FoundRule): void => {
    cells.forEach(add);
    if (where) add(where);
    first?.forEach(visit);
  };
  Object.values(columns).forEach(visit);
  exclude.forEach(({cell}) => add(cell));
  joins.forEach(({left, right}, index) => {
    add(left);
    needed[index + 1]?.add(right);
  });
  return needed.map((set) => [...set].sort((a, b) => a - b));
}
