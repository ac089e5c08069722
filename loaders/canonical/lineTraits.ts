// What line breaks tell of a text, found in one walk over its line feeds: a search for each would read the file as often.

import {isOpen} from "./rowMarks.js";
import type {Traits} from "./read.js";

const [lineFeed, carriageReturn, quote] = [10, 13, 34];

/** What may follow a closing quote, beside the tab, which is odd by itself. */
const cellEnds = [...",;|\r\n"].map((mark) => mark.charCodeAt(0));

type LineTraits = {-readonly [Trait in keyof Pick<Traits, "oddBlanks" | "emptyLines" | "emptyEnds">]: boolean};

/** Notes in `found` what the line breaks of a chunk tell. `before` holds the bytes in front of it, four at most; none at the start of a file. */
export function lookAtLines(chunk: Buffer, before: Buffer, found: LineTraits): void {
  if (before.length === 0) found.emptyLines ||= chunk[0] === lineFeed || chunk[0] === carriageReturn;
  else lookAtBreaks(Buffer.concat([before, chunk.subarray(0, 4)]), found);
  lookAtBreaks(chunk, found);
  // Where carriage returns alone end lines, their last cells are not looked at: they may be empty.
  if (!found.emptyEnds && chunk.includes(carriageReturn)) found.emptyEnds = !chunk.includes(lineFeed);
}

function lookAtBreaks(chunk: Buffer, found: LineTraits): void {
  found.emptyLines ||= chunk.includes(carriageReturn) && chunk.includes("\r\r");
  for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) {
    if (found.emptyEnds && found.emptyLines && found.oddBlanks) return;
    const next = chunk[at + 1];
    if (next === lineFeed || next === carriageReturn) found.emptyLines = true;
    else if (next === quote && cellEnds.includes(chunk[at + 2]!)) found.oddBlanks = true;
    if (isOpen(chunk, at)) found.emptyEnds = true;
  }
}
