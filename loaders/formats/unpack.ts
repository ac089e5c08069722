// Packed files: gzip, and zip around one file. What is inside decides the format.

import {createReadStream, createWriteStream, statSync} from "node:fs";
import {basename} from "node:path";
import {pipeline} from "node:stream/promises";
import {createGunzip} from "node:zlib";
import {bounded} from "./bounds.js";
import {FormatError} from "./fault.js";
import {scratchFile} from "./scratch.js";
import {isZip, unzipOne, zipNames} from "./zip.js";

const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b;

/** Where the content of a file stands and what it is called inside; the file itself where it is not packed. Throws FormatError. */
export async function unpack(path: string, start: Uint8Array): Promise<{content: string; name: string}> {
  const name = basename(path);
  if (isGzip(start)) return {content: await scratchFile(path, "gunzipped", (to) => gunzip(path, to)), name: name.replace(/\.gz$/i, "")};
  if (!isZip(start)) return {content: path, name};
  const names = await zipNames(path);
  if (names.includes("[Content_Types].xml")) return {content: path, name};
  const [inner, ...others] = names;
  if (inner === undefined) throw new FormatError("empty_file");
  if (others.length) throw new FormatError("archive_of_many", `${names.length} files`, names);
  return {content: await unzipOne(path, inner), name: basename(inner)};
}

async function gunzip(path: string, to: string): Promise<void> {
  try {
    await pipeline(createReadStream(path), createGunzip(), bounded(statSync(path).size), createWriteStream(to));
  } catch (error) {
    throw error instanceof FormatError ? error : new FormatError("broken_file", `gzip: ${(error as Error).message}`);
  }
}
