// Did an action work? The KPI's process before it is the measure of what came after (kpi-formulas b.7).

import type {AnswerRow} from "../question.js";
import {readSeries, type Series, type SeriesPoint, type SeriesRules} from "./series.js";
import {fewestPoints, signalsOf} from "./xmr.js";

/**
 * `working`: the last signal since the start is in the expected direction; `worse`: against it. Without a signal `open`
 * until eight closed periods have passed since the start, then `no_effect`. `unjudged`: fewer than eight closed periods
 * before it, or no direction that would be good.
 */
export type ActionVerdict = "open" | "working" | "no_effect" | "worse" | "unjudged";

export interface ActionRules extends SeriesRules {
  /** First day on which it works. */
  readonly start: string;
  /** Where the number is meant to go; null where nobody says. */
  readonly expected: "up" | "down" | null;
  /** Periods with fewer records are left out. */
  readonly minN?: number;
}

export interface ActionResult {
  readonly verdict: ActionVerdict;
  /** What was usual before; null under eight closed periods. */
  readonly before: number | null;
  /** Mean of the closed periods since, each taken for its season where the KPI has one; null while there is none. */
  readonly since: number | null;
  /** Closed periods since the start that count. */
  readonly periods: number;
  /** Closed periods before it that count. */
  readonly periodsBefore: number;
  /** The signal that the verdict rests on. */
  readonly signal: SeriesPoint | null;
  /** The whole series, judged by the limits of the time before; only what came after has signals. */
  readonly series: Series;
}

/** Closed periods since the start without which no signal is no answer: a run of eight could still tell. */
export const neededPeriods = fewestPoints;

/** At most so many periods before the start say what was usual. */
const longestBefore = 24;

/**
 * Returns how a KPI went on after an action. `rows` are the trend of one number, oldest first. The period in which the
 * action starts belongs to neither side, unless it starts on that period's first day; part periods and those whose windows
 * have not passed count nowhere.
 */
export function judgeAction(rows: readonly AnswerRow[], {start, expected, minN = 0, ...rules}: ActionRules): ActionResult {
  const usable = rows.map((row) => (row.value !== null && row.n < minN ? {...row, value: null, reason: "undefined" as const} : row));
  const before = usable.filter(({period, value, inProgress = 0}) => period.end <= start && !period.part && inProgress === 0 && value !== null).slice(-longestBefore);
  const baseline = before.length > 0 ? {from: before[0]!.period.start, to: before.at(-1)!.period.census} : {from: start, to: start};
  const series = readSeries(usable, {...rules, baseline});
  const {limits} = series;
  const after = series.points.filter(({period, counted}) => counted && period.start >= start);
  const flat = after.map(({period, value, expected: usual}) => ({key: period.key, value: limits && limits.centre !== 0 && usual ? (value! * limits.centre) / usual : value}));
  const signals = limits ? signalsOf(flat, limits) : flat.map(() => null);
  const judged = after.map((point, k): SeriesPoint => ({...point, signal: signals[k]!}));
  const signal = judged.filter((point) => point.signal !== null).at(-1) ?? null;
  return {
    verdict: verdictOn(),
    before: limits?.centre ?? null,
    since: flat.length === 0 ? null : flat.reduce((sum, {value}) => sum + value!, 0) / flat.length,
    periods: after.length,
    periodsBefore: before.length,
    signal,
    series: {...series, points: series.points.map((point) => judged.find(({period}) => period.key === point.period.key) ?? {...point, signal: null})}
  };

  function verdictOn(): ActionVerdict {
    if (!limits || expected === null) return "unjudged";
    if (signal) return (signal.signal!.side === "high") === (expected === "up") ? "working" : "worse";
    return after.length < neededPeriods ? "open" : "no_effect";
  }
}
