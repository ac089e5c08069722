// The brackets, braces and commas of a JSON file that stand in no text.

import {createReadStream} from "node:fs";

export const [list, listEnd, object, objectEnd, comma] = [0x5b, 0x5d, 0x7b, 0x7d, 0x2c];
const [quote, backslash] = [0x22, 0x5c];

/** Calls `mark` with each of them, in order, and its place in the file; yields after every stretch that is read. */
export async function* readMarks(path: string, mark: (byte: number, at: number) => void): AsyncGenerator<void> {
  let offset = 0;
  let [quoted, escaped] = [false, false];
  for await (const chunk of createReadStream(path, {highWaterMark: 1 << 20}) as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; ++at) {
      const byte = chunk[at]!;
      if (escaped) escaped = false;
      else if (quoted) {
        if (byte === backslash) escaped = true;
        else if (byte === quote) quoted = false;
      } else if (byte === quote) quoted = true;
      else if (byte === list || byte === object || byte === listEnd || byte === objectEnd || byte === comma) mark(byte, offset + at);
    }
    offset += chunk.length;
    yield;
  }
}
