// reconcile.csv: the totals that the CRM itself gives, one a line, and perhaps its own list of the records behind one.

import {createHash} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";
import {dirname, relative, resolve} from "node:path";
import Papa from "papaparse";
import type {Filter} from "../../../src/query/question.js";
import {nearest, type SettingsProblem} from "../../settings/problems.js";

/** One total of the CRM. */
export interface ReconcileLine {
  /** Line in the file, the header being 1. */
  readonly line: number;
  readonly metric: string;
  readonly period: string;
  readonly where: readonly Filter[];
  /** Percentages as shares 0–1. */
  readonly value: number;
  /** Largest difference that counts as equal. */
  readonly tolerance: number;
  /** CSV of the CRM's own records. */
  readonly records?: {readonly path: string; readonly sha256: string};
}

export interface ReconcileSettings {
  /** Relative to the settings file. */
  readonly file: string;
  readonly lines: readonly ReconcileLine[];
}

const columns = ["metric", "period", "where", "value", "tolerance", "records"];
const needed = ["metric", "period", "value"];

/** Returns the lines of the file at `path`; every fault is added to `found`. */
export function readReconcile(path: string, folder: string, found: SettingsProblem[]): ReconcileSettings {
  const file = relative(folder, path).replaceAll("\\", "/");
  const {data, meta} = Papa.parse<Record<string, string>>(readFileSync(path, "utf8").replace(/^\ufeff/, ""), {header: true, skipEmptyLines: "greedy", transformHeader: (name) => name.trim().toLowerCase()});
  const header = meta.fields ?? [];
  for (const column of needed.filter((name) => !header.includes(name))) found.push({code: "missing_column", file, line: 1, value: column, allowed: header, nearest: nearest(column, header, "close")});
  for (const column of header.filter((name) => !columns.includes(name))) found.push({code: "unknown_key", file, line: 1, value: column, allowed: columns, nearest: nearest(column, columns)});
  if (found.length > 0) return {file, lines: []};
  return {file, lines: data.flatMap((row, index) => readLine(row, {line: index + 2, file, path}, found) ?? [])};
}

function readLine(row: Readonly<Record<string, string | undefined>>, {line, file, path}: {line: number; file: string; path: string}, found: SettingsProblem[]): ReconcileLine | undefined {
  const before = found.length;
  const cell = (name: string): string => (row[name] ?? "").trim();
  const wrong = (key: string, value: string, expected: string) => void found.push({code: "wrong_value", file, line, key, value: JSON.stringify(value), expected});
  for (const name of needed) if (cell(name) === "") wrong(name, "", `a ${name}`);
  const value = toNumber(cell("value"));
  if (cell("value") !== "" && !value) wrong("value", cell("value"), "a number such as 1234.50, or a share such as 63.15%");
  const tolerance = toNumber(cell("tolerance"));
  if (cell("tolerance") !== "" && !tolerance) wrong("tolerance", cell("tolerance"), "a number such as 0.5, or a share of the value such as 1%");
  const where = readWhere(cell("where"));
  if (!where) wrong("where", cell("where"), "dimension=member, several with semicolons: region=West;team=A");
  const records = cell("records") === "" ? undefined : resolve(dirname(path), cell("records"));
  if (records && !existsSync(records)) found.push({code: "missing_file", file, line, key: "records", value: cell("records")});
  if (found.length > before || !value || !where) return undefined;
  return {
    line,
    metric: cell("metric"),
    period: cell("period"),
    where,
    value: value.number,
    tolerance: tolerance ? (tolerance.share ? Math.abs(value.number) * tolerance.number : tolerance.number) : value.half,
    ...(records && {records: {path: records, sha256: createHash("sha256").update(readFileSync(records)).digest("hex")}})
  };
}

/** A number with half a unit of its last written digit: a total that was rounded for display still agrees. */
function toNumber(text: string): {number: number; half: number; share: boolean} | undefined {
  const match = /^([+-]?\d+(?:\.(\d+))?)(%?)$/.exec(text);
  if (!match) return undefined;
  const [, digits = "", decimals = "", percent = ""] = match;
  const scale = percent === "%" ? 100 : 1;
  return {number: Number(digits) / scale, half: (0.5 * 10 ** -decimals.length) / scale, share: percent === "%"};
}

/** Several members of one dimension are alternatives; an empty one stands for records without a value. */
function readWhere(text: string): Filter[] | undefined {
  const pairs = text.split(";").map((part) => part.trim()).filter(Boolean).map((part) => part.split(/=(.*)/s, 2).map((word) => word.trim()));
  if (pairs.some(([dimension, member]) => !dimension || member === undefined)) return undefined;
  return [...new Set(pairs.map(([dimension]) => dimension!))].map((dimension) => ({dimension, values: pairs.filter(([name]) => name === dimension).map(([, member]) => member || null)}));
}
