// Which canonical column a header most likely is, and which table a file: by words, by what the cells are, never by both halves of a doubt.

import {canonicalTables, type CanonicalColumn, type ColumnType, type TableName} from "../canonical/schema.js";
import {isDeclared} from "./declaredNames.js";
import {columnWords} from "./lexicon/columns.js";
import {entityWords, keyWords, nameWords} from "./lexicon/tables.js";
import type {Column, Kind} from "./profile.js";
import {bestFit, fit, without, wordsOf} from "./words.js";

/** A header taken for a canonical column. */
export interface Role {
  readonly column: string;
  readonly from: Column;
  /** How well the words fit, 0–1. */
  readonly score: number;
  /** Why it was taken, where not by its name. */
  readonly why?: string;
}

/** A table that a file may feed. */
export interface TableGuess {
  readonly table: TableName;
  readonly score: number;
  readonly roles: readonly Role[];
  /** Required columns that nothing fits; the file cannot feed the table without. */
  readonly missing: readonly string[];
  /** The key is called by the table's own word, or by id. */
  readonly ownKey: boolean;
}

const least = 0.55;
const tables = [...new Set([...Object.keys(columnWords), ...Object.keys(entityWords)])] as TableName[];
const columnsOf = (table: TableName): Readonly<Record<string, CanonicalColumn>> => canonicalTables[table].columns;

const kinds: Readonly<Record<ColumnType, readonly Kind[]>> = {
  text: ["text", "integer", "empty"],
  integer: ["integer", "empty"],
  number: ["integer", "number", "empty"],
  money: ["integer", "number", "empty"],
  percent: ["integer", "number", "empty"],
  boolean: ["boolean", "empty"],
  date: ["date", "stamp", "empty"],
  timestamp: ["date", "stamp", "empty"]
};

/** How well a column fits a canonical one; 0 where its cells are of another kind. */
export function fitRole(from: Column, table: TableName, name: string): number {
  const column = columnsOf(table)[name]!;
  if (!kinds[column.type].includes(from.kind)) return 0;
  const isKey = column.key === true;
  if (isKey && from.kind !== "empty" && (from.filled === 0 || from.empty > 0 || from.distinct * 2 < from.filled)) return 0;
  const bareKey = bestFit(from.words, keyWords) === 1;
  if (bareKey && !isKey) return 0;
  if (name === "stage" && from.kind !== "empty" && from.values.length === 0) return 0;
  const own = entityWords[table] ?? [];
  const bare = [from.words, ...own.flatMap((word) => { const rest = without(from.words, word); return rest && rest.length ? [rest] : []; })];
  const phrases = [...(columnWords[table]?.[name] ?? []), name.replaceAll("_", " ")];
  const byWords = Math.max(...bare.map((words, at) => bestFit(words, phrases) * (at ? 0.97 : 1)));
  const declared = isDeclared(table, name, from.header) ? 0.95 : 0;
  if (isKey) return Math.max(byWords, declared, entityFit(from, own, {alone: from.unique ? 0.8 : 0, key: 1, name: 0}), bareKey ? 0.9 : 0);
  if (name === "name") return Math.max(byWords, declared, entityFit(from, own, {alone: from.kind === "text" ? 0.75 : 0, key: 0, name: 1}), bestFit(from.words, nameWords) === 1 ? 0.9 : 0);
  const target = column.references as TableName | undefined;
  if (target && target !== table && name === `${singular(target)}_id`) return Math.max(byWords, declared, entityFit(from, entityWords[target] ?? [], {alone: 0.85, key: 1, name: 0.8}));
  return Math.max(byWords, declared);
}

const singular = (table: TableName): string => (table === "crm_user" ? "owner" : table === "sales_order" ? "order" : table);

/** How well a header is an entity's word alone, with a word for its key, or for its name. */
function entityFit(from: Column, entity: readonly string[], points: {alone: number; key: number; name: number}): number {
  return entity.reduce((best, word) => {
    if (fit(from.words, word) >= 0.97) return Math.max(best, points.alone);
    const rest = without(from.words, word);
    if (!rest || rest.length === 0) return best;
    return Math.max(best, bestFit(rest, keyWords) >= 0.9 ? points.key : 0, bestFit(rest, nameWords) >= 0.9 ? points.name : 0);
  }, 0);
}

/** Each canonical column takes the header that fits best, each header serves once; a name may be the key too. */
export function assign(columns: readonly Column[], table: TableName): Role[] {
  const pairs = columns
    .flatMap((from) => Object.keys(columnsOf(table)).map((column) => ({column, from, score: fitRole(from, table, column)})))
    .filter(({score}) => score >= least)
    .sort((a, b) => b.score - a.score || a.from.index - b.from.index || (a.column < b.column ? -1 : 1));
  const roles: Role[] = [];
  for (const pair of pairs) {
    const sharing = (role: Role): boolean => role.from === pair.from && !(pair.column === "name" && columnsOf(table)[role.column]?.key);
    if (!roles.some((role) => role.column === pair.column || sharing(role))) roles.push(pair);
  }
  return roles;
}

/** Every table that a file may feed, the likeliest first. `file` is its name. */
export function guessTables(columns: readonly Column[], file: string): TableGuess[] {
  const stem = wordsOf(file.replace(/^\{?(.*\/)?/, "").replace(/(\.[a-z0-9]{2,7}){1,2}\}?$/i, ""));
  return tables.map((table) => guess(columns, table, stem)).filter(({score, roles}) => score >= 2.5 && roles.length >= 2).sort((a, b) => b.score - a.score || tables.indexOf(a.table) - tables.indexOf(b.table));
}

function guess(columns: readonly Column[], table: TableName, stem: readonly string[]): TableGuess {
  const named = (entityWords[table] ?? []).reduce((best, word) => Math.max(best, fit(stem, word)), 0);
  const found = assign(columns, table);
  const isKey = ({column}: Role): boolean => columnsOf(table)[column]?.key === true;
  const key = found.find(isKey);
  const roles = key ? found : withKey(found, columns, table);
  const required = Object.entries(columnsOf(table)).filter(([, {key, required}]) => key || required).map(([name]) => name);
  const has = (name: string): boolean => roles.some(({column}) => column === name);
  const missing = required.filter((name) => !has(name) && !(name === "state" && has("stage")));
  const own = key !== undefined && key.score >= 0.8;
  const points = found.filter((role) => !isKey(role)).reduce((sum, {column, score}) => sum + score * (common.has(column) ? 0.4 : 1), 0);
  const told = named > 0 || (key !== undefined && bestFit(key.from.words, keyWords) < 1 && own);
  if (!told && points < 3.2) return {table, roles, missing, ownKey: own, score: 0};
  return {table, roles, missing, ownKey: own, score: points + (own ? 1 + key!.score * (bestFit(key!.from.words, keyWords) === 1 ? 0.5 : 1.5) : 0) + (named > 0 ? 2 + named : 0) - missing.length * 1.5};
}

/** Columns that most tables have say little about which one it is. */
const common = new Set(["created_at", "updated_at", "deleted", "owner_id", "currency", "name", "type", "status", "region", "email"]);

/** The first column without two equal values is the key where none is called so. */
function withKey(roles: readonly Role[], columns: readonly Column[], table: TableName): readonly Role[] {
  const [key, ...more] = Object.entries(columnsOf(table)).filter(([, column]) => column.key).map(([name]) => name);
  const unique = columns.find((from) => from.unique && (from.kind === "text" || from.kind === "integer") && from.longest <= 80);
  if (!key || more.length || !unique) return roles;
  return [...roles.filter(({from, column}) => from !== unique || column === "name"), {column: key, from: unique, score: 0.3, why: "no two rows have the same value in it"}];
}
