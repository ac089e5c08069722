// CSV and its kin: any delimiter, quoting, newline and encoding. The first lines of a file tell all of it.

import {closeSync, openSync, readSync, statSync} from "node:fs";
import Papa from "papaparse";
import {readSql} from "../canonical/read.js";
import type {FileHead, Format, FormatFile, ReadOptions} from "./format.js";

const chunk = 1 << 16;
const longest = 1 << 23;
const delimiters = [",", ";", "\t", "|"];

export const csv: Format = {
  name: "csv",
  title: "CSV",
  text: true,
  owns: () => true,
  readHead: async (file, options) => readCsvHead(file, options),
  tableSql: (head, path, rejects) => readSql(path, head, rejects)
};

/** Reads the header of a CSV file. Only the first lines are read; a file without any has `problem`. */
export function readCsvHead({path, content}: Pick<FormatFile, "path" | "content">, {encoding, delimiter}: Pick<ReadOptions, "encoding" | "delimiter">): FileHead {
  const size = statSync(content).size;
  for (let length = chunk; ; length *= 4) {
    const bytes = readStart(content, length);
    const name = encodingOf(bytes, encoding);
    const base = {path, content, format: "csv" as const, encoding: name};
    const head = parseHeader(new TextDecoder(name).decode(bytes, {stream: true}), delimiter, length >= size);
    if (head) return {...base, ...head, firstRow: 2 + head.preamble, ...(head.header.every((cell) => cell.trim() === "") ? {problem: "empty_file" as const} : {})};
    if (length >= longest) return {...base, delimiter: delimiter ?? ",", header: [], preamble: 0, firstRow: 2, problem: "unreadable_header"};
  }
}

/** Returns at most `length` bytes from the start of a file. */
export function readStart(path: string, length: number): Uint8Array {
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, 0));
  } finally {
    closeSync(file);
  }
}

/** A byte order mark wins over the declared encoding; without either it is UTF-8. */
export function encodingOf(bytes: Uint8Array, declared: string | undefined): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  return new TextDecoder(declared ?? "utf-8").encoding;
}

/** The first line by which spreadsheets are told the delimiter. */
const declaration = /^"?sep=([,;\t|])"?(?:\r\n|\n|\r)/i;

/** Undefined when the text ends within the header. The delimiter is the one that gives most cells; commas win a tie. */
function parseHeader(whole: string, settled: string | undefined, complete: boolean): {delimiter: string; header: string[]; preamble: number} | undefined {
  const [line, mark] = declaration.exec(whole) ?? [""];
  const text = whole.slice(line.length);
  const declared = settled ?? mark;
  const candidates = (declared ? [declared] : delimiters).map((delimiter) => {
    const {data, meta} = Papa.parse<string[]>(text, {delimiter, preview: 1});
    return {delimiter, header: data[0] ?? [], end: meta.cursor};
  });
  const best = candidates.reduce((one, other) => (other.header.length > one.header.length ? other : one));
  return complete || best.end < text.length ? {delimiter: best.delimiter, header: best.header, preamble: line ? 1 : 0} : undefined;
}
