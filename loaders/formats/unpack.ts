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

/** A packed file may hold a packed file, as when what was downloaded is packed again. */
const mostLayers = 2;

/** Where the content of a file stands and what it is called inside; the file itself where it is not packed. `startOf` reads first bytes. Throws FormatError. */
export async function unpack(path: string, startOf: (path: string) => Uint8Array): Promise<{content: string; name: string}> {
  let [one, start] = [{content: path, name: basename(path)}, startOf(path)];
  const packed = statSync(path).size;
  for (let layer = 0; layer < mostLayers; ++layer) {
    const inner = await unpackLayer(one, start, packed);
    if (inner === undefined) break;
    [one, start] = [inner, startOf(inner.content)];
  }
  return one;
}

/** `packed` is the size of the outermost file, by which bombs are known. */
async function unpackLayer({content: path, name}: {readonly content: string; readonly name: string}, start: Uint8Array, packed: number): Promise<{content: string; name: string} | undefined> {
  if (isGzip(start)) return {content: await scratchFile(path, "gunzipped", (to) => gunzip(path, to, packed)), name: name.replace(/\.gz$/i, "")};
  if (!isZip(start)) return undefined;
  const names = await zipNames(path);
  if (names.includes("[Content_Types].xml")) return undefined;
  const [inner, ...others] = names;
  if (inner === undefined) throw new FormatError("empty_file");
  if (others.length) throw new FormatError("archive_of_many", `${names.length} files`, names);
  return {content: await unzipOne(path, inner, packed), name: basename(inner)};
}

async function gunzip(path: string, to: string, packed: number): Promise<void> {
  try {
    await pipeline(createReadStream(path), createGunzip(), bounded(packed), createWriteStream(to));
  } catch (error) {
    throw error instanceof FormatError ? error : new FormatError("broken_file", `gzip: ${(error as Error).message}`);
  }
}
