// Which rows are measured together, in the order in which a bench runs them.

import {performance} from "node:perf_hooks";
import {benchBuild, benchMetrics, benchRebuild} from "./build.bench.js";
import {benchCohorts, benchOrderLog} from "./cohort.bench.js";
import {benchFilters} from "./filters.bench.js";
import {benchFunnel} from "./funnel.bench.js";
import {fullScale} from "./options.js";
import {benchPage, benchSize} from "./page.bench.js";
import type {Outcome, TargetId} from "./target.js";
import type {Workshop} from "./workshop.js";

export interface Family {
  readonly of: readonly TargetId[];
  readonly bench: (workshop: Workshop) => Promise<Outcome[]>;
}

const tenMillion: Outcome = {target: "P12", reason: `the sample generator ends at scale ${fullScale}, a million opportunities`};

export const families: readonly Family[] = [
  {of: ["P1", "P2", "P3"], bench: benchPage},
  {of: ["P11"], bench: benchSize},
  {of: ["P4", "P5", "P6", "P8"], bench: async (workshop) => [...(await benchFilters(workshop)), ...(await benchFunnel(workshop)), ...(await benchCohorts(workshop))]},
  {of: ["P7"], bench: async (workshop) => [...(await benchBuild(workshop)), ...(await benchOrderLog(workshop))]},
  {of: ["P9"], bench: benchMetrics},
  {of: ["P10"], bench: benchRebuild},
  {of: ["P12"], bench: async () => [tenMillion]}
];

/** Runs one family for the wanted targets; what it throws becomes the reason why its rows were not run. */
export async function measure({of, bench}: Family, only: readonly TargetId[], workshop: Workshop): Promise<Outcome[]> {
  const wanted = of.filter((id) => only.includes(id));
  if (wanted.length === 0) return [];
  const start = performance.now();
  workshop.log(`measuring ${wanted.join(", ")}`);
  try {
    return (await bench(workshop)).filter(({target}) => wanted.includes(target));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return wanted.map((target, place) => ({target, reason: place === 0 ? reason : `as ${wanted[0]}`}));
  } finally {
    workshop.log(`measured ${wanted.join(", ")} in ${((performance.now() - start) / 1000).toFixed(0)} s`);
  }
}
