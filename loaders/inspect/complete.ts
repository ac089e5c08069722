// What words alone do not tell of a mapping: references by their values, days by their order, stages by their words.

import {canonicalTables, type CanonicalColumn, type TableName} from "../canonical/schema.js";
import type {Native} from "../native.js";
import {castSql} from "../canonical/cast.js";
import type {Draft, DraftRule} from "./draft.js";
import type {Column} from "./profile.js";
import {unmatched, type Inspected, type Relation} from "./relations.js";
import {closedState, guessStages, leadState, saysState} from "./stages.js";

type Rules = Record<string, DraftRule>;

/** Tables of people: their values are not written into settings. */
const people: readonly TableName[] = ["contact", "lead", "crm_user"];

/** The mapping with what its values tell; `all` are the mappings of the other files. */
export async function completeDraft(native: Native, draft: Draft, all: readonly Draft[], relations: readonly Relation[]): Promise<Draft> {
  const rules: Rules = {...draft.rules};
  rekey(draft, rules, all, relations);
  for (const [name, column] of Object.entries(canonicalTables[draft.table].columns as Readonly<Record<string, CanonicalColumn>>)) {
    if (column.references && !column.key) await refer(native, {draft, rules, name, all, relations}, column.references as TableName);
  }
  if (rules["manager_id"] && !rules["team"] && !relations.some(({column}) => column === rules["manager_id"]!.from) && !isWithin(rules["manager_id"].from, rules["user_id"]?.from)) {
    rules["team"] = {...rules["manager_id"], check: true, note: "its values are no users of this file, so they stand for teams"};
    delete rules["manager_id"];
  }
  await findDays(native, draft, rules);
  if (rules["probability"]) {
    const {from} = rules["probability"];
    if (!from.percent && (from.range?.[1] ?? 0) > 1) rules["probability"] = {...rules["probability"], divide: 100};
  }
  const stages = await findStates(native, draft, rules);
  const used = new Set(Object.values(rules).map(({from}) => from));
  const keys = draft.joined.flatMap(({right}) => right);
  const unused = [draft.file, ...draft.joined.map(({file}) => file)].flatMap(({columns}) => columns).filter((column) => !used.has(column) && !keys.includes(column));
  return {...draft, rules, unused, ...(stages && {stages})};
}

const isWithin = (column: Column, key: Column | undefined): boolean => {
  const keys = new Set(key?.values.map(({value}) => value));
  return column.values.length > 0 && column.values.some(({value}) => keys.has(value));
};

const keyOf = (table: TableName): string => Object.entries(canonicalTables[table].columns as Readonly<Record<string, CanonicalColumn>>).find(([, {key}]) => key)?.[0] ?? "";

/** Where others refer to this table by another unique column than its key, that column is the key. */
function rekey({table, file}: Draft, rules: Rules, all: readonly Draft[], relations: readonly Relation[]): void {
  const name = keyOf(table);
  const key = rules[name];
  const to = relations.filter((relation) => relation.to === file && refersBy(relation, table, all));
  if (!key || to.length === 0 || to.some((relation) => relation.key === key.from)) return;
  const best = to.sort((a, b) => b.found / b.values - a.found / a.values || a.key.index - b.key.index)[0]!;
  rules[name] = {from: best.key, check: true, note: `${best.from.file} refers to these by ${best.column.header}, not by ${key.from.header}`};
  if (rules["name"] && rules["name"].from.kind === "empty") rules["name"] = {from: best.key};
}

/** Whether the related column is taken for a reference to the table. */
const refersBy = ({from, column}: Relation, table: TableName, all: readonly Draft[]): boolean =>
  all.some((draft) => [draft.file, ...draft.joined.map(({file}) => file)].includes(from) && Object.entries(draft.rules).some(([name, rule]) => rule.from === column && (canonicalTables[draft.table].columns as Readonly<Record<string, CanonicalColumn>>)[name]?.references === table));

interface Reference {
  readonly draft: Draft;
  readonly rules: Rules;
  readonly name: string;
  readonly all: readonly Draft[];
  readonly relations: readonly Relation[];
}

async function refer(native: Native, {draft, rules, name, all, relations}: Reference, target: TableName): Promise<void> {
  const other = all.find(({table, file}) => table === target && file !== draft.file);
  if (!other) return;
  const files: readonly Inspected[] = [draft.file, ...draft.joined.map(({file}) => file)];
  const key = other.rules[keyOf(target)]?.from;
  const mine = relations.filter(({from, to}) => to === other.file && files.includes(from)).sort((a, b) => Number(b.key === key) - Number(a.key === key) || b.found / b.values - a.found / a.values);
  const main = name === `${target}_id` || (target === "crm_user" && name === "owner_id");
  const taken = new Set(Object.entries(rules).filter(([column]) => column !== name && column !== "name").map(([, {from}]) => from));
  const relation = mine.find(({column}) => column === rules[name]?.from) ?? (main ? mine.filter(({column, values, found}) => !taken.has(column) && found >= values * 0.9).sort((a, b) => b.found - a.found)[0] : undefined);
  if (!relation) {
    if (rules[name]) rules[name] = {...rules[name], check: true, note: `few of its values are found in ${other.file.file}`};
    return;
  }
  const note = `${relation.found} of ${relation.values} values are ${relation.key.header} in ${relation.to.file}`;
  const lost = relation.found < relation.values ? await unmatched(native, relation) : [];
  const mended = people.includes(target) ? [] : lost.filter(({meant}) => meant !== null);
  rules[name] = {
    from: relation.column,
    note: mended.length ? `${note}; the map mends spellings` : note,
    ...(mended.length && {map: Object.fromEntries(mended.map(({value, meant}) => [value, meant]))}),
    ...((lost.length > 0 || rules[name]?.from !== relation.column) && {check: true})
  };
}

/** Created where one day is left that is never after the close; a close date that open rows carry too is also the expected one. */
async function findDays(native: Native, draft: Draft, rules: Rules): Promise<void> {
  if (draft.table !== "opportunity" && draft.table !== "lead") return;
  const used = new Set(Object.values(rules).map(({from}) => from));
  const free = draft.file.columns.filter((column) => (column.kind === "date" || column.kind === "stamp") && !used.has(column));
  const last = rules["closed_at"] ?? rules["converted_at"];
  if (!rules["created_at"] && free.length === 1 && (!last || !draft.file.columns.includes(last.from) || (await neverAfter(native, draft.file, free[0]!, last.from)))) {
    rules["created_at"] = {from: free[0]!, check: true, note: last ? `the only other day, and not after ${last.from.header}` : "the only day in the file"};
  }
}

async function neverAfter(native: Native, {table}: Inspected, first: Column, second: Column): Promise<boolean> {
  const day = ({index, readings}: Column): string => castSql(`c${index}`, "date", {dates: readings[0]?.formats ?? [], decimal: ".", group: "", zone: "UTC", reportZone: "UTC"}, {day: true});
  const [counted] = await native.run({sql: `select count(*) filter (${day(first)} <= ${day(second)}) as good, count(*) filter (${day(first)} > ${day(second)}) as bad from ${table}`, params: []});
  return Number(counted!["good"]) > 0 && Number(counted!["bad"]) * 50 <= Number(counted!["good"]);
}

/** Stages of opportunities; the state of leads and of opportunities whose status is a column of its own. */
async function findStates(native: Native, draft: Draft, rules: Rules): Promise<Draft["stages"]> {
  const {table, file} = draft;
  const said = rules["state"];
  if (said && !saysState(said.from)) delete rules["state"];
  if (table === "lead") {
    const status = [rules["state"], rules["status"], rules["stage"]].find((rule) => rule && rule.from.values.some(({value}) => leadState(value)));
    if (status) rules["state"] = {from: status.from, map: stateMap(status.from, leadState), otherwise: "open", check: true, note: "guessed by words"};
    return undefined;
  }
  if (table !== "opportunity" && table !== "opportunity_stage_history") return undefined;
  const stage = rules["stage"];
  const ofStage = stage && stage.from.values.some(({value}) => closedState(value));
  if (!ofStage) {
    const used = new Set(Object.values(rules).map(({from}) => from));
    const column = rules["state"]?.from ?? file.columns.find((one) => !used.has(one) && saysState(one));
    if (column) rules["state"] = {from: column, map: stateMap(column, closedState), otherwise: "open", check: true, note: "guessed by words"};
  } else delete rules["state"];
  if (!stage) return undefined;
  if (stage.from.values.length === 0) return {open: [], won: [], lost: [], unsure: []};
  rules["stage"] = {...stage, ...(stage.from.empty > 0 && {check: true, note: `${stage.from.empty} rows have none`})};
  const stages = await guessStages(native, file, stage.from, rules["closed_at"]?.from);
  const closed = rules["closed_at"];
  if (closed && !rules["expected_close_date"] && file.columns.includes(closed.from) && (await openDated(native, file, stage.from, closed.from, [...stages.won, ...stages.lost]))) {
    rules["expected_close_date"] = {from: closed.from, note: "open rows have one too: the day they are expected to close"};
  }
  return stages;
}

const stateMap = ({values}: Column, of: (value: string) => "won" | "lost" | undefined): Record<string, string> =>
  Object.fromEntries(values.flatMap(({value}) => { const state = of(value); return state ? [[value, state]] : []; }));

async function openDated(native: Native, {table}: Inspected, stage: Column, closed: Column, ended: readonly string[]): Promise<boolean> {
  if (ended.length === 0) return false;
  const list = ended.map((_, at) => `$${at + 1}`).join(", ");
  const [counted] = await native.run({sql: `select count(c${closed.index}) as dated, count(*) as n from ${table} where c${stage.index} not in (${list})`, params: [...ended]});
  return Number(counted!["n"]) > 0 && Number(counted!["dated"]) * 2 > Number(counted!["n"]);
}
