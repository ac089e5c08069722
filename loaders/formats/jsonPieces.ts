// A document in JSON whose lists hold a whole export, as many documents that each hold a piece of one list: the engine
// takes a document at once, and would need many times its size.

import {closeSync, createReadStream, createWriteStream, openSync, readSync, type WriteStream} from "node:fs";
import {once} from "node:events";
import {finished} from "node:stream/promises";
import {list, listEnd, object, objectEnd, readMarks} from "./jsonMarks.js";

/** Bytes after which a list is cut, at the next end of an element: the engine holds thousands of documents at once. */
const piece = 1 << 10;
/** What stands outside the lists stands in every piece, which is longer for it; it may not be long, nor the lists be many. */
const longestRest = 1 << 20;
const mostLists = 1000;

/** Places in a file: from, and up to. */
type Range = readonly [from: number, to: number];

interface Document {
  readonly range: Range;
  /** Lists that stand in no other list: where their elements stand, cut into pieces. */
  readonly lists: readonly (readonly Range[])[];
}

/**
 * Copies a file of JSON documents. One longer than `longest` bytes becomes as many as its lists have pieces, each with
 * all that stands outside of lists, one piece, and every other list empty. One without such lists stays as it is.
 */
export async function writePieces(path: string, to: string, longest: number): Promise<void> {
  const out = createWriteStream(to);
  const file = openSync(path, "r");
  try {
    let done = 0;
    for await (const document of documentsOf(path)) {
      const {range, lists} = document;
      const rest = outside(document);
      const around = rest.reduce((sum, one) => sum + lengthOf(one), 0);
      if (lengthOf(range) <= longest || lists.length === 0 || lists.length > mostLists || around > longestRest) continue;
      await copy(path, [done, range[0]], out);
      const texts = rest.map((one) => bytesOf(file, one));
      for (const [index, pieces] of lists.entries()) {
        const [before, after] = [Buffer.concat(texts.slice(0, index + 1)), Buffer.concat([...texts.slice(index + 1), Buffer.from("\n")])];
        for (const one of joined(pieces, 2 * around)) await write(out, Buffer.concat([before, bytesOf(file, one), after]));
      }
      done = range[1];
    }
    await copy(path, [done, Infinity], out);
  } finally {
    closeSync(file);
  }
  out.end();
  await finished(out);
}

const lengthOf = ([from, to]: Range): number => to - from;

/** Neighbouring pieces together where they are shorter than `least`. */
function joined(pieces: readonly Range[], least: number): Range[] {
  const all: Range[] = [];
  for (const [from, to] of pieces) {
    const last = all.at(-1);
    if (last && last[1] - last[0] < least) all[all.length - 1] = [last[0], to];
    else all.push([from, to]);
  }
  return all;
}

/** What stands before, between and behind the lists of a document. */
function outside({range, lists}: Document): Range[] {
  const ends = [range[0], ...lists.map((pieces) => pieces.at(-1)![1])];
  const starts = [...lists.map((pieces) => pieces[0]![0]), range[1]];
  return ends.map((end, index) => [end, starts[index]!]);
}

/** The documents of a file that are objects and end, in order. */
async function* documentsOf(path: string): AsyncGenerator<Document> {
  let [depth, start, within, from] = [0, 0, 0, 0];
  let lists: Range[][] = [];
  let pieces: Range[] = [];
  let found: Document[] = [];
  const marks = readMarks(path, (byte, at) => {
    if (byte === object || byte === list) {
      if (depth === 0) [start, lists, within] = [at, [], 0];
      depth += 1;
      if (byte === list && within === 0) [within, pieces, from] = [depth, [], at + 1];
    } else if (byte === objectEnd || byte === listEnd) {
      if (depth === within) {
        pieces.push([from, at]);
        if (lists.length <= mostLists) lists.push(pieces);
        within = 0;
      }
      depth = Math.max(0, depth - 1);
      if (depth === 0 && byte === objectEnd) found.push({range: [start, at + 1], lists});
    } else if (depth === within && at - from >= piece) {
      pieces.push([from, at]);
      from = at + 1;
    }
  });
  for await (const _ of marks) {
    yield* found;
    found = [];
  }
}

async function write(out: WriteStream, bytes: Buffer): Promise<void> {
  if (!out.write(bytes)) await once(out, "drain");
}

async function copy(path: string, [from, to]: Range, out: WriteStream): Promise<void> {
  if (to <= from) return;
  for await (const chunk of createReadStream(path, {start: from, end: to - 1, highWaterMark: 1 << 20}) as AsyncIterable<Buffer>) await write(out, chunk);
}

function bytesOf(file: number, range: Range): Buffer {
  const bytes = Buffer.allocUnsafe(lengthOf(range));
  readSync(file, bytes, 0, bytes.length, range[0]);
  return bytes;
}
