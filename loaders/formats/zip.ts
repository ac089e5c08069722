// Zip archives: which files they hold, and the files themselves. Names are checked, sizes bounded.

import {createWriteStream} from "node:fs";
import {mkdir} from "node:fs/promises";
import {dirname, join} from "node:path";
import type {Writable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {openPromise, type Entry, type ZipFile} from "yauzl";
import {bounded} from "./bounds.js";
import {FormatError} from "./fault.js";
import {scratchFile} from "./scratch.js";

/** Whether bytes begin a zip archive. */
export const isZip = (start: Uint8Array): boolean => start[0] === 0x50 && start[1] === 0x4b && ((start[2] === 3 && start[3] === 4) || (start[2] === 5 && start[3] === 6));

/** Names of the files in an archive, without folders and what systems put beside files. */
export const zipNames = (path: string): Promise<string[]> => reading(path, async (entries) => entries.map(({fileName}) => fileName));

/** Unpacks an archive into a folder; returns where. */
export const unzipAll = (path: string): Promise<string> =>
  scratchFile(path, "unzipped", async (folder) => {
    await mkdir(folder, {recursive: true});
    await reading(path, async (entries, zip) => {
      for (const entry of entries) await unpack(zip, entry, join(folder, entry.fileName));
    });
  });

/** Unpacks one file of an archive, of which `packed` bytes came; returns where. */
export const unzipOne = (path: string, name: string, packed: number): Promise<string> =>
  scratchFile(path, `unzipped ${name}`, (to) =>
    reading(path, async (entries, zip) => {
      for (const entry of entries) if (entry.fileName === name) await unpack(zip, entry, to, packed);
    })
  );

/** Reads all files of an archive, each into what `into` makes. Throws FormatError where one is damaged or has more than `most` bytes. */
export const readAll = (path: string, most: number, into: (name: string) => Writable): Promise<void> =>
  reading(path, async (entries, zip) => {
    for (const entry of entries) await pipeline(await zip.openReadStreamPromise(entry), bounded(entry.compressedSize, most), into(entry.fileName));
  });

async function unpack(zip: ZipFile, entry: Entry, to: string, packed = entry.compressedSize): Promise<void> {
  await mkdir(dirname(to), {recursive: true});
  await pipeline(await zip.openReadStreamPromise(entry), bounded(packed), createWriteStream(to));
}

async function reading<T>(path: string, use: (entries: readonly Entry[], zip: ZipFile) => Promise<T>): Promise<T> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, {lazyEntries: true, autoClose: false});
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) if (!/(^|\/)(__MACOSX\/|\.)|\/$/.test(entry.fileName)) entries.push(entry);
    return await use(entries, zip);
  } catch (error) {
    throw error instanceof FormatError ? error : new FormatError("broken_file", `zip: ${(error as Error).message}`);
  } finally {
    zip?.close();
  }
}
