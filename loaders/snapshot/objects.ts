// Files by what is in them: `objects/<first two digits of the SHA-256>/<SHA-256>`. Months share what is equal.

import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {copyFile, link, mkdir, readFile, rename, rm, stat} from "node:fs/promises";
import {dirname, join} from "node:path";
import {pipeline} from "node:stream/promises";

/** A file of a month: what is in it, and how much. */
export interface StoredFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** Returns where the store has what bears the hash. */
export const objectPath = (store: string, sha256: string): string => join(store, "objects", sha256.slice(0, 2), sha256);

/** Returns the hash and the size of a file. */
export async function digestOf(path: string): Promise<StoredFile> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return {sha256: hash.digest("hex"), bytes: (await stat(path)).size};
}

/**
 * Copies a file into the store, aside and then by renaming, and returns what was kept and how many bytes came new. The
 * copy is what is hashed: a file that is written to meanwhile cannot be kept under the hash of what it was.
 */
export async function keepFile(store: string, path: string): Promise<StoredFile & {readonly added: number}> {
  const known = await digestOf(path);
  if (await isThere(store, known)) return {...known, added: 0};
  const aside = join(store, "objects", `.aside-${process.pid}-${known.sha256}`);
  await mkdir(dirname(aside), {recursive: true});
  await copyFile(path, aside);
  const kept = await digestOf(aside);
  const place = objectPath(store, kept.sha256);
  await mkdir(dirname(place), {recursive: true});
  await rename(aside, place);
  return {...kept, added: kept.bytes};
}

/** A file cut short by a full disk is none. */
const isThere = (store: string, {sha256, bytes}: StoredFile): Promise<boolean> => stat(objectPath(store, sha256)).then(({size}) => size === bytes, () => false);

/** Puts a file of the store at `path`, as a hard link where the disk allows and `copy` is not asked for: whoever gets one does not write to it. */
export async function takeFile(store: string, {sha256}: Pick<StoredFile, "sha256">, path: string, copy = false): Promise<void> {
  await mkdir(dirname(path), {recursive: true});
  const object = objectPath(store, sha256);
  if (copy) return copyFile(object, path);
  await link(object, path).catch(() => copyFile(object, path));
}

/** Returns what is wrong with a kept file; null where it is as it was kept. */
export async function faultOf(store: string, {sha256, bytes}: StoredFile): Promise<"missing" | "changed" | null> {
  const found = await digestOf(objectPath(store, sha256)).catch(() => null);
  if (found === null) return "missing";
  return found.sha256 === sha256 && found.bytes === bytes ? null : "changed";
}

/** Returns the bytes of a kept file. */
export const readObject = (store: string, {sha256}: Pick<StoredFile, "sha256">): Promise<Buffer> => readFile(objectPath(store, sha256));

/** Removes what a process left half copied. */
export const dropAside = (path: string): Promise<void> => rm(path, {recursive: true, force: true});
