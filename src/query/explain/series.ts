// A KPI's past as a process: which of its periods count, what is usual for each, and which stand out.

import type {Direction, Metric, Unit} from "../../metrics/define.js";
import type {AnswerRow, Period} from "../question.js";
import type {Baseline} from "../rules.js";
import {limitsOf, signalsOf, type LimitForm, type Limits, type Point, type Signal} from "./xmr.js";

/** How a KPI's series is read. */
export interface SeriesRules {
  readonly unit: Unit;
  /** The numbers repeat with the seasons of the year: they are judged against what is usual for the month or quarter. */
  readonly seasonal?: boolean;
  /** The value may be below 0 (net flows, scores). */
  readonly signed?: boolean;
  readonly form?: LimitForm;
  /** The periods that the limits rest on; the first whole ones where absent. */
  readonly baseline?: Baseline;
}

/** Returns how the series of a declared metric is read, with the baseline that the settings lock where they do. */
export const rulesOf = ({unit, seasonal, signed}: Metric, baseline?: Baseline): SeriesRules => ({unit, ...(seasonal && {seasonal}), ...(signed && {signed}), ...(baseline && {baseline})});

export interface SeriesPoint {
  readonly period: Period;
  readonly value: number | null;
  readonly n: number;
  /** Closed, and every window in it has passed: only such periods are judged and make limits. */
  readonly counted: boolean;
  readonly inBaseline: boolean;
  /** What is usual for this period; null without limits. */
  readonly expected: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly signal: Signal | null;
}

export interface Series {
  readonly points: readonly SeriesPoint[];
  /** Of the values, or of the values without their season; null under eight counted periods. */
  readonly limits: Limits | null;
  /** The limits are those of the values without their season. */
  readonly seasonal: boolean;
  /** First and last day of the baseline; null where no period counts. */
  readonly baseline: {readonly from: string; readonly to: string} | null;
}

/** Most periods that make a baseline by themselves. Later ones are judged against it, and do not move it. */
const longestBaseline = 24;
const fewestFirm = 12;

/** Returns the series in the trend rows of one metric's totals, or of one member, oldest first. Pure. */
export function readSeries(rows: readonly AnswerRow[], rules: SeriesRules): Series {
  const counted = rows.map(({period, value, inProgress = 0}) => !period.part && inProgress === 0 && value !== null);
  const chosen = baselineOf(rows, counted, rules);
  const own = rows.map(({period, value}, k): Point => ({key: period.key, value: counted[k] ? value : null}));
  const seasons = rules.seasonal ? seasonsOf(rows, chosen) : null;
  const factor = (period: Period) => seasons?.factors.get(seasonOf(period)) ?? 1;
  const flat = own.map(({key, value}, k): Point => ({key, value: value === null ? null : value / factor(rows[k]!.period)}));
  const bounds = {...(rules.signed ? {} : {least: 0}), ...(rules.unit === "percent" && !rules.signed && !seasons ? {most: 1} : {}), ...(seasons && {widen: Math.sqrt(seasons.years / (seasons.years - 1))})};
  const limits = limitsOf(flat.filter((_, k) => chosen[k]), bounds, rules.form);
  const signals = limits ? signalsOf(flat, limits) : flat.map(() => null);
  const days = rows.filter((_, k) => chosen[k]).map(({period}) => period);
  return {
    limits,
    seasonal: seasons !== null,
    baseline: days.length ? {from: days[0]!.start, to: days.at(-1)!.census} : null,
    points: rows.map(({period, value, n}, k) => ({
      period, value, n,
      counted: counted[k]!,
      inBaseline: chosen[k]!,
      expected: limits && limits.centre * factor(period),
      lower: limits && limits.lower * factor(period),
      upper: limits && limits.upper * factor(period),
      signal: signals[k]!
    }))
  };
}

/**
 * Where none is set, the first counted periods are the baseline: at most 24, and no more than leave the last 12 to be
 * judged as long as 12 stay; all of them where there are hardly more.
 */
function baselineOf(rows: readonly AnswerRow[], counted: readonly boolean[], {baseline}: SeriesRules): boolean[] {
  if (baseline && "from" in baseline) return rows.map(({period}, k) => counted[k]! && period.start >= baseline.from && period.census <= baseline.to);
  const all = counted.filter(Boolean).length;
  const most = baseline ? baseline.first : Math.min(longestBaseline, Math.max(fewestFirm, all - fewestFirm));
  let taken = 0;
  return counted.map((counts) => counts && taken++ < most);
}

/** The month or quarter of the year; "" for grains that have no seasons here. */
const seasonOf = ({grain, start}: Period): string => (grain === "month" ? start.slice(5, 7) : grain === "quarter" ? `Q${Math.ceil(Number(start.slice(5, 7)) / 3)}` : "");

interface Seasons {
  readonly factors: ReadonlyMap<string, number>;
  /** Years behind each factor: a mean of so few values takes 1 ÷ years of their variance with it, which the limits give back. */
  readonly years: number;
}

/** How each season stands to the mean of its year, over whole years of the baseline; null with fewer than two. */
function seasonsOf(rows: readonly AnswerRow[], chosen: readonly boolean[]): Seasons | null {
  const seasons = rows.find(({period}) => period.grain === "month") ? 12 : rows.find(({period}) => period.grain === "quarter") ? 4 : 0;
  const used = rows.filter((_, k) => chosen[k]);
  const years = seasons === 0 ? 0 : Math.floor(used.length / seasons);
  if (years < 2) return null;
  const ratios = new Map<string, number[]>();
  for (let year = 0; year < years; year++) {
    const part = used.slice(year * seasons, (year + 1) * seasons);
    const mean = part.reduce((sum, {value}) => sum + value!, 0) / seasons;
    if (mean <= 0) return null;
    for (const {period, value} of part) ratios.set(seasonOf(period), [...(ratios.get(seasonOf(period)) ?? []), value! / mean]);
  }
  const means = new Map([...ratios].map(([season, list]) => [season, list.reduce((sum, ratio) => sum + ratio, 0) / list.length] as const));
  // A year with gaps in it has no mean to stand to, and a season that is always 0 cannot be taken out.
  return means.size === seasons && [...means.values()].every((ratio) => ratio > 0) ? {factors: means, years} : null;
}

/** How a period stands in its series: within what is usual, or a signal for better, for worse, or of no direction. */
export type Verdict = "routine" | "better" | "worse" | "signal" | "unjudged";

/** Returns the verdict on one period of a series; "unjudged" without limits, and where the period does not count. */
export function verdictOf({limits, points}: Series, key: string, direction: Direction): Verdict {
  const point = points.find(({period}) => period.key === key);
  if (!limits || !point?.counted) return "unjudged";
  if (!point.signal) return "routine";
  if (direction === "context") return "signal";
  return (point.signal.side === "high") === (direction === "up") ? "better" : "worse";
}

/** Worst of a signal against the KPI's direction and a target missed by more than the tolerance (kpi-formulas b.7). */
export type Standing = "good" | "routine" | "bad" | "unknown";

export interface TargetStand {
  readonly value: number | null;
  readonly target: number | null;
  readonly direction: Direction;
  /** Share of the target that may be missed. */
  readonly tolerance: number;
}

/** Returns whether the target is missed by more than the tolerance; null without value, target or direction. */
export function missesTarget({value, target, direction, tolerance}: TargetStand): boolean | null {
  if (value === null || target === null || direction === "context") return null;
  const room = Math.abs(target) * tolerance;
  return direction === "up" ? value < target - room : value > target + room;
}

/** Returns the standing of a KPI from its verdict and its target. */
export function standingOf(verdict: Verdict, target: TargetStand): Standing {
  const missed = missesTarget(target);
  if (missed === true || verdict === "worse") return "bad";
  if (verdict === "better" || (missed === false && verdict !== "routine" && verdict !== "signal")) return "good";
  return verdict === "unjudged" && missed === null ? "unknown" : "routine";
}
