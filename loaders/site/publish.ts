// Puts a finished folder in the place of an older one, so that a reader, a crash or a kill never meets half a site.

import {existsSync} from "node:fs";
import {cp, mkdir, readdir, rename, rm} from "node:fs/promises";
import {basename, dirname, join, resolve} from "node:path";
import {isRunning} from "../build/isRunning.js";
import {isHeld, tryLock} from "../build/lock.js";

/** The folder that holds the older site between the two renames. */
export const previousOf = (out: string) => `${resolve(out)}.previous`;

/** A folder beside `out`, on the same disk, for this process to finish the new site in. */
export const nextOf = (out: string, pid = process.pid) => `${resolve(out)}.next-${pid}`;

/** The file in each site that says what it was made from; a folder without it is not ours to replace. */
export const reportFile = "report.json";

/** A folder that no report can be put at: the wrong one was named. */
export class OutError extends Error {
  override readonly name = "OutError";
}

/** Throws an OutError when `out` is no folder, or holds something that is not an earlier report: it would be removed. */
export async function assertReplaceable(out: string): Promise<void> {
  const entries: string[] = await readdir(resolve(out)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    if (error.code === "ENOTDIR") throw new OutError(`${out} is a file, or lies below one, and not a folder. Name another folder with --out.`);
    throw new OutError(`${out} cannot be read: ${error.message}. Name another folder with --out.`, {cause: error});
  });
  if (entries.length > 0 && !entries.includes(reportFile))
    throw new OutError(`${out} holds ${entries.length} files or folders and no ${reportFile}: it is not an earlier report and would be removed. Empty it, or name another folder with --out.`);
}

/**
 * Mends what a killed build may have left beside `out`: a site that was moved away but not yet replaced comes back, and
 * folders of builds that no longer run are removed. Returns what it did, in words. Safe to call at any time.
 */
export async function recover(out: string): Promise<string[]> {
  const done: string[] = [];
  const site = resolve(out);
  await mkdir(dirname(site), {recursive: true}).catch((error: Error) => {
    throw new OutError(`${out} cannot be made: ${error.message}. Name another folder with --out.`, {cause: error});
  });
  const unlock = await lock(site);
  try {
    const previous = previousOf(site);
    if (existsSync(previous)) {
      if (existsSync(site)) await discard(previous);
      else {
        await rename(previous, site);
        done.push(`an interrupted build had moved ${site} away; it is back`);
      }
    }
  } finally {
    await unlock();
  }
  for (const name of await readdir(dirname(site))) {
    const pid = name.startsWith(`${basename(site)}.next-`) ? Number(name.split("-").at(-1)) : NaN;
    if (!Number.isNaN(pid) && !isRunning(pid)) await rm(join(dirname(site), name), {recursive: true, force: true});
  }
  return done;
}

/**
 * Moves the finished folder to `out`; what stood there is removed once the new site is in place. Two renames on one
 * disk: a kill between them leaves the older site whole in `.previous`, and `recover` brings it back.
 */
export async function publish(finished: string, out: string): Promise<void> {
  const site = resolve(out);
  const next = nextOf(site);
  await mkdir(dirname(site), {recursive: true});
  await rm(next, {recursive: true, force: true});
  await rename(finished, next).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "EXDEV") throw error;
    await cp(finished, next, {recursive: true});
  });
  const unlock = await lock(site);
  try {
    const previous = previousOf(site);
    if (existsSync(previous) && existsSync(site)) await discard(previous);
    if (existsSync(site)) await rename(site, previous);
    await rename(next, site);
    await discard(previous);
  } finally {
    await unlock();
  }
}

/** Removes a folder by way of a name that `recover` would not bring back: a half-removed site is never restored. */
async function discard(folder: string): Promise<void> {
  const junk = nextOf(folder.replace(/\.previous$/, ""), process.pid).replace(/\.next-/, ".next-old-");
  await rm(junk, {recursive: true, force: true});
  await rename(folder, junk).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rm(junk, {recursive: true, force: true});
}

/** Waits for the short lock around the renames; a lock whose process is gone does not count. */
async function lock(site: string): Promise<() => Promise<void>> {
  const path = `${site}.lock`;
  for (let tries = 0; ; tries++) {
    const held = await tryLock(path, new Date().toISOString());
    if (!isHeld(held)) return () => held.release();
    if (tries > 400) throw new Error(`${path}: another build (process ${held.pid} of ${held.host}) has been replacing the site for 20 seconds. Wait for it, or remove the file if that process has nothing to do with this report.`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}
