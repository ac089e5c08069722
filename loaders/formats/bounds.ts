// How much a packed file may unpack to: archives made to fill a disk are stopped while they are read.

import {Transform} from "node:stream";
import {FormatError} from "./fault.js";

const longest = 16 * 2 ** 30;
/** Exports pack to a tenth or a hundredth; nothing honest to less than a three-hundredth over so many bytes. */
const steepest = 300;
const looked = 32 * 2 ** 20;

/** Passes bytes on. Throws FormatError where they are more than `most`, or more than 300 times what was packed. */
export function bounded(packed: number, most = longest): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      const steep = bytes > looked && bytes > packed * steepest;
      done(bytes > most || steep ? new FormatError("archive_bomb", steep ? `over ${steepest} times its size` : `over ${most / 2 ** 30} GiB`) : null, chunk);
    }
  });
}
