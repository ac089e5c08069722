// What stands in the columns of an export, asked of the engine column by column: no row is held here.

import {castSql, type Dialect} from "../canonical/cast.js";
import {quoteText, type Native} from "../native.js";
import {dateWords, personWords} from "./lexicon/tables.js";
import {dateReadings, type DateReading} from "./dateReadings.js";
import type {Export} from "./openExports.js";
import {bestFit, wordsOf} from "./words.js";

export type Kind = "empty" | "boolean" | "integer" | "number" | "date" | "stamp" | "text";

/** How numbers are written. */
export interface Marks {
  readonly decimal: "." | ",";
  readonly group: "" | "," | "." | " " | "'";
}

/** One column of an export. */
export interface Column {
  readonly index: number;
  readonly header: string;
  /** The header, cut into words. */
  readonly words: readonly string[];
  readonly kind: Kind;
  /** Cells that hold something, in all rows. */
  readonly filled: number;
  readonly empty: number;
  readonly distinct: number;
  /** Every row has a value and no two the same. */
  readonly unique: boolean;
  /** Cells such as n/a beside values of another kind. */
  readonly nullWords: readonly string[];
  /** Ways to read all dates; several where the cells do not say. */
  readonly readings: readonly DateReading[];
  /** Ways to read all numbers; several where the cells do not say. */
  readonly marks: readonly Marks[];
  /** A point or comma stands within some number. */
  readonly marked: boolean;
  /** Currency signs and codes beside numbers, the most usual first. */
  readonly currencies: readonly string[];
  /** Numbers with a % behind. */
  readonly percent: boolean;
  /** Smallest and largest number. */
  readonly range?: readonly [number, number];
  /** Values with their rows, the most frequent first, where there are few. */
  readonly values: readonly {readonly value: string; readonly n: number}[];
  /** May hold people, addresses or numbers of people: not to be shown. */
  readonly personal: boolean;
  /** Length of the longest cell. */
  readonly longest: number;
}

/** At most so many different values are looked at one by one. */
const few = 60;
const words = ["n/a", "na", "#n/a", "null", "(null)", "\\n", "none", "-", "--", "?", "k.a.", "nincs", "无"];
const list = (texts: readonly string[]): string => texts.map(quoteText).join(", ");
const dialect: Dialect = {dates: [], decimal: ".", group: "", zone: "UTC", reportZone: "UTC"};
const everyMarks: readonly Marks[] = [
  {decimal: ".", group: ""}, {decimal: ",", group: ""}, {decimal: ".", group: ","}, {decimal: ",", group: "."},
  {decimal: ",", group: " "}, {decimal: ".", group: " "}, {decimal: ".", group: "'"}, {decimal: ",", group: "'"}
];

/** Looks at every column of an export. */
export async function profile(native: Native, one: Export): Promise<Column[]> {
  const [counted = {}] = await native.run({sql: `select ${one.header.map((_, at) => `count(c${at}) as n${at}`).join(", ")} from ${one.table}`, params: []});
  const columns: Column[] = [];
  for (const [index, header] of one.header.entries()) columns.push(Number(counted[`n${index}`]) > 0 ? await profileColumn(native, one, index, header) : emptyColumn(one, index, header));
  return columns;
}

const emptyColumn = ({rows}: Export, index: number, header: string): Column => ({
  index, header, words: wordsOf(header), kind: "empty", filled: 0, empty: rows, distinct: 0, unique: false, longest: 0,
  nullWords: [], readings: [], marks: [], marked: false, currencies: [], percent: false, values: [], personal: false
});

async function profileColumn(native: Native, {table, rows}: Export, index: number, header: string): Promise<Column> {
  await native.exec(`create or replace temp table _values as select c${index} as x, count(*) as n, min(rowid) as place from ${table} where c${index} is not null group by 1`);
  const found = await one(native, `select count(*) as distinct_values, coalesce(sum(n), 0) as filled, coalesce(max(length(x)), 0) as longest,
    count(*) filter (lower(x) in (${list(words)})) as word_values,
    count(*) filter (not regexp_matches(x, '[0-9]')) as no_digit,
    count(*) filter (regexp_full_match(x, '[+-]?[0-9]{1,18}')) as integers,
    count(*) filter (regexp_full_match(x, '[+-]?[0-9]+([.][0-9]+)?')) as plain,
    count(*) filter (lower(x) in ('true','false','yes','no','y','n','t','f','0','1')) as truths,
    count(*) filter (regexp_matches(x, '[^ @]+@[^ @]+[.][^ @]+')) as mails,
    count(*) filter (regexp_full_match(x, '[+]?[(]?[0-9][0-9 ()/.-]{6,}[0-9]') and regexp_matches(x, '^[+]|[ ()/]|[0-9]-[0-9]+-')) as phones,
    count(*) filter (regexp_full_match(x, '[\\p{Lu}][\\p{L}.''-]+( [\\p{Lu}][\\p{L}.''-]*){1,3}')) as names
    from _values`);
  const distinct = Number(found["distinct_values"]);
  const worded = Number(found["word_values"]);
  const header_words = wordsOf(header);
  const real = distinct - worded;
  const base = {index, header, words: header_words, filled: Number(found["filled"]), empty: rows - Number(found["filled"]), distinct, longest: Number(found["longest"])};
  const typed = real > 0 && Number(found["no_digit"]) <= worded ? await typeOf(native, header_words, found, real) : undefined;
  const truths = Number(found["truths"]);
  const isBoolean = distinct > 0 && distinct <= 2 && truths === distinct && !(typed && distinct === 1);
  const kind: Kind = isBoolean ? "boolean" : (typed?.kind ?? "text");
  const texts = kind === "text" || kind === "boolean" || (kind === "integer" && distinct <= 20);
  const values = texts && distinct <= few ? (await native.run({sql: "select x, n from _values order by n desc, place", params: []})).map(({x, n}) => ({value: String(x), n: Number(n)})) : [];
  const nullWords = typed && worded > 0 && kind !== "text" && kind !== "boolean" ? (await native.run({sql: `select x from _values where lower(x) in (${list(words)}) order by x`, params: []})).map(({x}) => String(x)) : [];
  const share = (key: string): number => (distinct ? Number(found[key]) / distinct : 0);
  const looksPersonal = share("mails") > 0.2 || (kind === "text" && (share("phones") > 0.5 || (share("names") > 0.8 && distinct > 1)));
  return {
    ...base, kind, values, nullWords,
    unique: rows > 0 && base.filled === rows && distinct === rows,
    readings: kind === "date" || kind === "stamp" ? typed!.readings : [],
    marks: kind === "number" || kind === "integer" ? typed!.marks : [],
    marked: kind === "number" && typed!.marked,
    currencies: kind === "number" ? typed!.currencies : [],
    percent: kind === "number" && typed!.percent,
    ...(typed?.range && (kind === "number" || kind === "integer") && {range: typed.range}),
    personal: looksPersonal || ((kind === "text" || kind === "integer") && bestFit(header_words, personWords) >= 0.6)
  };
}

async function one(native: Native, sql: string): Promise<Record<string, unknown>> {
  return (await native.run({sql, params: []}))[0] ?? {};
}

interface Typed extends Pick<Column, "readings" | "marks" | "marked" | "currencies" | "percent" | "range"> {
  readonly kind: "date" | "stamp" | "integer" | "number";
}

const none = {readings: [], marks: [], marked: false, currencies: [], percent: false} as const;

/** What all values with a digit are; undefined where they are no dates and no numbers. */
async function typeOf(native: Native, header: readonly string[], found: Readonly<Record<string, unknown>>, real: number): Promise<Typed | undefined> {
  const filter = `lower(x) not in (${list(words)})`;
  const readings = await dateReadings(native, filter, bestFit(header, dateWords) >= 0.5);
  if (readings.length) return {...none, kind: readings[0]!.time ? "stamp" : "date", readings};
  if (Number(found["integers"]) === real) return {...none, kind: "integer", marks: [everyMarks[0]!], ...(await rangeOf(native, filter, everyMarks[0]!))};
  if (Number(found["longest"]) > 40) return undefined;
  const fits = await one(native, `select ${everyMarks.map((marks, at) => `count(${castSql("x", "percent", {...dialect, ...marks})}) as m${at}`).join(", ")} from _values where ${filter}`);
  const marks = everyMarks.filter((_, at) => Number(fits[`m${at}`]) === real);
  if (marks.length === 0) return undefined;
  const signs = await native.run({sql: `select regexp_extract(x, '(\\p{Sc}|[A-Z]{3}|Ft|Kč|zł|元)', 1) as sign, sum(n) as n from _values where ${filter} group by 1 having sign <> '' order by 2 desc, 1`, params: []});
  const percents = await one(native, `select count(*) filter (suffix(x, '%')) as n, count(*) filter (regexp_matches(x, '[0-9][.,][0-9]')) as marked from _values where ${filter}`);
  return {kind: "number", readings: [], marks, marked: Number(percents["marked"]) > 0, currencies: signs.map(({sign}) => String(sign)), percent: Number(percents["n"]) === real, ...(new Set(marks.map(({decimal}) => decimal)).size > 1 && Number(percents["marked"]) > 0 ? {} : await rangeOf(native, filter, marks[0]!))};
}

async function rangeOf(native: Native, filter: string, marks: Marks): Promise<{range: readonly [number, number]}> {
  const x = castSql("x", "percent", {...dialect, ...marks});
  const {low, high} = await one(native, `select min(${x}) as low, max(${x}) as high from _values where ${filter}`);
  return {range: [Number(low), Number(high)]};
}
