// Text of one cell to one typed value, as SQL. Nothing is guessed: a form that is not declared gives null, and the
// caller ledgers the cell. The session zone is the source's while these run; results are UTC.

import {quoteText} from "../native.js";
import {strptimeFormat} from "./dates.js";
import type {ColumnType} from "./schema.js";

/** How a source writes values, and the zone in which a bare day begins. */
export interface Dialect {
  readonly dates: readonly string[];
  readonly decimal: string;
  readonly group: string;
  /** IANA zone of stamps without offset: the session's zone. */
  readonly zone: string;
  /** The report's IANA zone. */
  readonly reportZone: string;
}

export interface CastOptions {
  /** A time of day beside the date means nothing. */
  readonly day?: boolean;
  readonly divide?: number;
}

/** Returns an SQL expression of the canonical type for the text expression `x`; null where `x` cannot be typed. */
export function castSql(x: string, type: ColumnType, dialect: Dialect, {day = false, divide = 1}: CastOptions = {}): string {
  switch (type) {
    case "text":
      return x;
    case "boolean":
      return booleanSql(x);
    case "integer":
      return divide === 1 ? integerSql(numeral(x, dialect)) : `try_cast(round(${numberSql(x, dialect, divide)}) as bigint)`;
    case "number":
      return numberSql(x, dialect, divide);
    case "money":
      return moneySql(x, dialect, divide);
    case "percent":
      return percentSql(x, dialect, divide);
    case "date":
      return dateSql(x, dialect, day);
    case "timestamp":
      return timestampSql(x, dialect, day);
  }
}

const truths = {true: ["true", "1", "yes", "y", "t"], false: ["false", "0", "no", "n", "f"]};

function booleanSql(x: string): string {
  const branches = Object.entries(truths).flatMap(([value, words]) => words.map((word) => `when '${word}' then ${value}`));
  return `case lower(${x}) ${branches.join(" ")} end`;
}

const plain = "[+-]?[0-9]+([.][0-9]*)?([eE][+-]?[0-9]+)?";
const blanks = "[\\s\\x{a0}\\x{202f}]";
const escaped = (mark: string): string => (mark === " " ? blanks : `[${mark}]`);

/** The number as digits with a point, from the declared marks, currency signs and accounting brackets; null when it is none. */
function numeral(x: string, {decimal, group}: Dialect): string {
  const bare = `regexp_replace(regexp_replace(${x}, '^[(](.*)[)]$', '-\\1'), '^([+-]?)${blanks}*(?:[A-Z]{3}|\\p{Sc})?${blanks}*([+-]?)(.*?)${blanks}*(?:[A-Z]{3}|\\p{Sc})?$', '\\1\\2\\3')`;
  const whole = group ? `(?:[0-9]+|[0-9]{1,3}(?:${escaped(group)}[0-9]{2,3})*${escaped(group)}[0-9]{3})` : "[0-9]+";
  const form = quoteText(`[+-]?${whole}(?:${escaped(decimal)}[0-9]*)?`);
  const ungrouped = group ? `regexp_replace(${bare}, ${quoteText(escaped(group))}, '', 'g')` : bare;
  const digits = decimal === "." ? ungrouped : `replace(${ungrouped}, ${quoteText(decimal)}, '.')`;
  const declared = `when regexp_full_match(${bare}, ${form}) then ${digits}`;
  const simple = decimal === "." ? `when regexp_full_match(${x}, '${plain}') then ${x}` : "";
  return `case ${simple} ${declared} end`;
}

const integerSql = (digits: string): string => `try_cast(regexp_extract(${digits}, '^([+-]?[0-9]+)(?:[.]0*)?$', 1) as bigint)`;

/** Plain digits go straight to the engine's cast, which is several times faster than looking at their form first. */
function direct(x: string, type: string, {decimal}: Dialect, slow: string): string {
  return decimal === "." ? `coalesce(case when ${x} < ':' and not contains(${x}, '_') then try_cast(${x} as ${type}) end, ${slow})` : slow;
}

function numberSql(x: string, dialect: Dialect, divide: number): string {
  const value = direct(x, "double", dialect, `try_cast(${numeral(x, dialect)} as double)`);
  return divide === 1 ? value : `${value} / ${divide}`;
}

function moneySql(x: string, dialect: Dialect, divide: number): string {
  if (divide !== 1) return `try_cast(${numberSql(x, dialect, divide)} as decimal(18, 2))`;
  return direct(x, "decimal(18, 2)", dialect, `try_cast(${numeral(x, dialect)} as decimal(18, 2))`);
}

/** A share (G15): "20%" is 0.2 whatever the divisor. What is outside 0–1 is told by inRangeSql. */
function percentSql(x: string, dialect: Dialect, divide: number): string {
  const signed = `try_cast(${numeral(`rtrim(left(${x}, length(${x}) - 1))`, dialect)} as double) / 100`;
  return `case when suffix(${x}, '%') then ${signed} else ${numberSql(x, dialect, divide)} end`;
}

/** The condition that a typed value must meet, beyond being one; undefined where the type allows all. */
export function inRangeSql(value: string, type: ColumnType): string | undefined {
  if (type === "percent") return `${value} between 0 and 1`;
  return type === "number" ? `isfinite(${value})` : undefined;
}

/** The engine's parser also takes words such as infinity and epoch: a date has a digit. */
const otherwise = (x: string, declared: readonly string[]): string => (declared.length ? `when regexp_matches(${x}, '[0-9]') then coalesce(${declared.join(", ")}) ` : "");
const isoDay = "____-__-__";
const hasTime = (format: string): boolean => /[hHs]/.test(format);
const formats = (declared: readonly string[]): string => `[${declared.map((format) => quoteText(strptimeFormat(format))).join(", ")}]`;
const utc = (stamp: string): string => `make_timestamp(epoch_us(${stamp}))`;
/** Where a bare day begins in the report's zone; see loaders/build/localDay.ts. */
const midnight = (date: string): string => `local_midnight(${date})`;

/** ISO stamp with or without offset; `Z-0300`, as some loaders write it, counts as the offset. */
const isoStamp = (x: string): string =>
  `coalesce(try_cast(${x} as timestamptz), try_cast(regexp_replace(${x}, 'Z([+-][0-9]{2}:?[0-9]{2})$', '\\1') as timestamptz))`;

function dateSql(x: string, {dates, reportZone}: Dialect, day: boolean): string {
  const zone = quoteText(reportZone);
  const head = `try_cast(left(${x}, 10) as date)`;
  const timed = dates.filter(hasTime);
  const bare = dates.filter((format) => !hasTime(format));
  const stamped = `try_strptime(${x}, ${formats(timed)})`;
  const declared = [
    ...(bare.length ? [`try_strptime(${x}, ${formats(bare)})::date`] : []),
    ...(timed.length ? [day ? `${stamped}::date` : `case when ${stamped}::time = time '00:00:00' then ${stamped}::date else timezone(${zone}, ${stamped}::timestamptz)::date end`] : [])
  ];
  const iso = day ? head : midnightDay(x, head, zone);
  return `case when ${x} like '${isoDay}' then try_cast(${x} as date) when suffix(${x}, ' 00:00:00') then ${head} when ${x} like '${isoDay}%' then ${iso} ${otherwise(x, declared)}end`;
}

/** Midnight in whatever zone is a day without a time; 00:00:30 is a stamp. */
const midnightDay = (x: string, head: string, zone: string): string =>
  `case when regexp_matches(${x}, '^.{11}00:00(:00([.]0*)?)?(Z|[+-][0-9:]+)?$') then ${head} else timezone(${zone}, ${isoStamp(x)})::date end`;

function timestampSql(x: string, dialect: Dialect, day: boolean): string {
  if (day) return midnight(dateSql(x, dialect, true));
  const timed = dialect.dates.filter(hasTime);
  const bare = dialect.dates.filter((format) => !hasTime(format));
  const declared = [
    ...(timed.length ? [utc(`try_strptime(${x}, ${formats(timed)})::timestamptz`)] : []),
    ...(bare.length ? [midnight(`try_strptime(${x}, ${formats(bare)})::date`)] : [])
  ];
  const plainUtc = dialect.zone === "UTC" ? `when ${x} like '____-__-_____:__:__' then try_cast(${x} as timestamp) ` : "";
  const iso = `when ${x} like '____-__-_____:__:__%Z' then try_cast(${x} as timestamp) when ${x} like '${isoDay}' then ${midnight(`try_cast(${x} as date)`)} when ${x} like '${isoDay}%' then ${utc(isoStamp(x))}`;
  return `case ${plainUtc}${iso} ${otherwise(x, declared)}end`;
}
