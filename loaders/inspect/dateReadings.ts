// Which declared formats read every date of a column: shapes of cells to formats, each tried on all cells.

import {castSql, type Dialect} from "../canonical/cast.js";
import {quoteText, type Native} from "../native.js";

/** Formats that together read all dates of a column; none where all are ISO. */
export interface DateReading {
  readonly formats: readonly string[];
  /** A time of day stands beside the day. */
  readonly time: boolean;
  /** A cell that another reading takes for another day, and the day it is here. */
  readonly example?: {readonly cell: string; readonly day: string};
}

const mostShapes = 6;
const dialect = (dates: readonly string[]): Dialect => ({dates, decimal: ".", group: "", zone: "UTC", reportZone: "UTC"});
const day = (dates: readonly string[]): string => castSql("x", "date", dialect(dates), {day: true});

/** Every reading of the values in the table _values; `named` says that the header speaks of days, without which bare numbers are none. */
export async function dateReadings(native: Native, filter: string, named: boolean): Promise<readonly DateReading[]> {
  const shapes = await native.run({
    sql: `select regexp_replace(regexp_replace(x, '[0-9]+', '0', 'g'), '[A-Za-z\\p{Latin}.]*[A-Za-z\\p{Latin}]', 'A', 'g') as shape, min(x) as example, count(*) as n from _values where ${filter} group by 1 order by 3 desc, 1 limit ${mostShapes + 1}`,
    params: []
  });
  if (shapes.length === 0 || shapes.length > mostShapes) return [];
  const [iso] = await native.run({sql: `select count(*) filter (x like '____-__-__%' and ${day([])} is not null) as days, count(*) filter (length(x) > 10 and not regexp_matches(x, '[ T]00:00(:00([.]0+)?)?(Z|[+-].*)?$')) as times, count(*) as n from _values where ${filter}`, params: []});
  if (Number(iso!["days"]) === Number(iso!["n"])) return [{formats: [], time: Number(iso!["times"]) > 0}];
  let readings: DateReading[] = [{formats: [], time: false}];
  for (const {shape, example, n} of shapes) {
    const options = candidates(String(shape), String(example), named);
    const fitting: {format: string | undefined; time: boolean}[] = [];
    for (const option of options) {
      const [fits] = await native.run({sql: `select count(${day(option.format === undefined ? [] : [option.format])}) as n from _values where ${filter} and ${shapeIs(String(shape))}`, params: []});
      if (Number(fits!["n"]) === Number(n)) fitting.push(option);
    }
    if (fitting.length === 0) return [];
    readings = readings.flatMap((reading) => fitting.map(({format, time}) => ({formats: format === undefined || reading.formats.includes(format) ? reading.formats : [...reading.formats, format], time: reading.time || time})));
  }
  const sane = readings.filter(({formats}) => consistent(formats)).slice(0, 4);
  return sane.length > 1 ? await withExamples(native, filter, sane) : sane;
}

const shapeIs = (shape: string): string => `regexp_replace(regexp_replace(x, '[0-9]+', '0', 'g'), '[A-Za-z\\p{Latin}.]*[A-Za-z\\p{Latin}]', 'A', 'g') = ${quoteText(shape)}`;

/** One file has one order of day and month. */
function consistent(formats: readonly string[]): boolean {
  const orders = new Set(formats.filter((format) => /M/.test(format) && /D/.test(format) && !/MMM|^YYYY/.test(format)).map((format) => (format.indexOf("D") < format.indexOf("M") ? "day first" : "month first")));
  return orders.size <= 1;
}

async function withExamples(native: Native, filter: string, readings: readonly DateReading[]): Promise<DateReading[]> {
  const days = readings.map(({formats}, at) => `${day(formats)}::varchar as d${at}`).join(", ");
  const [differing] = await native.run({sql: `select x, ${days} from _values where ${filter} and ${day(readings[0]!.formats)} is distinct from ${day(readings[1]!.formats)} order by place limit 1`, params: []});
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
  for (const [end, format] of times) {
    if (!shape.endsWith(end)) continue;
    const rest = shape.slice(0, -end.length);
    const gap = /^(.*0|.*A)(,? |, | +|T)$/.exec(rest);
    if (gap) return days(gap[1]!, example).map((date) => ({format: `${date}${gap[2]!}${format}`, time: true}));
  }
  return days(shape, example).map((format) => ({format, time: false}));
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
