// Column rules to text expressions: which cell, trimmed, empty words emptied, values mapped. Values are bound, never spliced.

import {quoteText} from "../native.js";
import type {Cell, FoundRule} from "./columns.js";

/** Collects values for a statement and hands out their placeholders. */
export class Binder {
  readonly values: string[] = [];

  bind(value: string): string {
    this.values.push(value);
    return `$${this.values.length}::varchar`;
  }
}

/** A long value map: joined as a table of key and value under `alias`. */
export interface MapTable {
  readonly alias: string;
  readonly on: string;
  readonly entries: readonly (readonly [string, string | null])[];
}

export interface RuleContext {
  readonly binder: Binder;
  /** Long maps are added here. */
  readonly maps: MapTable[];
  /** Name of the file, as ids made of its rows begin. */
  readonly file: string;
}

/** The place of a record in its file, from 0; there where the statement is `numbered`. */
const place = "f0._row";

/** Value maps up to this length are a CASE; longer ones a joined table. */
const longestCase = 64;

/** SQL of a cell: column n of the main file, or of the k-th joined one; of a list of names and values the value of one. */
export function cellName({file, index, item}: Cell): string {
  const cell = `f${file}.c${index}`;
  if (item === undefined) return cell;
  const entries = `from_json(case when json_valid(${cell}) then ${cell} end, '[{"name":"VARCHAR","value":"JSON"}]')`;
  return `nullif((list_filter(${entries}, lambda entry: lower(entry.name) = ${quoteText(item.toLowerCase())})[1].value ->> '$'), '')`;
}

/** Returns the text of a rule's value over cleaned cells, null where empty. */
export function textSql(found: FoundRule, context: RuleContext): string {
  const {rule, where} = found;
  const text = valueSql(found, context);
  if (!where || !rule.where) return text;
  return `case when list_contains([${rule.where.values.map((value) => context.binder.bind(value.toLowerCase())).join(", ")}], lower(${cellName(where)})) then ${text} end`;
}

function valueSql(found: FoundRule, context: RuleContext): string {
  const {rule, cells, first} = found;
  if (rule.value !== undefined) return context.binder.bind(rule.value);
  if (rule.row) return `${context.binder.bind(context.file)} || ' ' || (${place} + 1)::varchar`;
  if (first) return `coalesce(${first.map((one) => textSql(one, context)).join(", ")})`;
  const parts = cells.map(cellName);
  const whole = parts.length === 1 ? (parts[0] ?? "null") : `nullif(concat_ws(' ', ${parts.join(", ")}), '')`;
  const text = rule.single ? `nullif(trim(regexp_extract(${whole}, '^\\s*\\[?\\s*"?([^,;"\\]]*)', 1)), '')` : whole;
  return dayOnly(prefixed(mapped(extracted(text, found, context), found, context), found, context), found);
}

/** How the cells of one file are cleaned. */
export interface Cleaning {
  /** Words that mean empty. */
  readonly nulls: readonly string[];
  /** The file holds tabs or no-break spaces somewhere: looking for them costs time. */
  readonly oddBlanks: boolean;
}

/** Returns cells of one file, cleaned under their own names: trimmed, the source's empty words as null. */
export function cellsSql(indexes: readonly number[], cleaning: Cleaning, binder: Binder): string {
  return indexes.map((index) => `${cleanSql(`c${index}`, cleaning, binder)} as c${index}`).join(", ");
}

/** What sorts before "!" begins with a blank or control character; trimming every cell would cost more than reading it. */
function cleanSql(cell: string, {nulls, oddBlanks}: Cleaning, binder: Binder): string {
  const odd = oddBlanks ? ["chr(9)", "chr(10)", "chr(160)"].map((blank) => ` or starts_with(${cell}, ${blank}) or suffix(${cell}, ${blank})`).join("") : "";
  const trimmed = `case when ${cell} < '!' or suffix(${cell}, ' ')${odd} then nullif(trim(${cell}, ' ' || chr(9) || chr(10) || chr(13) || chr(160)), '') else ${cell} end`;
  const words = [...new Set(nulls.map((word) => word.trim().toLowerCase()))].filter((word) => word !== "");
  return words.length ? `case when list_contains([${words.map((word) => binder.bind(word)).join(", ")}], lower(${trimmed})) then null else ${trimmed} end` : trimmed;
}

function extracted(text: string, {rule}: FoundRule, {binder}: RuleContext): string {
  return rule.extract === undefined ? text : `nullif(regexp_extract(${text}, ${binder.bind(rule.extract)}, 1), '')`;
}

function mapped(text: string, {rule}: FoundRule, context: RuleContext): string {
  if (!rule.map) return rule.else === undefined ? text : `coalesce(${text}, ${literal(rule.else, context)})`;
  const spellings = Object.keys(rule.map).map((key) => key.trim());
  const entries = Object.values(rule.map).map((value, index) => [spellings[index]!.toLowerCase(), value] as const);
  const empty = entries.find(([key]) => key === "");
  const filled = entries.filter(([key]) => key !== "");
  const other = rule.else === undefined ? text : literal(rule.else, context);
  const whenEmpty = empty ? literal(empty[1], context) : rule.else === undefined ? "null" : other;
  return `case when ${text} is null then ${whenEmpty} else ${lookup(text, filled, {other, spellings}, context)} end`;
}

/** The value of a text whatever its case; most texts are spelled as the map has them, and comparing those first spares them their lower case. */
function lookup(text: string, entries: readonly (readonly [string, string | null])[], {other, spellings}: {readonly other: string; readonly spellings: readonly string[]}, context: RuleContext): string {
  if (entries.length === 0) return other;
  if (entries.length <= longestCase) {
    const branch = (spelling: string, value: string | null): string => `when ${context.binder.bind(spelling)} then ${literal(value, context)}`;
    const exact = spellings.flatMap((spelling) => entries.filter(([key]) => key === spelling.toLowerCase()).slice(0, 1).map(([, value]) => branch(spelling, value)));
    return `case ${text} ${exact.join(" ")} else case lower(${text}) ${entries.map(([key, value]) => branch(key, value)).join(" ")} else ${other} end end`;
  }
  const alias = `m${context.maps.length}`;
  context.maps.push({alias, on: `lower(${text})`, entries});
  return `case when ${alias}.key is null then ${other} else ${alias}.value end`;
}

const literal = (value: string | null, {binder}: RuleContext): string => (value === null ? "null" : binder.bind(value));

function prefixed(text: string, {rule: {prefix, without}}: FoundRule, {binder}: RuleContext): string {
  const kept = prefix === undefined ? text : `case when starts_with(${text}, ${binder.bind(prefix)}) then ${text} end`;
  return without === undefined ? kept : `case when not starts_with(${kept}, ${binder.bind(without)}) then ${kept} end`;
}

/** An ISO stamp in a column of days loses its time of day. */
const dayOnly = (text: string, {rule}: FoundRule): string => (rule.day ? `case when ${text} like '____-__-__%' then left(${text}, 10) else ${text} end` : text);
