// Settings in, a site in a folder out: pipeline, bake, Framework, policy, swap. Nothing of an older site is touched
// before the new one is whole.

import {createHash} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";
import {mkdir, readdir, readFile, rename, rm, stat, writeFile} from "node:fs/promises";
import {dirname, join, resolve} from "node:path";
import {bake, type BakeResult} from "./bake.js";
import {filesIn} from "./build/filesIn.js";
import {bundleScripts} from "./site/bundle.js";
import {buildPages} from "./site/framework.js";
import {defaultEffects as pipelineEffects, runPipeline, type PipelineEffects, type PipelineStep} from "./pipeline.js";
import {GateError, judge, readLastRun, type Judged} from "./report/gate.js";
import {keyOf} from "./quality/define.js";
import {scanMarts, scanSite} from "./privacy/scan.js";
import {publishedPersonal} from "./privacy/settings.js";
import {finishPage} from "./site/policy.js";
import {assertReplaceable, publish, recover, reportFile} from "./site/publish.js";
import {hashSite} from "./site/siteHash.js";
import {trimSiteEngine} from "./site/trimEngine.js";
import type {Settings} from "./settings.js";
import {makeFeed} from "./digest/makeFeed.js";
import {keptMonths, markOf, type KeptMonths} from "./snapshot/archive.js";
import {isOfMonth, placeMonths} from "./snapshot/place.js";
import {openWorkspace} from "./site/workspace.js";
import {loadMessages} from "../src/format/messages.js";
import type {Manifest} from "../src/query/manifest.js";

export type SiteStep = PipelineStep | "recover" | "bake" | "pages" | "scan" | "publish";

export interface SiteEffects {
  /** Told when a step begins, with what it is about. */
  readonly step: (step: SiteStep, detail?: string) => void;
  readonly pipeline: Partial<PipelineEffects>;
  /** Day of the report's zone on which it is built; null where nobody asks for age by the clock. */
  readonly today: string | null;
}

export const defaultEffects: SiteEffects = {step: () => {}, pipeline: {}, today: null};

/** A build that failed after the data was ready: Framework, a page's policy, the swap. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

export interface BuiltSite {
  readonly out: string;
  readonly manifest: Manifest;
  /** What was baked; undefined where the site was left as it is. */
  readonly baked: BakeResult | undefined;
  /** Nothing had changed, in the data, the pages, the code or the site itself: it was left as it is. */
  readonly unchanged: boolean;
  /** The data had been built before: nothing in exports, settings and code had changed. */
  readonly cached: boolean;
  /** What the checks made of the data. */
  readonly judged: Judged;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Builds the report and puts it at `out`. Throws what the settings, the intake or the pages are refused for, and a
 * GateError where a check of grade stop fails; then, and
 * when the process is killed at any point, `out` holds what it held before.
 */
export async function buildSite(settings: Settings, {out}: {readonly out: string}, effects: Partial<SiteEffects> = {}): Promise<BuiltSite> {
  const {step, pipeline, today} = {...defaultEffects, ...effects};
  await assertReplaceable(out);
  for (const done of await recover(out)) step("recover", done);
  const {folder, manifest, cached} = await runPipeline(settings, {...pipelineEffects, ...pipeline, step});
  const judged = judge(manifest, {rules: settings.checks, last: await readLastRun(resolve(out)), today});
  if (judged.stopped.length > 0) throw new GateError(manifest, judged);
  const months = await keptMonths(settings.snapshots.store);
  const feed = settings.digest.url === null || months.snapshots.length === 0 ? undefined : await makeFeed(months.snapshots, settings);
  const site = await hashSite(manifest, undefined, `${markOf(months)}${feed ?? ""}`);
  if (await isSite(resolve(out), reportText(manifest, site, await hashesOf(resolve(out))))) {
    return {out: resolve(out), manifest, baked: undefined, unchanged: true, cached, judged, ...(await weigh(resolve(out)))};
  }
  step("scan");
  const allow = await scanMarts(join(folder, "marts"), {allow: settings.privacy.allow, published: publishedPersonal(settings.privacy, settings.sources)});
  return {cached, judged, ...(await buildSiteOf(folder, manifest, out, {step, site, allow, seen: true, months, ...(feed !== undefined && {feed})}))};
}

/** Where Framework would put them. */
const martFolder = "_file/data/marts";

/** Whether the folder's report file is the one that a build of it would write now: files, hashes, sources, everything. */
const isSite = async (folder: string, report: string): Promise<boolean> => report === (await readFile(join(folder, reportFile), "utf8").catch(() => undefined));

export interface SiteOptions {
  readonly step?: SiteEffects["step"];
  /** Hash of all that the site depends on, where the caller has it. */
  readonly site?: string;
  /** E-mail addresses and telephone numbers that may stand in the site. */
  readonly allow?: readonly string[];
  /** Frozen months that are served beside it; absent in a site that is frozen itself. */
  readonly months?: KeptMonths;
  /** The Atom feed of the months, where the settings name the report's address. */
  readonly feed?: string;
  /** The marts have been looked through: their files in the site hold the same rows. */
  readonly seen?: boolean;
}

/** Builds the site of a finished data build: what buildSite does after the pipeline. Throws a PrivacyError where it would publish what looks personal. */
export async function buildSiteOf(built: string, manifest: Manifest, out: string, {step = () => {}, site: hash, months, feed, allow = [], seen = false}: SiteOptions = {}): Promise<Omit<BuiltSite, "cached" | "judged">> {
  const site = hash ?? (await hashSite(manifest, undefined, months && markOf(months)));
  const workspace = await openWorkspace();
  try {
    if (!months) await rm(join(workspace.root, "snapshots"), {recursive: true, force: true});
    step("bake");
    const report = join(workspace.folder, "report");
    const baked = await bake({root: workspace.root, built, report, ...(months && {archive: months.archive})});
    step("pages");
    await buildPages(workspace, report, manifest.asOf).catch(asBuildError);
    await placeMarts(join(report, "marts"), join(workspace.output, martFolder));
    await trimSiteEngine(workspace.output).catch(asBuildError);
    const renamed = await bundleScripts(workspace.output).catch(asBuildError);
    await finishPages(workspace.output, manifest, renamed).catch(asBuildError);
    if (months) await placeMonths(workspace.output, months, {locale: manifest.locale, messages: await loadMessages(manifest.locale)}).catch(asBuildError);
    if (feed !== undefined) await writeFile(join(workspace.output, "snapshots/feed.xml"), feed);
    await writeFile(join(workspace.output, reportFile), reportText(manifest, site, await hashesOf(workspace.output)));
    step("scan");
    await scanSite(workspace.output, allow, (file) => (seen && file.startsWith(`${martFolder}/`)) || isOfMonth(file));
    await workspace.keepBundles();
    const {files, bytes} = await weigh(workspace.output);
    step("publish", out);
    await publish(workspace.output, out);
    return {out: resolve(out), manifest, baked, unchanged: false, files, bytes};
  } finally {
    await workspace.remove();
  }
}

/** Pages find the marts by report.json, beside the answers that Framework has placed: it would read each through the archive of all. */
async function placeMarts(from: string, to: string): Promise<void> {
  await mkdir(to, {recursive: true});
  for (const file of await readdir(from)) await rename(join(from, file), join(to, file));
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

/**
 * Returns report.json: what the site was made from, which checks failed, and a hash of every file. It is for monitoring, and the mark of a
 * folder that may be replaced. `site` is the hash of all that the site depends on.
 */
function reportText({title, asOf, hash, files, quality}: Manifest, site: string, hashes: Readonly<Record<string, string>>): string {
  const sources = files.map(({source, table, file, sha256, rows, kept}) => ({source, table, file, sha256, rows, kept}));
  const failed = (quality?.checks ?? []).filter(({status}) => status === "failed").map(keyOf);
  return `${JSON.stringify({generator: "quarterdeck", title, asOf, hash, site, sources, failed, files: hashes}, null, 1)}\n`;
}

/** Returns the SHA-256 of every file in the folder but the report file, by path; none where there is no folder. */
async function hashesOf(folder: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  if (!existsSync(folder)) return hashes;
  for (const file of await filesIn(folder)) {
    if (file !== reportFile) hashes[file] = createHash("sha256").update(await readFile(join(folder, file))).digest("hex");
  }
  return hashes;
}

async function weigh(site: string): Promise<{files: number; bytes: number}> {
  const files = await filesIn(site);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(site, file))).size));
  return {files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0)};
}

function asBuildError(error: Error): never {
  throw new BuildError(error.message, {cause: error});
}
