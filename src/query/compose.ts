// Cells made of cells: ratios and formulas. Null goes through, and says why.

import type {Formula, Metric, RatioMetric} from "../metrics/define.js";
import {emptyMeasure, type Leaf} from "./measure.js";
import type {Cell} from "./question.js";
import {wilson} from "./wilson.js";

/** Returns the cell of a metric from the cells of what it is made of, in the order of `partsOf`. */
export function composeCell(metric: Metric, parts: readonly Cell[]): Cell {
  switch (metric.type) {
    case "simple":
    case "balance":
    case "conversion":
    case "cumulative": return parts[0]!;
    case "ratio": return ratioCell(metric, parts[0]!, parts[1]!);
    case "derived": return derivedCell(metric.formula, Object.fromEntries(Object.keys(metric.inputs).map((name, k) => [name, parts[k]!])));
  }
}

/** Returns the cell of a metric over no records. */
export function emptyCell(metric: Metric): Cell {
  const parts = partsOf(metric);
  if (parts.length) return composeCell(metric, parts.map(emptyCell));
  return emptyMeasure(metric.type === "cumulative" ? metric.measure : (metric as Leaf));
}

/** Returns the metrics whose cells make the metric's; none for a measured one. */
export function partsOf(metric: Metric): readonly Metric[] {
  if (metric.type === "ratio") return [metric.numerator, metric.denominator];
  return metric.type === "derived" ? Object.values(metric.inputs) : [];
}

/** A share of counted entities: one set within the other, both placed by the same date. */
const isProportion = ({numerator, denominator}: RatioMetric) =>
  numerator.type === "simple" && denominator.type === "simple" && numerator.aggregate.fn === "count" &&
  denominator.aggregate.fn === "count" && numerator.mart === denominator.mart && numerator.time === denominator.time;

function ratioCell(metric: RatioMetric, top: Cell, bottom: Cell): Cell {
  const rest = {
    n: bottom.n, numerator: top.value, denominator: bottom.value,
    ...(bottom.coverage === undefined ? {} : {coverage: bottom.coverage}),
    ...(bottom.undated ? {undated: bottom.undated} : {}),
    ...(bottom.unrated || top.unrated ? {unrated: Math.max(bottom.unrated ?? 0, top.unrated ?? 0)} : {})
  };
  if (bottom.value === null) return {value: null, reason: bottom.reason ?? "undefined", ...rest};
  if (bottom.value === 0) return {value: null, reason: "zero_denominator", ...rest};
  if (top.value === null) return {value: null, reason: top.reason ?? "undefined", ...rest};
  const interval = isProportion(metric) && top.value <= bottom.value ? {interval: wilson(top.value, bottom.value)} : {};
  return {value: top.value / bottom.value, ...interval, ...rest};
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
  }
}

function derivedCell(formula: Formula, inputs: Readonly<Record<string, Cell>>): Cell {
  const outcome = evaluate(formula, inputs);
  const smallest = Math.min(...Object.values(inputs).map(({n}) => n));
  const most = Math.max(...Object.values(inputs).map(({unrated = 0}) => unrated));
  const unrated = most > 0 ? {unrated: most} : {};
  if (typeof formula !== "object" || formula[0] !== "/") return {n: smallest, ...outcome, ...unrated};
  const divisor = formula[2];
  return {
    ...outcome,
    n: typeof divisor === "string" ? inputs[divisor]!.n : smallest,
    numerator: evaluate(formula[1], inputs).value,
    denominator: evaluate(divisor, inputs).value,
    ...unrated
  };
}
