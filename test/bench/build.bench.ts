// P7, P9, P10: the build and the numbers in Node. Each measured piece of work runs in a process of its own.

import {readFile, rm} from "node:fs/promises";
import {join} from "node:path";
import {runTask, type Measured} from "./child.js";
import {interleave, median} from "./statistics.js";
import type {Outcome} from "./target.js";
import {copyReport, growExport} from "./reportCopy.js";
import {buildReport, type Workshop} from "./workshop.js";

interface MartCounts {
  readonly cached: boolean;
  readonly folder: string;
  readonly rows: number;
  readonly bytes: number;
  readonly files: readonly string[];
  readonly timings: unknown;
}

const peak = (results: readonly Measured<unknown>[]) => Math.max(...results.map(({peakBytes}) => peakBytes)) / 1e9;
const seconds = (results: readonly Measured<unknown>[]) => median(results.map(({seconds}) => seconds));
const cpuSeconds = (results: readonly Measured<unknown>[]) => median(results.map(({cpuSeconds}) => cpuSeconds));
const count = (value: number) => value.toLocaleString("en-GB");

/** One build from nothing; its cache folder is removed after it. */
async function buildOnce(folder: string, scratch: string): Promise<Measured<MartCounts>> {
  const cache = join(scratch, "builds");
  await rm(cache, {recursive: true, force: true});
  return runTask<MartCounts>("marts", [join(folder, "report.yaml"), cache]);
}

/** P7: rows a second and peak memory of the build, beside DuckDB reading the same files and writing Parquet once. */
export async function benchBuild(workshop: Workshop): Promise<Outcome[]> {
  const {scale, runs, log} = workshop;
  const folder = await workshop.sample(scale);
  const small = await workshop.sample(Math.max(1, Math.round(scale / 5)));
  const scratch = await workshop.scratch("build");
  const first = await buildOnce(folder, scratch);
  const files = first.counts.files.map((file) => join(folder, file));
  log(`P7: ${count(first.counts.rows)} rows, ${(first.counts.bytes / 1e6).toFixed(0)} MB; phases of one build: ${JSON.stringify(first.counts.timings)}`);
  const {ours, duckdb} = await interleave(
    {
      ours: () => buildOnce(folder, scratch),
      duckdb: async () => {
        const parquet = join(scratch, "parquet");
        await rm(parquet, {recursive: true, force: true});
        return runTask<{rows: number}>("duckdbAlone", [parquet, ...files]);
      }
    },
    {rounds: runs, warmups: 0}
  );
  const lesser = await buildOnce(small, scratch);
  const {rows, bytes} = first.counts;
  const note = `scale ${scale}: ${count(rows)} rows in ${files.length} files, ${(bytes / 1e6).toFixed(0)} MB; ${runs} rounds; wall time without the start of Node`;
  return [
    {
      target: "P7",
      what: "rows a second, exports to marts",
      unit: "rows/s",
      value: rows / seconds(ours),
      beside: {name: "DuckDB alone", value: rows / seconds(duckdb)},
      limit: {of: "ratio", least: 0.7},
      note
    },
    {target: "P7", what: "processor time, all threads", unit: "s", value: cpuSeconds(ours), beside: {name: "DuckDB alone", value: cpuSeconds(duckdb)}, note},
    {target: "P7", what: "peak memory of the build", unit: "GB", value: peak([first, ...ours]), beside: {name: "DuckDB alone", value: peak(duckdb)}, limit: {of: "value", most: 2}, note},
    {
      target: "P7",
      what: "growth of peak memory with the rows",
      unit: "GB",
      value: peak([first, ...ours]),
      beside: {name: `${count(lesser.counts.rows)} rows`, value: peak([lesser])},
      note
    }
  ];
}

/** P9: every metric over 36 months, in total and by five dimensions, at scale 10. */
export async function benchMetrics(workshop: Workshop): Promise<Outcome[]> {
  const scale = 10;
  const scratch = await workshop.scratch("metrics");
  const {counts} = await buildOnce(await workshop.sample(scale), scratch);
  const results: Measured<{metrics: number; dimensions: number; cells: number}>[] = [];
  for (let round = 0; round < workshop.runs; round++) results.push(await runTask("allKpis", [counts.folder]));
  const {metrics, dimensions, cells} = results[0]!.counts;
  if (dimensions < 5) return [{target: "P9", reason: `the sample has ${dimensions} of the five dimensions`}];
  const note = `scale ${scale}, ${metrics} metrics, ${count(cells)} cells; ${workshop.runs} rounds, marts read from Parquet each time`;
  return [
    {target: "P9", what: "all KPIs, 36 months, total and five dimensions", unit: "s", value: seconds(results), limit: {of: "value", most: 60}, note},
    {target: "P9", what: "peak memory", unit: "GB", value: peak(results), limit: {of: "value", most: 1.5}, note}
  ];
}

/** Largest scale of P10, whose full builds take half a minute each there: bake and pages are most of it. */
const rebuildScale = 5;
const rebuildRounds = 3;

/** P10: `npm run report` again with nothing changed, and with one export grown, beside a build from nothing. */
export async function benchRebuild(workshop: Workshop): Promise<Outcome[]> {
  const {runs, log} = workshop;
  const scale = Math.min(workshop.scale, rebuildScale);
  const rounds = Math.min(runs, rebuildRounds);
  const scratch = await workshop.scratch("rebuild");
  const folder = join(scratch, "report");
  const out = join(scratch, "site");
  const original = await workshop.sample(scale);
  const settings = await readFile(join(original, "report.yaml"), "utf8");
  const taken = {full: [] as number[], unchanged: [] as number[], appended: [] as number[]};
  const build = async (kind: keyof typeof taken): Promise<void> => {
    const {seconds} = await buildReport(folder, out);
    taken[kind].push(seconds);
    log(`P10: ${kind} build in ${seconds.toFixed(1)} s`);
  };
  for (let round = 0; round < rounds; round++) {
    // Another title is another report: nothing that an earlier round has left can be used again.
    const title = settings.replace(/^title:.*$/m, (line) => `${line} ${process.pid}-${round}`);
    await copyReport(original, folder, title);
    await build("full");
    await build("unchanged");
    await growExport(folder, "sample/salesforce/Opportunity.csv");
    await build("appended");
  }
  const beside = {name: "full build", value: median(taken.full)};
  const note = `npm run report at scale ${scale}, ${rounds} rounds; one export appended: the last 1 % of the opportunities once more under other ids`;
  return [
    {target: "P10", what: "nothing changed", unit: "s", value: median(taken.unchanged), beside, limit: {of: "ratio", most: 0.2}, note},
    {target: "P10", what: "one export appended", unit: "s", value: median(taken.appended), beside, limit: {of: "ratio", most: 0.5}, note}
  ];
}
