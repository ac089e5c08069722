// A waterfall between two days: what stood at the start, what came and went, what stands at the end, with no residual.

import type {DimensionId} from "../../metrics/define.js";
import {waterfalls, type WaterfallId} from "../../metrics/waterfalls.js";
import {ask, type AskOptions} from "../ask.js";
import type {Answer, AnswerRow, Filter, MissingData, Period} from "../question.js";

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
  /** −1 for what takes away. `value` itself is never negative. */
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

type Bar = Pick<WaterfallBar, "move" | "metric" | "sign">;

function barsOf(of: WaterfallId): readonly Bar[] {
  const {start, moves, end} = waterfalls[of];
  return [{move: "start", metric: start.id, sign: 1}, ...moves.map(({move, metric, sign}) => ({move, metric: metric.id, sign})), {move: "end", metric: end.id, sign: 1}];
}

/** Returns the metric ids of the bars in order: for callers that ask several things at once. */
export const waterfallMetricIds = (of: WaterfallId): readonly string[] => barsOf(of).map(({metric}) => metric);

/** Returns the waterfall of a period. Throws a QuestionError for anything that the report does not know. */
export async function askWaterfall({of = "pipeline", period, filters = [], by}: WaterfallQuestion, options: AskOptions): Promise<WaterfallAnswer> {
  return readWaterfall(await ask({metrics: waterfallMetricIds(of), period, filters, ...(by !== undefined && {by: [by]})}, options), of);
}

/** Returns the waterfall in an answer to its metrics. */
export function readWaterfall({rows, period, missing}: Answer, of: WaterfallId): WaterfallAnswer {
  const bars = barsOf(of);
  const current = rows.filter(({role}) => role === "current");
  const keys = [...new Set(current.map(keyOf))];
  const found = new Map(current.map((row) => [`${keyOf(row)} ${row.metric}`, row]));
  return {period, missing, waterfalls: keys.map((key) => waterfallOf(bars, bars.map(({metric}) => found.get(`${key} ${metric}`)!)))};
}

const keyOf = ({total, members}: AnswerRow): string => (total ? "" : JSON.stringify(members));

function waterfallOf(bars: readonly Bar[], cells: readonly AnswerRow[]): Waterfall {
  const [{total, members}] = cells as [AnswerRow];
  const cents = cells.map(({value}) => (value === null ? null : Math.round(value * 100)));
  return {
    member: total ? null : {value: members[0] ?? null},
    bars: bars.map((bar, k) => ({...bar, value: cells[k]!.value, n: cells[k]!.n, ...(cells[k]!.unrated && {unrated: cells[k]!.unrated})})),
    residual: cents.includes(null) ? null : (cents.at(-1)! - cents.slice(0, -1).reduce<number>((sum, value, k) => sum + bars[k]!.sign * value!, 0)) / 100
  };
}
