// The door to what customers are expected to be worth: the build and the browser ask here.

import {checkDimensions} from "../filters.js";
import type {Manifest} from "../manifest.js";
import {filterSql} from "../predicate.js";
import type {Filter, Run, Statement} from "../question.js";
import {QuestionError} from "../questionError.js";
import {identifier, join, sql, type Sql} from "../sql.js";
import {isValueFed, valueLimits, valueMarts, valueNeeds, type ExpectedValue, type HeldOut, type ValueQuestion, type ValueTold} from "./question.js";

export interface ValueOptions {
  readonly manifest: Manifest;
  readonly run: Run;
}

type Row = Awaited<ReturnType<Run>>[number];

/** Returns the answers, in order. Throws a QuestionError where no source feeds purchases, and for dimensions and members that the report does not know. */
export const askValues = (questions: readonly ValueQuestion[], options: ValueOptions): Promise<ValueTold[]> => Promise.all(questions.map((question) => askValue(question, options)));

async function askValue({filters = []}: ValueQuestion, {manifest, run}: ValueOptions): Promise<ValueTold> {
  if (!isValueFed(manifest)) throw new QuestionError({code: "unknown_choice", value: "value", message: `no source feeds the value of customers: it needs ${valueNeeds.join(" and ")}`, allowed: []});
  const picked = filters.filter(({values}) => values.length > 0);
  checkDimensions({by: [], filters: picked}, manifest.dimensions);
  const carries = ({dimension}: Filter): boolean => manifest.marts.some(({name, columns}) => name === valueMarts.customer && columns.some((column) => column.name === dimension));
  const [[model], [sums], rows] = await Promise.all([run(modelStatement), run(sumsStatement(picked.filter(carries))), run(holdOutStatement)]);
  if (!model || !sums) throw new Error(`${valueMarts.model} has no row`);
  const least = manifest.minGroup ?? 1;
  const [customers, all] = [Number(sums["customers"]), Number(sums["everyone"])];
  // What is left of all gives a small rest away as well.
  const isHidden = [customers, all - customers].some((count) => count > 0 && count < least);
  return {
    asOf: manifest.asOf, reason: model["reason"] as ValueTold["reason"], customers: Number(model["customers"]), repeaters: Number(model["repeaters"]),
    correlation: numberOf(model["correlation"]), margin: numberOf(model["margin"]), discount: Number(model["discount"]),
    atEdge: model["at_edge"] as ValueTold["atEdge"], spendingAtEdge: model["spending_at_edge"] as ValueTold["spendingAtEdge"],
    expected: model["reason"] !== null || isHidden ? null : expectedOf(sums, customers), isHidden, heldOut: heldOutOf(rows, least),
    notApplied: picked.filter((filter) => !carries(filter)).map(({dimension}) => dimension), limits: valueLimits
  };
}

const numberOf = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

const expectedOf = (row: Row, customers: number): ExpectedValue => ({
  customers, alive: Number(row["alive"] ?? 0), purchases: [Number(row["purchases_12"] ?? 0), Number(row["purchases_24"] ?? 0)], value: [numberOf(row["value_12"]), numberOf(row["value_24"])]
});

function heldOutOf(rows: readonly Row[], least: number): HeldOut {
  const of = (kind: string) => rows.filter((row) => row["kind"] === kind);
  const compared = (row: Row) => ({expected: Number(row["expected"]), observed: Number(row["observed"])});
  const [total] = of("total");
  if (!total) throw new Error(`${valueMarts.holdOut} has no total`);
  const byRepeats = of("repeats").map((row) => ({repeats: Number(row["repeats"]), customers: Number(row["customers"]), ...compared(row)}));
  return {
    reason: total["reason"] as HeldOut["reason"], until: String(total["fitted_until"]), customers: Number(total["customers"]), repeaters: Number(total["repeaters"]),
    total: total["reason"] === null ? compared(total) : null,
    months: of("month").map((row) => ({day: String(row["day"]), ...compared(row)})),
    byRepeats: told(byRepeats, least)
  };
}

/** Returns the groups, the last ones taken together until they are large enough; none where another is too small. */
function told(groups: HeldOut["byRepeats"], least: number): HeldOut["byRepeats"] {
  const [before, last] = [groups.at(-2), groups.at(-1)];
  if (last && before && last.customers < least) {
    const customers = before.customers + last.customers;
    const mean = (of: "expected" | "observed") => (before.customers * before[of] + last.customers * last[of]) / customers;
    return told([...groups.slice(0, -2), {repeats: before.repeats, customers, expected: mean("expected"), observed: mean("observed")}], least);
  }
  return groups.some(({customers}) => customers < least) ? [] : groups;
}

const statement = ({text, params}: Sql): Statement => ({sql: text, params});
const double = (name: string): Sql => sql`cast(${identifier(name)} as double) as ${identifier(name)}`;

const modelStatement = statement(sql`select reason, at_edge, spending_at_edge, ${join(["customers", "repeaters", "correlation", "margin", "discount"].map(double))}
from ${identifier(valueMarts.model)}`);

const sumsStatement = (filters: readonly Filter[]): Statement => {
  const kept = filters.length > 0 ? join(filters.map((filter) => sql`(${filterSql(filter)})`), " and ") : sql`true`;
  const sum = (name: string) => sql`cast(sum(${identifier(name)}) filter (${kept}) as double) as ${identifier(name)}`;
  return statement(sql`select cast(count(*) as double) as everyone, cast(count(*) filter (${kept}) as double) as customers,
  cast(sum(p_alive) filter (${kept}) as double) as alive, ${join(["purchases_12", "purchases_24", "value_12", "value_24"].map(sum), ",\n  ")}
from ${identifier(valueMarts.customer)} as f`);
};

const holdOutStatement = statement(sql`select kind, reason, cast(fitted_until as varchar) as fitted_until, cast(day as varchar) as day,
  ${join(["repeats", "customers", "repeaters", "expected", "observed"].map(double))}
from ${identifier(valueMarts.holdOut)}
order by kind, day, repeats`);
