// Excel workbooks: a sheet becomes a CSV file, empty rows and all, so that row numbers are the sheet's own.

import {createWriteStream} from "node:fs";
import {readFile} from "node:fs/promises";
import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import readWorkbook from "read-excel-file/universal";
import {csv, readCsvHead} from "./csv.js";
import {FormatError} from "./fault.js";
import type {FileHead, Format, FormatFile, ReadOptions} from "./format.js";
import {scratchFile} from "./scratch.js";
import {SheetSize} from "./sheetSize.js";
import {isZip, readAll, zipNames} from "./zip.js";

export const xlsx: Format = {...csv, name: "xlsx", title: "an Excel workbook", owns: ({start}) => isZip(start), readHead: readXlsxHead};

/** A number as the workbook writes it. */
class Numeral {
  constructor(readonly text: string) {}
}

type Value = string | Numeral | boolean | Date | null;

/** A workbook is held in memory. */
const longestWorkbook = 2 ** 30;
const mostCells = 20_000_000;

async function readXlsxHead({path, content}: FormatFile, {sheet, decimal}: ReadOptions): Promise<FileHead> {
  if (!(await zipNames(content)).some((name) => /^xl\/workbook\.xml$/i.test(name))) throw new FormatError("binary_file", "a document of Office that is no workbook");
  const csvFile = await scratchFile(content, `sheet ${sheet ?? ""} with ${decimal}`, (to) => writeSheet(content, sheet, decimal, to));
  return {...readCsvHead({path, content: csvFile}, {encoding: "utf-8", delimiter: ","}), format: "xlsx"};
}

async function writeSheet(path: string, wanted: string | undefined, decimal: string, to: string): Promise<void> {
  await checkSize(path);
  const sheets = await readSheets(path);
  const names = sheets.map(({sheet}) => sheet);
  const fold = (name: string): string => name.trim().toLowerCase();
  const found = wanted === undefined ? (sheets.length === 1 ? sheets[0] : undefined) : sheets.find(({sheet}) => fold(sheet) === fold(wanted));
  if (!found) throw new FormatError("unknown_sheet", wanted ?? "", names);
  const rows = found.data as readonly (readonly Value[])[];
  await pipeline(Readable.from(csvLines(rows, decimal)), createWriteStream(to));
}

async function checkSize(path: string): Promise<void> {
  const sizes: SheetSize[] = [];
  await readAll(path, longestWorkbook, (name) => {
    const size = new SheetSize();
    if (/^xl\/worksheets\//i.test(name)) sizes.push(size);
    return size;
  });
  if (sizes.some(({cells}) => cells > mostCells)) throw new FormatError("too_large", `a sheet of over ${mostCells / 1e6} million cells; export it as CSV`);
}

async function readSheets(path: string): Promise<{sheet: string; data: unknown}[]> {
  try {
    // The library's own way to read files by stream never ends on some sound workbooks.
    const {buffer, byteOffset, byteLength} = await readFile(path);
    return await readWorkbook(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer, {trim: false, parseNumber: (text: string) => new Numeral(text)});
  } catch (error) {
    throw new FormatError("broken_file", `Excel: ${(error as Error).message}`);
  }
}

function* csvLines(rows: readonly (readonly Value[])[], decimal: string): Generator<string> {
  for (const row of rows) yield `${row.every((value) => value === null) ? "" : row.map((value) => quoted(textOf(value, decimal))).join(",")}\n`;
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text);

/** Numbers with 15 digits, as Excel shows them; dates and times as ISO without a zone, since a sheet knows none. */
function textOf(value: Value, decimal: string): string {
  if (value === null) return "";
  if (value instanceof Date) return dateText(value);
  if (value instanceof Numeral) return (/^-?\d{1,15}$/.test(value.text) ? value.text : plainNumber(Number(value.text))).replace(".", decimal);
  return String(value);
}

const plainNumber = (value: number): string => {
  const short = Number(value.toPrecision(15));
  return Number.isInteger(short) && Math.abs(short) < 1e21 ? BigInt(short).toString() : String(short);
};

function dateText(date: Date): string {
  const text = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 19).replace("T", " ");
}
