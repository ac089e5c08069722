// Kept exports: `<folder>/<YYYY-MM-DD>/files`, one folder a day. A day's folder is put in place whole, by renames, and
// what it replaces goes only afterwards.

import {existsSync, readdirSync, renameSync} from "node:fs";
import {mkdir, readdir, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import {Temporal} from "temporal-polyfill";
import {isRunning} from "../build/isRunning.js";

/** The file in a day's folder that says when and from where its files were pulled. It is no export. */
export const pullRecord = "pull.json";

/** Returns the days of which an export is kept, YYYY-MM-DD, oldest first; none where there is no such folder. */
export function keptDays(folder: string): string[] {
  if (!existsSync(folder)) return [];
  bringBack(folder);
  return readdirSync(folder, {withFileTypes: true})
    .filter((entry) => entry.isDirectory() && isDay(entry.name))
    .map(({name}) => name)
    .sort();
}

/** Returns what a source reads of a kept day: its folder, or the one archive in it that holds all files. */
export function keptExport(folder: string, day: string): string {
  const path = join(folder, day);
  const [only, ...others] = readdirSync(path).filter((name) => name !== pullRecord);
  return only !== undefined && others.length === 0 && isArchiveOfFiles(only) ? join(path, only) : path;
}

/** export.zip, but not deals.csv.zip, which is one packed file. */
const isArchiveOfFiles = (name: string): boolean => /\.zip$/i.test(name) && !/\.(csv|tsv|txt|xlsx|json|ndjson|jsonl|parquet)\.zip$/i.test(name);

function isDay(name: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(name)) return false;
  try {
    return Temporal.PlainDate.from(name, {overflow: "reject"}).toString() === name;
  } catch {
    return false;
  }
}

/** A process killed between the two renames of `keepExport` leaves the older folder aside: it comes back. */
function bringBack(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid, day] = /^\.replaced-(\d+)-(\d{4}-\d{2}-\d{2})$/.exec(name) ?? [];
    if (day !== undefined && !isRunning(Number(pid)) && !existsSync(join(folder, day))) renameSync(join(folder, name), join(folder, day));
  }
}

/** Makes an empty folder for this process to pull into, on the same disk; what killed processes left is removed first. */
export async function beginExport(folder: string): Promise<string> {
  await mkdir(folder, {recursive: true});
  bringBack(folder);
  for (const name of await readdir(folder)) {
    const pid = Number(/^\.(?:aside|replaced)-(\d+)(?:-|$)/.exec(name)?.[1] ?? NaN);
    if (pid === process.pid || (!Number.isNaN(pid) && !isRunning(pid))) await rm(join(folder, name), {recursive: true, force: true});
  }
  const aside = join(folder, `.aside-${process.pid}`);
  await mkdir(aside);
  return aside;
}

/** Moves a whole export to its day and returns its folder there; what was kept of that day is removed once it is in place. */
export async function keepExport(aside: string, folder: string, day: string): Promise<string> {
  const place = join(folder, day);
  const replaced = join(folder, `.replaced-${process.pid}-${day}`);
  for (let tries = 1; ; tries++) {
    await rename(place, replaced).catch(ignoring("ENOENT"));
    try {
      await rename(aside, place);
      break;
    } catch (error) {
      if (!existsSync(place) && existsSync(replaced)) await rename(replaced, place);
      // Another process has put its own pull there meanwhile: ours is as new.
      if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "") || tries === 10) throw error;
      await rm(replaced, {recursive: true, force: true});
    }
  }
  await rm(replaced, {recursive: true, force: true});
  return place;
}

/** Removes exports that were pulled more than `days` days before `today`, but never the newest, nor what was put there by hand. */
export async function pruneExports(folder: string, days: number, today: string): Promise<void> {
  const first = Temporal.PlainDate.from(today).subtract({days}).toString();
  for (const day of keptDays(folder).slice(0, -1)) {
    if (day < first && existsSync(join(folder, day, pullRecord))) await rm(join(folder, day), {recursive: true, force: true});
  }
}

const ignoring = (code: string) => (error: NodeJS.ErrnoException): void => {
  if (error.code !== code) throw error;
};
