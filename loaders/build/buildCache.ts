// Finished builds by hash. An entry is written aside and renamed, so it is whole or absent, whoever else is building
// and whenever a process is killed.

import {mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes} from "node:fs/promises";
import {join} from "node:path";
import type {Manifest} from "../../src/query/manifest.js";
import {isRunning} from "./isRunning.js";

/** Entries that stay however old they are; others stay for an hour after their last use. */
const kept = 6;
const hour = 3_600_000;

/** Returns the folder of the finished build, or undefined where there is none or its files are not as its manifest says. */
export async function findBuild(cache: string, hash: string, now = Date.now()): Promise<string | undefined> {
  const folder = join(cache, hash);
  if (!(await isWhole(folder))) return undefined;
  await utimes(folder, now / 1000, now / 1000).catch(() => {});
  return folder;
}

/** Whether one of the finished builds may be of exports of these sizes: without any, nothing needs to be looked for. */
export async function mayHaveBuild(cache: string, sizes: readonly number[]): Promise<boolean> {
  const known = new Set(sizes);
  const names = (await readdir(cache).catch(() => [])).filter(isEntry);
  const alike = names.map(async (name) => {
    const {files} = JSON.parse(await readFile(join(cache, name, "manifest.json"), "utf8")) as Manifest;
    return files.every(({bytes}) => known.has(bytes));
  });
  return (await Promise.all(alike.map((one) => one.catch(() => false)))).includes(true);
}

const isEntry = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

async function isWhole(folder: string): Promise<boolean> {
  try {
    const {marts} = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as Manifest;
    const sizes = await Promise.all(marts.map(async ({name, bytes}) => (await stat(join(folder, "marts", `${name}.parquet`))).size === bytes));
    return sizes.every(Boolean);
  } catch {
    return false;
  }
}

/** Makes an empty folder of this process's own to build in; what killed processes left is removed first. */
export async function beginBuild(cache: string): Promise<string> {
  await mkdir(cache, {recursive: true});
  for (const name of await readdir(cache)) {
    const pid = Number(/^\.aside-(\d+)-/.exec(name)?.[1] ?? NaN);
    if (!Number.isNaN(pid) && !isRunning(pid)) await rm(join(cache, name), {recursive: true, force: true});
  }
  return mkdtemp(join(cache, `.aside-${process.pid}-`));
}

/**
 * Moves a finished build to its place and returns that. Where another process has finished the same one meanwhile, ours
 * is dropped: both hold the same bytes.
 */
export async function keepBuild(aside: string, cache: string, hash: string): Promise<string> {
  const folder = join(cache, hash);
  if (!(await isWhole(folder))) await discard(folder, cache);
  await rename(aside, folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST" && error.code !== "EPERM") throw error;
    await rm(aside, {recursive: true, force: true});
  });
  return folder;
}

/** Removes the builds that were used longest ago, but none used within the last hour: somebody may be reading it. */
export async function pruneBuilds(cache: string, now = Date.now()): Promise<void> {
  const names = (await readdir(cache)).filter(isEntry);
  const entries = await Promise.all(names.map(async (name) => ({name, used: await lastUse(join(cache, name))})));
  const old = entries.sort((a, b) => b.used - a.used).slice(kept).filter(({used}) => now - used > hour);
  for (const {name} of old) await discard(join(cache, name), cache);
}

const lastUse = (folder: string): Promise<number> => stat(folder).then(({mtimeMs}) => mtimeMs, () => Infinity);

/** Renames before removing: a half-removed build is never found. */
async function discard(folder: string, cache: string): Promise<void> {
  const aside = await mkdtemp(join(cache, `.aside-${process.pid}-`));
  await rename(folder, join(aside, "old")).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rm(aside, {recursive: true, force: true});
}
