// The sample's folder: made when it is asked for, replaced as a whole or not at all.

import {randomBytes} from "node:crypto";
import {readFile, readdir, rename, rm} from "node:fs/promises";
import {basename, dirname, join, resolve} from "node:path";
import {escapeRegExp} from "../../src/format/escapeRegExp.js";
import {isRunning} from "../build/isRunning.js";
import {defaultSampleEffects, defaultSeed, generateSample, generatorVersion, type SampleEffects, type SampleLedger, type SampleOptions} from "./generate.js";

/**
 * Makes the sample of scale 1 in a folder unless this generator made what is there. Returns its ledger, and whether
 * anything was written. Two runs at once do no harm: each writes beside the folder and renames.
 */
export async function ensureSample(folder: string, effects: SampleEffects = defaultSampleEffects): Promise<{ledger: SampleLedger; made: boolean}> {
  const ledger = await readLedger(folder);
  if (ledger?.generator === (await generatorVersion())) return {ledger, made: false};
  effects.log(ledger ? `sample: the generator has changed; making ${folder} again` : `sample: making the sample company in ${folder}`);
  return {ledger: await replaceSample({out: folder}, effects), made: true};
}

/**
 * Generates a sample beside its folder, then puts it in the folder's place. Refuses to replace a folder that holds
 * anything but a sample.
 */
export async function replaceSample(options: SampleOptions, effects: SampleEffects = defaultSampleEffects): Promise<SampleLedger> {
  const folder = resolve(options.out);
  await refuseForeign(folder);
  await sweep(folder);
  const mark = `${process.pid}-${randomBytes(4).toString("hex")}`;
  const aside = join(dirname(folder), `${basename(folder)}.making-${mark}`);
  const old = join(dirname(folder), `${basename(folder)}.old-${mark}`);
  try {
    const ledger = await generateSample({scale: 1, seed: defaultSeed, ...options, out: aside}, effects);
    await rename(folder, old).catch(ignoreMissing);
    await rename(aside, folder).catch(async (error: NodeJS.ErrnoException) => {
      const other = await readLedger(folder);
      if (other?.generator !== ledger.generator || other.scale !== ledger.scale || other.seed !== ledger.seed) throw error;
    });
    return ledger;
  } finally {
    await rm(aside, {recursive: true, force: true});
    await rm(old, {recursive: true, force: true});
  }
}

/** Drops what a killed run left beside the folder. */
async function sweep(folder: string): Promise<void> {
  const left = new RegExp(`^${escapeRegExp(basename(folder))}\\.(making|old)-(\\d+)-[0-9a-f]{8}$`);
  for (const name of (await readdir(dirname(folder)).catch(ignoreMissing)) ?? []) {
    const pid = left.exec(name)?.[2];
    if (pid && !isRunning(Number(pid))) await rm(join(dirname(folder), name), {recursive: true, force: true});
  }
}

async function readLedger(folder: string): Promise<SampleLedger | undefined> {
  const text = await readFile(join(folder, "sample.json"), "utf8").catch(ignoreMissing);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as SampleLedger);
  } catch {
    return undefined;
  }
}

async function refuseForeign(folder: string): Promise<void> {
  const names = await readdir(folder).catch(ignoreMissing);
  const foreign = names?.filter((name) => !["sample.json", "salesforce", "other"].includes(name)) ?? [];
  if (foreign.length) throw new Error(`sample: ${folder} holds ${foreign.slice(0, 3).join(", ")}, which is not of a sample. Name another folder with --out, or empty this one.`);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
