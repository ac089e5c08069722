// How deep JSON is nested. The engine looks at structure by recursion: what is nested too deep would end the process.

import {createReadStream} from "node:fs";

const [quote, backslash, list, listEnd, object, objectEnd] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/** Whether lists and objects stand within each other more than `most` deep anywhere in a file. */
export async function isDeeper(path: string, most: number): Promise<boolean> {
  let depth = 0;
  let quoted = false;
  let escaped = false;
  for await (const chunk of createReadStream(path, {highWaterMark: 1 << 20}) as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; ++at) {
      const byte = chunk[at];
      if (escaped) escaped = false;
      else if (quoted) {
        if (byte === backslash) escaped = true;
        else if (byte === quote) quoted = false;
      } else if (byte === quote) quoted = true;
      else if (byte === list || byte === object) {
        if (++depth > most) return true;
      } else if (byte === listEnd || byte === objectEnd) depth -= 1;
    }
  }
  return false;
}
