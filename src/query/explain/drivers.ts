// How a KPI moved through its driver tree: what each driver added to the change. All together are the change.

import type {Driver, DriverNode, DriverTree} from "../../metrics/drivers.js";
import {logMean, splitProduct} from "./split.js";

/** What one driver added to the change of the KPI. */
export interface DriverShare {
  /** The driver's metric. */
  readonly metric: string;
  /** The metric it is divided by; null for one that stands as it is. */
  readonly per: string | null;
  readonly before: number;
  readonly after: number;
  /** In the unit of the KPI. */
  readonly change: number;
}

/** A metric's number before and after. */
export type Levels = ReadonlyMap<string, {readonly before: number | null; readonly after: number | null}>;

interface Measured {
  readonly before: number;
  readonly after: number;
}

/**
 * Returns how the drivers of a tree moved its KPI: terms by their own change, factors and divisors by the log-mean Divisia
 * split, within each other to any depth. Null where a number is missing, where a factor is negative, and where something
 * is divided by 0, other than 0 by 0.
 */
export function splitTree({root}: DriverTree, values: Levels): DriverShare[] | null {
  const shares = new Map<Driver, {level: Measured; change: number}>();
  try {
    share(root, 1, values, shares);
  } catch (error) {
    if (error === noSplit) return null;
    throw error;
  }
  return [...shares].map(([driver, {level, change}]) => ({metric: typeof driver === "string" ? driver : driver.metric, per: typeof driver === "string" ? null : driver.per, ...level, change}));
}

/** Returns what a tree comes to before and after; null as for `splitTree`. */
export function levelOfTree({root}: DriverTree, values: Levels): Measured | null {
  try {
    return levelOf(root, values);
  } catch (error) {
    if (error === noSplit) return null;
    throw error;
  }
}

const noSplit = new Error("no split");

/** 0 ÷ 0 is 0: where there was nothing to begin with, nothing was lost on the way. */
function divide(a: number, b: number): number {
  if (b === 0 && a !== 0) throw noSplit;
  return b === 0 ? 0 : a / b;
}

const both = (make: (side: "before" | "after") => number): Measured => ({before: make("before"), after: make("after")});

function levelOf(node: DriverNode, values: Levels): Measured {
  if (typeof node === "string") return both((side) => known(values.get(node)?.[side]));
  if ("metric" in node) return quotient(levelOf(node.metric, values), levelOf(node.per, values));
  if ("product" in node) return both((side) => node.product.reduce((all, factor) => all * levelOf(factor, values)[side], 1));
  if ("quotient" in node) return quotient(levelOf(node.quotient[0], values), levelOf(node.quotient[1], values));
  const sum = (nodes: readonly DriverNode[] = [], side: "before" | "after") => nodes.reduce((all, term) => all + levelOf(term, values)[side], 0);
  return both((side) => sum(node.sum, side) - sum(node.less, side));
}

const quotient = (a: Measured, b: Measured) => both((side) => divide(a[side], b[side]));

function known(value: number | null | undefined): number {
  if (value === null || value === undefined) throw noSplit;
  return value;
}

/** Adds what the node's drivers brought, `weight` being what a change of the node by 1 brought. */
function share(node: DriverNode, weight: number, values: Levels, shares: Map<Driver, {level: Measured; change: number}>): void {
  if (typeof node === "string" || "metric" in node) {
    const level = levelOf(node, values);
    shares.set(node, {level, change: (shares.get(node)?.change ?? 0) + weight * (level.after - level.before)});
    return;
  }
  if ("sum" in node) {
    for (const term of node.sum) share(term, weight, values, shares);
    for (const term of node.less ?? []) share(term, -weight, values, shares);
    return;
  }
  const parts = "product" in node ? node.product.map((part) => ({part, divides: false})) : node.quotient.map((part, k) => ({part, divides: k === 1}));
  const factors = parts.map(({part, divides}) => {
    const level = levelOf(part, values);
    return {level, factor: divides ? both((side) => divide(1, level[side])) : level};
  });
  const effects = splitProduct(factors.map(({factor}) => factor));
  if (!effects) throw noSplit;
  for (const [k, {part}] of parts.entries()) {
    const {before, after} = factors[k]!.level;
    // What moved not at all has no effect of its own, but its parts may have moved against each other.
    const still = before === after ? slopeOf(factors[k]!, levelOf(node, values)) : effects[k]! / (after - before);
    share(part, weight * still, values, shares);
  }
}

/** What a change by 1 of a factor that stood still would have brought. */
function slopeOf({level, factor}: {level: Measured; factor: Measured}, whole: Measured): number {
  if (level.before === 0 || whole.before <= 0 || whole.after <= 0) return 0;
  const slope = logMean(whole.after, whole.before) / level.before;
  return factor === level ? slope : -slope;
}
