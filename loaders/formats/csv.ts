// CSV and its kin: any delimiter, quoting, newline and encoding. The first lines of a file tell all of it.

import {closeSync, openSync, readSync, statSync} from "node:fs";
import Papa from "papaparse";
import {readSql} from "../canonical/read.js";
import {encodingCandidates} from "./encodings.js";
import {FormatError} from "./fault.js";
import type {FileHead, Format, FormatFile, ReadOptions} from "./format.js";

const chunk = 1 << 16;
const longest = 1 << 20;
const delimiters = [",", ";", "\t", "|"];

export const csv: Format = {
  name: "csv",
  title: "CSV",
  text: true,
  owns: () => true,
  async readHead(file, options) {
    const known = signatures.find(({bytes}) => bytes.every((byte, index) => file.start[index] === byte));
    if (known) throw new FormatError("binary_file", known.what);
    const text = new TextDecoder("latin1").decode(file.start).replace(/^\u00ef\u00bb\u00bf/, "").trimStart().toLowerCase();
    if (/^<(!doctype html|html|table|head|meta|style)/.test(text)) throw new FormatError("binary_file", "a web page, whatever its name says");
    if (/^<\?xml|^<[a-z:]+[ >]/.test(text)) throw new FormatError("binary_file", "XML");
    if (!encodingOf(file.start, options.encoding).startsWith("utf-16") && file.start.includes(0)) throw new FormatError("binary_file", "binary data");
    return checkEncoding(readCsvHead(file, options));
  },
  tableSql: (head, path, rejects) => readSql(path, head, rejects)
};

/** What is often taken for a table and is none. */
const signatures: readonly {readonly bytes: readonly number[]; readonly what: string}[] = [
  {bytes: [0xd0, 0xcf, 0x11, 0xe0], what: "a workbook of Excel before 2007, or one with a password"},
  {bytes: [0x25, 0x50, 0x44, 0x46], what: "a PDF document"},
  {bytes: [0x89, 0x50, 0x4e, 0x47], what: "a picture"},
  {bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: "an SQLite database"},
  {bytes: [0x37, 0x7a, 0xbc, 0xaf], what: "a 7z archive"},
  {bytes: [0x52, 0x61, 0x72, 0x21], what: "a rar archive"}
];

/** Names that are no UTF-8 would be missed under any spelling: that is told first. */
async function checkEncoding(head: FileHead): Promise<FileHead> {
  const spoilt = head.encoding === "utf-8" && head.header.some((name) => name.includes("\ufffd"));
  if (spoilt) throw new FormatError("encoding", undefined, await encodingCandidates(head.content));
  return head;
}

/** Reads the header of a CSV file; only the first lines are read. Throws FormatError where there is none. */
export function readCsvHead({path, content}: Pick<FormatFile, "path" | "content">, {encoding, delimiter}: Pick<ReadOptions, "encoding" | "delimiter">): FileHead {
  const size = statSync(content).size;
  for (let length = chunk; ; length *= 4) {
    const bytes = readStart(content, length);
    const name = encodingOf(bytes, encoding);
    const base = {path, content, format: "csv" as const, encoding: name};
    const head = parseHeader(new TextDecoder(name).decode(bytes, {stream: true}), delimiter, length >= size);
    if (head?.header.every((cell) => cell.trim() === "")) throw new FormatError("empty_file");
    if (head) return {...base, ...head, firstRow: 2 + head.preamble};
    if (length >= longest) throw new FormatError("unreadable_header");
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
