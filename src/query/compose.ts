// Cells made of cells: ratios and formulas. Null goes through, and says why.

import type {Formula, Metric, MovementPart, RatioMetric, ShareMetric} from "../metrics/define.js";
import type {Cell} from "./question.js";
import {wilson} from "./wilson.js";

/** Returns the cell of a composed metric from the cells of its parts, in the order of `partsOf`; `total` is the first part's in the total row. */
export function composeCell(metric: Metric, parts: readonly Cell[], total: Cell): Cell {
  switch (metric.type) {
    case "ratio": return said(metric, ratioCell(metric, parts[0]!, parts[1]!));
    case "share": return shareCell(metric, parts[0]!, total);
    case "derived": return said(metric, derivedCell(metric.formula, Object.fromEntries(Object.keys(metric.inputs).map((name, k) => [name, parts[k]!]))));
    default: return parts[0]!;
  }
}

/** A divisor of 0 by what there was none of, where the metric tells. */
const said = ({nothing}: Metric, cell: Cell): Cell =>
  nothing !== undefined && cell.reason === "zero_denominator" && cell.denominator === 0 ? {...cell, reason: nothing} : cell;

/** A share of counted entities: one set within the other, both placed by the same date. */
function isProportion({numerator, denominator}: RatioMetric): boolean {
  if (numerator.type === "movement" && denominator.type === "movement")
    return numerator.measure === "count" && denominator.measure === "count" && denominator.part === "start" && ofStart.includes(numerator.part);
  return numerator.type === "simple" && denominator.type === "simple" && numerator.aggregate.fn === "count" &&
    denominator.aggregate.fn === "count" && numerator.mart === denominator.mart && numerator.time === denominator.time;
}

/** Parts of a movement that are among those active at the start. */
const ofStart: readonly MovementPart[] = ["churn", "contraction", "expansion", "kept", "kept_all"];

/** What is told of the records behind a composed number: that of the part which lacks most. */
function carried(parts: readonly Cell[]): Partial<Cell> {
  const most = (name: "undated" | "unrated" | "inProgress" | "censored") => Math.max(0, ...parts.map((cell) => cell[name] ?? 0));
  const least = (name: "coverage") => parts.reduce<number | null | undefined>((lowest, cell) => {
    const value = cell[name];
    return value === undefined || value === null ? lowest ?? value : Math.min(value, lowest ?? value);
  }, undefined);
  const coverage = least("coverage");
  const counts = (["undated", "unrated", "inProgress", "censored"] as const).flatMap((name) => (most(name) > 0 ? [[name, most(name)] as const] : []));
  return {...(coverage === undefined ? {} : {coverage}), ...Object.fromEntries(counts)};
}

function ratioCell(metric: RatioMetric, top: Cell, bottom: Cell): Cell {
  const interval = isProportion(metric) && top.value !== null && bottom.value !== null && bottom.value > 0 && top.value <= bottom.value
    ? {interval: wilson(top.value, bottom.value)} : {};
  return {...divided(top, bottom), ...interval, n: bottom.n, numerator: top.value, denominator: bottom.value, ...carried([top, bottom])};
}

/** The member's own n: a member on which few records rest is a small group, however large the whole. */
function shareCell({measure}: ShareMetric, own: Cell, whole: Cell): Cell {
  const counted = measure.type !== "ratio" && measure.type !== "derived" && "aggregate" in measure && measure.aggregate.fn === "count";
  const interval = counted && own.value !== null && whole.value ? {interval: wilson(own.value, whole.value)} : {};
  return {...divided(own, whole), ...interval, n: own.n, numerator: own.value, denominator: whole.value, ...carried([own])};
}

function divided(top: Cell, bottom: Cell): Outcome {
  if (bottom.value === null) return {value: null, reason: bottom.reason ?? "undefined"};
  if (bottom.value === 0) return {value: null, reason: "zero_denominator"};
  if (top.value === null) return {value: null, reason: top.reason ?? "undefined"};
  return {value: top.value / bottom.value};
}

type Outcome = Pick<Cell, "value" | "reason">;

/** Returns the value of a formula; null with the first input's reason, or "zero_denominator" at a zero divisor. */
export function evaluate(formula: Formula, inputs: Readonly<Record<string, Cell>>): Outcome {
  if (typeof formula === "number") return {value: formula};
  if (typeof formula === "string") {
    const cell = inputs[formula];
    if (!cell) throw new TypeError(`formula names an unknown input: ${formula}`);
    return cell.value === null ? {value: null, reason: cell.reason ?? "undefined"} : {value: cell.value};
  }
  const [operator, left, right] = formula;
  const a = evaluate(left, inputs);
  const b = evaluate(right, inputs);
  if (operator === "/" && b.value === 0) return {value: null, reason: "zero_denominator"};
  if (a.value === null) return a;
  if (b.value === null) return b;
  switch (operator) {
    case "+": return {value: a.value + b.value};
    case "-": return {value: a.value - b.value};
    case "*": return {value: a.value * b.value};
    case "/": return {value: a.value / b.value};
    case "min": return {value: Math.min(a.value, b.value)};
    case "max": return {value: Math.max(a.value, b.value)};
  }
}

/** How many records a divisor rests on: sums are of different ones, of a difference the first holds the second. */
function countOf(formula: Formula, inputs: Readonly<Record<string, Cell>>): number {
  if (typeof formula === "number") return Infinity;
  if (typeof formula === "string") return inputs[formula]!.n;
  const [operator, left, right] = formula;
  const [a, b] = [countOf(left, inputs), countOf(right, inputs)];
  if (operator === "+" && Number.isFinite(a) && Number.isFinite(b)) return a + b;
  return operator === "-" ? a : Math.min(a, b);
}

function derivedCell(formula: Formula, inputs: Readonly<Record<string, Cell>>): Cell {
  const outcome = evaluate(formula, inputs);
  const cells = Object.values(inputs);
  const least = (of: readonly Cell[]) => {
    const n = Math.min(...of.map((cell) => cell.n));
    return Number.isFinite(n) ? n : 0;
  };
  if (typeof formula !== "object" || formula[0] !== "/") return {n: least(cells), ...outcome, ...carried(cells)};
  const divisor = formula[2];
  const own = countOf(divisor, inputs);
  return {
    ...outcome,
    n: Number.isFinite(own) ? own : least(cells),
    numerator: evaluate(formula[1], inputs).value,
    denominator: evaluate(divisor, inputs).value,
    ...carried(cells)
  };
}
