// The numbers of the targets table of kpi-formulas for any KPI: the Targets page and the terminal both read them here.

import type {Metric} from "../../metrics/define.js";
import {growsWithPeriod, type TargetPart} from "../../metrics/targets.js";
import {parsePeriod, type CalendarContext} from "../calendar.js";
import {findMetric} from "../catalogue.js";
import type {Answer, AnswerRow, Grain, Period, Question, Reason} from "../question.js";
import {isOutOfReach, progressOf, type Progress} from "./progress.js";
import {shapePeriods, shapesOf} from "./shapes.js";

/** How one number stands to its goal. */
export interface TargetReading {
  readonly metric: Metric;
  readonly row: AnswerRow;
  readonly progress: Progress;
  /** The goal lies outside anything reached in the twelve closed periods before. */
  readonly outOfReach: boolean;
  /** The goal less what the goals one level down come to; negative where those are more. Null where there are none, or they do not add up. */
  readonly unallocated: number | null;
  readonly numbers: Readonly<Record<TargetPart, TargetNumber>>;
}

export interface TargetNumber {
  readonly value: number | null;
  /** Why there is no value. */
  readonly reason?: Reason;
}

/** Closed periods that say what can be reached. */
const past = 12;

/** Returns the questions that the readings of one question's numbers rest on. */
export function targetQuestions(asked: Question, context: CalendarContext): Question[] {
  const period = parsePeriod(asked.period, context);
  const {metrics, by, filters} = asked;
  const alike = {metrics, ...(by && {by}), ...(filters && {filters})};
  const grain: Grain = period.grain === "range" || period.grain === "all" ? "month" : period.grain;
  const behind = {...alike, period: asked.period, trend: {grain, count: past + 1}};
  return [
    ...(asked.trend ? [asked, behind] : [{...asked, trend: behind.trend}]),
    ...earlierQuestions(alike, period)
  ];
}

/** Returns the questions about earlier years that a running number's seasonal pace and landing rest on; none of one that has no pace. */
export const shapeQuestions = (alike: Omit<Question, "period">, period: Period, metric: Metric): Question[] => (growsWithPeriod(metric) ? earlierQuestions(alike, period) : []);

const earlierQuestions = (alike: Omit<Question, "period">, period: Period): Question[] =>
  shapePeriods(period).flatMap(({whole, toDate}) => [toDate, whole].map((key) => ({...alike, period: key})));

/** Returns a reading for every row that was asked for, in their order. `answers` are those to `targetQuestions(asked)`. */
export function readTargets(answers: readonly Answer[], asked: Question, catalogue: readonly Metric[]): TargetReading[] {
  const [answer, second] = answers as [Answer, Answer?];
  const behind = asked.trend ? second! : answer;
  const years = answers.slice(asked.trend ? 2 : 1);
  return answer.rows.filter(({role}) => role !== "trend" || asked.trend).map((row) => {
    const metric = findMetric(row.metric, catalogue);
    const target = row.target ?? null;
    const unallocated = target === null || row.allocated === undefined ? null : target - row.allocated;
    const reached = behind.rows.filter((one) => one.role === "trend" && isLike(one, row) && !one.period.part && one.period.start < row.period.start).slice(-past);
    const progress = progressOf({
      value: row.value, target, direction: metric.direction, grows: growsWithPeriod(metric), workdays: row.period.workdays ?? [1, 1],
      shapes: row.period.key === answer.period.key ? shapesOf(pairs(years, row)) : []
    });
    return {
      metric, row, progress, unallocated,
      numbers: numbersOf({metric, row, progress, unallocated}),
      outOfReach: target !== null && isOutOfReach(target, reached.map(({value}) => value), metric.direction)
    };
  });
}

const isLike = (a: AnswerRow, b: AnswerRow) => a.metric === b.metric && a.total === b.total && a.members.every((member, k) => member === b.members[k]);

/** The value to date and of the whole period, in each earlier year. */
function pairs(years: readonly Answer[], row: AnswerRow) {
  const value = (answer: Answer | undefined) => answer?.rows.find((one) => one.role === "current" && isLike(one, row))?.value ?? null;
  return Array.from({length: years.length >> 1}, (_, k) => ({toDate: value(years[2 * k]), whole: value(years[2 * k + 1])}));
}

const none = (reason: Reason): TargetNumber => ({value: null, reason});

/** A goal of 0 is none; a rate and a stock have no pace; less is better has no ratio. */
function numbersOf({metric, row, progress, unallocated}: Pick<TargetReading, "metric" | "row" | "progress" | "unallocated">): TargetReading["numbers"] {
  const {attainment, pace, seasonalPace, landing, requiredRunRate, elapsed} = progress;
  const lacks = row.value === null ? row.reason ?? "no_rows" : null;
  const aimless = row.target == null || row.target === 0;
  const paced = growsWithPeriod(metric);
  const told = (value: number | null, otherwise: Reason): TargetNumber => (value === null ? none(otherwise) : {value});
  return {
    attainment: lacks ? none(lacks) : aimless ? none("no_target") : told(attainment, metric.direction === "down" ? "less_is_better" : "undefined"),
    pace: aimless ? none("no_target") : !paced ? none("no_pace") : told(pace, lacks ?? "undefined"),
    pace_seasonal: aimless ? none("no_target") : !paced ? none("no_pace") : told(seasonalPace, lacks ?? (pace === null ? "undefined" : "no_shape")),
    landing: lacks ? none(lacks) : !paced ? none("no_pace") : told(landing, elapsed === null ? "undefined" : "too_early"),
    run_rate: lacks ? none(lacks) : aimless ? none("no_target") : !paced ? none("no_pace") : metric.direction === "down" ? none("less_is_better") : told(requiredRunRate, metric.direction === "up" ? "no_days_left" : "undefined"),
    unallocated: aimless ? none("no_target") : told(unallocated, paced ? "not_allocated" : "undefined")
  };
}
