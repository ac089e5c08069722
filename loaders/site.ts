// Settings in, a site in a folder out: pipeline, bake, Framework, policy, swap. Nothing of an older site is touched
// before the new one is whole.

import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {mkdir, readdir, readFile, rm, stat, writeFile} from "node:fs/promises";
import {dirname, join, resolve} from "node:path";
import {bake, type BakeResult} from "./bake.js";
import {bundleScripts} from "./site/bundle.js";
import {buildPages} from "./site/framework.js";
import {defaultEffects as pipelineEffects, runPipeline, type PipelineEffects, type PipelineStep} from "./pipeline.js";
import {finishPage} from "./site/policy.js";
import {assertReplaceable, publish, recover, reportFile} from "./site/publish.js";
import type {Settings} from "./settings.js";
import {openWorkspace} from "./site/workspace.js";
import type {DataWarning, Manifest} from "../src/query/manifest.js";

export type SiteStep = PipelineStep | "recover" | "bake" | "pages" | "publish";

export interface SiteEffects {
  /** Told when a step begins, with what it is about. */
  readonly step: (step: SiteStep, detail?: string) => void;
  readonly warn: (warning: DataWarning) => void;
  readonly pipeline: Partial<PipelineEffects>;
}

export const defaultEffects: SiteEffects = {step: () => {}, warn: () => {}, pipeline: {}};

/** A build that failed after the data was ready: Framework, a page's policy, the swap. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

export interface BuiltSite {
  readonly out: string;
  readonly manifest: Manifest;
  readonly baked: BakeResult;
  /** The data had been built before: nothing in exports, settings and code had changed. */
  readonly cached: boolean;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Builds the report and puts it at `out`. Throws what the settings, the intake or the pages are refused for; then, and
 * when the process is killed at any point, `out` holds what it held before.
 */
export async function buildSite(settings: Settings, {out}: {readonly out: string}, effects: Partial<SiteEffects> = {}): Promise<BuiltSite> {
  const {step, warn, pipeline} = {...defaultEffects, ...effects};
  await assertReplaceable(out);
  for (const done of await recover(out)) step("recover", done);
  const {folder, manifest, cached} = await runPipeline(settings, {...pipelineEffects, ...pipeline, step, warn});
  return {cached, ...(await buildSiteOf(folder, manifest, out, step))};
}

/** Builds the site of a finished data build: what buildSite does after the pipeline. */
export async function buildSiteOf(built: string, manifest: Manifest, out: string, step: SiteEffects["step"] = () => {}): Promise<Omit<BuiltSite, "cached">> {
  const workspace = await openWorkspace();
  try {
    step("bake");
    const report = join(workspace.folder, "report");
    const baked = await bake({root: workspace.root, built, report});
    step("pages");
    await buildPages(workspace, report, manifest.asOf).catch(asBuildError);
    const renamed = await bundleScripts(workspace.output).catch(asBuildError);
    await finishPages(workspace.output, manifest, renamed).catch(asBuildError);
    await writeReportFile(workspace.output, manifest);
    await workspace.keepBundles();
    const {files, bytes} = await weigh(workspace.output);
    step("publish", out);
    await publish(workspace.output, out);
    return {out: resolve(out), manifest, baked, files, bytes};
  } finally {
    await workspace.remove();
  }
}

/** Finishes every page, and removes the sheets that then stand in them. */
async function finishPages(site: string, {locale}: Manifest, renamed: ReadonlyMap<string, string>): Promise<void> {
  const inlined = new Set<string>();
  for (const file of await readdir(site, {recursive: true})) {
    if (!file.endsWith(".html")) continue;
    const path = join(site, file);
    const html = await readFile(path, "utf8");
    const readSheet = (href: string) => {
      const sheet = join(dirname(path), href);
      inlined.add(sheet);
      return readFileSync(sheet, "utf8");
    };
    try {
      await writeFile(path, finishPage(html, {lang: locale, readSheet, renamed}));
    } catch (error) {
      throw new Error(`${file}: ${(error as Error).message}`, {cause: error});
    }
  }
  for (const sheet of inlined) await rm(sheet);
}

/** What the site was made from, and a hash of every file: for monitoring, and the mark of a folder that may be replaced. */
async function writeReportFile(site: string, {title, asOf, hash, files}: Manifest): Promise<void> {
  const hashes: Record<string, string> = {};
  for (const file of (await filesIn(site)).sort()) hashes[file] = createHash("sha256").update(await readFile(join(site, file))).digest("hex");
  const sources = files.map(({source, file, sha256, rows, kept}) => ({source, file, sha256, rows, kept}));
  await mkdir(site, {recursive: true});
  await writeFile(join(site, reportFile), `${JSON.stringify({generator: "quarterdeck", title, asOf, hash, sources, files: hashes}, null, 1)}\n`);
}

async function weigh(site: string): Promise<{files: number; bytes: number}> {
  const files = await filesIn(site);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(site, file))).size));
  return {files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0)};
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll("\\", "/"));
}

function asBuildError(error: Error): never {
  throw new BuildError(error.message, {cause: error});
}
