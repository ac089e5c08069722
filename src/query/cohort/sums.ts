// What customers who began together come to, age by age; sums of several add up.

import type {CohortMeasure} from "../../metrics/cohort.js";
import {cellSums, type CellSum} from "./statements.js";
import type {CohortPlan} from "./plan.js";

type Row = Readonly<Record<string, unknown>>;

/** Sums by age. Of brackets, `active` stands at the position of the bracket. */
export interface Sums {
  readonly size: number;
  readonly at: Readonly<Record<Exclude<CellSum, "started">, readonly number[]>>;
  /** Some amount is known. */
  readonly hasRevenue: boolean;
  readonly hasMargin: boolean;
}

/** The customers of a period of start and a member. */
export interface Group extends Sums {
  readonly period: string;
  readonly member: string | null;
}

const ageSums = cellSums.filter((name) => name !== "started");

/** Returns the rows of a statement of cells as groups, in the order of their periods, and the first day on which anyone begins. */
export function readGroups(rows: readonly Row[]): {readonly groups: Group[]; readonly firstDay: string | null} {
  const found = new Map<string, {period: string; member: string | null; rows: Row[]}>();
  for (const row of rows) {
    const period = String(row["period"]).slice(0, 10);
    const member = row["member"] === null ? null : String(row["member"]);
    const key = JSON.stringify([period, member]);
    const group = found.get(key) ?? {period, member, rows: []};
    group.rows.push(row);
    found.set(key, group);
  }
  const day = rows[0]?.["first_day"];
  return {
    groups: [...found.values()].map(({rows: own, ...group}) => ({...group, ...sumsOf(own)})).filter(({size}) => size > 0).sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0)),
    firstDay: day === null || day === undefined ? null : String(day).slice(0, 10)
  };
}

function sumsOf(rows: readonly Row[]): Sums {
  const at = Object.fromEntries(ageSums.map((name) => [name, [] as number[]])) as Record<Exclude<CellSum, "started">, number[]>;
  for (const row of rows) {
    const age = Number(row["age"]);
    for (const name of ageSums) if (row[name] !== null && row[name] !== undefined) at[name][age] = (at[name][age] ?? 0) + Number(row[name]);
  }
  const known = (name: CellSum) => rows.some((row) => row[name] !== null && row[name] !== undefined);
  return {size: rows.reduce((all, row) => all + Number(row["started"] ?? 0), 0), at, hasRevenue: known("revenue"), hasMargin: known("margin")};
}

/** Returns the sums of all. */
export function addSums(several: readonly Sums[]): Sums {
  const at = Object.fromEntries(ageSums.map((name) => {
    const length = Math.max(0, ...several.map((one) => one.at[name].length));
    return [name, Array.from({length}, (_, age) => several.reduce((all, one) => all + (one.at[name][age] ?? 0), 0))];
  })) as unknown as Sums["at"];
  return {size: several.reduce((all, {size}) => all + size, 0), at, hasRevenue: several.some((one) => one.hasRevenue), hasMargin: several.some((one) => one.hasMargin)};
}

const from = (values: readonly number[], age: number): number => values.slice(age).reduce((all, value) => all + (value ?? 0), 0);
const upTo = (values: readonly number[], age: number): number => values.slice(0, age + 1).reduce((all, value) => all + (value ?? 0), 0);

/** What a cell is made of: a value is `over` ÷ `under`. Null where there is none. */
export interface Parts {
  readonly active: number;
  readonly observed: number;
  readonly over: number | null;
  readonly under: number | null;
}

const cumulative: readonly CohortMeasure[] = ["repeat", "revenue_per_customer", "margin", "payback"];

/** Whether a measure of age k is known of those who are that old alone: others need all who were younger, too. */
export const isOwnAge = ({choices: {measure, base}}: CohortPlan): boolean => !cumulative.includes(measure) && base === "first";

/** Returns the parts of a cell. `place` is its age, of brackets its position; `age` the last age that it spans. `cost` is that of winning one customer. */
export function partsAt(sums: Sums, place: number, age: number, {choices: {measure, base, span, form}}: CohortPlan, cost: number | null): Parts {
  const {at, size, hasRevenue, hasMargin} = sums;
  const observed = span === "rolling" ? from(at.seen, age) : size;
  const active = (k: number) => at.active[k] ?? 0;
  const previous = (values: (k: number) => number) => (place === 0 ? null : values(place - 1));
  const based = (values: (k: number) => number, whole: number) => ({over: values(place), under: base === "previous" ? previous(values) : whole});
  const told = (): Pick<Parts, "over" | "under"> => {
    switch (measure) {
      case "on": case "bracketed": return based(active, observed);
      case "on_or_after": return based((k) => from(at.last, k), observed);
      case "repeat": return {over: upTo(at.second, place), under: observed};
      case "grr": case "nrr": {
        const values = measure === "grr" ? at.kept : at.revenue;
        return hasRevenue ? based((k) => values[k] ?? 0, baseOf(sums, span, age)) : {over: null, under: null};
      }
      case "revenue_per_customer": return {over: hasRevenue ? upTo(at.revenue, place) : null, under: observed};
      case "margin": return {over: hasMargin ? upTo(at.margin, place) : null, under: observed};
      case "payback": {
        const over = hasMargin ? upTo(at.margin, place) : null;
        return form === "absolute" ? {over, under: observed} : {over, under: cost === null ? null : cost * observed};
      }
    }
  };
  const {over, under} = told();
  const counts = measure === "on_or_after" || measure === "repeat";
  return {active: counts ? over ?? 0 : active(place), observed, over, under};
}

/** Revenue of the first period; of rolling periods that of those who are so old. */
export const baseOf = ({at}: Pick<Sums, "at">, span: "calendar" | "rolling", age = 0): number => (span === "rolling" ? from(at.seen_base, age) : at.revenue[0] ?? 0);
