// Empty lines of a CSV file: no records, but a spreadsheet counts them, and so must whoever looks for a row.

import {createReadStream} from "node:fs";
import type {Head} from "../formats/format.js";

const [lineFeed, carriageReturn, quote] = [10, 13, 34];

/** Returns the rows that are empty lines, in order, as a spreadsheet counts: the header is 1, a quoted line break begins no row. */
export async function emptyRows({content, encoding, delimiter}: Pick<Head, "content" | "encoding" | "delimiter">): Promise<number[]> {
  const decoder = new TextDecoder(encoding);
  const mark = delimiter.charCodeAt(0);
  const found: number[] = [];
  let row = 1;
  let empty = true;
  let quoted = false;
  let atStart = true;
  let last = 0;
  for await (const chunk of createReadStream(content, {highWaterMark: 1 << 20}) as AsyncIterable<Buffer>) {
    const text = decoder.decode(chunk, {stream: true});
    for (let at = 0; at < text.length; ++at) {
      const code = text.charCodeAt(at);
      const before = last;
      last = code;
      if (code === quote) {
        // A doubled quote within a quoted cell closes it and opens it again at once.
        quoted = !quoted && (atStart || before === quote);
        empty = atStart = false;
      } else if (!quoted && (code === lineFeed || code === carriageReturn)) {
        if (code === lineFeed && before === carriageReturn) continue;
        if (empty) found.push(row);
        row += 1;
        empty = atStart = true;
      } else if (!quoted) {
        empty = false;
        atStart = code === mark;
      }
    }
  }
  return found;
}
