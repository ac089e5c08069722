// P1, P2, P3, P11: the first page of the sample company's report, cold, beside a static page with the same numbers.

import {createHash} from "node:crypto";
import {mkdir, readdir, readFile, writeFile} from "node:fs/promises";
import {extname, join} from "node:path";
import {promisify} from "node:util";
import {brotliCompress, constants} from "node:zlib";
import type {Page} from "playwright-core";
import type {TestBrowser} from "../helpers/browser.js";
import {serveFolder} from "../helpers/server.js";
import {projectRoot} from "./child.js";
import {readSight, transferBefore, watchPage, type Seen, type Transfer} from "./probe.js";
import {landmarks, staticPage} from "./staticPage.js";
import {interleave, median} from "./statistics.js";
import type {Outcome} from "./target.js";
import type {Workshop} from "./workshop.js";

interface Visit extends Seen {
  readonly before: Transfer;
}

interface VisitOptions {
  /** A line of 20 Mbit/s with 40 ms to each answer. */
  readonly slow?: boolean;
  readonly scripts?: boolean;
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {offline: false, latency: 40, downloadThroughput: 20e6 / 8, uploadThroughput: 5e6 / 8});
}

/** Opens a page in a fresh profile and returns what was seen until nothing more was loaded. */
async function visit(browser: TestBrowser, url: string, {slow = false}: VisitOptions = {}): Promise<Visit> {
  const {page, close} = await browser.open();
  try {
    await watchPage(page, landmarks);
    if (slow) await slowDown(page);
    await page.goto(url, {waitUntil: "load"});
    await page.waitForSelector(landmarks.number);
    await page.waitForTimeout(600);
    const seen = await readSight(page);
    return {...seen, before: await transferBefore(page, Math.max(seen.number, seen.charts))};
  } finally {
    await close();
  }
}

/** Bytes and requests of a visit without JavaScript: what must come before all of the page can be read. */
async function visitWithoutScripts(browser: TestBrowser, site: string): Promise<Transfer> {
  const server = await serveFolder(site, {compress: "br"});
  const {page, close} = await browser.open({javaScriptEnabled: false});
  try {
    await page.goto(server.url, {waitUntil: "networkidle"});
    return {requests: server.requests.length, bytes: server.requests.reduce((sum, {bytes}) => sum + bytes, 0)};
  } finally {
    await close();
    await server.close();
  }
}

const of = <Key extends keyof Seen>(visits: readonly Visit[], key: Key) => median(visits.map((visit) => visit[key]));

/** P1, P2, P3 in one series of visits. */
export async function benchPage(workshop: Workshop): Promise<Outcome[]> {
  const site = await workshop.site(1);
  const beside = await workshop.scratch("static");
  await writeFile(join(beside, "index.html"), staticPage(await readFile(join(site, "index.html"), "utf8")));
  const browser = await workshop.browser();
  const [report, flat] = await Promise.all([serveFolder(site, {compress: "br"}), serveFolder(beside, {compress: "br"})]);
  try {
    const fast = await interleave({report: () => visit(browser, report.url), flat: () => visit(browser, flat.url)}, {rounds: workshop.runs * 2, warmups: 2});
    const slow = await interleave(
      {report: () => visit(browser, report.url, {slow: true}), flat: () => visit(browser, flat.url, {slow: true})},
      {rounds: workshop.runs}
    );
    const without = await visitWithoutScripts(browser, site);
    const note = `${fast.report.length} rounds on a local server, fresh profile each; slow line: 20 Mbit/s, 40 ms to each answer, ${slow.report.length} rounds; brotli`;
    const before = (visits: readonly Visit[], key: keyof Transfer) => median(visits.map((visit) => visit.before[key]));
    const total = {bytes: before(slow.report, "bytes"), requests: before(slow.report, "requests")};
    return [
      {target: "P1", what: "first KPI visible", unit: "ms", value: of(fast.report, "number"), beside: {name: "static HTML", value: of(fast.flat, "number")}, limit: {of: "ratio", most: 1.15}, note},
      {target: "P1", what: "first KPI visible, slow line", unit: "ms", value: of(slow.report, "number"), beside: {name: "static HTML", value: of(slow.flat, "number")}, limit: {of: "ratio", most: 1.15}, note},
      {target: "P2", what: "bytes begun before all was readable, slow line", unit: "kB", value: total.bytes / 1000, beside: {name: "static HTML", value: before(slow.flat, "bytes") / 1000}, limit: {of: "value", most: 100}, note},
      {target: "P2", what: "requests begun before all was readable, slow line", unit: "requests", value: total.requests, beside: {name: "static HTML", value: before(slow.flat, "requests")}, limit: {of: "value", most: 4}, note},
      {target: "P2", what: "bytes of a visit without JavaScript", unit: "kB", value: without.bytes / 1000, note},
      {target: "P2", what: "requests of a visit without JavaScript", unit: "requests", value: without.requests, note},
      {target: "P3", what: `all ${fast.report[0]!.chartCount} charts drawn`, unit: "ms", value: of(fast.report, "charts"), beside: {name: "first KPI", value: of(fast.report, "number")}, limit: {of: "ratio", most: 1.05}, note},
      {target: "P3", what: "layout shift, worst of all visits", unit: "shift", value: Math.max(...[...fast.report, ...slow.report].map(({shift}) => shift)), limit: {of: "value", most: 0.02}, note}
    ];
  } finally {
    await Promise.all([report.close(), flat.close()]);
  }
}

const compress = promisify(brotliCompress);
const compressible = new Set([".html", ".css", ".js", ".json", ".svg", ".wasm", ".csv", ".txt", ".xml", ".map", ".duckdb", ".db"]);

/** Bytes of a file as a host with brotli would send it; what is compressed already goes as it is. Remembered by content. */
async function sentBytes(body: Buffer, extension: string, hash: string): Promise<number> {
  if (!compressible.has(extension)) return body.length;
  const folder = join(projectRoot, "node_modules/.cache/quarterdeck-bench/brotli");
  const known = await readFile(join(folder, hash), "utf8").catch(() => undefined);
  if (known !== undefined) return Number(known);
  const {length} = await compress(body, {params: {[constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length}});
  await mkdir(folder, {recursive: true});
  await writeFile(join(folder, hash), String(length));
  return length;
}

/** P11: every file of the site once by content, so that the engine counts once. */
export async function benchSize(workshop: Workshop): Promise<Outcome[]> {
  const site = await workshop.site(1);
  const seen = new Set<string>();
  const sizes: {path: string; bytes: number}[] = [];
  for (const entry of await readdir(site, {withFileTypes: true, recursive: true})) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const body = await readFile(path);
    const hash = createHash("sha256").update(body).digest("hex");
    if (seen.has(hash)) continue;
    seen.add(hash);
    sizes.push({path: path.slice(site.length + 1), bytes: await sentBytes(body, extname(path), hash)});
  }
  const largest = [...sizes].sort((a, b) => b.bytes - a.bytes).slice(0, 5).map(({path, bytes}) => `${path} ${(bytes / 1e6).toFixed(2)} MB`);
  const note = `${sizes.length} different files; brotli 11; largest: ${largest.join(", ")}`;
  return [{target: "P11", what: "whole site", unit: "MB", value: sizes.reduce((sum, {bytes}) => sum + bytes, 0) / 1e6, limit: {of: "value", most: 12}, note}];
}
