// What a statement is made for, and the pieces that all kinds of statements share.

import type {DimensionId} from "../metrics/define.js";
import type {CubeUse} from "./cubeChoice.js";
import {aggregateKey} from "./cubes.js";
import type {CalendarRules} from "./manifest.js";
import {combine, measureColumns, type Leaf, type MeasureColumn, type MeasureContext} from "./measure.js";
import {allOf, column, filterSql} from "./predicate.js";
import type {Filter} from "./question.js";
import {identifier, integer, join, sql, type Sql} from "./sql.js";
import type {Days, TimeRule} from "./timeRule.js";

export interface Batch {
  readonly mart: string;
  /** Counted beforehand: read from here instead of the mart. */
  readonly cube?: CubeUse;
  readonly rule: TimeRule;
  readonly filters: readonly Filter[];
  readonly by: readonly DimensionId[];
  /** Distinct; a result row names its position. */
  readonly periods: readonly Days[];
  /** Also count the rows without the date; their position is −1. Events only. */
  readonly undated: boolean;
  readonly leaves: readonly Leaf[];
}

export interface CompileContext extends MeasureContext {
  readonly calendar: CalendarRules;
}

/** Name of the columns of the k-th leaf. */
export const leafPrefix = (k: number): string => `c${k}`;

/** The mart, or the cube that stands for it: it has the same dates, put back to the last breakpoint, and dimensions. */
export const relation = ({mart, cube}: Batch): Sql => identifier(cube?.name ?? mart);

/** The aggregates of all leaves; over a cube, those that it holds as one. */
export function measures({leaves, cube}: Batch, context: CompileContext): MeasureColumn[] {
  const columns = leaves.flatMap((leaf, k) => measureColumns(leaf, leafPrefix(k), context));
  return cube ? columns.map(({name, value}) => ({name, value: heldIn(cube, name, value)})) : columns;
}

/** The rows of the column in which a cube holds the aggregate, as one. */
export function heldIn({name, columns}: CubeUse, measure: string, aggregate: Sql): Sql {
  const held = columns.get(aggregateKey(aggregate));
  if (held === undefined) throw new TypeError(`${name} does not hold ${aggregate.text}`);
  return combine(measure, column(held));
}

export const asDoubles = (columns: readonly MeasureColumn[]): Sql =>
  join(columns.map(({name, value}) => sql`cast(${value} as double) as ${identifier(name)}`), ",\n  ");

export const asTheyAre = (columns: readonly MeasureColumn[]): Sql =>
  join(columns.map(({name, value}) => sql`${value} as ${identifier(name)}`), ",\n    ");

/** What combines pieces: sums of sums are exact, since decimals and counts are. */
export const combined = (columns: readonly MeasureColumn[]): Sql =>
  asDoubles(columns.map(({name}) => ({name, value: combine(name, identifier(name))})));

export const member = (k: number): Sql => ({text: `m${k}`, params: []});
export const members = ({by}: Batch): Sql[] => by.map((_, k) => member(k));
export const comma = (pieces: readonly Sql[]): Sql => join(pieces.map((piece) => sql`, ${piece}`), "");

/** Total flag and members, in front of the measures. */
export function memberColumns({by}: Batch): Sql {
  const flag = by.length ? sql`grouping(${column(by[0]!)})` : sql`1`;
  return sql`${flag} as total${comma(by.map((dimension, k) => sql`cast(${column(dimension)} as varchar) as ${member(k)}`))}`;
}

/** `place` is in every set: the period, and whatever else parts the rows. */
export const groupingSets = (place: Sql, {by}: Batch): Sql =>
  by.length ? sql`group by grouping sets ((${place}), (${place}${comma(by.map(column))}))` : sql`group by ${place}`;

export const date = (iso: string): Sql => sql`${iso}::date`;

/** What a reader picked, and the rung of a cube that has it. */
export const filters = ({filters: picked, cube}: Batch): Sql[] =>
  [...(cube ? [sql`${column("rung")} = ${integer(cube.rung)}`] : []), ...picked.map(filterSql)];

export const whereSql = (conditions: readonly Sql[]): Sql => {
  const where = allOf(conditions);
  return where ? sql`where ${where}` : sql``;
};

/** Rows that lie open when a day begins; a cube has them once for each such day, as spans of one day. */
export const openOn = ({cube}: Batch, {from, to}: {readonly from: string; readonly to: string}, day: Sql): Sql =>
  cube ? sql`${column(to)} = ${day}` : sql`${column(from)} < ${day} and ${column(to)} >= ${day}`;

export const periodTable = ({periods}: Batch): Sql => sql`period(i, first_day, past_day) as (values ${join(
  periods.map(({start, end}, i) => sql`(${integer(i)}, ${date(start)}, ${date(end)})`)
)})`;

/** Every day of every period: rows are found by equality, which is what engines do fastest. */
export const dayTable = sql`day as (select i, first_day + unnest(range(0, past_day - first_day))::integer as day from period)`;
