// Exports to marts, once: the whole build of a report's data, readable top to bottom.

import {mkdir, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {loadMessages} from "../src/format/messages.js";
import {idsOf, type Manifest, type MartInfo} from "../src/query/manifest.js";
import {asOfDay} from "./build/asOf.js";
import {settleTargets} from "./build/settleTargets.js";
import {beginBuild, findBuild, keepBuild, mayHaveBuild, pruneBuilds} from "./build/buildCache.js";
import {findInputs, type BuildInputs} from "./build/buildHash.js";
import {intake} from "./canonical/intake.js";
import {payingCubes, writeCubes, type CubeRule} from "./cubes.js";
import {writeCohortTallies} from "./cohortTallies.js";
import {writeWalks} from "./funnelWalks.js";
import {createManifest} from "./manifest.js";
import {runMarts, type Mart} from "./marts.js";
import {mostMemory, openNative, readManifest, type Native} from "./native.js";
import {writeMart, writeRecordIds} from "./parquet.js";
import {shareable} from "./privacy/shareable.js";
import {createVeil} from "./privacy/veil.js";
import {assess} from "./quality/assess.js";
import {hygiene} from "./quality/hygiene/hygiene.js";
import {rejectSamples} from "./quality/rejectSamples.js";
import {reconcile} from "./quality/reconcile/reconcile.js";
import {writeRejects} from "./build/rejects.js";
import type {Settings} from "./settings.js";
import {stopwatch, type Stopwatch} from "./build/stopwatch.js";
import {projectFolder} from "./project.js";

export type PipelineStep = "hash" | "read" | "marts" | "check" | "write";

export interface PipelineEffects {
  /** Told when a step begins, and within it what is at hand: a file, a mart. */
  readonly step: (step: PipelineStep, detail?: string) => void;
  /** Milliseconds since any fixed moment; only for timings.json. */
  readonly clock: () => number;
  /** Folder of finished builds. */
  readonly cache: string;
  /** Upper bound of the engine's memory, "1300MB"; what does not fit goes to disk. */
  readonly memory: string;
  /** Upper bound for a single statement that cannot do with that: rather a larger build than none. */
  readonly most: string;
  /** When counting beforehand pays; the published default is not to be changed but by tests and measurements. */
  readonly cubes: CubeRule;
}

export const defaultEffects: PipelineEffects = {
  step: () => {},
  clock: () => performance.now(),
  cache: join(projectFolder, "node_modules/.cache/quarterdeck/builds"),
  memory: "1300MB",
  most: mostMemory,
  cubes: payingCubes
};

/** A finished build: `marts/*.parquet`, `hygiene/*.csv`, `manifest.json`, `rejects.csv` (cells as exported; never published), `timings.json`. */
export interface Built {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Nothing had changed: an earlier build was found. */
  readonly cached: boolean;
}

/**
 * Returns the build of a report's data; an earlier one where settings, exports and code are the same to the byte.
 * Throws a SettingsError or an IntakeError where the exports cannot be read as the settings say.
 */
export async function runPipeline(settings: Settings, effects: Partial<PipelineEffects> = {}): Promise<Built> {
  const using = {...defaultEffects, ...effects};
  const timings = stopwatch(using.clock);
  using.step("hash");
  const inputs = await findInputs(settings, using.cubes === payingCubes ? [] : [JSON.stringify(using.cubes)]);
  if (await mayHaveBuild(using.cache, inputs.sizes)) {
    const found = await findBuild(using.cache, await timings.time("hash", () => inputs.hash()));
    if (found) return {folder: found, manifest: await readManifest(found), cached: true};
  }
  const aside = await beginBuild(using.cache);
  try {
    const manifest = await build(settings, aside, {inputs, timings, effects: using});
    const folder = await keepBuild(aside, using.cache, manifest.hash);
    await pruneBuilds(using.cache);
    return {folder, manifest, cached: false};
  } finally {
    inputs.stop();
    await rm(aside, {recursive: true, force: true});
  }
}

interface Building {
  readonly inputs: BuildInputs;
  readonly timings: Stopwatch;
  readonly effects: PipelineEffects;
}

async function build(settings: Settings, folder: string, {inputs, timings, effects}: Building): Promise<Manifest> {
  const {timeZone, currency} = settings;
  const spill = join(folder, "spill");
  const native = await openNative({memory: effects.memory, most: effects.most, spill});
  try {
    effects.step("read");
    // The engine reads in threads of its own: hashing beside it costs hardly any time.
    const hashing = inputs.hash();
    hashing.catch(() => {});
    const read = await timings.time("read", () => intake(settings, native, {progress: (file) => effects.step("read", file), digest: inputs.digest}));
    const hash = await timings.time("hash", () => hashing);
    await inputs.assertUnchanged();
    const asOf = asOfDay(settings, read.newestStamp, read.fed, read.newestExport);

    const word = (await loadMessages(settings.language))["dimension.owner"]!;
    const veil = await createVeil(native, {privacy: settings.privacy, fed: read.fed, custom: read.custom, word});
    await veil.lower();
    effects.step("marts");
    // What nobody measured is no more for everybody to see than what costs are.
    const assumed = settings.crmGain && settings.privacy.audience !== "public" ? ["assumption.crm_gain"] : [];
    const marts = await timings.time("marts", () =>
      runMarts(native, {asOf, timeZone, currency, fed: [...read.fed, ...assumed], custom: veil.custom, health: settings.health, crmGain: settings.crmGain, points: settings.activityPoints, bands: settings.bands, ownerCredit: settings.ownerCredit, graceDays: settings.graceDays, loss: settings.loss, observedFrom: settings.observedFrom, calendar: settings.calendar, hours: settings.businessHours})
    );
    await settleTargets(native, {asOf, currency}, () =>
      createManifest(native, {settings, asOf, fed: veil.fed, files: [], marts, written: marts.map(({name, grain, columns}) => ({name, grain, columns, rows: 0, bytes: 0, sha256: ""})), hash}));
    effects.step("write");
    const written = await timings.time("write", () => writeMarts(native, marts, join(folder, "marts"), effects));
    // An id is not personal, and leads nobody anywhere who may not open the CRM; a public report names no record all the same.
    const about = settings.privacy.audience === "public" ? [] : marts.flatMap(({name, about}) => (about ? [{mart: name, ...about}] : []));
    await timings.time("write", async () => {
      for (const ids of about) await writeRecordIds(native, ids, join(folder, "marts", `${idsOf(ids.mart)}.parquet`));
    });
    const described = await timings.time("manifest", () =>
      createManifest(native, {settings, asOf, fed: [...veil.fed, ...assumed], withheld: veil.withheld, files: read.files, marts, written, hash})
    );
    const cubes = await timings.time("cubes", () => writeCubes(native, described, join(folder, "marts"), effects.cubes));
    const {walks, tallies, paces} = await timings.time("walks", () => writeWalks(native, described, join(folder, "marts"), effects.cubes));
    const cohortTallies = await timings.time("walks", () => writeCohortTallies(native, described, join(folder, "marts"), effects.cubes));
    effects.step("check");
    await veil.lift();
    const totals = settings.reconcile ? await timings.time("reconcile", () => reconcile(native, {settings: settings.reconcile!, manifest: described, folder: join(folder, "marts"), marts})) : [];
    const quality = shareable(await timings.time("check", () => assess(native, {settings, read, asOf, reconcile: totals, published: described})), settings.privacy);
    await veil.lower();
    // A public report names no record.
    const records = settings.privacy.audience === "public" ? {} : {
      hygiene: await timings.time("hygiene", () => hygiene(native, {asOf, currency, fed: veil.fed, folder: join(folder, "hygiene"), uncontactedHours: settings.uncontactedHours})),
      rejects: await rejectSamples(native, read.custom)
    };
    const manifest = {...described, ...(about.length > 0 && {records: Object.fromEntries(about.map(({mart, table}) => [mart, table]))}), quality: {...quality, ...records}, cubes, walks, tallies, paces, cohortTallies};
    await writeRejects(native, join(folder, "rejects.csv"));
    await writeFile(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
    await writeFile(join(folder, "timings.json"), `${JSON.stringify(timings.times(), null, 1)}\n`);
    return manifest;
  } finally {
    native.close();
    await rm(spill, {recursive: true, force: true});
  }
}

async function writeMarts(native: Native, marts: readonly Mart[], folder: string, {step}: PipelineEffects): Promise<MartInfo[]> {
  await mkdir(folder);
  const written: MartInfo[] = [];
  for (const mart of marts) {
    step("write", mart.name);
    written.push(await writeMart(native, mart, join(folder, `${mart.name}.parquet`)));
  }
  return written;
}
