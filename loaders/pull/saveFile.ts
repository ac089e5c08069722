// A stream to a file: hashed, measured, bounded, and looked at for web pages on its way.

import {createHash} from "node:crypto";
import {createWriteStream} from "node:fs";
import {Transform, type Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {PullFault} from "./fault.js";

export interface Saved {
  readonly bytes: number;
  /** Of the bytes as they stand on disk, in hex. */
  readonly sha256: string;
}

/** A doctype may stand behind a byte order mark and blanks. */
const looked = 128;
const isWebPage = (head: Buffer): boolean => /^\s*<(!doctype\s+html|html[\s>])/i.test(head.toString("utf8").replace(/^\ufeff/, ""));

/**
 * Writes what the streams yield, the first piped through the others, and waits until it is on disk. Throws PullFault
 * where that is nothing, a web page, or more than `limit` bytes, and whatever breaks the streams.
 */
export async function saveFile([source, ...through]: readonly [Readable, ...Transform[]], path: string, limit: number): Promise<Saved> {
  const hash = createHash("sha256");
  let bytes = 0;
  let head = Buffer.alloc(0);
  const watch = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (head.length < looked) head = Buffer.concat([head, chunk.subarray(0, looked)]);
      done(bytes > limit ? new PullFault("too_large", {limit}) : isWebPage(head) ? new PullFault("web_page") : null, chunk);
    }
  });
  // Flushed: a folder that is in place after a power cut holds its bytes too.
  await pipeline([source, ...through, watch, createWriteStream(path, {flush: true} as Parameters<typeof createWriteStream>[1])]);
  if (bytes === 0) throw new PullFault("empty");
  return {bytes, sha256: hash.digest("hex")};
}
