// Marks for malformed rows that the engine would not reject as such. Empty cells beyond the header it passes over in
// silence; but where a column has no name, every value behind it stands under the wrong one, and the row only looks
// whole. On a letter beyond ASCII right behind a closing quote, as in "Hotel "Ősz" Kft", it breaks down.

import {isAscii} from "node:buffer";
import {createReadStream, createWriteStream} from "node:fs";
import {pipeline} from "node:stream/promises";
import type {Head} from "../formats/format.js";

const [lineFeed, carriageReturn, quote] = [10, 13, 34];

/** A cell that no export holds. */
const mark = "\u0001";

type Rows = Pick<Head, "header" | "delimiter" | "preamble">;

const usualDelimiters = ",;\t|";
const usualCodes = [...usualDelimiters].map((mark) => mark.charCodeAt(0));

/** Whether a file has to be looked through: most have no such rows. */
export const mayNeedMarks = ({format, encoding, delimiter}: Pick<Head, "format" | "encoding" | "delimiter">, {emptyEnds, oddQuotes}: {readonly emptyEnds: boolean; readonly oddQuotes: boolean}): boolean =>
  format === "csv" && (emptyEnds || oddQuotes || encoding !== "utf-8" || !usualDelimiters.includes(delimiter));

/** Whether a UTF-8 file holds rows to be marked. */
export async function needsMarks(path: string, rows: Rows): Promise<boolean> {
  const ends = new FaultyRows(rows);
  for await (const chunk of createReadStream(path, {highWaterMark: 1 << 20}) as AsyncIterable<Buffer>) if (ends.within(chunk).length) return true;
  return ends.last();
}

/** Copies a UTF-8 file so that the engine rejects every malformed row. */
export async function markRows(path: string, rows: Rows, to: string): Promise<void> {
  const ends = new FaultyRows(rows);
  await pipeline(
    createReadStream(path, {highWaterMark: 1 << 20}),
    async function* (chunks: AsyncIterable<Buffer>) {
      const [cell, letter] = [Buffer.from(rows.delimiter + mark), Buffer.from(mark)];
      for await (const chunk of chunks) {
        let from = 0;
        for (const {at, surplus} of ends.within(chunk)) {
          yield chunk.subarray(from, at);
          yield surplus ? cell : letter;
          from = at;
        }
        yield chunk.subarray(from);
      }
      if (ends.last()) yield cell;
    },
    createWriteStream(to)
  );
}

/** Returns a line as the export has it. */
export const unmarked = (line: string, delimiter: string): string => (line.endsWith(delimiter + mark) ? line.slice(0, -delimiter.length - mark.length) : line).replaceAll(`"${mark}`, '"');

/** Whether what stands before a place is an empty cell, quoted or not. */
export function isOpen(chunk: Buffer, place: number): boolean {
  const end = chunk[place - 1] === carriageReturn ? place - 1 : place;
  const last = chunk[end - 1] === quote && chunk[end - 2] === quote ? chunk[end - 3] : chunk[end - 1];
  return last !== undefined && usualCodes.includes(last);
}

/** Whether a letter beyond ASCII follows a quote. */
export const hasOddQuotes = (chunk: Buffer, before: Buffer): boolean => (!isAscii(chunk) && /"[\x80-\xff]/.test(chunk.toString("latin1"))) || (before.at(-1) === quote && (chunk[0] ?? 0) > 0x7f);

/** Finds where marks belong: at the end of rows with more cells than the header, and behind quotes. A quote opens a cell only at its start. */
class FaultyRows {
  readonly #delimiter: number;
  readonly #most: number;
  #cells = 1;
  #quoted = false;
  #atStart = true;
  /** The last quote closed a cell. */
  #closed = false;
  #before = 0;
  /** Line ends until the header is over. */
  #header: number;

  constructor({header, delimiter, preamble}: Rows) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#most = header.length;
    this.#header = preamble + 1;
  }

  within(chunk: Buffer): {at: number; surplus: boolean}[] {
    const found: {at: number; surplus: boolean}[] = [];
    for (let at = 0; at < chunk.length; ++at) {
      const byte = chunk[at]!;
      if (byte === quote) {
        this.#closed = this.#quoted;
        this.#quoted = !this.#quoted && (this.#atStart || this.#before === quote);
        this.#atStart = false;
      } else if (!this.#quoted) {
        if (byte === this.#delimiter) {
          this.#cells += 1;
          this.#atStart = true;
        } else if (byte === lineFeed || byte === carriageReturn) {
          if (byte === carriageReturn || this.#before !== carriageReturn) {
            if (this.last()) found.push({at, surplus: true});
            this.#header -= 1;
          }
          this.#cells = 1;
          this.#atStart = true;
        } else {
          if (byte > 0x7f && this.#before === quote && this.#closed) found.push({at, surplus: false});
          this.#atStart = false;
        }
      }
      this.#before = byte;
    }
    return found;
  }

  /** Whether the row at hand has too many. */
  last(): boolean {
    return this.#header <= 0 && this.#cells > this.#most;
  }
}
