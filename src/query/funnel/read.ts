// Rows of the statements to results.

import type {Funnel} from "../../metrics/funnel.js";
import type {Cell, Period} from "../question.js";
import {wilson} from "../wilson.js";
import type {DroppedEntry, FunnelBin, FunnelPoint, FunnelRow, FunnelTimes, StepResult} from "./answer.js";
import {isChain} from "./plan.js";
import {listedDimensions} from "./statements.js";

type Row = Readonly<Record<string, unknown>>;

const number = (row: Row, name: string): number => Number(row[name] ?? 0);
const maybe = (row: Row, name: string): number | null => (row[name] === null || row[name] === undefined ? null : Number(row[name]));
const text = (row: Row, name: string): string | null => (row[name] ?? null) as string | null;

/** Returns a share with its interval; null of nothing. */
export function rate(part: number, whole: number): Cell {
  const rest = {n: whole, numerator: part, denominator: whole};
  return whole === 0 ? {value: null, reason: "zero_denominator", ...rest} : {value: part / whole, interval: wilson(part, whole), ...rest};
}

/** Where steps stand alone. */
export const noRate: Cell = {value: null, n: 0, reason: "undefined"};

function stepsOf(row: Row, funnel: Funnel): StepResult[] {
  const whole = number(row, "entered_mature");
  return funnel.steps.map(({id}, position) => {
    const at = (name: string) => `${name}_${position + 1}`;
    const mature = number(row, at("mature"));
    const chain = isChain(funnel);
    return {
      id, position, mature,
      reached: number(row, at("reached")),
      overall: chain ? rate(mature, whole) : noRate,
      fromPrevious: chain ? rate(mature, position === 0 ? mature : number(row, `mature_${position}`)) : noRate,
      dropped: chain && position < funnel.steps.length - 1 ? {lost: number(row, at("lost")), passed: number(row, at("passed")), open: number(row, at("open"))} : null,
      lostValue: maybe(row, at("value")),
      unvalued: number(row, at("unvalued")),
      ties: number(row, at("ties")),
      early: number(row, at("early"))
    };
  });
}

function countsOf(row: Row, funnel: Funnel): Pick<FunnelRow, "entered" | "inProgress" | "excluded" | "steps"> {
  const entered = number(row, "entered");
  return {entered, inProgress: entered - number(row, "entered_mature"), excluded: number(row, "excluded"), steps: stepsOf(row, funnel)};
}

const byMember = (a: FunnelRow, b: FunnelRow): number =>
  a.member === null || b.member === null ? Number(a.member === null) - Number(b.member === null) : b.entered - a.entered || (a.member < b.member ? -1 : 1);

/** Returns the total, then the members with most entries first; the total is all zeros where there are no entries. */
export function readRows(rows: readonly Row[], funnel: Funnel): FunnelRow[] {
  const total = rows.find(({scope}) => scope === "total") ?? {};
  const members = rows.filter(({scope}) => scope === "member").map((row): FunnelRow => ({member: text(row, "member"), total: false, ...countsOf(row, funnel)}));
  return [{member: null, total: true, ...countsOf(total, funnel)}, ...members.sort(byMember)];
}

/** Returns months in order; one is immature until the window of its last day has passed. */
export function readTrend(rows: readonly Row[], funnel: Funnel, {start, end}: Pick<Period, "start" | "end">, asOf: string): FunnelPoint[] {
  const months = rows.filter(({scope}) => scope === "month").sort((a, b) => (text(a, "month")! < text(b, "month")! ? -1 : 1));
  return months.map((row) => {
    const first = text(row, "month")!.slice(0, 10);
    const past = addMonth(first);
    return {
      month: first.slice(0, 7), immature: funnel.window !== null && addDays(past, funnel.window - 1) > asOf, part: first < start || past > end,
      ...countsOf(row, funnel), steps: stepsOf(row, funnel).map(({id, position, reached, mature, overall}) => ({id, position, reached, mature, overall}))
    };
  });
}

const day = (iso: string): Date => new Date(`${iso}T00:00:00Z`);
const iso = (date: Date): string => date.toISOString().slice(0, 10);

function addDays(from: string, days: number): string {
  const date = day(from);
  date.setUTCDate(date.getUTCDate() + days);
  return iso(date);
}

function addMonth(first: string): string {
  const date = day(first);
  date.setUTCMonth(date.getUTCMonth() + 1);
  return iso(date);
}

const pairOf = (row: Row): {from: number; to: number} => ({from: Math.floor(number(row, "pair") / 100) - 1, to: (number(row, "pair") % 100) - 1});
const inDays = (seconds: number | null): number | null => (seconds === null ? null : seconds / 86_400);

/** Returns times in days: by pair of steps, of all first. */
export function readTimes(rows: readonly Row[]): FunnelTimes[] {
  const times = rows.map((row): FunnelTimes => {
    const n = number(row, "n");
    return {
      ...pairOf(row), member: text(row, "member"), total: number(row, "total") === 1, n,
      p25: inDays(maybe(row, "p25")), median: inDays(maybe(row, "p50")), p75: inDays(maybe(row, "p75")), p90: inDays(maybe(row, "p90")),
      mean: n === 0 ? null : inDays(number(row, "seconds") / n), unbiasedMedian: inDays(maybe(row, "half")),
      censored: number(row, "censored"), flagged: number(row, "flagged")
    };
  });
  return times.sort((a, b) => a.from - b.from || a.to - b.to || Number(b.total) - Number(a.total) || ((a.member ?? "￿") < (b.member ?? "￿") ? -1 : 1));
}

export const readHistogram = (rows: readonly Row[]): FunnelBin[] => rows.map((row) => ({...pairOf(row), days: number(row, "days"), n: number(row, "n")}));

/** Returns the list of those who dropped out, as the statement orders it, and how many there are in all. */
export function readDropped(rows: readonly Row[]): {readonly count: number; readonly entries: DroppedEntry[]} {
  return {
    count: rows.length ? number(rows[0]!, "found") : 0,
    entries: rows.map((row) => ({
      entity: number(row, "entity"), entered: text(row, "entered")!, reached: text(row, "reached")!, why: text(row, "why") as DroppedEntry["why"],
      leftOn: text(row, "left_on"), value: maybe(row, "value"), dimensions: Object.fromEntries(listedDimensions.map((id) => [id, text(row, id)]))
    }))
  };
}

/**
 * Returns the rows, of which members of fewer than `least` entries have no numbers. So that the total does not give one
 * away, the next smallest go with it until two are hidden which together reach `least`.
 */
export function hideSmall(rows: readonly FunnelRow[], least: number): FunnelRow[] {
  const members = rows.filter(({total, entered}) => !total && entered > 0).sort((a, b) => a.entered - b.entered);
  const sum = (count: number) => members.slice(0, count).reduce((all, {entered}) => all + entered, 0);
  let hidden = members.filter(({entered}) => entered < least).length;
  if (hidden > 0) while (hidden < members.length && (hidden < 2 || sum(hidden) < least)) hidden++;
  const out = new Set([...members.slice(0, hidden), ...rows.filter(({total, entered}) => total && entered > 0 && entered < least)]);
  return rows.map((row) => (out.has(row) ? {member: row.member, total: row.total, entered: 0, inProgress: 0, excluded: 0, suppressed: true, steps: []} : row));
}
