import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {afterAll, beforeAll, expect, it} from "vitest";
import {writeMartDatabase} from "../../loaders/build/martDatabase.js";
import {openNative, quoteText, type Native} from "../../loaders/native.js";
import {funnelModes, funnelRepeats} from "../../src/metrics/funnel.js";
import type {Statement} from "../../src/query/question.js";
import type {FunnelPlan} from "../../src/query/funnel/plan.js";
import {countsStatement, histogramStatement, timesStatement} from "../../src/query/funnel/statements.js";
import {launchBrowser, type TestBrowser, type TestPage} from "../helpers/browser.js";
import {engineSite, openClient, rowsOf, serveEngine} from "../helpers/engineSite.js";
import {describeBrowser} from "../helpers/needs.js";
import type {TestServer} from "../helpers/server.js";
import {load, logs, plans} from "../query/funnel/logs.js";

describeBrowser("native and browser engine agree on funnels:", () => {
  let folder: string;
  let native: Native;
  let browser: TestBrowser;
  let server: TestServer;
  let opened: TestPage;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-funnel-parity-"));
    native = await openNative();
    const log = fc.sample(logs, {numRuns: 60, seed: 11}).flatMap((events, k) => events.map((event) => ({...event, entity: event.entity + 5 * k})));
    await load(native, log);
    const parquet = join(folder, "fct_case_event.parquet");
    await native.exec(`copy (from fct_case_event order by kind, entity, number) to ${quoteText(parquet)} (format parquet)`);
    await writeMartDatabase("fct_case_event", parquet, join(folder, "fct_case_event.duckdb"));
    const files = await Promise.all(["fct_case_event.parquet", "fct_case_event.duckdb"].map(async (file) => [file, await readFile(join(folder, file))] as const));
    await engineSite();
    server = await serveEngine(Object.fromEntries(files));
    browser = await launchBrowser();
    opened = await browser.open();
    await openClient(opened.page, server.url, {fct_case_event: ["database"]});
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    native?.close();
    if (folder) await rm(folder, {recursive: true});
  });

  const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();

  async function both({sql, params}: Statement): Promise<number> {
    const [wasm, here] = [await rowsOf(opened.page, sql, params), await native.run({sql, params})];
    expect(sorted(wasm)).toEqual(sorted(here));
    return here.length;
  }

  const [drawn] = fc.sample(plans("ordered", "first_in_range"), {numRuns: 1, seed: 2}) as [FunnelPlan];

  for (const mode of funnelModes) {
    it(`${mode}: every window, repeat and breakdown`, async () => {
      const shapes = [
        ...[null, 4].flatMap((window) => [null, "region"].map((by) => ({window, by, repeat: "first_in_range" as const, credit: "first" as const, hold: null}))),
        ...funnelRepeats.slice(1).map((repeat) => ({window: 4, by: "region", repeat, credit: "last" as const, hold: null})),
        {window: 4, by: "product", repeat: "first_in_range" as const, credit: "all" as const, hold: null},
        {window: 4, by: "product", repeat: "first_in_range" as const, credit: {step: "two"}, hold: "region"}
      ];
      for (const {by, ...more} of shapes) {
        const plan: FunnelPlan = {...drawn, by, filters: [], start: "2025-01-01", end: "2025-01-12", funnel: {...drawn.funnel, mode, exclude: [{is: [{event: "stop"}], after: "one", before: "three"}], ...more}};
        expect(await both(countsStatement(plan))).toBeGreaterThan(1);
        await both(timesStatement(plan));
        await both(histogramStatement({...plan, by: null}));
      }
    }, 60_000);
  }

  it("with nothing in the console", () => expect({errors: opened.errors, violations: opened.violations}).toEqual({errors: [], violations: []}));
});
