// A waterfall between two days: what stood at the start, what came and went, what stands at the end, with no residual.

import type {DimensionId} from "../../metrics/define.js";
import {waterfalls, type WaterfallId, type WaterfallMove} from "../../metrics/waterfalls.js";
import {askMany, type AskOptions} from "../ask.js";
import {parsePeriod, type CalendarContext} from "../calendar.js";
import type {Answer, AnswerRow, Filter, MissingData, Period, Question} from "../question.js";

export interface WaterfallQuestion {
  /** The pipeline that is due in the period where nothing is said. */
  readonly of?: WaterfallId;
  /** A key of any form, "2026-10" or "2026-10-05..2026-11-03": from the day before it to its last, at most to as-of. */
  readonly period: string;
  readonly filters?: readonly Filter[];
  readonly by?: DimensionId;
}

export interface WaterfallBar {
  /** "start", the name of a move, "end". */
  readonly move: string;
  /** Metric id: its label and definition name the bar. */
  readonly metric: string;
  /** −1 for what takes away. `value` itself is negative for no bar but `rates`, which can go both ways. */
  readonly sign: 1 | -1;
  /** Null where no source feeds it, and where few records belong to it. */
  readonly value: number | null;
  /** Opportunities or customers. */
  readonly n: number;
  /** Of them, in a currency without a rate: not in the value. */
  readonly unrated?: number;
}

export interface Waterfall {
  /** Null for all together. */
  readonly member: {readonly value: string | null} | null;
  /** Start, then each move, then end. What goes from one member to another is transferred; in all, nothing is. */
  readonly bars: readonly WaterfallBar[];
  /** End − (start ± moves), to the cent: 0. Null where a bar has no value. */
  readonly residual: number | null;
}

export interface WaterfallAnswer {
  readonly period: Period;
  /** All together first, then each member that has any bar. */
  readonly waterfalls: readonly Waterfall[];
  readonly missing: readonly MissingData[];
}

type Bar = Pick<WaterfallBar, "move" | "metric" | "sign"> & Pick<WaterfallMove, "optional">;

function barsOf(of: WaterfallId): readonly Bar[] {
  const {start, moves, end} = waterfalls[of];
  return [{move: "start", metric: start.id, sign: 1}, ...moves.map(({move, metric, sign, optional}): Bar => ({move, metric: metric.id, sign, ...(optional && {optional})})), {move: "end", metric: end.id, sign: 1}];
}

/** Returns the metric ids of the bars in order: for callers that ask several things at once. */
export const waterfallMetricIds = (of: WaterfallId): readonly string[] => [...new Set(barsOf(of).map(({metric}) => metric))];

/** Returns what is to be asked for a waterfall; the answers go to `readWaterfall` in this order. Throws a QuestionError for a period that is none. */
export function waterfallQuestions({of = "pipeline", period, filters, by}: WaterfallQuestion, calendar: CalendarContext): Question[] {
  const beside = {...(filters && {filters}), ...(by !== undefined && {by: [by]})};
  const {start, startsBefore} = waterfalls[of];
  const whole = {metrics: waterfallMetricIds(of), period, ...beside};
  return startsBefore ? [whole, {metrics: [start.id], period: dayBefore(parsePeriod(period, calendar).start), ...beside}] : [whole];
}

const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** Returns the waterfall of a period. Throws a QuestionError for anything that the report does not know. */
export async function askWaterfall({of = "pipeline", ...question}: WaterfallQuestion, options: AskOptions): Promise<WaterfallAnswer> {
  const [whole, before] = await askMany(waterfallQuestions({of, ...question}, options.manifest), options);
  return readWaterfall(whole!, of, before);
}

/** Returns the waterfall in an answer to its metrics; `before` answers how its stock stood on the day before, where that is asked for. */
export function readWaterfall({rows, period, missing}: Answer, of: WaterfallId, before?: Answer): WaterfallAnswer {
  const unfed = new Set(missing.map(({metric}) => metric));
  const bars = barsOf(of).filter(({metric, optional}) => !(optional && unfed.has(metric)));
  const current = rows.filter(({role}) => role === "current");
  const keys = [...new Set(current.map(keyOf))];
  const cellsOf = (of: readonly AnswerRow[]) => new Map(of.filter(({role}) => role === "current").map((row) => [`${keyOf(row)} ${row.metric}`, row]));
  const [found, stood] = [cellsOf(rows), before && cellsOf(before.rows)];
  const cellOf = (key: string, {move, metric}: Bar): AnswerRow => {
    const cell = found.get(`${key} ${metric}`)!;
    // A member that did not stand there on the day before has no row of that day.
    return move === "start" && stood ? stood.get(`${key} ${metric}`) ?? {...cell, value: 0, n: 0} : cell;
  };
  return {period, missing: missing.filter(({metric}) => bars.some((bar) => bar.metric === metric)), waterfalls: keys.map((key) => waterfallOf(bars, bars.map((bar) => cellOf(key, bar))))};
}

const keyOf = ({total, members}: AnswerRow): string => (total ? "" : JSON.stringify(members));

function waterfallOf(bars: readonly Bar[], cells: readonly AnswerRow[]): Waterfall {
  const [{total, members}] = cells as [AnswerRow];
  const cents = cells.map(({value}) => (value === null ? null : Math.round(value * 100)));
  return {
    member: total ? null : {value: members[0] ?? null},
    bars: bars.map(({move, metric, sign}, k) => ({move, metric, sign, value: cells[k]!.value, n: cells[k]!.n, ...(cells[k]!.unrated && {unrated: cells[k]!.unrated})})),
    residual: cents.includes(null) ? null : (cents.at(-1)! - cents.slice(0, -1).reduce<number>((sum, value, k) => sum + bars[k]!.sign * value!, 0)) / 100
  };
}
