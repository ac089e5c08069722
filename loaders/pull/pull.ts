// Everything that the settings pull, each source whole or not at all: aside first, then in its day's folder.

import {rm, writeFile} from "node:fs/promises";
import {join, relative} from "node:path";
import {localDay} from "../build/asOf.js";
import type {Settings} from "../settings.js";
import {duration, faultOf, PullFault, remedy} from "./fault.js";
import {fetchFile} from "./fetchFile.js";
import {beginExport, keepExport, keptDays, pruneExports, pullRecord} from "./kept.js";
import {preparePulls, type ReadyFile, type ReadyPull} from "./prepare.js";
import type {Timing} from "./retry.js";
import {runCommand} from "./runCommand.js";

export interface PullEffects {
  /** The moment, ISO in UTC; its day in the report's zone is the day of the export. */
  readonly now: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told of each file, and of each fault before it is tried again; without secrets. */
  readonly progress: (text: string) => void;
  readonly timing?: Timing;
}

export interface PulledFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly tries: number;
}

/** What was pulled of a source. */
export interface Pulled {
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly day: string;
  /** Absolute path. */
  readonly folder: string;
  readonly files: readonly PulledFile[];
}

/** Thrown when not every source could be pulled. Its message holds no secret. */
export class PullError extends Error {
  override readonly name = "PullError";

  constructor(
    message: string,
    /** The sources that were pulled and kept nevertheless. */
    readonly pulled: readonly Pulled[]
  ) {
    super(message);
  }
}

/**
 * Pulls the sources of the settings one after another, and returns what is now kept of them. A source of which one file
 * fails keeps what it had; the others are still pulled, and a PullError tells of all that failed. Throws a SettingsError,
 * before anything is asked, where the environment lacks a variable.
 */
export async function pullSources({pulls, path, timeZone}: Pick<Settings, "pulls" | "path" | "timeZone">, effects: PullEffects): Promise<Pulled[]> {
  const day = localDay(effects.now, timeZone);
  const pulled: Pulled[] = [];
  const failed: string[] = [];
  for (const pull of preparePulls(pulls, effects.environment, relative(process.cwd(), path) || path)) {
    try {
      pulled.push(await pullSource(pull, day, timeZone, effects));
    } catch (error) {
      if (!(error instanceof PullFailure)) throw error;
      failed.push(error.message);
    }
  }
  if (failed.length > 0) throw new PullError(failed.join("\n"), pulled);
  return pulled;
}

/** A source could not be pulled; the message is without secrets. */
class PullFailure extends Error {}

async function pullSource(pull: ReadyPull, day: string, timeZone: string, effects: PullEffects): Promise<Pulled> {
  const {source, folder, keepDays} = pull;
  const aside = await onDisk(pull, () => beginExport(folder));
  try {
    const files: PulledFile[] = [];
    for (const file of pull.files) files.push(await pullFile(file, aside, pull, effects));
    const record = {source, pulled_at: effects.now, time_zone: timeZone, files: files.map((one, k) => ({...one, from: pull.mask(pull.files[k]!.shown)}))};
    return await onDisk(pull, async () => {
      await writeFile(join(aside, pullRecord), `${JSON.stringify(record, null, 1)}\n`, {flush: true} as object);
      const place = await keepExport(aside, folder, day);
      if (keepDays !== null) await pruneExports(folder, keepDays, day);
      return {source, day, folder: place, files};
    });
  } finally {
    await rm(aside, {recursive: true, force: true});
  }
}

async function pullFile(file: ReadyFile, aside: string, pull: ReadyPull, {environment, progress, timing}: PullEffects): Promise<PulledFile> {
  const {name, url, headers, command = []} = file;
  const {source, mask, silenceLimit: silence} = pull;
  const path = join(aside, name);
  let tries = 1;
  const tell = (fault: PullFault, wait: number) => {
    tries++;
    progress(`pulling: ${source}, ${name} ${mask(fault.message)}; again in ${duration(wait)}`);
  };
  progress(`pulling: ${source}, ${name}`);
  try {
    const saved = url ? await fetchFile(path, {...pull, url, headers, silence, tell, ...(timing && {timing})}) : {...(await runCommand(command, path, {...pull, environment})), tries};
    return {file: name, bytes: saved.bytes, sha256: saved.sha256, tries: saved.tries};
  } catch (error) {
    throw failure(faultOf(error), pull, file, tries);
  }
}

async function onDisk<T>(pull: ReadyPull, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failure(new PullFault("disk", {said: (error as Error).message}), pull);
  }
}

function failure(fault: PullFault, {source, folder, mask}: ReadyPull, file?: ReadyFile, tries = 1): PullFailure {
  const last = keptDays(folder).at(-1);
  const place = relative(process.cwd(), folder);
  const kept = last === undefined ? "Nothing was kept, and nothing is kept from before." : `Nothing of this pull was kept; the newest export is still that of ${last} in ${place.startsWith("..") ? folder : place}.`;
  const what = file ? `${file.name} could not be pulled from ${file.shown}` : "the export could not be kept";
  const counted = tries > 1 ? ` (after ${tries} tries)` : "";
  return new PullFailure(mask([`source ${source}: ${what}`, `  It ${fault.message}${counted}`, `  ${remedy(fault, file?.variables ?? [])} ${kept}`].join("\n")));
}
