// Text of one cell to one typed value, as SQL. Nothing is guessed: a form that is not declared gives null, and the
// caller ledgers the cell. The session zone is the source's while these run; results are UTC.

import {quoteText} from "../native.js";
import {countedFormats, hasOffset, isCounted, strptimeFormat, unworded, type CountedFormat} from "./dates.js";
import type {ColumnType} from "./schema.js";

/** How a source writes values, and the zone in which a bare day begins. */
export interface Dialect {
  readonly dates: readonly string[];
  /** Language in which months are named; English where absent. */
  readonly months?: string;
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
  /** The text with its month in English, as englishMonths makes it; for a dialect with `months`. */
  readonly english?: string;
}

/** Returns an SQL expression of the canonical type for the text expression `x`; null where `x` cannot be typed. */
export function castSql(x: string, type: ColumnType, dialect: Dialect, {day = false, divide = 1, english = x}: CastOptions = {}): string {
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
      return dateSql(x, english, dialect, day);
    case "timestamp":
      return timestampSql(x, english, dialect, day);
  }
}

const truths = {true: ["true", "1", "yes", "y", "t"], false: ["false", "0", "no", "n", "f"]};

function booleanSql(x: string): string {
  const branches = Object.entries(truths).flatMap(([value, words]) => words.map((word) => `when '${word}' then ${value}`));
  return `case ${x} when '0' then false when '1' then true else case lower(${x}) ${branches.join(" ")} end end`;
}

const plain = "[+-]?[0-9]+([.][0-9]*)?([eE][+-]?[0-9]+)?";
const blanks = "[\\s\\x{a0}\\x{2009}\\x{202f}]";
const escaped = (mark: string): string => (mark === " " ? blanks : mark === "'" ? "['\\x{2019}]" : `[${mark}]`);
/** What stands for a currency beside a number: a sign, an ISO code, a usual short name. */
const currencies = "(?:[A-Z]{3}|[A-Z]{0,2}\\p{Sc}|Ft|Fr[.]?|kr[.]?|Kč|zł|lei|Rs[.]?|TL|руб[.]?|р[.]|лв[.]?|元|円)";
const sign = "[+\\x{2212}-]";

/** The number as digits with a point, from the declared marks, currency signs, accounting brackets and a minus behind; null when it is none. */
function numeral(x: string, {decimal, group}: Dialect): string {
  const signed = `regexp_replace(regexp_replace(${x}, '^(${currencies}?)${blanks}*[(](.*)[)]$', '-\\1\\2'), '^(.*[^-(])${blanks}*[\\x{2212}-]$', '-\\1')`;
  const bare = `replace(regexp_replace(${signed}, '^(${sign}?)${blanks}*${currencies}?${blanks}*(${sign}?)(.*?)${blanks}*${currencies}?$', '\\1\\2\\3'), '\u2212', '-')`;
  const whole = group ? `(?:[0-9]+|[0-9]{1,3}(?:${escaped(group)}[0-9]{2,3})*${escaped(group)}[0-9]{3})` : "[0-9]+";
  const form = quoteText(`[+-]?${whole}(?:${escaped(decimal)}[0-9]*)?`);
  const ungrouped = group ? `regexp_replace(${bare}, ${quoteText(escaped(group))}, '', 'g')` : bare;
  const digits = decimal === "." ? ungrouped : `replace(${ungrouped}, ${quoteText(decimal)}, '.')`;
  const declared = `when regexp_full_match(${bare}, ${form}) then ${digits}`;
  const simple = decimal === "." ? `when regexp_full_match(${x}, '${plain}') then ${x}` : "";
  return `case ${simple} ${declared} end`;
}

/** A numeral; thousands, millions and billions may be written short, as $1,117.10K, with the letter right behind the digits. */
function perhapsShort(x: string, type: string, dialect: Dialect): string {
  const factor = `case right(${x}, 1) when 'M' then 1e6 when 'B' then 1e9 else 1e3 end`;
  const long = `try_cast(${numeral(`left(${x}, length(${x}) - 1)`, dialect)} as double) * ${factor}`;
  return `case when regexp_matches(${x}, '[0-9][KkMB]$') then try_cast(${long} as ${type}) else try_cast(${numeral(x, dialect)} as ${type}) end`;
}

const integerSql = (digits: string): string => `try_cast(regexp_extract(${digits}, '^([+-]?[0-9]+)(?:[.]0*)?$', 1) as bigint)`;

/** Plain digits go straight to the engine's cast, which is several times faster than looking at their form first. */
function direct(x: string, type: string, {decimal}: Dialect, slow: string): string {
  return decimal === "." ? `coalesce(case when ${x} < ':' and not contains(${x}, '_') then try_cast(${x} as ${type}) end, case when ${x} is not null then ${slow} end)` : slow;
}

function numberSql(x: string, dialect: Dialect, divide: number): string {
  const value = direct(x, "double", dialect, perhapsShort(x, "double", dialect));
  return divide === 1 ? value : `${value} / ${divide}`;
}

function moneySql(x: string, dialect: Dialect, divide: number): string {
  if (divide !== 1) return `try_cast(${numberSql(x, dialect, divide)} as decimal(18, 2))`;
  return direct(x, "decimal(18, 2)", dialect, perhapsShort(x, "decimal(18, 2)", dialect));
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
const hasTime = (format: string): boolean => /[hHs]/.test(unworded(format));
const isBare = (format: string): boolean => !hasTime(format);
/** The cell as the engine's parser finds it in one of the formats: a stamp without zone, null in none of them. */
const parsed = (english: string, declared: readonly string[], {months}: Dialect): string =>
  `try_strptime(${english}, [${declared.map((format) => quoteText(strptimeFormat(format, {translated: months !== undefined}))).join(", ")}])`;
const utc = (stamp: string): string => `make_timestamp(epoch_us(${stamp}))`;
/** Where a bare day begins in the report's zone; see loaders/build/localDay.ts. */
const midnight = (date: string): string => `local_midnight(${date})`;

/** ISO stamp with or without offset; `Z-0300`, as some loaders write it, counts as the offset. */
const isoStamp = (x: string): string =>
  `coalesce(try_cast(${x} as timestamptz), try_cast(regexp_replace(${x}, 'Z([+-][0-9]{2}:?[0-9]{2})$', '\\1') as timestamptz))`;

/** A wall-clock time in the source's zone as a moment. One that the clock shows twice is the first of the two; one that it skips, the same time after the gap. */
function moment(local: string, {zone}: Dialect): string {
  const late = `${local}::timestamptz`;
  if (zone === "UTC") return late;
  const earlier = `${late} - interval 1 hour`;
  return `case when hour(${local}) < 4 and timezone(${quoteText(zone)}, ${earlier}) = ${local} then ${earlier} else ${late} end`;
}

/** ISO stamps as moments; those without offset as wall-clock times. */
function isoMoment(x: string, dialect: Dialect): string {
  const stamp = isoStamp(x);
  if (dialect.zone === "UTC") return stamp;
  return `case when substr(${x}, 12, 1) = '0' and not regexp_matches(${x}, '(Z|[+-][0-9]{2}(:?[0-9]{2})?)$') then ${moment(`try_cast(${x} as timestamp)`, dialect)} else ${stamp} end`;
}

/** Declared formats that count instead of naming days: how their cells are told, as moments, and as days. */
function countedSql(x: string, dialect: Dialect, day: boolean): {stamps: string[]; days: string[]} {
  const zone = quoteText(dialect.reportZone);
  const serial = `try_cast(replace(${x}, ',', '.') as double)`;
  const whole = `try(date '1899-12-30' + floor(${serial})::integer)`;
  const local = `try(timestamp '1899-12-30' + to_seconds(round(${serial} * 86400)))`;
  const form: Readonly<Record<CountedFormat, string>> = {
    excel: `regexp_full_match(${x}, '[0-9]{2,7}([.,][0-9]+)?') and ${serial} between 61 and 2958465`,
    epoch: `regexp_full_match(${x}, '[0-9]{9,11}([.][0-9]+)?')`,
    epoch_ms: `regexp_full_match(${x}, '[0-9]{12,14}')`
  };
  const stamp: Readonly<Record<CountedFormat, string>> = {
    excel: `case when ${serial} = floor(${serial}) then ${midnight(whole)} else ${utc(moment(local, dialect))} end`,
    epoch: `try(make_timestamp(round(try_cast(${x} as double) * 1e6)::bigint))`,
    epoch_ms: `try(make_timestamp(try_cast(${x} as bigint) * 1000))`
  };
  const dayOf = (format: CountedFormat): string => {
    if (format !== "excel") return day ? `${stamp[format]}::date` : `timezone(${zone}, timezone('UTC', ${stamp[format]}))::date`;
    return day ? whole : `case when ${serial} = floor(${serial}) then ${whole} else timezone(${zone}, ${moment(local, dialect)})::date end`;
  };
  const counted = countedFormats.filter((format) => dialect.dates.includes(format));
  return {stamps: counted.map((format) => `case when ${form[format]} then ${stamp[format]} end`), days: counted.map((format) => `case when ${form[format]} then ${dayOf(format)} end`)};
}

function dateSql(x: string, english: string, dialect: Dialect, day: boolean): string {
  const dates = dialect.dates.filter((format) => !isCounted(format));
  const zone = quoteText(dialect.reportZone);
  const head = `try_cast(left(${x}, 10) as date)`;
  const timed = dates.filter(hasTime);
  const bare = dates.filter(isBare);
  const stamped = parsed(english, timed, dialect);
  const declared = [
    ...(bare.length ? [`${parsed(english, bare, dialect)}::date`] : []),
    ...(timed.length ? [day ? `${stamped}::date` : `case when ${stamped}::time = time '00:00:00' then ${stamped}::date else timezone(${zone}, ${stamped}::timestamptz)::date end`] : []),
    ...countedSql(x, dialect, day).days
  ];
  const iso = day ? head : midnightDay(x, head, zone);
  const usual = `case when strlen(${x}) = 19 and suffix(${x}, ' 00:00:00') then try_cast(${x} as date) end`;
  return `coalesce(${usual}, case when ${x} like '${isoDay}' then try_cast(${x} as date) when suffix(${x}, ' 00:00:00') and ${head} is not null then ${head} when ${x} like '${isoDay}%' then ${iso} ${otherwise(x, declared)}end)`;
}

/** Midnight in whatever zone is a day without a time; 00:00:30 is a stamp. */
const midnightDay = (x: string, head: string, zone: string): string =>
  `case when regexp_matches(${x}, '^.{11}00:00(:00([.]0*)?)?(Z|[+-][0-9:]+)?$') then ${head} else timezone(${zone}, ${isoStamp(x)})::date end`;

function timestampSql(x: string, english: string, dialect: Dialect, day: boolean): string {
  if (day) return midnight(dateSql(x, english, dialect, true));
  const dates = dialect.dates.filter((format) => !isCounted(format));
  const [zoned, local, bare] = [dates.filter(hasOffset), dates.filter((format) => hasTime(format) && !hasOffset(format)), dates.filter(isBare)];
  const declared = [
    ...(zoned.length ? [utc(`${parsed(english, zoned, dialect)}::timestamptz`)] : []),
    ...(local.length ? [utc(moment(parsed(english, local, dialect), dialect))] : []),
    ...(bare.length ? [midnight(`${parsed(english, bare, dialect)}::date`)] : []),
    ...countedSql(x, dialect, day).stamps
  ];
  const plainUtc = dialect.zone === "UTC" ? `when ${x} like '____-__-_____:__:__' then try_cast(${x} as timestamp) ` : "";
  const iso = `when ${x} like '____-__-_____:__:__%Z' then try_cast(${x} as timestamp) when ${x} like '${isoDay}' then ${midnight(`try_cast(${x} as date)`)} when ${x} like '${isoDay}%' then ${utc(isoMoment(x, dialect))}`;
  return `case ${plainUtc}${iso} ${otherwise(x, declared)}end`;
}
