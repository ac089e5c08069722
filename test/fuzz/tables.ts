// Tables of text cells to bytes in every format, and CSV back to tables.

import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {strToU8, zipSync} from "fflate";
import Papa from "papaparse";
import {openNative, quoteIdentifier, quoteText} from "../../loaders/native.js";
import {workbook} from "../helpers/workbook.js";

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface Written {
  readonly ending: string;
  readonly write: (table: Table) => Uint8Array | Promise<Uint8Array>;
}

const utf8 = (text: string): Uint8Array => strToU8(text);

export const formats = {
  csv: {ending: "csv", write: (table) => utf8(csvText(table))},
  semicolons: {ending: "csv", write: (table) => utf8(csvText(table, {delimiter: ";"}))},
  tsv: {ending: "tsv", write: (table) => utf8(csvText(table, {delimiter: "\t"}))},
  crlf: {ending: "csv", write: (table) => utf8(csvText(table, {newline: "\r\n"}))},
  cr: {ending: "csv", write: (table) => utf8(csvText(table, {newline: "\r"}))},
  quoted: {ending: "csv", write: (table) => utf8(csvText(table, {quotes: true}))},
  bom: {ending: "csv", write: (table) => utf8(`\ufeff${csvText(table)}`)},
  declared: {ending: "csv", write: (table) => utf8(`sep=|\n${csvText(table, {delimiter: "|"})}`)},
  utf16: {ending: "csv", write: (table) => Buffer.from(`\ufeff${csvText(table)}`, "utf16le")},
  xlsx: {ending: "xlsx", write: ({header, rows}) => workbook({Sheet: [header, ...rows.map((row) => row.map((cell) => (cell === "" ? null : cell)))]})},
  json: {ending: "json", write: (table) => utf8(JSON.stringify(records(table)))},
  ndjson: {ending: "ndjson", write: (table) => utf8(records(table).map((record) => `${JSON.stringify(record)}\n`).join(""))},
  parquet: {ending: "parquet", write: parquetOf},
  gz: {ending: "csv.gz", write: (table) => gzipSync(csvText(table))},
  zip: {ending: "csv.zip", write: (table) => zipSync({"inner.csv": utf8(csvText(table))}, {mtime: "2026-01-01"})}
} satisfies Record<string, Written>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as FormatName[];

/** Returns the bytes of a table in a format. */
export const writeTable = async (table: Table, format: FormatName): Promise<Uint8Array> => formats[format].write(table);

/** Returns a table as CSV. */
export function csvText({header, rows}: Table, {delimiter = ",", newline = "\n", quotes = false} = {}): string {
  return [header, ...rows].map((row) => row.map((cell) => quoted(cell, delimiter, quotes)).join(delimiter) + newline).join("");
}

const quoted = (cell: string, delimiter: string, always: boolean): string => (always || cell.includes('"') || cell.includes("\n") || cell.includes("\r") || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell);

const records = ({header, rows}: Table): Record<string, string | null>[] => rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] === "" ? null : (row[index] ?? null)])));

async function parquetOf({header, rows}: Table): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-parquet-"));
  const native = await openNative({threads: 1});
  try {
    const [from, to] = [join(folder, "rows.json"), join(folder, "rows.parquet")];
    writeFileSync(from, JSON.stringify(rows));
    const cells = header.map((name, index) => `nullif(json ->> ${index}, '') as ${quoteIdentifier(name)}`);
    await native.exec(`copy (select ${cells.join(", ")} from read_json_objects(${quoteText(from)}, format = 'array')) to ${quoteText(to)} (format parquet)`);
    return readFileSync(to);
  } finally {
    native.close();
    rmSync(folder, {recursive: true});
  }
}

/** A CSV file taken apart so that it can be put together again; undefined where it is no clean one: torn rows, open quotes, one column, no UTF-8. */
export function readTable(bytes: Uint8Array): (Table & {readonly delimiter: string}) | undefined {
  let text: string;
  try {
    text = new TextDecoder("utf-8", {fatal: true}).decode(bytes);
  } catch {
    return undefined;
  }
  if (/^\s*[[{<]|^PAR1|^"?sep=|[\u0000-\u0008]/.test(text)) return undefined;
  const delimiter = [",", ";", "\t", "|"].reduce((one, other) => (cells(text, other) > cells(text, one) ? other : one));
  const {data, errors} = Papa.parse<string[]>(text, {delimiter, skipEmptyLines: true});
  const [header, ...rows] = data;
  const whole = header && header.length > 1 && errors.length === 0 && rows.every((row) => row.length === header.length) && new Set(header.map((name) => name.trim().toLowerCase())).size === header.length && header.every((name) => name.trim() !== "");
  return whole ? {header, rows, delimiter} : undefined;
}

const cells = (text: string, delimiter: string): number => Papa.parse<string[]>(text, {delimiter, preview: 1}).data[0]?.length ?? 0;
