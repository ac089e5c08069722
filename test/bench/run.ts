// npm run bench: measures the rows of the target table, each beside the row it is compared with.

import {writeFile} from "node:fs/promises";
import {cpus, totalmem} from "node:os";
import {performance} from "node:perf_hooks";
import {benchBuild, benchMetrics, benchRebuild} from "./build.bench.js";
import {benchFilters} from "./filters.bench.js";
import {fullScale, readOptions} from "./options.js";
import {benchPage, benchSize} from "./page.bench.js";
import {outcomesJson, printOutcomes} from "./table.js";
import {targets, type Outcome, type TargetId} from "./target.js";
import {openWorkshop, type Workshop} from "./workshop.js";

interface Family {
  readonly of: readonly TargetId[];
  readonly bench: (workshop: Workshop) => Promise<Outcome[]>;
}

const tenMillion: Outcome = {target: "P12", reason: `the sample generator ends at scale ${fullScale}, a million opportunities`};

const families: readonly Family[] = [
  {of: ["P1", "P2", "P3"], bench: benchPage},
  {of: ["P11"], bench: benchSize},
  {of: ["P4", "P5", "P6", "P8"], bench: benchFilters},
  {of: ["P7"], bench: benchBuild},
  {of: ["P9"], bench: benchMetrics},
  {of: ["P10"], bench: benchRebuild},
  {of: ["P12"], bench: async () => [tenMillion]}
];

/** Runs one family; what it throws becomes the reason why its rows were not run. */
async function measure({of, bench}: Family, only: readonly TargetId[], workshop: Workshop): Promise<Outcome[]> {
  const wanted = of.filter((id) => only.includes(id));
  if (wanted.length === 0) return [];
  const start = performance.now();
  workshop.log(`measuring ${wanted.join(", ")}`);
  try {
    return (await bench(workshop)).filter(({target}) => wanted.includes(target));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return wanted.map((target) => ({target, reason}));
  } finally {
    workshop.log(`measured ${wanted.join(", ")} in ${((performance.now() - start) / 1000).toFixed(0)} s`);
  }
}

const options = readOptions(process.argv.slice(2));
const workshop = openWorkshop(options);
const outcomes: Outcome[] = [];
try {
  for (const family of families) outcomes.push(...(await measure(family, options.only, workshop)));
} finally {
  await workshop.close();
}
const order = targets.map(({id}) => id);
outcomes.sort((a, b) => order.indexOf(a.target) - order.indexOf(b.target));
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.versions.node}, ${process.platform}`;
console.log(`\n${machine}; scale ${options.scale} for the big rows (${fullScale} is a million opportunities); medians of ${options.runs} rounds\n`);
console.log(printOutcomes(outcomes));
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify({machine, ...options, outcomes: outcomesJson(outcomes)}, null, 2)}\n`);
