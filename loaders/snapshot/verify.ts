// Proves a frozen month: every file is what was kept, and its kept inputs give the same bytes again.

import {existsSync} from "node:fs";
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {filesIn} from "../build/filesIn.js";
import {codeVersion, type CodeVersion} from "./code.js";
import {SnapshotError} from "./fault.js";
import {frozenForecasts} from "./forecasts.js";
import {digestOf, faultOf, takeFile, type StoredFile} from "./objects.js";
import {rebuildDefaults, rebuildMonth, type RebuildEffects} from "./rebuild.js";
import {alertsFile, forecastsFile, ledgerFile, readSnapshot, readStore, standing, valuesFile, type Snapshot} from "./store.js";

export interface VerifyEffects extends RebuildEffects {
  readonly code: () => Promise<CodeVersion>;
}

export interface Verified {
  readonly snapshot: Snapshot;
  /** Kept files that are missing or not what they were, by name; where there are any, nothing was built. */
  readonly broken: readonly {readonly name: string; readonly fault: "missing" | "changed"}[];
  /** Files of the rebuilt month that are not those of the frozen one. */
  readonly differing: readonly string[];
  /** Files that are the same to the byte. */
  readonly same: number;
  /** The code that built it is another than the one that froze it. */
  readonly otherCode: {readonly then: CodeVersion; readonly now: CodeVersion} | null;
}

/** Rebuilds a month, or the revision named, from what the store keeps, and compares every file. Throws a SnapshotError for a month that is not frozen. */
export async function verifyMonth(store: string, asked: string | undefined, given: Partial<VerifyEffects> = {}): Promise<Verified> {
  const effects: VerifyEffects = {...rebuildDefaults, code: codeVersion, ...given};
  const snapshot = await findSnapshot(store, asked);
  effects.step("hash");
  const broken: {name: string; fault: "missing" | "changed"}[] = [];
  for (const [name, file] of Object.entries(snapshot.files)) {
    const fault = isBeside(name) ? await faultBeside(join(store, snapshot.id, name), file) : await faultOf(store, file);
    if (fault) broken.push({name, fault});
  }
  const now = await effects.code();
  const otherCode = now.hash === snapshot.code.hash && now.node === snapshot.code.node ? null : {then: snapshot.code, now};
  if (broken.length > 0) return {snapshot, broken, differing: [], same: 0, otherCode};
  const work = await mkdtemp(join(tmpdir(), "quarterdeck-verify-"));
  try {
    await takeInputs(store, snapshot, join(work, "inputs"));
    // Without the builds of earlier runs: what is compared is made anew.
    const anew = {...effects, pipeline: {...effects.pipeline, cache: join(work, "cache")}};
    const {built, manifest, published} = await rebuildMonth(join(work, "inputs"), join(work, "site"), anew);
    const found = new Map<string, StoredFile>();
    const add = async (name: string, path: string) => void found.set(name, await digestOf(path));
    for (const name of await filesIn(built)) if (snapshot.files[`build/${name}`] !== undefined || name.startsWith("marts/")) await add(`build/${name}`, join(built, name));
    for (const name of existsSync(join(work, "site")) ? await filesIn(join(work, "site")) : []) await add(`site/${name}`, join(work, "site", name));
    await writeFile(join(work, valuesFile), `${JSON.stringify(published, null, 1)}\n`);
    await add(valuesFile, join(work, valuesFile));
    const forecasts = snapshot.files[forecastsFile] && (await frozenForecasts(join(work, "inputs"), manifest, anew));
    if (forecasts) {
      await writeFile(join(work, forecastsFile), `${JSON.stringify(forecasts, null, 1)}\n`);
      await add(forecastsFile, join(work, forecastsFile));
    }
    const names = [...new Set([...Object.keys(snapshot.files).filter((name) => !name.startsWith("inputs/") && ![ledgerFile, alertsFile].includes(name)), ...found.keys()])].sort();
    const differing = names.filter((name) => found.get(name)?.sha256 !== snapshot.files[name]?.sha256);
    return {snapshot, broken, differing, same: names.length - differing.length, otherCode};
  } finally {
    await rm(work, {recursive: true, force: true});
  }
}

/** A month stands for its newest revision; of none, the newest month does. */
async function findSnapshot(store: string, asked: string | undefined): Promise<Snapshot> {
  const all = standing(await readStore(store));
  const found = asked === undefined ? all.at(-1) : all.find(({month}) => month === asked) ?? (asked.includes("-r") && existsSync(join(store, asked)) ? await readSnapshot(store, asked) : undefined);
  if (found) return found;
  throw new SnapshotError(`${asked ?? "No month"} is${asked === undefined ? "" : " not"} frozen in ${store}. ${all.length === 0 ? "There is none." : `There are ${all.map(({id}) => id).join(", ")}.`}`, 1);
}

const isBeside = (name: string): boolean => !name.includes("/");

async function faultBeside(path: string, {sha256}: StoredFile): Promise<"missing" | "changed" | null> {
  const found = await digestOf(path).catch(() => null);
  return found === null ? "missing" : found.sha256 === sha256 ? null : "changed";
}

/** Puts a month's inputs into a folder, as copies or links that are read only. */
export async function takeInputs(store: string, {files}: Pick<Snapshot, "files">, folder: string): Promise<void> {
  for (const [name, file] of Object.entries(files)) if (name.startsWith("inputs/")) await takeFile(store, file, join(folder, name.slice("inputs/".length)));
}
