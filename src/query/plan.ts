// Many questions, few statements: measures that read the same mart at the same time rule under the same filters and
// breakdown share one.

import type {DimensionId, Metric} from "../metrics/define.js";
import {previousPeriod, wholeEnd, type CalendarContext} from "./calendar.js";
import {leafPrefix, type Batch} from "./compile.js";
import type {CubeChoice} from "./cubeChoice.js";
import {measureCell, type Leaf, type ResultRow} from "./measure.js";
import type {Scope} from "./filters.js";
import {isMeasured, partsOf, type Moment} from "./parts.js";
import type {Cell} from "./question.js";
import {narrowsAll, ruleOf, type Days, type TimeRule} from "./timeRule.js";

export {ruleOf} from "./timeRule.js";

/** One measured number wanted over some days. */
export interface Want {
  readonly leaf: Leaf;
  readonly days: Days;
  readonly scope: Scope;
  /** The days of a running total: kept apart, since they overlap. */
  readonly running: boolean;
  /** The days go back behind the period: no value where the data begin later. */
  readonly trailing: boolean;
  readonly undated: boolean;
}

interface OpenBatch extends Omit<Batch, "undated"> {
  undated: boolean;
  readonly periods: Days[];
  readonly leaves: Leaf[];
}

/** Census batches differ by their last day only. */
const sameDays = (rule: TimeRule, a: Days, b: Days) => a.end === b.end && (rule.kind === "census" || a.start === b.start) && a.past === b.past && a.before?.start === b.before?.start && a.before?.end === b.before?.end;

/** Returns the days over which a number is measured. */
export function daysOf(leaf: Leaf, moment: Moment, context: CalendarContext): Days {
  const {start, end} = moment;
  if (leaf.type !== "movement") return {start, end};
  if (leaf.within) return {start, end, past: wholeEnd(moment, context.calendar)};
  const before = leaf.flow ? previousPeriod(moment, context) : null;
  return {start, end, ...(before && {before: {start: before.start, end: before.end}})};
}

/** Two periods side by side: without the former there is no number. */
const isFlow = (leaf: Leaf): boolean => leaf.type === "movement" && leaf.flow !== undefined;

/** Returns the want of a measured number. */
export const wantOf = (leaf: Leaf, moment: Moment, scope: Scope, context: CalendarContext): Want =>
  ({leaf, days: daysOf(leaf, moment, context), scope, running: moment.running ?? false, trailing: (moment.trailing ?? false) || isFlow(leaf), undated: moment.grain === "all"});

/** Returns the measured numbers that composing the metric for the period will ask for. */
export function wantsOf(metric: Metric, moment: Moment, scope: Scope, context: CalendarContext): Want[] {
  if (isMeasured(metric)) return [wantOf(metric, moment, scope, context)];
  return partsOf(metric, moment, context).flatMap((part) => ("metric" in part ? wantsOf(part.metric, part.moment, scope, context) : []));
}

const batchKey = (want: Want, cube: Batch["cube"]) => {
  const rule = ruleOf(want.leaf);
  const own = narrowsAll(rule) ? [want.leaf.where, "whereAny" in want.leaf && want.leaf.whereAny] : null;
  return JSON.stringify([want.leaf.mart, rule, own, want.scope.filters, want.scope.by, want.running, cube?.name, cube?.rung]);
};

export interface Plan {
  readonly batches: readonly Batch[];
  /** Returns which batch has a want: its place among them. */
  placeOf(want: Want): number;
  /** Returns the cells of a want by member key, from the rows of each batch. */
  cells(want: Want, results: readonly (readonly ResultRow[])[]): ReadonlyMap<string, Cell>;
}

export const totalKey = "";
export const memberKey = (members: readonly (string | null)[]): string => JSON.stringify(members);

/**
 * Returns the statements' batches for the wants, and how to find each want in their results. What `choose` finds a cube
 * for is read from there.
 */
export function planWants(wants: readonly Want[], choose: CubeChoice = () => undefined): Plan {
  const batches = new Map<string, OpenBatch>();
  for (const want of wants) {
    const {leaf, days, scope, undated} = want;
    const cube = choose(want);
    const key = batchKey(want, cube);
    const rule = ruleOf(leaf);
    const batch = batches.get(key) ?? {mart: leaf.mart, rule, filters: scope.filters, by: scope.by, periods: [], leaves: [], undated: false, ...(cube && {cube})};
    batches.set(key, batch);
    if (!batch.leaves.includes(leaf)) batch.leaves.push(leaf);
    if (!batch.periods.some((known) => sameDays(rule, known, days))) batch.periods.push(days);
    batch.undated ||= undated && rule.kind === "event";
  }
  const places = new Map([...batches.keys()].map((key, k) => [key, k]));
  const list = [...batches.values()];
  // Many metrics are made of the same measured numbers: each is read from the rows once.
  const read = new Map<string, ReadonlyMap<string, Cell>>();
  const rowKeys = new WeakMap<ResultRow, string>();
  const index = new WeakMap<readonly ResultRow[], Map<number, ResultRow[]>>();
  const rowsAt = (rows: readonly ResultRow[], position: number) => {
    let byPeriod = index.get(rows);
    if (!byPeriod) {
      byPeriod = groupRows(rows);
      index.set(rows, byPeriod);
    }
    return byPeriod.get(position) ?? [];
  };
  const placeOf = (want: Want) => places.get(batchKey(want, choose(want)))!;
  return {
    batches: list,
    placeOf,
    cells(want, results) {
      const k = placeOf(want);
      const batch = list[k]!;
      const rows = results[k] ?? [];
      const place = batch.leaves.indexOf(want.leaf);
      const prefix = leafPrefix(place);
      const position = batch.periods.findIndex((days) => sameDays(batch.rule, days, want.days));
      const one = `${k} ${place} ${position} ${want.undated}`;
      const known = read.get(one);
      if (known) return known;
      const keyOf = (row: ResultRow) => {
        const key = rowKeys.get(row) ?? (Number(row.total) === 1 ? totalKey : memberKey(membersOf(row, batch.by)));
        rowKeys.set(row, key);
        return key;
      };
      const loose = new Map(want.undated && batch.undated ? rowsAt(rows, -1).map((row) => [keyOf(row), measureCell(want.leaf, prefix, row).n]) : []);
      const cells = new Map<string, Cell>([[totalKey, measureCell(want.leaf, prefix, undefined)]]);
      for (const row of rowsAt(rows, position)) cells.set(keyOf(row), measureCell(want.leaf, prefix, row));
      for (const [key, undated] of loose)
        if (undated > 0) cells.set(key, {...(cells.get(key) ?? measureCell(want.leaf, prefix, undefined)), undated});
      read.set(one, cells);
      return cells;
    }
  };
}

function groupRows(rows: readonly ResultRow[]): Map<number, ResultRow[]> {
  const groups = new Map<number, ResultRow[]>();
  for (const row of rows) {
    const position = Number(row.period);
    const group = groups.get(position);
    if (group) group.push(row);
    else groups.set(position, [row]);
  }
  return groups;
}

/** Returns the members that a result row stands for. */
export const membersOf = (row: ResultRow, by: readonly DimensionId[]): (string | null)[] =>
  by.map((_, k) => (row[`m${k}`] ?? null) as string | null);
