// P4, P5, P6, P8: a reader's choices on the first page of a big report.

import {readFile} from "node:fs/promises";
import {join} from "node:path";
import type {Page} from "playwright-core";
import {serveFolder, type TestServer} from "../helpers/server.js";
import {redrawAfter, watchPage, type Choice} from "./probe.js";
import {rendererIds, rendererMemory, type ProcessMemory, type RendererMemory} from "./rendererMemory.js";
import {landmarks} from "./staticPage.js";
import {summarise, type Summary} from "./statistics.js";
import type {Outcome, TargetId} from "./target.js";
import type {Workshop} from "./workshop.js";

const views = "kpi-card, kpi-trend, kpi-bars, kpi-table, kpi-headline";
const box = (dimension: string, place: number) => `.qd-menu[data-dimension="${dimension}"] .qd-members label:nth-child(${place + 1}) input`;

const pick = (dimension: string, place: number): Choice => ({control: box(dimension, place), value: true});
const drop = (dimension: string, place: number): Choice => ({control: box(dimension, place), value: false});
const redraw = (page: Page, ...choices: Choice[]) => redrawAfter(page, choices, {within: views});

/** Opens the report's first page and waits until its controls work. */
async function openReport(workshop: Workshop, server: TestServer) {
  const opened = await (await workshop.browser()).open();
  await watchPage(opened.page, landmarks);
  await showReport(opened.page, server.url);
  return opened;
}

async function showReport(page: Page, url: string): Promise<void> {
  await page.goto(url, {waitUntil: "load"});
  await page.waitForSelector(".qd-filters select[name=period]:enabled", {timeout: 60_000});
}

/** How many members each dimension's menu offers. */
const memberCounts = (page: Page, dimensions: readonly string[]) =>
  Promise.all(dimensions.map((dimension) => page.locator(`.qd-menu[data-dimension="${dimension}"] .qd-members input`).count()));

async function singleChoices(page: Page, rounds: number): Promise<number[]> {
  const [regions = 0, teams = 0] = await memberCounts(page, ["region", "team"]);
  const periods = await page.locator(".qd-filters select[name=period] option").evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  const current = await page.locator(".qd-filters select[name=period]").inputValue();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [dimension, count] of [["region", regions], ["team", teams]] as const) {
      if (count === 0) continue;
      times.push((await redraw(page, pick(dimension, round % count))).milliseconds);
      times.push((await redraw(page, drop(dimension, round % count))).milliseconds);
    }
    const earlier = periods.filter((key) => key !== current)[round % Math.min(periods.length - 1, 6)]!;
    times.push((await redraw(page, {control: ".qd-filters select[name=period]", value: earlier})).milliseconds);
    times.push((await redraw(page, {control: ".qd-filters select[name=period]", value: current})).milliseconds);
  }
  return times;
}

async function combinations(page: Page, rounds: number): Promise<number[]> {
  const [regions = 0, teams = 0, sources = 0] = await memberCounts(page, ["region", "team", "source"]);
  if (Math.min(regions, teams, sources) === 0) throw new Error("the page's filters lack region, team or source");
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const region = round % regions;
    const source = round % sources;
    const other = (round + 1) % sources;
    await redraw(page, pick("region", region));
    times.push((await redraw(page, pick("source", source))).milliseconds);
    times.push((await redraw(page, pick("source", other))).milliseconds);
    await redraw(page, drop("source", source), drop("source", other));
    await redraw(page, drop("region", region));
  }
  return times;
}

const judged = (target: TargetId, what: string, {median, p95}: Summary, [most50, most95]: readonly [number, number], note: string): Outcome[] => [
  {target, what: `${what}, p50`, unit: "ms", value: median, limit: {of: "value", most: most50}, note},
  {target, what: `${what}, p95`, unit: "ms", value: p95, limit: {of: "value", most: most95}, note}
];

/** Median over visits of the sum over renderers, in megabytes. */
const middle = (visits: readonly (readonly ProcessMemory[])[], of: (memory: ProcessMemory) => number) =>
  summarise(visits.map((renderers) => renderers.reduce((sum, memory) => sum + of(memory), 0))).median / 1e6;

/** How big the report is, from what its site says it was made from, in words. */
async function sizeOf(scale: number, site: string): Promise<string> {
  const {sources} = JSON.parse(await readFile(join(site, "report.json"), "utf8")) as {sources: readonly {table: string; rows: number}[]};
  const rows = sources.filter(({table}) => table === "opportunity").reduce((sum, one) => sum + one.rows, 0);
  return `scale ${scale}, ${rows.toLocaleString("en-GB")} opportunities`;
}

/** P4, P5, P6 and P8 in one series of visits. */
export async function benchFilters(workshop: Workshop): Promise<Outcome[]> {
  const site = await workshop.site(workshop.scale);
  const server = await serveFolder(site, {compress: "br"});
  const browser = await workshop.browser();
  try {
    const size = await sizeOf(workshop.scale, site);
    const cold: number[] = [];
    const later: number[] = [];
    const memory: RendererMemory[][] = [];
    const single: number[] = [];
    const combined: number[] = [];
    for (let round = 0; round < workshop.runs; round++) {
      const before = await rendererIds(browser.browser);
      const {page, close} = await openReport(workshop, server);
      cold.push((await redraw(page, pick("region", 0), pick("source", 0))).milliseconds);
      await page.goto(`${server.url}definitions`, {waitUntil: "load"});
      await showReport(page, server.url);
      later.push((await redraw(page, pick("region", 1), pick("source", 1))).milliseconds);
      await redraw(page, drop("region", 1), drop("source", 1));
      single.push(...(await singleChoices(page, 3)));
      combined.push(...(await combinations(page, 4)));
      memory.push(await rendererMemory(browser.browser, before));
      await close();
    }
    const note = `${size}; ${workshop.runs} visits in fresh profiles; from the choice to the paint of the last view`;
    const memoryNote = `${note}; after more than five choices and two page changes; page and worker share a process`;
    const own = memory.map((renderers) => renderers.filter(({browserOwn}) => !browserOwn));
    return [
      ...judged("P4", "one choice of region, team or period", summarise(single), [20, 50], `${note}; ${single.length} choices`),
      ...judged("P5", "region and one or two sources, engine up", summarise(combined), [60, 150], `${note}; ${combined.length} choices`),
      {target: "P6", what: "from the touch to all redrawn, cold", unit: "s", value: summarise(cold).median / 1000, limit: {of: "value", most: 1.5}, note},
      {target: "P6", what: "the same after two page changes", unit: "s", value: summarise(later).median / 1000, limit: {of: "value", most: 0.2}, note},
      {target: "P8", what: "resident memory of the report: page and worker", unit: "MB", value: middle(own, ({resident}) => resident), limit: {of: "value", most: 450}, note: memoryNote},
      {target: "P8", what: "the same, shared pages split", unit: "MB", value: middle(own, ({resident, proportional = resident}) => proportional), note: memoryNote},
      {target: "P8", what: "with the browser's own: its address bar, a spare renderer", unit: "MB", value: middle(memory, ({resident}) => resident), note: memoryNote}
    ];
  } finally {
    await server.close();
  }
}
