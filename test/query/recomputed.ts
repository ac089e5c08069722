// A number worked out again from the records behind it, row by row and without SQL.

import {isCalendar, type Metric} from "../../src/metrics/define.js";
import {composeCell} from "../../src/query/compose.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Leaf, ResultRow} from "../../src/query/measure.js";
import {isMeasured, partsOf, type Moment} from "../../src/query/parts.js";
import type {Cell} from "../../src/query/question.js";
import type {RecordPart} from "../../src/query/records.js";

/** Rows of a part of the number, by its role. */
export type RecordsOf = (role: string) => readonly ResultRow[];

/** Returns how to find the rows of a role; throws where no part has it. */
export function rolesOf(parts: readonly RecordPart[], rows: readonly (readonly ResultRow[])[]): RecordsOf {
  return (role) => {
    const k = parts.findIndex(({roles}) => roles.includes(role));
    if (k < 0) throw new Error(`no part is ${JSON.stringify(role)}: ${parts.flatMap(({roles}) => roles).join(", ")}`);
    return rows[k]!;
  };
}

const under = (role: string, name: string) => (role === "" ? name : `${role}.${name}`);

/** Returns the cell that the records make; of its counts only those that follow from single rows. */
export function recomputed(metric: Metric, moment: Moment, manifest: Manifest, rowsOf: RecordsOf, role = ""): Cell {
  if (isMeasured(metric)) return measured(metric, rowsOf, role);
  const down = (one: Metric, at: Moment, name: string) => recomputed(one, at, manifest, rowsOf, name === "" ? role : under(role, name));
  if (metric.type === "share") {
    const [own, whole] = ["numerator", "denominator"].map((name) => down(metric.measure, moment, name));
    return composeCell(metric, [own!], whole!);
  }
  const names = metric.type === "ratio" ? ["numerator", "denominator"] : metric.type === "derived" ? Object.entries(metric.inputs).map(([name, input]) => (isCalendar(input) ? "" : name)) : [""];
  const cells = partsOf(metric, moment, manifest).map((part, k) => ("metric" in part ? down(part.metric, part.moment, names[k]!) : part.cell));
  return composeCell(metric, cells, cells[0]!);
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const brought = (rows: readonly ResultRow[]) => rows.filter(({record_counted}) => record_counted === true).map(({record_brings}) => Number(record_brings));

function measured(leaf: Leaf, rowsOf: RecordsOf, role: string): Cell {
  if (leaf.type === "conversion") {
    const [reached, entered] = ["numerator", "denominator"].map((name) => brought(rowsOf(under(role, name))));
    const denominator = sum(entered!);
    return {value: denominator === 0 ? null : sum(reached!) / denominator, n: entered!.length};
  }
  const rows = rowsOf(role);
  const values = brought(rows);
  if (leaf.type === "movement") return {value: sum(values), n: values.length};
  const {aggregate} = leaf;
  const told = rows.filter(({record_note, record_counted}) => record_counted === true || record_note !== "undated");
  const n = values.length;
  switch (aggregate.fn) {
    case "count": return {value: n, n};
    case "count_distinct":
    case "count_active": {
      const distinct = new Set(rows.filter(({record_counted}) => record_counted === true).map((row) => row[aggregate.column])).size;
      if (distinct !== sum(values)) throw new Error(`${leaf.id}: ${distinct} values bring ${sum(values)}`);
      return {value: distinct, n: distinct};
    }
    case "sum":
    case "sum_product": return told.length === 0 ? {value: leaf.empty, n} : {value: n === 0 ? null : sum(values), n};
    case "avg": return {value: n === 0 ? null : sum(values) / n, n};
    case "median": return {value: quantile(values, 0.5), n};
    case "quantile": return {value: quantile(values, aggregate.q), n};
    case "rank_correlation": {
      const counting = rows.filter((row) => row["record_counted"] === true && row[aggregate.per] !== null);
      const people = [...new Set(counting.map((row) => row[aggregate.per]))];
      const [x, y] = aggregate.of.map((name) => people.map((one) => sum(counting.filter((row) => row[aggregate.per] === one).map((row) => Number(row[name] ?? 0)))));
      const value = spearman(x!, y!);
      return {value: people.length < (leaf.minN ?? 10) || Number.isNaN(value) ? null : value, n: people.length};
    }
    case "survival": {
      const weights = rows.filter(({record_counted}) => record_counted === true).map((row) => (aggregate.weight === undefined ? 1 : Number(row[aggregate.weight] ?? 0)));
      const open = rows.filter(({record_counted}) => record_counted === true).map(({record_note}) => record_note === "censored");
      const isOpen = (k: number) => open[k] === true;
      if (aggregate.above !== undefined && sum(weights.filter((_, k) => isOpen(k))) <= aggregate.above * sum(weights)) return {value: quantile(values.filter((_, k) => !isOpen(k)), aggregate.q), n: sum(weights)};
      return {value: survival(values, weights, open, aggregate.q), n: sum(weights)};
    }
  }
}

function quantile(values: readonly number[], q: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = q * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  return low === undefined || high === undefined ? null : low + (high - low) * (rank - Math.floor(rank));
}

/** Pearson's correlation of the ranks, ties at the mean of theirs. */
function spearman(x: readonly number[], y: readonly number[]): number {
  const ranks = (values: readonly number[]) => values.map((value) => values.filter((other) => other < value).length + (values.filter((other) => other === value).length + 1) / 2);
  const deviations = (values: readonly number[]) => values.map((value) => value - sum(values) / values.length);
  const [a, b] = [deviations(ranks(x)), deviations(ranks(y))];
  return sum(a.map((one, k) => one * b[k]!)) / Math.sqrt(sum(a.map((one) => one * one)) * sum(b.map((one) => one * one)));
}

function survival(durations: readonly number[], weights: readonly number[], open: readonly boolean[], q: number): number | null {
  let surviving = 1;
  for (const t of [...new Set(durations)].sort((a, b) => a - b)) {
    const at = (of: (k: number) => boolean) => sum(weights.filter((_, k) => of(k)));
    const atRisk = at((k) => durations[k]! >= t);
    const ended = at((k) => durations[k] === t && !open[k]);
    if (ended > 0) surviving *= 1 - ended / atRisk;
    if (surviving <= 1 - q + 1e-9) return t;
  }
  return null;
}
