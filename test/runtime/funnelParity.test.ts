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
import {addUp} from "../../src/query/funnel/addUp.js";
import {countsStatement, histogramStatement, timesStatement} from "../../src/query/funnel/statements.js";
import {paceStatement, wholePair} from "../../src/query/funnel/paces.js";
import {tallyStatement} from "../../src/query/funnel/tallies.js";
import {walksStatement} from "../../src/query/funnel/walks.js";
import {launchBrowser, type TestBrowser, type TestPage} from "../helpers/browser.js";
import {engineSite, openClient, rowsOf, serveEngine} from "../helpers/engineSite.js";
import {describeBrowser} from "../helpers/needs.js";
import type {TestServer} from "../helpers/server.js";
import {load, logs, plans} from "../query/funnel/logs.js";

const dimensions = ["region", "product"] as const;
const [sample] = fc.sample(plans("ordered", "first_in_range"), {numRuns: 1, seed: 2}) as [FunnelPlan];
const drawn: FunnelPlan = {...sample, by: null, filters: [], funnel: {...sample.funnel, credit: "first", window: 4}};

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
    const walks = walksStatement(drawn.funnel, dimensions, {first: 0, past: 1000});
    await native.exec(`create table walk_test as ${walks.sql}`, [...walks.params]);
    await native.exec("create table edge_test as select null::date as day, null::date as counted where false");
    const tally = tallyStatement({...drawn, walk: "walk_test"}, dimensions, "edge_test");
    await native.exec(`create table tally_test as select 0::utinyint as part, * from (${tally.sql})`, [...tally.params]);
    const pace = paceStatement({...drawn, walk: "walk_test"}, dimensions, "edge_test");
    await native.exec(`create table pace_test as select case when pair = ${wholePair(drawn.funnel)} then 0 else 1 end::utinyint as part, * replace (seconds::bigint as seconds) from (${pace.sql})`, [...pace.params]);
    for (const table of ["walk_test", "tally_test", "pace_test"]) {
      await native.exec(`copy (from ${table} order by all) to ${quoteText(join(folder, `${table}.parquet`))} (format parquet)`);
      await writeMartDatabase(table, join(folder, `${table}.parquet`), join(folder, `${table}.duckdb`));
    }
    const files = await Promise.all(["fct_case_event.parquet", "fct_case_event.duckdb", "walk_test.duckdb", "tally_test.duckdb", "pace_test.duckdb"].map(async (file) => [file, await readFile(join(folder, file))] as const));
    await engineSite();
    server = await serveEngine(Object.fromEntries(files));
    browser = await launchBrowser();
    opened = await browser.open();
    await openClient(opened.page, server.url, {fct_case_event: ["database"], walk_test: ["database"], tally_test: ["database"], pace_test: ["database"]});
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

  it("what was counted beforehand: by walks and by tallies, as the events say", async () => {
    for (const by of [null, ...dimensions]) {
      const plan: FunnelPlan = {...drawn, by, start: "2025-01-01", end: "2025-01-12"};
      const ahead = [{...plan, walk: "walk_test"}, {...plan, tally: {name: "tally_test", part: 0}}];
      for (const one of ahead) {
        expect(await both(countsStatement(one))).toBeGreaterThan(1);
        expect(sorted(addUp(await native.run(countsStatement(one)), one))).toEqual(sorted(addUp(await native.run(countsStatement(plan)), plan)));
      }
      await both(timesStatement(ahead[0]!));
      const paced = {...ahead[0]!, pace: {name: "pace_test", whole: 0, steps: 1}};
      await both(timesStatement(paced));
      await both(histogramStatement(paced));
      expect(sorted(await native.run(timesStatement(paced)))).toEqual(sorted(await native.run(timesStatement(plan))));
    }
  }, 60_000);

  it("with nothing in the console", () => expect({errors: opened.errors, violations: opened.violations}).toEqual({errors: [], violations: []}));
});
