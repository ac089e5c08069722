// The store of frozen months: `<id>/snapshot.json` with values and ledger beside it, and the files by their hashes in
// `objects`. A month is written aside and renamed, and never written again.

import {existsSync} from "node:fs";
import {mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {isRunning} from "../build/isRunning.js";
import type {CodeVersion} from "./code.js";
import type {Drifted} from "./drift.js";
import {SnapshotError} from "./fault.js";
import {isRevisionId} from "./month.js";
import type {StoredFile} from "./objects.js";

export const snapshotFile = "snapshot.json";
export const valuesFile = "values.json";
export const ledgerFile = "ledger.json";
export const alertsFile = "alerts.json";
export const forecastsFile = "forecasts.json";

/** A frozen month: snapshot.json. */
export interface Snapshot {
  readonly schema: "quarterdeck/snapshot/1";
  /** "2026-10", "2026-10-r2". */
  readonly id: string;
  readonly month: string;
  readonly revision: number;
  /** In which order the months were frozen, from 1. */
  readonly sequence: number;
  readonly title: string;
  readonly language: string;
  readonly currency: string;
  readonly asOf: string;
  /** Day of the report's zone on which it was frozen. */
  readonly frozenOn: string;
  readonly publisher: string | null;
  /** What it replaces and why; null for the first of its month. */
  readonly replaces: {readonly id: string; readonly reason: string; readonly differs: readonly string[]} | null;
  /** What it is compared with in its ledger: what was published last before it, of this month or an earlier one. */
  readonly previous: string | null;
  /** What left what is usual for it, and why it is published; absent where nothing did. */
  readonly accepted?: Drifted & {readonly reason: string | null};
  readonly code: CodeVersion;
  /** As resolved, without secrets. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Version and formula of every KPI, by id. */
  readonly definitions: Readonly<Record<string, {readonly version: number; readonly formula: string}>>;
  /** Every file by its name: `inputs/`, `build/`, `site/`, and those that stand beside this one. */
  readonly files: Readonly<Record<string, StoredFile>>;
}

/** Returns the frozen months, in the order in which they were frozen; none where there is no store. */
export async function readStore(store: string): Promise<Snapshot[]> {
  const names = (await readdir(store).catch(() => [])).filter(isRevisionId);
  const snapshots = await Promise.all(names.map((name) => readSnapshot(store, name)));
  return snapshots.sort((a, b) => a.sequence - b.sequence);
}

/** Returns the frozen month of that name. Throws a SnapshotError where its file cannot be read. */
export async function readSnapshot(store: string, id: string): Promise<Snapshot> {
  const path = join(store, id, snapshotFile);
  try {
    const snapshot = JSON.parse(await readFile(path, "utf8")) as Snapshot;
    if (snapshot.schema !== "quarterdeck/snapshot/1" || snapshot.id !== id) throw new Error("it is not what its folder says");
    return snapshot;
  } catch (error) {
    throw new SnapshotError(`${path} cannot be read: ${(error as Error).message}`, 2);
  }
}

/** Of each month the newest revision, oldest month first. */
export function standing(snapshots: readonly Snapshot[]): Snapshot[] {
  const newest = new Map<string, Snapshot>();
  for (const one of snapshots) if ((newest.get(one.month)?.revision ?? 0) < one.revision) newest.set(one.month, one);
  return [...newest.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
}

/** What was published last before a month was frozen: of that month or an earlier one. */
export const lastBefore = (snapshots: readonly Snapshot[], month: string): Snapshot | undefined => snapshots.filter((one) => one.month <= month).at(-1);

/** Puts a month into the store, whole. Throws a SnapshotError where another process was quicker. */
export async function writeSnapshot(store: string, snapshot: Snapshot, beside: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(store, {recursive: true});
  const aside = await mkdtemp(join(store, `.aside-${process.pid}-`));
  try {
    for (const [name, text] of Object.entries({...beside, [snapshotFile]: `${JSON.stringify(snapshot, null, 1)}\n`})) await writeFile(join(aside, name), text);
    await rename(aside, join(store, snapshot.id));
  } catch (error) {
    if (!existsSync(join(store, snapshot.id))) throw error;
    throw new SnapshotError(`${snapshot.id} was frozen by another process meanwhile. Run again: it says whether anything differs.`, 4);
  } finally {
    await rm(aside, {recursive: true, force: true});
  }
}

/** Removes what processes that no longer run have left aside. */
export async function sweepStore(store: string): Promise<void> {
  for (const folder of [store, join(store, "objects")]) {
    for (const name of await readdir(folder).catch(() => [])) {
      const pid = Number(/^\.aside-(\d+)-/.exec(name)?.[1] ?? NaN);
      if (!Number.isNaN(pid) && !isRunning(pid)) await rm(join(folder, name), {recursive: true, force: true});
    }
  }
}
