// Bytes to cells: a CSV file as text columns f.c0, f.c1 … in the engine, malformed lines kept apart with their row.

import {createHash} from "node:crypto";
import {isUtf8} from "node:buffer";
import {createReadStream, createWriteStream} from "node:fs";
import {pipeline} from "node:stream/promises";
import {quoteText} from "../native.js";
import type {Head} from "../formats/format.js";
import {endsEmpty, hasOddQuotes, isOpen} from "./rowMarks.js";

export interface Digest {
  readonly sha256: string;
  readonly bytes: number;
  readonly utf8: boolean;
  /** A tab, a no-break space or a line break at the end of a cell stands somewhere in the file, or may. */
  readonly oddBlanks: boolean;
  /** An empty line stands somewhere in the file, or may. */
  readonly emptyLines: boolean;
  /** The last cell of a line is empty somewhere in the file, or may be; the delimiter is one of , ; tab |. */
  readonly emptyEnds: boolean;
  /** A letter beyond ASCII follows a quote somewhere in the file. */
  readonly oddQuotes: boolean;
}

/** Hash, size, whether every byte is UTF-8 and whether there are odd blanks or empty lines, in one pass over the file. */
export async function digestFile(path: string): Promise<Digest> {
  const hash = createHash("sha256");
  let bytes = 0;
  let utf8 = true;
  let oddBlanks = false;
  let emptyLines = false;
  let emptyEnds = false;
  let oddQuotes = false;
  let rest: Uint8Array = new Uint8Array();
  let last: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, {highWaterMark: 1 << 20}) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    oddBlanks ||= chunk.includes(0x09) || chunk.includes(0xa0) || endsCell(last.length ? Buffer.concat([last, chunk.subarray(0, 2)]) : last) || endsCell(chunk);
    emptyEnds ||= endsEmpty(chunk, last);
    oddQuotes ||= hasOddQuotes(chunk, last);
    last = chunk.length < 4 ? Buffer.concat([last, chunk]).subarray(-4) : chunk.subarray(-4);
    emptyLines ||= chunk[0] === 0x0a || chunk[0] === 0x0d || chunk.includes("\n\n") || chunk.includes("\n\r") || chunk.includes("\r\r");
    if (!utf8) continue;
    const joined = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    const end = lastBoundary(joined);
    utf8 = isUtf8(joined.subarray(0, end));
    rest = joined.subarray(end);
  }
  oddBlanks ||= last.toString("latin1").endsWith('\n"');
  emptyEnds ||= isOpen(last, last.length);
  return {sha256: hash.digest("hex"), bytes, utf8: utf8 && rest.length === 0, oddBlanks, emptyLines, emptyEnds, oddQuotes};
}

/** Whether a quoted cell ends with a line break: a quote begins a line, and what ends a cell follows it. */
function endsCell(chunk: Buffer): boolean {
  for (let at = chunk.indexOf('\n"'); at >= 0; at = chunk.indexOf('\n"', at + 2)) {
    const next = chunk[at + 2];
    if (next !== undefined && ",;|\r\n".includes(String.fromCharCode(next))) return true;
  }
  return false;
}

/** Where the last whole character of a chunk ends. */
function lastBoundary(chunk: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, chunk.length); ++back) {
    const byte = chunk[chunk.length - back] ?? 0;
    if (byte < 0x80) return chunk.length;
    if (byte >= 0xc0) return byte >> (7 - back) === (1 << (back + 1)) - 2 ? chunk.length : chunk.length - back;
  }
  return chunk.length;
}

/** Copies a file as UTF-8 with line feeds only. Bytes that the encoding lacks become U+FFFD. */
export async function transcode(path: string, encoding: string, to: string): Promise<void> {
  const decoder = new TextDecoder(encoding);
  await pipeline(
    createReadStream(path, {highWaterMark: 1 << 20}),
    async function* (chunks: AsyncIterable<Buffer>) {
      let held = "";
      for await (const chunk of chunks) {
        const text = held + decoder.decode(chunk, {stream: true});
        held = text.endsWith("\r") ? "\r" : "";
        yield Buffer.from(text.slice(0, text.length - held.length).replace(/\r\n?/g, "\n"), "utf8");
      }
      yield Buffer.from((held + decoder.decode()).replace(/\r\n?/g, "\n"), "utf8");
    },
    createWriteStream(to)
  );
}

/** The table function that reads a UTF-8 file; columns c0 … are VARCHAR, an empty cell is null. */
export function readSql(path: string, {header, delimiter, preamble}: Pick<Head, "header" | "delimiter" | "preamble">, rejects: string): string {
  const columns = header.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  const file = quoteText(path.replace(/[*?[]/g, "[$&]"));
  return `read_csv(${file}, columns = {${columns}}, auto_detect = false, header = true, ${preamble ? `skip = ${preamble}, ` : ""}delim = ${quoteText(delimiter)}, quote = '"', escape = '"', max_line_size = 16777216, buffer_size = 33554432, store_rejects = true, rejects_table = '${rejects}', rejects_scan = '${rejects}_scan')`;
}
