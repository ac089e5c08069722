// Rows with more cells than the header, of which those beyond it are empty. The engine passes over such cells in silence;
// but where a column has no name, every value behind it stands under the wrong one, and the row only looks whole.

import {createReadStream, createWriteStream} from "node:fs";
import {pipeline} from "node:stream/promises";
import type {Head} from "../formats/format.js";

const [lineFeed, carriageReturn, quote] = [10, 13, 34];

/** A cell that no export holds. */
const mark = "\u0001";

type Rows = Pick<Head, "header" | "delimiter" | "preamble">;

const usualDelimiters = ",;\t|";

/** Whether a file has to be looked through: where no line ends with an empty cell, no row has one too many. */
export const mayHaveSurplus = ({format, encoding, delimiter}: Pick<Head, "format" | "encoding" | "delimiter">, {emptyEnds}: {readonly emptyEnds: boolean}): boolean =>
  format === "csv" && (emptyEnds || encoding !== "utf-8" || !usualDelimiters.includes(delimiter));

/** Whether some row of a UTF-8 file has more cells than the header. */
export async function hasSurplus(path: string, rows: Rows): Promise<boolean> {
  const ends = new SurplusRows(rows);
  for await (const chunk of createReadStream(path, {highWaterMark: 1 << 20}) as AsyncIterable<Buffer>) if (ends.within(chunk).length) return true;
  return ends.last();
}

/** Copies a UTF-8 file so that the engine finds every row of too many cells. */
export async function markSurplus(path: string, rows: Rows, to: string): Promise<void> {
  const ends = new SurplusRows(rows);
  await pipeline(
    createReadStream(path, {highWaterMark: 1 << 20}),
    async function* (chunks: AsyncIterable<Buffer>) {
      const cell = Buffer.from(rows.delimiter + mark);
      for await (const chunk of chunks) {
        let from = 0;
        for (const end of ends.within(chunk)) {
          yield chunk.subarray(from, end);
          yield cell;
          from = end;
        }
        yield chunk.subarray(from);
      }
      if (ends.last()) yield cell;
    },
    createWriteStream(to)
  );
}

/** Returns a line as the export has it. */
export const unmarked = (line: string, delimiter: string): string => (line.endsWith(delimiter + mark) ? line.slice(0, -delimiter.length - mark.length) : line);

/** Whether the last cell of some line is empty, or may be; the delimiter is one of the usual. `before` holds the bytes in front of the chunk. */
export function endsEmpty(chunk: Buffer, before: Buffer): boolean {
  const looked = before.length ? Buffer.concat([before, chunk.subarray(0, 4)]) : before;
  return endsEmptyIn(looked) || endsEmptyIn(chunk) || (chunk.includes(carriageReturn) && !chunk.includes(lineFeed));
}

function endsEmptyIn(chunk: Buffer): boolean {
  for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) if (isOpen(chunk, at)) return true;
  return false;
}

/** Whether what stands before a place is an empty cell, quoted or not. */
export function isOpen(chunk: Buffer, place: number): boolean {
  const end = chunk[place - 1] === carriageReturn ? place - 1 : place;
  const last = chunk[end - 1] === quote && chunk[end - 2] === quote ? chunk[end - 3] : chunk[end - 1];
  return last !== undefined && usualDelimiters.includes(String.fromCharCode(last));
}

/** Finds the ends of rows with more cells than the header; a quote opens a cell only at its start. */
class SurplusRows {
  readonly #delimiter: number;
  readonly #most: number;
  #cells = 1;
  #quoted = false;
  #atStart = true;
  #before = 0;
  /** Line ends until the header is over. */
  #header: number;

  constructor({header, delimiter, preamble}: Rows) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#most = header.length;
    this.#header = preamble + 1;
  }

  within(chunk: Buffer): number[] {
    const found: number[] = [];
    for (let at = 0; at < chunk.length; ++at) {
      const byte = chunk[at]!;
      if (byte === quote) {
        this.#quoted = !this.#quoted && (this.#atStart || this.#before === quote);
        this.#atStart = false;
      } else if (!this.#quoted) {
        if (byte === this.#delimiter) {
          this.#cells += 1;
          this.#atStart = true;
        } else if (byte === lineFeed || byte === carriageReturn) {
          if (byte === carriageReturn || this.#before !== carriageReturn) {
            if (this.last()) found.push(at);
            this.#header -= 1;
          }
          this.#cells = 1;
          this.#atStart = true;
        } else this.#atStart = false;
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
