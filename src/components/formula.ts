// A metric's formula as text, for readers: what is counted over what. The SQL beside it is the last word.

import type {Aggregate, BalanceMetric, Formula, Metric, Predicate, SimpleMetric} from "../metrics/define.js";

/** Returns the formula in one line, "won ÷ (won + lost)" style; `name` gives the label of a metric. */
export function formulaText(metric: Metric, name: (id: string) => string): string {
  switch (metric.type) {
    case "simple":
    case "balance":
      return componentText(metric);
    case "ratio":
      return `${name(metric.numerator.id)} ÷ ${name(metric.denominator.id)}`;
    case "derived":
      return infix(metric.formula, (key) => {
        const input = metric.inputs[key]!;
        return "calendar" in input ? input.calendar : name(input.id);
      });
    case "cumulative":
      return `Σ ${name(metric.measure.id)}`;
    case "shifted":
      return `${name(metric.measure.id)} (${typeof metric.by === "string" ? metric.by : "days" in metric.by ? `−${metric.by.days} d` : `−${metric.by.months} m`})`;
    case "share":
      return `${name(metric.measure.id)} ÷ Σ ${name(metric.measure.id)}`;
    case "movement":
      return `${metric.measure === "count" ? `count(${metric.entity})` : `sum(${metric.value})`} of ${metric.mart}: ${metric.part}`;
    case "conversion":
      return `count(${metric.conversion} − ${metric.time}${metric.window === null ? "" : ` ≤ ${metric.window} d`}) ÷ count(${metric.time})`;
  }
}

/** Returns "sum(amount) of fct_opportunity where is_won = true". */
export function componentText({aggregate, mart, where = []}: SimpleMetric | BalanceMetric): string {
  return `${aggregateText(aggregate)} of ${mart}${where.length ? ` where ${where.map(predicateText).join(" and ")}` : ""}`;
}

function aggregateText(aggregate: Aggregate): string {
  switch (aggregate.fn) {
    case "count":
      return "count(*)";
    case "count_distinct":
      return `count(distinct ${aggregate.column}${aggregate.atLeast === undefined ? "" : `, at least ${aggregate.atLeast}`})`;
    case "survival":
      return `survival(${aggregate.duration}, ${aggregate.q})`;
    case "rank_correlation":
      return `rank correlation(${aggregate.of.map((name) => `sum(${name})`).join(", ")}) by ${aggregate.per}`;
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

/** Returns "a × (a × a)" as a and 3; null for what is no product of one input with itself. */
function powerOf(formula: Formula): {readonly of: string; readonly exponent: number} | null {
  if (typeof formula === "string") return {of: formula, exponent: 1};
  if (typeof formula === "number" || formula[0] !== "*") return null;
  const [left, right] = [powerOf(formula[1]), powerOf(formula[2])];
  return left && right && left.of === right.of ? {of: left.of, exponent: left.exponent + right.exponent} : null;
}

const superscript = (exponent: number): string => [...String(exponent)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");

const signs = {"+": "+", "-": "−", "*": "×", "/": "÷"} as const;

function infix(formula: Formula, name: (input: string) => string, inner = false): string {
  if (typeof formula === "string") return name(formula);
  if (typeof formula === "number") return String(formula);
  const [operator, left, right] = formula;
  const power = powerOf(formula);
  if (power) return `${name(power.of)}${superscript(power.exponent)}`;
  if (operator === "min" || operator === "max") return `${operator}(${infix(left, name)}, ${infix(right, name)})`;
  const text = `${infix(left, name, true)} ${signs[operator]} ${infix(right, name, true)}`;
  return inner ? `(${text})` : text;
}
