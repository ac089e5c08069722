// Arrow in, plain rows out: the only place where Arrow values become numbers, ISO dates, text and nulls. Runs in the
// worker. Gives what loaders/native.ts gives for the same statement.

import {DataType, TimeUnit, type Table, type Vector} from "apache-arrow";
import type {Row} from "./messages.js";

type Plain = string | number | boolean | null;
type Convert = (value: unknown) => Plain;

const day = 86_400_000;

/** Whole days or milliseconds since 1970-01-01 as "2025-01-31". Years above 9999 keep their sign, as ISO has it. */
function isoDate(milliseconds: number): string {
  const text = new Date(Math.floor(milliseconds / day) * day).toISOString();
  return text.slice(0, text.indexOf("T"));
}

/** Fraction digits that are not needed are left off, as DuckDB prints them: "…:00Z", "…:00.5Z". */
function isoTimestamp(value: unknown, unit: TimeUnit): string {
  const perSecond = BigInt([1, 1e3, 1e6, 1e9][unit] ?? 1);
  const ticks = BigInt(value as bigint);
  const rest = ((ticks % perSecond) + perSecond) % perSecond;
  const seconds = new Date(Number((ticks - rest) / perSecond) * 1000).toISOString().replace(/\.\d+Z$/, "");
  const fraction = String(rest).padStart(String(perSecond).length - 1, "0").replace(/0+$/, "");
  return `${seconds}${fraction ? `.${fraction}` : ""}Z`;
}

/** A 128-bit little-endian two's complement integer over 10^scale; the nearest number. */
function decimal(value: unknown, scale: number): number {
  if (typeof value === "number") return value / 10 ** scale;
  const words = value as Uint32Array;
  let unscaled = 0n;
  for (let i = words.length - 1; i >= 0; i--) unscaled = (unscaled << 32n) | BigInt(words[i] ?? 0);
  unscaled = BigInt.asIntN(words.length * 32, unscaled);
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return Number(unscaled < 0n ? `-${text}` : text);
}

function converter(type: DataType): Convert {
  if (DataType.isDictionary(type)) return converter(type.dictionary);
  if (DataType.isDate(type)) return (value) => isoDate(Number(value));
  if (DataType.isTimestamp(type)) return (value) => isoTimestamp(value, type.unit);
  if (DataType.isDecimal(type)) return (value) => decimal(value, type.scale);
  if (DataType.isInt(type) || DataType.isFloat(type)) return Number;
  if (DataType.isBool(type)) return Boolean;
  return String;
}

/**
 * Returns the rows of a table by column name: integers and decimals of any width as numbers (exact up to 15 digits),
 * dates "2025-01-31", timestamps "2025-01-31T09:30:00Z" (they are kept in UTC), everything else as text.
 */
export function plainRows(table: Table): Row[] {
  const rows: Record<string, Plain>[] = Array.from({length: table.numRows}, () => ({}));
  table.schema.fields.forEach((field, index) => {
    const column = table.getChildAt(index);
    if (column === null) return;
    fillColumn(rows, field.name, column, converter(field.type));
  });
  return rows;
}

function fillColumn(rows: Record<string, Plain>[], name: string, column: Vector, convert: Convert) {
  rows.forEach((row, index) => {
    const value: unknown = rawValue(column, index);
    row[name] = value === null || value === undefined ? null : convert(value);
  });
}

// Vector.get turns timestamps into milliseconds and so loses microseconds: those are read from the values themselves.
function rawValue(column: Vector, index: number): unknown {
  if (!DataType.isTimestamp(column.type)) return column.get(index);
  let offset = index;
  for (const chunk of column.data) {
    if (offset < chunk.length) return chunk.getValid(offset) ? (chunk.values as unknown as BigInt64Array)[offset] : null;
    offset -= chunk.length;
  }
  return null;
}
