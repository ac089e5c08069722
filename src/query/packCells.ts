// The numbers of many cells as columns. A field that follows from others is stored as the name of a rule; one that most
// cells lack, by position.

import {reasons, type Cell, type Reason} from "./question.js";
import {wilson} from "./wilson.js";

const fields = ["n", "numerator", "denominator", "value", "coverage", "undated", "unrated", "inProgress", "window", "censored", "estimator", "top", "empty", "interval", "drawn", "reason", "target", "allocated"] as const;
type Field = (typeof fields)[number];

/** A value for each cell; or values by position, where most are absent; or the name of a rule. */
type Column = readonly unknown[] | Readonly<Record<string, unknown>> | string;
export type PackedFields = Readonly<Partial<Record<Field, Column>>>;

/** Marks a field that a cell does not have, where others of its column do. */
const absent = "";

type Rule = (cell: Partial<Cell>) => unknown;

/** Used where a rule gives every cell of a column to the last bit; each sees only the fields before its own. */
const rules: Partial<Record<Field, Readonly<Record<string, Rule>>>> = {
  denominator: {n: ({n}) => n},
  value: {
    n: ({n}) => n,
    numerator: ({numerator}) => numerator,
    ratio: ({numerator, denominator}) => (denominator ? (numerator ?? 0) / denominator : null)
  },
  interval: {wilson: ({numerator, denominator}) => (denominator ? wilson(numerator ?? 0, denominator) : undefined)},
  reason: {zero: ({denominator}) => (denominator === 0 ? "zero_denominator" : undefined), empty: ({value}) => (value === null ? "no_rows" : undefined)}
};

/** Returns the cells as columns. */
export function packCells(cells: readonly Cell[]): PackedFields {
  const columns: Partial<Record<Field, Column>> = {};
  for (const field of fields) {
    if (cells.every((cell) => cell[field] === undefined)) continue;
    const rule = Object.entries(rules[field] ?? {}).find(([, give]) => cells.every((cell) => same(give(cell), cell[field])));
    columns[field] = rule ? rule[0] : column(cells.map((cell) => encode(field, cell)));
  }
  return columns;
}

/** Returns one cell of the columns. */
export function unpackCell(columns: PackedFields, i: number): Cell {
  const cell: Partial<Record<Field, unknown>> = {};
  for (const field of fields) {
    const stored = columns[field];
    if (stored === undefined) continue;
    if (typeof stored === "string") {
      const value = rules[field]![stored]!(cell as Partial<Cell>);
      if (value !== undefined) cell[field] = value;
    } else {
      const value = Array.isArray(stored) ? stored[i] : (stored as Record<string, unknown>)[i];
      if (value !== absent && value !== undefined) cell[field] = field === "reason" ? reasons[value as number] : value;
    }
  }
  return cell as unknown as Cell;
}

function encode(field: Field, cell: Cell): unknown {
  const value = cell[field];
  if (value === undefined) return absent;
  return field === "reason" ? reasons.indexOf(value as Reason) : value;
}

function column(values: readonly unknown[]): Column {
  const present = values.flatMap((value, i) => (value === absent ? [] : [[i, value] as const]));
  return present.length * 2 < values.length ? Object.fromEntries(present) : values;
}

const same = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((value, i) => Object.is(value, b[i])) : Object.is(a, b);
