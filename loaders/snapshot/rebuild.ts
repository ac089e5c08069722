// A month's report from its inputs: data, values, pages. What freezes a month and what proves one build alike.

import {join} from "node:path";
import type {Metric} from "../../src/metrics/define.js";
import {catalogueOf} from "../../src/query/catalogue.js";
import type {Manifest} from "../../src/query/manifest.js";
import {mostMemory, openBuilt} from "../native.js";
import {runPipeline, type PipelineEffects, type PipelineStep} from "../pipeline.js";
import {scanMarts} from "../privacy/scan.js";
import {publishedPersonal} from "../privacy/settings.js";
import {GateError, judge} from "../report/gate.js";
import {readSettings, type SettingsOverrides} from "../settings.js";
import type {Environment} from "../settings/reading.js";
import {buildSiteOf, type SiteStep} from "../site.js";
import {settingsName, readOverrides} from "./inputs.js";
import {publishedValues, type Published} from "./values.js";

export interface RebuildEffects {
  readonly step: (step: PipelineStep | SiteStep | "values" | "compare" | "keep", detail?: string) => void;
  readonly environment: Environment;
  readonly pipeline: Partial<PipelineEffects>;
  /** Builds the pages of a finished data build into a folder. */
  readonly pages: (built: string, manifest: Manifest, out: string, options: {readonly allow: readonly string[]; readonly step: (step: SiteStep, detail?: string) => void}) => Promise<void>;
  /** All metrics of a report. */
  readonly catalogue: (manifest: Manifest) => readonly Metric[];
}

export const rebuildDefaults: RebuildEffects = {
  step: () => {},
  environment: process.env,
  pipeline: {},
  pages: async (built, manifest, out, {allow, step}) => void (await buildSiteOf(built, manifest, out, {step, allow, seen: true})),
  catalogue: catalogueOf
};

export interface RebuiltData {
  /** Folder of the data build. */
  readonly built: string;
  readonly manifest: Manifest;
}

/** Builds the data of the inputs in the folder; `more` stands in place of further keys of the settings. Throws what readSettings and runPipeline throw. */
export async function rebuildData(inputs: string, {step, environment, pipeline}: RebuildEffects, more: SettingsOverrides = {}): Promise<RebuiltData & {readonly settings: Awaited<ReturnType<typeof readSettings>>}> {
  const settings = await readSettings(join(inputs, settingsName), {...(await readOverrides(inputs)), ...more}, environment);
  const {folder, manifest} = await runPipeline(settings, {...pipeline, step});
  return {built: folder, manifest, settings};
}

/** Builds data, values and pages of the inputs in the folder; the pages come to `site`. Throws a GateError where a check of grade stop fails. */
export async function rebuildMonth(inputs: string, site: string, effects: RebuildEffects): Promise<RebuiltData & {readonly published: Published}> {
  const {built, manifest, settings} = await rebuildData(inputs, effects);
  const judged = judge(manifest, {rules: settings.checks, last: null, today: null});
  if (judged.stopped.length > 0) throw new GateError(manifest, judged);
  effects.step("values");
  const published = await valuesOf({built, manifest}, effects);
  effects.step("scan");
  const allow = await scanMarts(join(built, "marts"), {allow: settings.privacy.allow, published: publishedPersonal(settings.privacy, settings.sources)});
  await effects.pages(built, manifest, site, {allow, step: effects.step});
  return {built, manifest, published};
}

/** Returns the values of a data build. */
export async function valuesOf({built, manifest}: RebuiltData, {catalogue}: Pick<RebuildEffects, "catalogue">): Promise<Published> {
  const {run, close} = await openBuilt(built, {memory: "1300MB", most: mostMemory});
  try {
    return await publishedValues({manifest, run, catalogue: catalogue(manifest)});
  } finally {
    close();
  }
}
