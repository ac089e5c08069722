// How far the forecast of the running month may miss: the open opportunities won or lost at random, many times over.

import {expectedByStage, forecast} from "../../metrics/forecast.js";
import {ask, compileContext, type AskOptions} from "../ask.js";
import {parsePeriod} from "../calendar.js";
import {exactColumn} from "../measure.js";
import {allOf, column, filterSql} from "../predicate.js";
import type {Filter, Reason} from "../question.js";
import {identifier, sql} from "../sql.js";

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

export interface ForecastRange {
  /** The forecast as every view shows it. */
  readonly value: number | null;
  readonly reason?: Reason;
  /** Null without a forecast; both ends are the value where nothing is open. */
  readonly range: readonly [number, number] | null;
  /** Open opportunities drawn. */
  readonly n: number;
}

/** Returns the forecast and its range. Throws a QuestionError for anything that the report does not know. */
export async function askForecastRange({period, filters = []}: {readonly period: string; readonly filters?: readonly Filter[]}, options: AskOptions & RangeOptions): Promise<ForecastRange> {
  const {manifest, run} = options;
  const {rows: [row]} = await ask({metrics: [forecast.id], period, filters}, options);
  const {value, reason} = row!;
  if (value === null) return {value, range: null, n: 0, ...(reason && {reason})};
  const {start, end} = parsePeriod(period, manifest);
  const {mart, time} = expectedByStage;
  const amount = exactColumn(mart, "amount", compileContext(manifest));
  const {text, params} = sql`select ${amount}::double as amount, ${column("win_chance")}::double as chance, count(*)::double as count
from ${identifier(mart)} as f
where ${allOf([sql`${column(time)} >= ${start}::date and ${column(time)} < ${end}::date`, sql`${column("amount")} is not null and ${column("win_chance")} is not null`, ...filters.map(filterSql)])!}
group by all order by all`;
  const chances = (await run({sql: text, params})).map((found) => ({amount: Number(found["amount"]), chance: Number(found["chance"]), count: Number(found["count"])}));
  const won = value - chances.reduce((sum, {amount, chance, count}) => sum + amount * chance * count, 0);
  const [low, high] = drawnRange(chances, options);
  return {value, range: [won + low, won + high], n: chances.reduce((sum, {count}) => sum + count, 0)};
}
