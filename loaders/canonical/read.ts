// Bytes to cells: a CSV file as text columns f.c0, f.c1 … in the engine, malformed lines kept apart with their row.

import {createHash} from "node:crypto";
import {isAscii, isUtf8} from "node:buffer";
import {createReadStream, createWriteStream} from "node:fs";
import {open} from "node:fs/promises";
import {pipeline} from "node:stream/promises";
import {quoteText} from "../native.js";
import type {Head} from "../formats/format.js";
import {hasOddQuotes, isOpen} from "./rowMarks.js";
import {lookAtLines} from "./lineTraits.js";

/** A file's bytes as they are. */
export interface Digest {
  readonly sha256: string;
  readonly bytes: number;
}

/** What has to be known of a text before the engine reads it. */
export interface Traits {
  readonly utf8: boolean;
  readonly ascii: boolean;
  /** A tab, a no-break space or a line break at the end of a cell stands somewhere in the file, or may. */
  readonly oddBlanks: boolean;
  /** An empty line stands somewhere in the file, or may. */
  readonly emptyLines: boolean;
  /** The last cell of a line is empty somewhere in the file, or may be; the delimiter is one of , ; tab |. */
  readonly emptyEnds: boolean;
  /** A letter beyond ASCII follows a quote somewhere in the file. */
  readonly oddQuotes: boolean;
}

/** What is known of files; each is read once for it, when first asked for. */
export interface FileFacts {
  readonly digest: (path: string) => Promise<Digest>;
  readonly traits: (path: string) => Promise<Traits>;
}

/** Returns the facts of files. `digest` is of them where the caller knows a file's hash already. */
export function fileFacts(digest: (path: string) => Promise<Digest | undefined> = async () => undefined): FileFacts {
  return {digest: remembered(async (path) => (await digest(path)) ?? digestFile(path)), traits: remembered(traitsOf)};
}

function remembered<Fact>(read: (path: string) => Promise<Fact>): (path: string) => Promise<Fact> {
  const known = new Map<string, Promise<Fact>>();
  return (path) => {
    const found = known.get(path) ?? read(path);
    known.set(path, found);
    return found;
  };
}

/** Looks under way. The engine waits for them, and nothing waits for a hash: hashing gives way. */
const looks = new Set<Promise<unknown>>();

/** Returns hash and size of a file. */
export async function digestFile(path: string): Promise<Digest> {
  const hash = createHash("sha256");
  let bytes = 0;
  await eachChunk(path, (chunk) => {
    hash.update(chunk);
    bytes += chunk.length;
  }, () => Promise.all(looks));
  return {sha256: hash.digest("hex"), bytes};
}

/** Returns what a text holds that has to be read with care. Quicker than the engine: it begins only afterwards. */
export async function traitsOf(path: string): Promise<Traits> {
  const look = lookAt(path);
  looks.add(look);
  return look.finally(() => looks.delete(look));
}

async function lookAt(path: string): Promise<Traits> {
  const found = {ascii: true, oddBlanks: false, emptyLines: false, emptyEnds: false, oddQuotes: false};
  let utf8 = true;
  let rest: Buffer = Buffer.alloc(0);
  let last: Buffer = Buffer.alloc(0);
  await eachChunk(path, (chunk) => {
    const ascii = isAscii(chunk);
    found.ascii &&= ascii;
    found.oddBlanks ||= chunk.includes(0x09) || (!ascii && chunk.includes(0xa0));
    found.oddQuotes ||= !ascii && hasOddQuotes(chunk, last);
    lookAtLines(chunk, last, found);
    last = Buffer.concat([chunk.length < 4 ? last : Buffer.alloc(0), chunk.subarray(-4)]).subarray(-4);
    if (!utf8 || (ascii && rest.length === 0)) return;
    const joined = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    const end = lastBoundary(joined);
    utf8 = isUtf8(joined.subarray(0, end));
    rest = Buffer.from(joined.subarray(end));
  });
  return {
    ...found,
    oddBlanks: found.oddBlanks || last.toString("latin1").endsWith('\n"'),
    emptyEnds: found.emptyEnds || isOpen(last, last.length),
    utf8: utf8 && rest.length === 0
  };
}

/** Calls `use` with a file's bytes in turn, each time after `turn`. A chunk is overwritten by the next but one: what is kept of it has to be copied. */
async function eachChunk(path: string, use: (chunk: Buffer) => void, turn?: () => Promise<unknown>): Promise<void> {
  const file = await open(path);
  try {
    const buffers = [Buffer.alloc(1 << 20), Buffer.alloc(1 << 20)];
    let ahead = file.read(buffers[0]!);
    for (let place = 0; ; place ^= 1) {
      await turn?.();
      const {bytesRead} = await ahead;
      if (bytesRead === 0) return;
      ahead = file.read(buffers[place ^ 1]!);
      ahead.catch(() => {});
      use(buffers[place]!.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
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
  return `read_csv(${file}, columns = {${columns}}, auto_detect = false, header = true, ${preamble ? `skip = ${preamble}, ` : ""}delim = ${quoteText(delimiter)}, quote = '"', escape = '"', max_line_size = 16777216, buffer_size = 16777216, store_rejects = true, rejects_table = '${rejects}', rejects_scan = '${rejects}_scan')`;
}
