// A folder on this machine as a target. The releases lie beside it, in TARGET.releases, each whole.
//
// A target that publish made itself is a link to the present release: one rename turns all pages at once, and a kill at
// any point leaves the link where it was or where it goes. A folder that exists stays a folder, because a web server,
// a container or a mount may hold on to it: files named by content come first, then the pages, prepared beside and
// renamed one after another within milliseconds. A page is whole at any moment; a kill amid the renames leaves pages of
// two releases, each with all that it points to, until the next run.

import {lstat, mkdir, readdir, realpath, rename, rm, rmdir, symlink} from "node:fs/promises";
import {existsSync} from "node:fs";
import {basename, dirname, join, relative, resolve} from "node:path";
import {filesIn} from "../build/filesIn.js";
import {isHeld, tryLock} from "../build/lock.js";
import {assertReplaceable, OutError} from "../site/publish.js";
import {changesOf, inOrder, wantedFiles, type Changes} from "./changes.js";
import {BusyError, DamagedError, TargetError, writeErrorOf} from "./problems.js";
import {faultsOf, hashOf, readRelease, sizesOf, type Release} from "./release.js";
import {discard, keepRelease, keptReleases, linkOrCopy, notePublished, putCopy, sweep, type Kept} from "./store.js";
import {chooseRelease, type Placed, type PlaceOptions, type Target} from "./target.js";

interface Place {
  /** What readers see: a link to a release, or a folder. */
  readonly site: string;
  /** The folder of the kept releases. */
  readonly store: string;
  readonly linked: boolean;
}

/** Returns the folder as a target. `store` is where releases are kept, beside it where nobody says. Throws a TargetError for what is no folder, or holds something else than a report. */
export async function folderTarget(to: string, store?: string): Promise<Target> {
  const place = await placeOf(to, store);
  const guarded = async <Result>(work: () => Promise<Result>) => {
    try {
      return await work();
    } catch (error) {
      throw writeErrorOf(error, to);
    }
  };
  return {
    name: to,
    list: () => guarded(async () => {
      const current = (await readRelease(place.site))?.id;
      return (await keptReleases(place.store)).map(({id, title, asOf, published, files}) => ({id, title, asOf, published, files: Object.keys(files).length, current: id === current}));
    }),
    publish: (release, from, options) => guarded(() => (options.dryRun ? plan(place, release, from, options) : alone(place, options, async () => {
      const placed = await plan(place, release, from, options);
      await keepRelease(place.store, release, from);
      await put(place, release, options);
      return placed;
    }))),
    rollback: (id, options) => guarded(async () => {
      const current = (await readRelease(place.site))?.id;
      const release = chooseRelease(await keptReleases(place.store), current, id, to);
      const from = join(place.store, release.id);
      const [fault] = await faultsOf(from, release.files);
      if (fault) throw new DamagedError(`The kept release ${release.id} is damaged: ${fault.words}. Choose another: npm run publish -- --to ${to} --list`);
      if (options.dryRun) return plan(place, release, from, options);
      return alone(place, options, async () => {
        const placed = await plan(place, release, from, options);
        await put(place, release, options);
        return placed;
      });
    })
  };
}

async function placeOf(to: string, given: string | undefined): Promise<Place> {
  const site = resolve(to);
  const store = resolve(given ?? `${site}.releases`);
  const stats = await lstat(site).catch(() => undefined);
  if (stats === undefined) return {site, store, linked: true};
  const real = await realpath(site).catch(() => {
    throw new TargetError(`${to} is a link that leads nowhere. Remove it, or name another target.`);
  });
  if (stats.isSymbolicLink() && dirname(real) === (await realpath(store).catch(() => store))) return {site, store, linked: true};
  await assertReplaceable(real).catch((error: unknown) => {
    throw error instanceof OutError ? new TargetError(error.message.replace("--out", "--to"), {cause: error}) : error;
  });
  return {site: real, store, linked: false};
}

/** Runs the work while no other publisher does. */
async function alone<Result>({store}: Place, {now}: PlaceOptions, work: () => Promise<Result>): Promise<Result> {
  await mkdir(store, {recursive: true});
  const path = join(store, ".lock");
  const lock = await tryLock(path, now);
  if (isHeld(lock)) throw new BusyError(`Another publisher is at work: process ${lock.pid} on ${lock.host}, since ${lock.since}. Nothing was published by this one. If that process has nothing to do with this report, remove ${path}.`);
  try {
    await sweep(store);
    return await work();
  } finally {
    await lock.release();
  }
}

/** The releases that are kept beside the one that is put in place, and those that are not. */
function retained(all: readonly Kept[], {id}: Release, keep: number): {kept: Kept[]; dropped: Kept[]} {
  const others = all.filter((other) => other.id !== id);
  return {kept: others.slice(0, keep - 1), dropped: others.slice(keep - 1)};
}

/** What the release changes; nothing is written. */
async function plan({site, store, linked}: Place, release: Release, from: string, {keep}: PlaceOptions): Promise<Placed> {
  const all = await keptReleases(store);
  const {kept, dropped} = retained(all, release, keep);
  const wanted = wantedFiles(release, kept);
  const changes = await changesAt(site, linked, wanted, all);
  const sizes = await sizesOf(from, Object.keys(release.files));
  const of = new Map<string, number>();
  for (const one of kept) for (const [file, bytes] of await sizesOf(join(store, one.id), Object.keys(one.files))) of.set(one.files[file]!, bytes);
  for (const [file, hash] of Object.entries(release.files)) of.set(hash, sizes.get(file)!);
  const bytes = [...changes.added, ...changes.changed].reduce((sum, file) => sum + (of.get(wanted[file]!) ?? 0), 0);
  const unchanged = changes.added.length + changes.changed.length + changes.removed.length + dropped.length === 0 && all.some(({id}) => id === release.id);
  return {release, unchanged, changes, bytes, dropped: dropped.map(({id}) => id), kept: {releases: kept.length + 1, bytes: [...of.values()].reduce((sum, size) => sum + size, 0)}};
}

/** Of what stands there, only files that a release put there count; in a release's own folder there are no others. */
async function changesAt(site: string, linked: boolean, wanted: Readonly<Record<string, string>>, all: readonly Release[]): Promise<Changes> {
  const current = await readRelease(site);
  const found = existsSync(site) && linked ? await filesIn(site) : [];
  const known = new Set([...found, ...Object.keys(wanted), ...[...all, ...(current ? [current] : [])].flatMap(({files}) => Object.keys(files))]);
  const there: Record<string, string> = {};
  for (const file of known) {
    const hash = await hashOf(join(site, file));
    if (hash !== undefined) there[file] = hash;
  }
  return changesOf(there, wanted);
}

/** Puts a release of the store in place, notes it, and removes what is kept no longer. */
async function put(place: Place, release: Release, {keep, now}: PlaceOptions): Promise<void> {
  const {site, store, linked} = place;
  const all = await keptReleases(store);
  const {kept, dropped} = retained(all, release, keep);
  const wanted = wantedFiles(release, kept);
  const owners = [release, ...kept];
  const sourceOf = (file: string) => join(store, owners.find(({files}) => files[file] === wanted[file])!.id, file);
  if (linked) {
    const folder = join(store, release.id);
    await complete(folder, await changesAt(folder, true, wanted, all), sourceOf);
    await turn(place, release.id);
  } else await replace(site, await changesAt(site, linked, wanted, all), sourceOf);
  await notePublished(store, release.id, now);
  for (const {id} of dropped) await discard(store, id);
}

type SourceOf = (file: string) => string;

/** Gives a release's folder the files of other kept ones that readers may still ask for, and takes away those that are no longer kept. */
async function complete(folder: string, {added, changed, removed}: Changes, sourceOf: SourceOf): Promise<void> {
  for (const file of added) await linkOrCopy(sourceOf(file), await within(folder, file));
  for (const file of changed) await putCopy(sourceOf(file), join(folder, file));
  await removeFiles(folder, removed);
}

/** Turns the link to a release, by one rename. The link is relative: the folder above may move. */
async function turn({site, store}: Place, id: string): Promise<void> {
  const next = join(dirname(site), `.${basename(site)}.next-link`);
  await rm(next, {force: true});
  await symlink(relative(dirname(site), join(store, id)), next, "dir");
  await rename(next, site);
}

/** Within a folder that stays, on its disk: new files wait there until all are ready. */
const asideName = ".quarterdeck-next";

async function replace(site: string, {added, changed, removed}: Changes, sourceOf: SourceOf): Promise<void> {
  const aside = join(site, asideName);
  await rm(aside, {recursive: true, force: true});
  const {byContent, byName} = inOrder([...added, ...changed]);
  try {
    for (const file of byContent) {
      await linkOrCopy(sourceOf(file), await within(aside, file));
      await rename(join(aside, file), await within(site, file));
    }
    for (const file of byName) {
      await putCopy(sourceOf(file), await within(aside, file));
      await within(site, file);
    }
    for (const file of byName) await rename(join(aside, file), join(site, file));
  } finally {
    await rm(aside, {recursive: true, force: true}).catch(() => {});
  }
  await removeFiles(site, removed);
}

/** Returns the path of a file in the folder, once the folders above it are there. */
async function within(folder: string, file: string): Promise<string> {
  const path = join(folder, file);
  await mkdir(dirname(path), {recursive: true});
  return path;
}

/** Removes files, and folders that are empty then. */
async function removeFiles(folder: string, files: readonly string[]): Promise<void> {
  const above = new Set<string>();
  for (const file of files) {
    await rm(join(folder, file), {force: true});
    for (let up = dirname(file); up !== "."; up = dirname(up)) above.add(up);
  }
  for (const name of [...above].sort((a, b) => b.length - a.length)) if ((await readdir(join(folder, name)).catch(() => [""])).length === 0) await rmdir(join(folder, name)).catch(() => {});
}
