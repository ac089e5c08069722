// How far an expected value may miss (the forecast of the running month): what is open won or lost at random, many times over.

import {isCalendar, type Metric, type SimpleMetric} from "../metrics/define.js";
import {date, type CompileContext} from "./batch.js";
import type {Scope} from "./filters.js";
import {exactColumn} from "./measure.js";
import {allOf, column, filterSql} from "./predicate.js";
import type {Cell, Period, Statement} from "./question.js";
import {identifier, join, sql} from "./sql.js";

/** Opportunities of one amount and one chance to be won. */
export interface Chance {
  readonly amount: number;
  readonly chance: number;
  readonly count: number;
}

export interface RangeOptions {
  /** Share of the draws inside; 0.95 where absent. */
  readonly within?: number;
  readonly draws?: number;
  /** Another one draws others; the same always the same. */
  readonly seed?: number;
}

/**
 * Returns the range in which the sum of what is won lies in so many of the draws: bootstrap, each opportunity won by its
 * own chance. [0, 0] of none. The chances themselves are taken as known.
 */
export function drawnRange(chances: readonly Chance[], {within = 0.95, draws = 2000, seed = 1}: RangeOptions = {}): readonly [number, number] {
  const next = mulberry32(seed);
  const sums = Array.from({length: draws}, () => chances.reduce((sum, {amount, chance, count}) => {
    let won = 0;
    for (let k = 0; k < count; k++) if (next() < chance) won++;
    return sum + amount * won;
  }, 0)).sort((a, b) => a - b);
  const at = (q: number) => sums[Math.min(draws - 1, Math.max(0, Math.round(q * (draws - 1))))]!;
  return [at((1 - within) / 2), at((1 + within) / 2)];
}

/** A small generator of numbers in [0, 1): the same sequence on every machine. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Returns the part of a metric that adds amounts times their chances; null where its number is not drawn. */
export function drawnPart(metric: Metric): SimpleMetric | null {
  if (metric.type !== "derived" || metric.drawn === undefined) return null;
  const part = metric.inputs[metric.drawn]!;
  return !isCalendar(part) && part.type === "simple" && part.aggregate.fn === "sum_product" ? part : null;
}

/** Returns the statement for what may be won in a period: a row for each member, amount and chance. */
export function chancesStatement({mart, time, aggregate}: SimpleMetric, {start, end}: Period, {by, filters}: Scope, context: CompileContext): Statement {
  const [amount, chance] = (aggregate as {columns: readonly [string, string]}).columns;
  const members = by.map((dimension, k) => sql`cast(${column(dimension)} as varchar) as ${identifier(`m${k}`)}, `);
  const {text, params} = sql`select ${join(members, "")}${exactColumn(mart, amount, context)}::double as amount, ${column(chance)}::double as chance, count(*)::double as count
from ${identifier(mart)} as f
where ${allOf([sql`${column(time)} >= ${date(start)} and ${column(time)} < ${date(end)}`, sql`${column(amount)} is not null and ${column(chance)} is not null`, ...filters.map(filterSql)])!}
group by all order by all`;
  return {sql: text, params};
}

/** What may be won, by the members' key; under `total` all of it. */
export type Chances = ReadonlyMap<string, readonly Chance[]>;

/** Returns the chances that rows of a `chancesStatement` tell. */
export function readChances(rows: readonly Readonly<Record<string, unknown>>[], by: number, total: string): Chances {
  const found = new Map<string, Chance[]>();
  for (const row of rows) {
    const one = {amount: Number(row["amount"]), chance: Number(row["chance"]), count: Number(row["count"])};
    const key = JSON.stringify(Array.from({length: by}, (_, k) => row[`m${k}`] ?? null));
    for (const each of by > 0 ? [total, key] : [total]) found.set(each, [...(found.get(each) ?? []), one]);
  }
  // Draws follow the order: the whole is drawn the same whatever it is broken down by.
  for (const list of found.values()) list.sort((a, b) => a.amount - b.amount || a.chance - b.chance);
  return found;
}

/** Returns the 95 % range of a value that rests on chances, and how many there are; nothing where nothing is open. */
export function drawnCell(value: number | null, chances: readonly Chance[] = []): Pick<Cell, "interval" | "drawn"> {
  if (value === null || chances.length === 0) return {};
  const certain = value - chances.reduce((sum, {amount, chance, count}) => sum + amount * chance * count, 0);
  const [low, high] = drawnRange(chances);
  return {interval: [certain + low, certain + high], drawn: chances.reduce((sum, {count}) => sum + count, 0)};
}
