// What stands between built data and a published report: the checks of the build and those of this run.

import {join} from "node:path";
import {readFile} from "node:fs/promises";
import {z} from "zod";
import {keyOf, type CheckRules, type LastRun} from "../quality/define.js";
import {checksOfRun, sorted} from "../quality/runChecks.js";
import {reportFile} from "../site/publish.js";
import type {Grade, Manifest, QualityCheck} from "../../src/query/manifest.js";

/** Thrown before anything is published: a check of grade stop has failed. */
export class GateError extends Error {
  override readonly name = "GateError";
  readonly manifest: Manifest;
  readonly judged: Judged;

  constructor(manifest: Manifest, judged: Judged) {
    super(`${judged.stopped.length === 1 ? "A check" : `${judged.stopped.length} checks`} of grade stop failed.`);
    this.manifest = manifest;
    this.judged = judged;
  }
}

export interface Judged {
  /** The checks of the build and of this run, failed ones first. */
  readonly checks: readonly QualityCheck[];
  /** Those that refuse the report. */
  readonly stopped: readonly QualityCheck[];
  /** Failed now and not at the last run. Checks of the run itself (rows against the last one, the clock) are new whenever they fail. */
  readonly fresh: readonly QualityCheck[];
  /** Whether there is an earlier site to compare with; without one whatever fails is new. */
  readonly compared: boolean;
}

const lastRun = z.object({
  asOf: z.string(),
  sources: z.array(z.object({source: z.string(), table: z.string(), rows: z.number()})),
  failed: z.array(z.string())
});

/** Returns what the site in the folder says of itself; null where there is none, or one older than checks. */
export async function readLastRun(out: string): Promise<LastRun | null> {
  try {
    return lastRun.parse(JSON.parse(await readFile(join(out, reportFile), "utf8")));
  } catch {
    return null;
  }
}

export interface JudgeOptions {
  readonly rules: CheckRules;
  readonly last: LastRun | null;
  /** Day of the report's zone on which the command runs; null where age by the clock says nothing. */
  readonly today: string | null;
}

/** Returns what the checks make of the build. A report of a set day, or of a made-up company, has no age by the clock. */
export function judge({quality, files, fed, asOf, asOfRule, currency, fictional}: Manifest, {rules, last, today}: JudgeOptions): Judged {
  const {checks, freshness, reconcile} = quality ?? {checks: [], freshness: [], reconcile: []};
  const run = {last, today: asOfRule === "newest" && !fictional ? today : null};
  const ofRun = checksOfRun({fed, files, freshness, reconcile, findings: [], asOf, currency, newestStamp: null, run}, rules);
  const all = sorted([...checks, ...ofRun]);
  const failed = all.filter(({status}) => status === "failed");
  const before = new Set(last?.failed);
  return {checks: all, stopped: failed.filter(({grade}) => grade === "stop"), fresh: failed.filter((check) => ofRun.includes(check) || !before.has(keyOf(check))), compared: last !== null};
}

const grades: readonly Grade[] = ["stop", "warn", "note"];

/** Returns whether a grade is at least as bad as another. */
export const atLeast = (grade: Grade, least: Grade): boolean => grades.indexOf(grade) <= grades.indexOf(least);
