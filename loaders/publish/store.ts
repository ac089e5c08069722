// The kept releases of a target: a folder each, whole, under its id. Equal files of two releases are one file on disk.

import {existsSync} from "node:fs";
import {copyFile, link, mkdir, readdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import {z} from "zod";
import {DamagedError} from "./problems.js";
import {faultsOf, readRelease, type Release} from "./release.js";

export interface Kept extends Release {
  /** Moment at which it was last put in place, ISO in UTC; empty where it never was. */
  readonly published: string;
}

const times = z.record(z.string(), z.string());
const timesFile = "published.json";

/** Returns the kept releases, the last published first. */
export async function keptReleases(store: string): Promise<Kept[]> {
  const published = await readTimes(store);
  const names = await readdir(store, {withFileTypes: true}).catch(() => []);
  const kept: Kept[] = [];
  for (const entry of names) {
    if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
    const release = await readRelease(join(store, entry.name));
    if (release?.id === entry.name) kept.push({...release, published: published[release.id] ?? ""});
  }
  return kept.sort((a, b) => (a.published === b.published ? (a.id < b.id ? 1 : -1) : a.published < b.published ? 1 : -1));
}

/** Copies a release into the store, or mends the one there. What was copied is held against the hashes once more. */
export async function keepRelease(store: string, release: Release, from: string): Promise<void> {
  const folder = join(store, release.id);
  if (existsSync(folder)) {
    // It may be what readers see: it is mended file by file.
    for (const {file} of await faultsOf(folder, release.files)) await putCopy(join(from, file), join(folder, file));
  } else {
    const next = join(store, `.next-${process.pid}`);
    await fill(next, release, from, await keptReleases(store), store);
    await rename(next, folder);
  }
  const [fault] = await faultsOf(folder, release.files);
  if (fault) throw new DamagedError(`${from} changed while it was being published: ${fault.words}. Publish again when the build is over.`);
}

/** Fills a new folder with a release: what another one holds is a link to it, unless it was tampered with there. */
async function fill(next: string, {files}: Release, from: string, others: readonly Kept[], store: string): Promise<void> {
  for (const [file, hash] of Object.entries(files)) {
    const twin = others.find((other) => other.files[file] === hash);
    await mkdir(dirname(join(next, file)), {recursive: true});
    if (!twin) await copyFile(join(from, file), join(next, file));
    else await linkOrCopy(join(store, twin.id, file), join(next, file)).catch(missing);
  }
  for (const {file} of await faultsOf(next, files)) await putCopy(join(from, file), join(next, file));
}

/** Puts a copy of a file in the place of another, whole at once. */
export async function putCopy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), {recursive: true});
  const aside = join(dirname(to), `.${basename(to)}.next`);
  await copyFile(from, aside);
  await rename(aside, to);
}

function missing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** Notes when a release was put in place. */
export async function notePublished(store: string, id: string, now: string): Promise<void> {
  const next = join(store, `.${timesFile}.next`);
  await writeFile(next, `${JSON.stringify({...(await readTimes(store)), [id]: now}, null, 1)}\n`);
  await rename(next, join(store, timesFile));
}

/** Removes a release, by way of a name that is none: half a release is never taken for one. */
export async function discard(store: string, id: string): Promise<void> {
  if (!existsSync(join(store, id))) return;
  const junk = join(store, `.old-${process.pid}-${id}`);
  await rename(join(store, id), junk);
  await rm(junk, {recursive: true, force: true});
}

/** Removes what killed publishers left in the store; whoever holds its lock may. */
export async function sweep(store: string): Promise<void> {
  for (const name of await readdir(store)) if (/^\.(next|old)-/.test(name)) await rm(join(store, name), {recursive: true, force: true});
}

/** Gives a file a second name, whole at once; a copy where the disk cannot. Throws where the name is taken. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!["EXDEV", "EPERM", "EMLINK", "ENOTSUP", "EOPNOTSUPP"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    await putCopy(from, to);
  }
}

async function readTimes(store: string): Promise<Record<string, string>> {
  try {
    return times.parse(JSON.parse(await readFile(join(store, timesFile), "utf8")));
  } catch {
    return {};
  }
}
