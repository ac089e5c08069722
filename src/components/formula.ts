// A metric's formula as text, for readers: what is counted over what. The SQL beside it is the last word.

import type {Aggregate, Component, Formula, Metric, Predicate} from "../metrics/define.js";

/** Returns the formula in one line, "won ÷ (won + lost)" style; `name` gives the label of a metric. */
export function formulaText(metric: Metric, name: (id: string) => string): string {
  switch (metric.type) {
    case "simple":
    case "balance":
      return componentText(metric);
    case "ratio":
      return `${name(metric.numerator.id)} ÷ ${name(metric.denominator.id)}`;
    case "derived":
      return infix(metric.formula, (input) => name(metric.inputs[input]!.id));
    case "cumulative":
      return `Σ ${name(metric.measure.id)}`;
    case "conversion":
      return `count(${metric.conversion} − ${metric.time}${metric.window === null ? "" : ` ≤ ${metric.window} d`}) ÷ count(${metric.time})`;
  }
}

/** Returns "sum(amount) of fct_opportunity where is_won = true". */
export function componentText({aggregate, mart, where = []}: Component): string {
  return `${aggregateText(aggregate)} of ${mart}${where.length ? ` where ${where.map(predicateText).join(" and ")}` : ""}`;
}

function aggregateText(aggregate: Aggregate): string {
  switch (aggregate.fn) {
    case "count":
      return "count(*)";
    case "count_distinct":
      return `count(distinct ${aggregate.column})`;
    case "sum_product":
      return `sum(${aggregate.columns.join(" × ")})`;
    case "quantile":
      return `quantile(${aggregate.column}, ${aggregate.q})`;
    default:
      return `${aggregate.fn}(${aggregate.column})`;
  }
}

function predicateText({column, is, values = []}: Predicate): string {
  if (is === "null" || is === "not null") return `${column} is ${is}`;
  return is === "in" ? `${column} in (${values.join(", ")})` : `${column} ${is} ${values.join(", ")}`;
}

const signs = {"+": "+", "-": "−", "*": "×", "/": "÷"} as const;

function infix(formula: Formula, name: (input: string) => string, inner = false): string {
  if (typeof formula === "string") return name(formula);
  if (typeof formula === "number") return String(formula);
  const [operator, left, right] = formula;
  const text = `${infix(left, name, true)} ${signs[operator]} ${infix(right, name, true)}`;
  return inner ? `(${text})` : text;
}
