// P7 and P4 of an order log: its build, and what the cohort page answers without and with the engine.

import {rm} from "node:fs/promises";
import {join} from "node:path";
import {serveFolder} from "../helpers/server.js";
import {runTask} from "./child.js";
import {fullScale} from "./options.js";
import {writeOrderLog} from "./orderLog.js";
import {redrawAfter, watchPage, type Choice} from "./probe.js";
import {landmarks} from "./staticPage.js";
import {summarise} from "./statistics.js";
import type {Outcome} from "./target.js";
import {buildReport, type Workshop} from "./workshop.js";

/** Rows of the log at full scale. */
const fullRows = 10_000_000;

async function orderLog({scale, scratch, log}: Workshop): Promise<{readonly folder: string; readonly rows: number}> {
  const rows = Math.max(1000, Math.round((fullRows * scale) / fullScale));
  const folder = await scratch("orders");
  log(`making an order log of ${rows} rows`);
  await writeOrderLog(folder, rows);
  return {folder, rows};
}

/** P7: the log's build beside DuckDB reading the same file and writing Parquet once. Three tables are read from the one file. */
export async function benchOrderLog(workshop: Workshop): Promise<Outcome[]> {
  const {folder, rows} = await orderLog(workshop);
  const cache = join(folder, "builds");
  const ours = await runTask<{readonly timings: unknown}>("marts", [join(folder, "report.yaml"), cache]);
  workshop.log(`P7: phases of the order log's build: ${JSON.stringify(ours.counts.timings)}`);
  const duckdb = await runTask("duckdbAlone", [join(folder, "parquet"), join(folder, "log.csv")]);
  await rm(folder, {recursive: true, force: true});
  const note = `${rows} rows of one log, read as accounts, orders and lines; one round`;
  return [
    {target: "P7", what: "order log: rows a second, export to marts", unit: "rows/s", value: rows / ours.seconds, beside: {name: "DuckDB alone", value: rows / duckdb.seconds}, limit: {of: "ratio", least: 0.7}, note},
    {target: "P7", what: "order log: peak memory of the build", unit: "GB", value: ours.peakBytes / 1e9, beside: {name: "DuckDB alone", value: duckdb.peakBytes / 1e9}, limit: {of: "value", most: 2}, note}
  ];
}

const box = (dimension: string, place: number) => `.qd-menu[data-dimension="${dimension}"] .qd-members label:nth-child(${place + 1}) input`;
const select = (name: string, value: string): Choice => ({control: `kpi-cohort-switches select[name=cohort-${name}]`, value});
/** Views that are counted; customers of a cell are looked up one by one in a large log. */
const counted = "kpi-cohort, kpi-cohort-curves, kpi-cohort-segments";

/** Single choices from their files, then two at once with the engine up. */
export async function benchCohorts(workshop: Workshop): Promise<Outcome[]> {
  const {folder, rows} = await orderLog(workshop);
  const out = join(await workshop.scratch("sites"), "orders");
  await buildReport(folder, out);
  const server = await serveFolder(out, {compress: "br"});
  const browser = await workshop.browser();
  const taken = {one: [] as number[], two: [] as number[]};
  try {
    for (let visit = 0; visit < workshop.runs; visit++) {
      const {page, close} = await browser.open();
      await watchPage(page, landmarks);
      await page.goto(`${server.url}cohorts`, {waitUntil: "load"});
      await page.waitForSelector("kpi-cohort-switches select:enabled", {timeout: 60_000});
      const redraw = async (one: Choice) => (await redrawAfter(page, [one], {within: counted, quiet: 1500})).milliseconds;
      for (let place = 0; place < 3; place++) {
        // The first choice of a kind also fetches its file.
        const filtered = await redraw({control: box("region", place), value: true});
        if (place > 0) taken.one.push(filtered);
        const both = await redraw(select("measure", "repeat"));
        if (place > 0) taken.two.push(both);
        await redraw(select("measure", ""));
        await redraw({control: box("region", place), value: false});
        const measured = await redraw(select("measure", ["repeat", "on_or_after", "nrr"][place]!));
        if (place > 0) taken.one.push(measured);
        await redraw(select("measure", ""));
      }
      await close();
    }
  } finally {
    await server.close();
  }
  const note = `cohort page of an order log of ${rows} rows, ${workshop.runs} visits, counting views`;
  return (["one", "two"] as const).flatMap((what): Outcome[] => {
    const {median, p95} = summarise(taken[what]);
    const [target, words, most] = what === "one" ? ["P4" as const, "cohorts: one choice", [20, 50]] as const : ["P5" as const, "cohorts: two choices", [60, 150]] as const;
    return [
      {target, what: `${words}, p50`, unit: "ms", value: median, limit: {of: "value", most: most[0]}, note},
      {target, what: `${words}, p95`, unit: "ms", value: p95, limit: {of: "value", most: most[1]}, note}
    ];
  });
}
