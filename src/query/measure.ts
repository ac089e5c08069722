// One measured number: the columns it asks of a statement, and how they become a cell.

import type {Aggregate, BalanceMetric, ConversionMetric, MovementMetric, Predicate, SimpleMetric} from "../metrics/define.js";
import {dateOf} from "./periodKey.js";
import {allOf, anyOf, column, predicateSql} from "./predicate.js";
import type {Cell} from "./question.js";
import {share, sql, type Sql} from "./sql.js";
import {wilson} from "./wilson.js";

/** What is counted over one mart without composing other metrics. */
export type Leaf = SimpleMetric | BalanceMetric | ConversionMetric | MovementMetric;

export interface MeasureContext {
  readonly asOf: string;
  /** Overrides of declared windows by metric id: days, or null for none. */
  readonly windows: Readonly<Record<string, number | null>>;
  /** SQL type of a mart's column, where the manifest tells. */
  readonly typeOf: (mart: string, column: string) => string | undefined;
  /** Some amounts are in a currency without a rate. */
  readonly unrated?: boolean;
}

/** A named aggregate of a statement. */
export interface MeasureColumn {
  readonly name: string;
  readonly value: Sql;
}

export type ResultRow = Readonly<Record<string, unknown>>;

/** Returns the columns without which a row has no value of the aggregate. */
export function measuredColumns(aggregate: Aggregate): readonly string[] {
  if (aggregate.fn === "survival") return [aggregate.duration];
  if (aggregate.fn === "rank_correlation") return [];
  return "columns" in aggregate ? aggregate.columns : "column" in aggregate ? [aggregate.column] : [];
}

/** Combines a column over disjoint sets of rows: the largest of largest, else the sum. */
export const combine = (name: string, value: Sql): Sql => (name.endsWith("_top") ? sql`max(${value})` : sql`sum(${value})`);

/** Share of a sum from which the largest part of it is told. */
const largestUntold = 0.3;

const only = (value: Sql, where: Sql | null): Sql => (where ? sql`${value} filter (where ${where})` : value);

/** Returns whether the metric's columns over disjoint sets of rows add up to those over all of them. */
export const addsUp = (metric: Leaf): boolean =>
  metric.type === "conversion" || (metric.type !== "movement" && ["count", "sum", "avg", "sum_product"].includes(metric.aggregate.fn));

/** Returns the days allowed for a conversion: the report's own setting where there is one, else the declared. */
export const windowOf = ({id, window}: ConversionMetric, {windows}: Pick<MeasureContext, "windows">): number | null =>
  Object.hasOwn(windows, id) ? windows[id] ?? null : window;

/** Returns the declared conditions and `more`, all of which must hold; null where there are none. */
export function conditions(where: readonly Predicate[] = [], whereAny: readonly Predicate[] = [], more: readonly Sql[] = []): Sql | null {
  const any = anyOf(whereAny.map(predicateSql));
  return allOf([...where.map(predicateSql), ...(any ? [any] : []), ...more]);
}

/** Returns the metric's own conditions: of statements in which all rows that are read must meet them. */
export function ownConditions(metric: Leaf): Sql[] {
  const own = conditions(metric.where, "whereAny" in metric ? metric.whereAny : []);
  return own ? [own] : [];
}

/**
 * Returns a numeric column to add up. Sums of binary fractions depend on the order of rows and on the engine, sums of
 * decimals do not.
 */
export const exactColumn = (mart: string, name: string, {typeOf}: Pick<MeasureContext, "typeOf">): Sql =>
  /^(DOUBLE|FLOAT|REAL)/i.test(typeOf(mart, name) ?? "") ? sql`${column(name)}::decimal(38, 9)` : column(name);

/** Returns which rows hold a value that the metric measures; null where all do. */
export const measuredRows = ({where, whereAny, aggregate}: SimpleMetric | BalanceMetric): Sql | null =>
  conditions(where, whereAny, measuredColumns(aggregate).map((name) => sql`${column(name)} is not null`));

/** Returns the columns that a statement must compute for the metric. Their names begin with `prefix`. */
export function measureColumns(metric: Leaf, prefix: string, context: MeasureContext): MeasureColumn[] {
  const named = (columns: Readonly<Record<string, Sql>>) =>
    Object.entries(columns).map(([name, value]) => ({name: `${prefix}_${name}`, value}));
  if (metric.type === "movement") throw new TypeError(`${metric.id}: a movement is no aggregate over rows`);
  return named(metric.type === "conversion" ? conversionColumns(metric, context) : aggregateColumns(metric, context));
}

function conversionColumns(metric: ConversionMetric, context: MeasureContext): Record<string, Sql> {
  const {mart, where = [], time, conversion, weight, outcome = weight} = metric;
  const days = windowOf(metric, context);
  const done = sql`${column(conversion)} is not null`;
  const mature = days === null ? [] : [sql`${column(time)} <= ${dateOf(context.asOf).subtract({days}).toString()}::date`];
  const inTime = days === null ? done : sql`${column(conversion)} <= ${column(time)} + ${days}::integer`;
  const count = sql`count(*)`;
  const young: Record<string, Sql> = mature.length ? {young: only(count, conditions(where, [], [sql`not (${mature[0]!})`]))} : {};
  if (weight === undefined) return {all: only(count, conditions(where, [], mature)), converted: only(count, conditions(where, [], [...mature, inTime])), ...young};
  const sum = (name: string) => sql`sum(${exactColumn(mart, name, context)})`;
  const unrated: Record<string, Sql> = context.unrated && context.typeOf(mart, "unrated_currency") ? {unrated: only(count, conditions(where, [], [...mature, sql`${column("unrated_currency")} is not null`]))} : {};
  return {
    all: only(sum(weight), conditions(where, [], mature)),
    converted: only(sum(outcome ?? weight), conditions(where, [], [...mature, inTime])),
    n: only(count, conditions(where, [], [...mature, sql`${column(weight)} is not null`])),
    rows: only(count, conditions(where, [], mature)),
    ...young, ...unrated
  };
}

function aggregateColumns(metric: SimpleMetric | BalanceMetric, context: MeasureContext): Record<string, Sql> {
  const {mart, where = [], whereAny, aggregate} = metric;
  const rows = conditions(where, whereAny);
  const measured = measuredColumns(aggregate);
  const present = measured.map((name) => sql`${column(name)} is not null`);
  const eligible = conditions(where.filter((predicate) => !measured.includes(predicate.column)), whereAny);
  const undated: Record<string, Sql> = metric.type === "balance" && metric.undated
    ? {undated: only(sql`count(*)`, conditions(where, whereAny, [column(metric.undated)]))} : {};
  const isMoney = metric.unit === "currency" && metric.label === undefined && measured.length > 0;
  const unrated: Record<string, Sql> = context.unrated && isMoney && context.typeOf(mart, "unrated_currency")
    ? {unrated: only(sql`count(*)`, allOf([...(eligible ? [eligible] : []), sql`${column("unrated_currency")} is not null`]))} : {};
  const sizes: Record<string, Sql> = metric.sized === undefined ? {} : sizeColumns(metric.sized, metric, {rows, eligible}, context);
  const counted = {n: only(sql`count(*)`, conditions(where, whereAny, present)), rows: only(sql`count(*)`, eligible), ...unrated, ...sizes};
  const real = (name: string) => sql`${column(name)}::double`;
  const sum = (value: Sql) => only(sql`sum(${value})`, rows);
  const exact = (name: string) => exactColumn(mart, name, context);
  switch (aggregate.fn) {
    case "count": return {value: only(sql`count(*)`, rows), ...undated};
    case "count_distinct": return {value: (aggregate.atLeast ?? 1) > 1 ? sql`count(*)` : only(sql`count(distinct ${column(aggregate.column)})`, rows)};
    case "count_active": return {value: sql`count(*)`};
    case "sum": return {value: sum(exact(aggregate.column)), ...counted, ...undated};
    case "avg": {
      // Of 19 digits, so that the product has 38: of 18 it has 18 too, and overflows at 100,000 by itself.
      const narrow = sql`${column(aggregate.column)}::decimal(19, 4)`;
      return {value: sum(exact(aggregate.column)), ...(aggregate.moe && {squares: sum(sql`${narrow} * ${narrow}`)}), ...counted, ...undated};
    }
    case "sum_product": {
      const [a, b] = aggregate.columns;
      return {value: sum(sql`${exact(a)} * ${exact(b)}`), ...counted, ...undated};
    }
    case "median": return {value: only(sql`quantile_cont(${real(aggregate.column)}, 0.5)`, rows), ...counted, ...undated};
    case "quantile": return {value: only(sql`quantile_cont(${real(aggregate.column)}, ${share(aggregate.q)})`, rows), ...counted, ...undated};
    case "survival":
    case "rank_correlation": throw new TypeError(`${metric.id}: ${aggregate.fn} is no aggregate over rows`);
  }
}

function sizeColumns(size: string, {mart}: SimpleMetric | BalanceMetric, {rows, eligible}: {readonly rows: Sql | null; readonly eligible: Sql | null}, context: MeasureContext): Record<string, Sql> {
  const amount = exactColumn(mart, size, context);
  // An amount that no rate converts is there all the same.
  const converted = context.typeOf(mart, "unrated_currency") ? [sql`${column("unrated_currency")} is null`] : [];
  return {
    top: only(sql`max(${amount})`, rows),
    whole: only(sql`sum(${amount})`, rows),
    empty: only(sql`count(*)`, allOf([...(eligible ? [eligible] : []), sql`coalesce(${column(size)}, 0) = 0`, ...converted]))
  };
}

/** Of two records or more: one is all of its sum. */
function sizesOf(top: number, whole: number, empty: number, n: number): Pick<Cell, "top" | "empty"> {
  return {...(n > 1 && whole > 0 && top > largestUntold * whole && {top: top / whole}), ...(empty > 0 && {empty})};
}

/** Returns the cell that a result row holds for the metric; without a row, the cell of no records. */
export function measureCell(metric: Leaf, prefix: string, row: ResultRow | undefined): Cell {
  const read = (name: string) => (row?.[`${prefix}_${name}`] ?? null) as number | null;
  const count = (name: string) => read(name) ?? 0;
  if (metric.type === "conversion") return conversionCell(metric, read);
  const unratedCount = count("unrated");
  const unrated = unratedCount > 0 ? {unrated: unratedCount} : {};
  if (metric.type === "movement") return {value: metric.measure === "count" ? count("n") : count("value"), n: count("n"), ...unrated};
  const undated = count("undated") > 0 ? {undated: count("undated")} : {};
  const {aggregate} = metric;
  const {fn} = aggregate;
  if (fn === "count" || fn === "count_distinct" || fn === "count_active") return {value: count("value"), n: count("value"), ...undated};
  const n = count("n");
  const rows = count("rows");
  const censored = fn === "survival" && aggregate.ended !== undefined ? {censored: count("censored")} : {};
  const estimator = fn === "survival" && aggregate.above !== undefined && n > 0 ? {estimator: count("estimated") === 1 ? "kaplan_meier" : "ended"} as const : {};
  const rest = {n, coverage: rows === 0 ? null : n / rows, ...undated, ...unrated, ...censored, ...estimator, ...(metric.sized !== undefined && sizesOf(count("top"), count("whole"), count("empty"), n))};
  if (rows === 0) return metric.empty === null ? {value: null, reason: "no_rows", ...rest} : {value: metric.empty, ...rest};
  if (n === 0) return {value: null, reason: unratedCount > 0 ? "no_rate" : "not_in_data", ...rest};
  if (fn === "survival" && read("value") === null) return {value: null, reason: "not_reached", ...rest};
  if (fn === "rank_correlation" && n < (metric.minN ?? 10)) return {value: null, reason: "too_few", ...rest};
  if (fn === "rank_correlation" && read("value") === null) return {value: null, reason: "undefined", ...rest};
  if (fn !== "avg") return {value: read("value"), ...rest};
  const mean = count("value") / n;
  return {value: mean, ...(aggregate.moe && {interval: meanInterval(mean, count("squares") / n, n)}), ...rest};
}

/** 95 % of the time the mean of such a sample lies within 1.96 · sd ÷ √n of it. */
function meanInterval(mean: number, meanSquare: number, n: number): readonly [number, number] {
  const margin = 1.96 * Math.sqrt(Math.max(0, meanSquare - mean * mean) / n);
  return [mean - margin, mean + margin];
}

function conversionCell({weight}: ConversionMetric, read: (name: string) => number | null): Cell {
  const count = (name: string) => read(name) ?? 0;
  const [all, converted, young] = [count("all"), count("converted"), count("young")];
  const rest = {n: weight === undefined ? all : count("n"), numerator: converted, denominator: all, inProgress: young};
  if (weight === undefined) {
    if (all === 0) return {value: null, reason: young > 0 ? "immature" : "zero_denominator", ...rest};
    return {value: converted / all, interval: wilson(converted, all), ...rest};
  }
  const [rows, unrated] = [count("rows"), count("unrated")];
  const weighed = {...rest, coverage: rows === 0 ? null : rest.n / rows, ...(unrated > 0 && {unrated})};
  if (rows === 0) return {value: null, reason: young > 0 ? "immature" : "zero_denominator", ...weighed};
  if (rest.n === 0) return {value: null, reason: unrated > 0 ? "no_rate" : "not_in_data", ...weighed};
  return all === 0 ? {value: null, reason: "zero_denominator", ...weighed} : {value: converted / all, ...weighed};
}

/** Returns the cell of a measured metric over no records. */
export const emptyMeasure = (metric: Leaf): Cell => measureCell(metric, "", undefined);
