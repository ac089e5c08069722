// Lines at the end of a text file that are no records: a report's name, who made it when, its total.

import {createReadStream, createWriteStream} from "node:fs";
import {open} from "node:fs/promises";
import {pipeline} from "node:stream/promises";
import Papa from "papaparse";

export interface Footer {
  /** Byte at which it begins. */
  readonly start: number;
  /** Its lines, without the empty ones. */
  readonly lines: number;
}

/** No footer is longer. */
const longest = 1 << 16;

type Kind = "empty" | "told" | "single" | "padded";

interface Line {
  readonly at: number;
  readonly kind: Kind;
}

/**
 * Returns the footer of a UTF-8 file whose rows have several cells, or null. It is known by a line that begins as one of
 * `begins`, without regard to case; lines of one cell around it belong to it, and padded ones, as Excel saves them, where an
 * empty line sets them off from the records.
 */
export async function findFooter(path: string, {delimiter}: {readonly delimiter: string}, begins: readonly string[]): Promise<Footer | null> {
  const lines = await lastLines(path, (text) => kindOf(text, delimiter, begins));
  const told = lines.findIndex(({kind}) => kind === "told");
  if (told < 0) return null;
  const blank = lines.findIndex(({kind}) => kind === "empty");
  let first = told;
  while (first > 0 && lines[first - 1]!.kind !== "padded") first--;
  const from = blank >= 0 && blank < first ? blank : first;
  return {start: lines[from]!.at, lines: lines.slice(from).filter(({kind}) => kind !== "empty").length};
}

/** Copies a file without its footer. */
export const withoutFooter = (path: string, {start}: Footer, to: string): Promise<void> => pipeline(createReadStream(path, {end: start - 1}), createWriteStream(to));

/** What a line may be of a footer; null for one that is a record, or the end of one. */
function kindOf(text: string, delimiter: string, begins: readonly string[]): Kind | null {
  if (text.split('"').length % 2 === 0) return null;
  const cells = (Papa.parse<string[]>(text, {delimiter}).data[0] ?? []).map((cell) => cell.trim());
  const filled = cells.filter(Boolean).length;
  const [head = ""] = cells;
  if (filled === 0) return "empty";
  if (begins.some((begin) => head.toLowerCase().startsWith(begin.toLowerCase()))) return "told";
  if (filled > 1 || head === "") return null;
  return cells.length === 1 ? "single" : "padded";
}

/** Returns the lines at the end of a file that are of some kind, in their order. */
async function lastLines(path: string, kind: (text: string) => Kind | null): Promise<Line[]> {
  const file = await open(path);
  try {
    const {size} = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, longest));
    const offset = size - bytes.length;
    await file.read(bytes, 0, bytes.length, offset);
    const lines: Line[] = [];
    for (let end = bytes.length; end > 0; ) {
      const at = bytes.lastIndexOf(0x0a, end - 2) + 1;
      // What stands before is cut off, or the header.
      if (at === 0) break;
      const found = kind(bytes.toString("utf8", at, end).replace(/[\r\n]+$/, ""));
      if (found === null) break;
      lines.unshift({at: offset + at, kind: found});
      end = at;
    }
    return lines;
  } finally {
    await file.close();
  }
}
