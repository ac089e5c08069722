// Which declared formats read every date of a column: shapes of cells to formats, each tried on all cells.

import {castSql, type Dialect} from "../canonical/cast.js";
import {englishMonths} from "../canonical/monthNames.js";
import {quoteText, type Native} from "../native.js";
import {monthLanguages, type MonthLanguages} from "./monthLanguages.js";

/** Formats that together read all dates of a column; none where all are ISO. */
export interface DateReading {
  readonly formats: readonly string[];
  /** A time of day stands beside the day. */
  readonly time: boolean;
  /** Languages, any of which reads the names of months so; absent where they are English or there are none. */
  readonly months?: MonthLanguages;
  /** A cell that another reading takes for another day, and the day it is here. */
  readonly example?: {readonly cell: string; readonly day: string};
}

const mostShapes = 6;

/** The cells that are read: their shape, as SQL, and the day they are by some formats. */
interface Cells {
  readonly filter: string;
  readonly shape: string;
  readonly day: (dates: readonly string[]) => string;
  /** Formats that a cell of the shape may be in; undefined stands for ISO. */
  readonly candidates: (shape: string, example: string) => {format: string | undefined; time: boolean}[];
}

/** Every reading of the values in the table _values; `named` says that the header speaks of days, without which bare numbers are none. */
export async function dateReadings(native: Native, filter: string, named: boolean): Promise<readonly DateReading[]> {
  const languages = await monthLanguages(native, filter);
  const readings: DateReading[] = [];
  if (languages.every(([language]) => language === "en")) readings.push(...(await readingsOf(native, plainCells(filter, named))));
  // Jan beside April are of no one format, unless months are said to be named.
  if (readings.length === 0) for (const months of languages) for (const reading of await readingsOf(native, namedCells(months[0]!, filter, named))) readings.push({...reading, months});
  return readings.length > 1 ? withExamples(native, filter, readings) : readings;
}

const shapeOf = (words: string): string => `regexp_replace(regexp_replace(x, '[0-9]+', '0', 'g'), '${words}', 'A', 'g')`;

/** The day that `x` is by formats, with months named in a language or in English. */
const dayBy = (months?: string) => (dates: readonly string[]): string => {
  const dialect: Dialect = {dates, decimal: ".", group: "", zone: "UTC", reportZone: "UTC", ...(months && {months})};
  return castSql("x", "date", dialect, {day: true, ...(months && {english: englishMonths("x", months)})});
};

/** Cells whose words are English, or no names of months. */
const plainCells = (filter: string, named: boolean): Cells => ({
  filter,
  shape: shapeOf("[A-Za-z\\p{Latin}.]*[A-Za-z\\p{Latin}]"),
  day: dayBy(),
  candidates: (shape, example) => candidates(shape, example, named)
});

/** Cells with names of months: words of three letters and more are names, shorter ones belong to the format. */
const namedCells = (months: string, filter: string, named: boolean): Cells => ({
  filter,
  shape: shapeOf("[\\p{L}\\p{M}]{3,}|[AaPp][Mm]\\b"),
  day: dayBy(months),
  candidates: (shape, example) => (/^0?[^0A]*A/.test(shape) ? withTime(shape, (day) => namedDays(day, example)) : candidates(shape, example, named))
});

async function readingsOf(native: Native, {filter, shape: shapeSql, day, candidates}: Cells): Promise<DateReading[]> {
  const shapes = await native.run({
    sql: `select ${shapeSql} as shape, min(x) as example, count(*) as n from _values where ${filter} group by 1 order by 3 desc, 1 limit ${mostShapes + 1}`,
    params: []
  });
  if (shapes.length === 0 || shapes.length > mostShapes) return [];
  const [iso] = await native.run({sql: `select count(*) filter (x like '____-__-__%' and ${day([])} is not null) as days, count(*) filter (length(x) > 10 and not regexp_matches(x, '[ T]00:00(:00([.]0+)?)?(Z|[+-].*)?$')) as times, count(*) as n from _values where ${filter}`, params: []});
  if (Number(iso!["days"]) === Number(iso!["n"])) return [{formats: [], time: Number(iso!["times"]) > 0}];
  let readings: DateReading[] = [{formats: [], time: false}];
  for (const {shape, example, n} of shapes) {
    const fitting: {format: string | undefined; time: boolean}[] = [];
    for (const option of candidates(String(shape), String(example))) {
      const [fits] = await native.run({sql: `select count(${day(option.format === undefined ? [] : [option.format])}) as n from _values where ${filter} and ${shapeSql} = ${quoteText(String(shape))}`, params: []});
      if (Number(fits!["n"]) === Number(n)) fitting.push(option);
    }
    if (fitting.length === 0) return [];
    readings = readings.flatMap((reading) => fitting.map(({format, time}) => ({formats: format === undefined || reading.formats.includes(format) ? reading.formats : [...reading.formats, format], time: reading.time || time})));
  }
  return readings.filter(({formats}) => consistent(formats)).slice(0, 4);
}

/** One file has one order of day and month. */
function consistent(formats: readonly string[]): boolean {
  const orders = new Set(formats.filter((format) => /M/.test(format) && /D/.test(format) && !/MMM|^YYYY/.test(format)).map((format) => (format.indexOf("D") < format.indexOf("M") ? "day first" : "month first")));
  return orders.size <= 1;
}

async function withExamples(native: Native, filter: string, readings: readonly DateReading[]): Promise<DateReading[]> {
  const day = ({formats, months}: DateReading): string => dayBy(months?.[0])(formats);
  const days = readings.map((reading, at) => `${day(reading)}::varchar as d${at}`).join(", ");
  const [differing] = await native.run({sql: `select x, ${days} from _values where ${filter} and ${day(readings[0]!)} is distinct from ${day(readings[1]!)} order by place limit 1`, params: []});
  // Cells such as 3/3/2026 only: whichever is taken, the days are the same, but the next export's may not be.
  const [any] = differing ? [differing] : await native.run({sql: `select x, ${days} from _values where ${filter} order by place limit 1`, params: []});
  return readings.map((reading, at) => ({...reading, example: {cell: String(any!["x"]), day: String(any![`d${at}`])}}));
}

const times: readonly (readonly [string, string])[] = [
  ["0:0:0.0", "hh:mm:ss.SSS"], ["0:0:0 A", "h:mm:ss A"], ["0:0 A", "h:mm A"], ["0:0:0", "hh:mm:ss"], ["0:0", "hh:mm"]
];

/** Formats that a cell of the shape may be in; undefined stands for ISO. */
function candidates(shape: string, example: string, named: boolean): {format: string | undefined; time: boolean}[] {
  if (/^0-0-0($|[ A])/.test(shape) && /^\d{4}-\d{2}-\d{2}/.test(example)) return [{format: undefined, time: shape !== "0-0-0"}];
  if (shape === "0" || shape === "0.0") return named ? counted(shape, example) : [];
  return withTime(shape, (day) => days(day, example));
}

/** Formats of a shape with its time of day, where it has one; `of` gives those of the day before it. */
function withTime(shape: string, of: (day: string) => string[]): {format: string; time: boolean}[] {
  for (const [end, format] of times) {
    if (!shape.endsWith(end)) continue;
    const gap = /^(.*[0A][.]?|.*[0A] \p{L}{1,2}[.]?)(,? |, | +|T)$/u.exec(shape.slice(0, -end.length));
    if (gap) return of(gap[1]!).map((date) => ({format: `${date}${gap[2]!}${format}`, time: true}));
  }
  return of(shape).map((format) => ({format, time: false}));
}

/** Formats of a day whose month is named: 15 de abril de 2021, 2021. ápr. 15. */
function namedDays(shape: string, example: string): string[] {
  const [first, second] = example.match(/\d+/g) ?? [];
  const marks = shape.replace(/[^0A]/g, "");
  const year = (text: string | undefined): string => (text?.length === 4 ? "YYYY" : "YY");
  const parts = marks === "A00" ? ["MMM", "DD", year(second)] : marks !== "0A0" ? [] : first?.length === 4 ? ["YYYY", "MMM", "DD"] : ["DD", "MMM", year(second)];
  let at = 0;
  return parts.length ? [shape.replace(/[0A]|(?![0A])\p{L}+/gu, (part) => (/[0A]/.test(part) ? parts[at++]! : `[${part}]`))] : [];
}

function counted(shape: string, example: string): {format: string; time: boolean}[] {
  if (/^\d{8}$/.test(example)) return [{format: "YYYYMMDD", time: false}];
  if (/^\d{12,14}$/.test(example)) return [{format: "epoch_ms", time: true}];
  if (/^\d{9,11}([.]\d+)?$/.test(example)) return [{format: "epoch", time: true}];
  return /^[2-6]\d{4}([.]\d+)?$/.test(example) ? [{format: "excel", time: shape === "0.0"}] : [];
}

/** Formats of a day by its shape; the numbers of one cell tell where its year stands. */
function days(shape: string, example: string): string[] {
  const numbers = example.match(/\d+/g) ?? [];
  const year = (text: string | undefined): string => (text?.length === 4 ? "YYYY" : "YY");
  const fill = (...parts: string[]): string => {
    let at = 0;
    return shape.replace(/[0A]/g, () => parts[at++] ?? "");
  };
  const separated = /^0([^0A]+)0([^0A]+)0([^0A]*)$/.exec(shape);
  if (separated) {
    if (numbers[0]?.length === 4) return [fill("YYYY", "MM", "DD")];
    const last = year(numbers[2]);
    return [fill("DD", "MM", last), fill("MM", "DD", last)];
  }
  if (/^0[^0A]*A[^0A]*0[^0A]*$/.test(shape)) return ["MMM", "MMMM"].map((month) => fill("DD", month, year(numbers[1])));
  if (/^A[^0A]*0[^0A]*0$/.test(shape)) return ["MMM", "MMMM"].map((month) => fill(month, "DD", year(numbers[1])));
  return [];
}
