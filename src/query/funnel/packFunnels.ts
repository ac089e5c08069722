// Funnel answers folded for a page's JSON file, and unfolded again. What follows from other numbers is left out.

import type {Funnel} from "../../metrics/funnel.js";
import type {FunnelBin, FunnelCounts, FunnelPoint, FunnelRow, FunnelTimes, MonthStep, StepResult} from "./answer.js";
import {isChain} from "./plan.js";
import {funnelKey, type DroppedList, type DroppedRecord, type FunnelQuestion, type FunnelTold} from "./question.js";
import {indexer} from "../indexer.js";
import {noRate, rate} from "./read.js";

type Counts = Pick<FunnelRow, "entered" | "inProgress" | "excluded" | "steps" | "suppressed">;
type MonthCounts = Pick<FunnelPoint, keyof Counts>;
/** As of a row; of each step how many reached it, and of those how many are mature. */
type PackedMonth = readonly [entered: number, inProgress: number, excluded: number, suppressed: 0 | 1, ...steps: number[]];
/** Entered, in progress, excluded, 1 where suppressed; then each step's numbers. */
type PackedCounts = readonly [entered: number, inProgress: number, excluded: number, suppressed: 0 | 1, ...steps: readonly (readonly (number | null)[])[]];
/** Seconds where they give the days back to the last bit, else the days in a list of their own. */
type PackedDays = number | null | readonly [number];

interface PackedFunnel {
  readonly key: string;
  /** Position in `bodies`: answers that differ in times and list alone share one. */
  readonly body: number;
  /** Position in `times`. */
  readonly times?: number;
  readonly dropped?: null | (Pick<DroppedList, "step" | "count"> & {/** Positions in `entries`. */ readonly entries: readonly number[]});
}

interface PackedTimes {
  readonly times: readonly (readonly [from: number, to: number, member: string | null, total: 0 | 1, n: number, censored: number, flagged: number, ...PackedDays[]])[];
  /** Of each pair of steps the entries by day from day 0; a negative number stands for so many days without any. */
  readonly histogram: readonly (readonly [from: number, to: number, ...days: number[]])[];
}

interface PackedBody {
  /** Position in `funnels`. */
  readonly funnel: number;
  readonly rest: Pick<FunnelTold, "period" | "by" | "missing" | "notApplied">;
  readonly rows: readonly (readonly [member: string | null, total: 0 | 1, counts: PackedCounts])[];
  readonly trend: readonly (readonly [month: string, immature: 0 | 1, part: 0 | 1, counts: PackedMonth])[];
}

export interface PackedFunnels {
  readonly asOf: string;
  readonly funnels: readonly Funnel[];
  readonly bodies: readonly PackedBody[];
  readonly times: readonly PackedTimes[];
  readonly entries: readonly DroppedRecord[];
  readonly answers: readonly PackedFunnel[];
}

/** Returns the answers as plain data for JSON. Unpacking gives equal answers back; the same answers give the same bytes. */
export function packFunnels(told: readonly (readonly [FunnelQuestion, FunnelTold])[]): PackedFunnels {
  const funnels = indexer<Funnel>();
  const bodies = indexer<PackedBody>();
  const taken = indexer<PackedTimes>();
  const entries = indexer<DroppedRecord>();
  const answers = told.map(([question, {dropped, times, histogram = [], ...counts}]): PackedFunnel => ({
    key: funnelKey(question), body: bodies.add(packBody(counts, funnels.add(counts.funnel))),
    ...(times && {times: taken.add({times: times.map(packTime), histogram: packBins(histogram)})}),
    ...(dropped !== undefined && {dropped: dropped && {...dropped, entries: dropped.entries.map(entries.add)}})
  }));
  return {asOf: told[0]?.[1].asOf ?? "", funnels: funnels.all, bodies: bodies.all, times: taken.all, entries: entries.all, answers};
}

const packBody = ({period, by, missing, notApplied, rows, trend}: FunnelCounts, funnel: number): PackedBody => ({
  funnel,
  rest: {period, by, missing, notApplied},
  rows: rows.map((row) => [row.member, row.total ? 1 : 0, packCounts(row)]),
  trend: trend.map((point) => [point.month, point.immature ? 1 : 0, point.part ? 1 : 0, packMonth(point)])
});

const packTime = (time: FunnelTimes): PackedTimes["times"][number] =>
  [time.from, time.to, time.member, time.total ? 1 : 0, time.n, time.censored, time.flagged, ...quantiles.map((name) => packDays(time[name], 1)), packDays(time.mean, time.n)];

/** Returns a look-up of the packed answers by question: undefined for one that was not packed. */
export function unpackFunnels({asOf, funnels, bodies, times, entries, answers}: PackedFunnels): (question: FunnelQuestion) => FunnelTold | undefined {
  const byKey = new Map(answers.map((answer) => [answer.key, answer]));
  return (question) => {
    const found = byKey.get(funnelKey(question));
    if (!found) return undefined;
    const packed = bodies[found.body]!;
    const funnel = funnels[packed.funnel]!;
    return {
      ...packed.rest, funnel, asOf,
      ...(found.dropped !== undefined && {dropped: found.dropped && {...found.dropped, entries: found.dropped.entries.map((at) => entries[at]!)}}),
      ...(found.times !== undefined && {times: times[found.times]!.times.map(unpackTime), histogram: times[found.times]!.histogram.flatMap(unpackBins)}),
      rows: packed.rows.map(([member, total, counts]) => ({member, total: total === 1, ...unpackCounts(counts, funnel)})),
      trend: packed.trend.map(([month, immature, part, counts]) => ({month, immature: immature === 1, part: part === 1, ...unpackMonth(counts, funnel)}))
    };
  };
}

function unpackTime([from, to, member, total, n, censored, flagged, ...days]: PackedTimes["times"][number]): FunnelTimes {
  const [p25, median, p75, p90, unbiasedMedian] = days.map((one) => unpackDays(one, 1));
  return {from, to, member, total: total === 1, n, p25: p25!, median: median!, p75: p75!, p90: p90!, mean: unpackDays(days[5]!, n), unbiasedMedian: unbiasedMedian!, censored, flagged};
}

const quantiles = ["p25", "median", "p75", "p90", "unbiasedMedian"] as const;

const packCounts = ({entered, inProgress, excluded, suppressed, steps}: Counts): PackedCounts => [entered, inProgress, excluded, suppressed ? 1 : 0, ...steps.map(packStep)];

const packStep = ({reached, mature, lostValue, unvalued, ties, early, dropped}: StepResult): (number | null)[] =>
  [reached, mature, lostValue, unvalued, ties, early, ...(dropped ? [dropped.lost, dropped.passed, dropped.open] : [])];

function unpackCounts([entered, inProgress, excluded, suppressed, ...packed]: PackedCounts, funnel: Funnel): Counts {
  const chain = isChain(funnel);
  const steps = packed.map((numbers, position): StepResult => {
    const [reached, mature, lostValue, unvalued, ties, early, lost, passed, open] = numbers as number[];
    const before = position === 0 ? mature! : packed[position - 1]![1]!;
    return {
      id: funnel.steps[position]!.id, position, reached: reached!, mature: mature!,
      overall: chain ? rate(mature!, entered - inProgress) : noRate,
      fromPrevious: chain ? rate(mature!, before) : noRate,
      dropped: lost === undefined ? null : {lost, passed: passed!, open: open!},
      lostValue: lostValue!, unvalued: unvalued!, ties: ties!, early: early!
    };
  });
  return {entered, inProgress, excluded, ...(suppressed === 1 && {suppressed: true as const}), steps};
}

const packMonth = ({entered, inProgress, excluded, suppressed, steps}: MonthCounts): PackedMonth => [entered, inProgress, excluded, suppressed ? 1 : 0, ...steps.flatMap(({reached, mature}) => [reached, mature])];

function unpackMonth([entered, inProgress, excluded, suppressed, ...packed]: PackedMonth, funnel: Funnel): MonthCounts {
  const chain = isChain(funnel);
  const steps = Array.from({length: packed.length / 2}, (_, position): MonthStep => {
    const [reached, mature] = packed.slice(2 * position) as [number, number];
    return {id: funnel.steps[position]!.id, position, reached, mature, overall: chain ? rate(mature, entered - inProgress) : noRate};
  });
  return {entered, inProgress, excluded, ...(suppressed === 1 && {suppressed: true as const}), steps};
}

const daySeconds = 86_400;

/** `n` is what the seconds were divided by: of a mean the number of entries. */
function packDays(days: number | null, n: number): PackedDays {
  if (days === null) return null;
  const seconds = Math.round(days * daySeconds * n * 4) / 4;
  return seconds / n / daySeconds === days ? seconds : [days];
}

const unpackDays = (packed: PackedDays, n: number): number | null => (packed === null || typeof packed === "number" ? packed && packed / n / daySeconds : packed[0]);

function packBins(bins: readonly FunnelBin[]): PackedTimes["histogram"] {
  const pairs = new Map<string, FunnelBin[]>();
  for (const bin of bins) pairs.set(`${bin.from} ${bin.to}`, [...(pairs.get(`${bin.from} ${bin.to}`) ?? []), bin]);
  return [...pairs.values()].map((own) => {
    let next = 0;
    const days = own.flatMap(({days, n}) => {
      const gap = days - next;
      next = days + 1;
      return gap > 0 ? [-gap, n] : [n];
    });
    return [own[0]!.from, own[0]!.to, ...days];
  });
}

function unpackBins([from, to, ...days]: PackedTimes["histogram"][number]): FunnelBin[] {
  let day = 0;
  return days.flatMap((n) => {
    if (n < 0) day -= n;
    return n < 0 ? [] : [{from, to, days: day++, n}];
  });
}
