import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {writeMartDatabase} from "../../loaders/build/martDatabase.js";
import {ask} from "../../src/query/ask.js";
import type {Run} from "../../src/query/question.js";
import {launchBrowser, type TestBrowser, type TestPage} from "../helpers/browser.js";
import {openClient, rowsOf, serveEngine} from "../helpers/engineSite.js";
import {describeBrowser} from "../helpers/needs.js";
import type {TestServer} from "../helpers/server.js";
import {kinds} from "../query/kinds.js";
import {openVectors, vectorMetrics, type VectorWorld} from "../query/vectors.js";
import {openWorld, type QueryWorld} from "../query/world.js";

describeBrowser("the browser's engine agrees with the native one", () => {
  let folder: string;
  let vectors: VectorWorld;
  let world: QueryWorld;
  let browser: TestBrowser;
  let server: TestServer;
  let opened: TestPage;
  let run: Run;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-vectors-"));
    [vectors, world] = await Promise.all([openVectors(), openWorld(3000)]);
    const files: Record<string, Buffer> = {};
    const names = [...vectors.manifest.marts, ...world.manifest.marts].map(({name}) => name);
    for (const from of [vectors, world])
      for (const {name} of from.manifest.marts) {
        await from.exec(`copy ${name} to '${join(folder, name)}.parquet'`);
        await writeMartDatabase(name, join(folder, `${name}.parquet`), join(folder, `${name}.duckdb`));
        files[`${name}.duckdb`] = await readFile(join(folder, `${name}.duckdb`));
      }
    server = await serveEngine(files);
    browser = await launchBrowser();
    opened = await browser.open();
    await openClient(opened.page, server.url, Object.fromEntries(names.map((name) => [name, ["database"]])));
    run = ({sql, params}) => rowsOf(opened.page, sql, params);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    vectors?.close();
    world?.close();
    if (folder) await rm(folder, {recursive: true});
  });

  it("to the last bit on the golden vectors", async () => {
    const question = {metrics: vectorMetrics.map(({id}) => id), period: "2025-01"};
    expect((await ask(question, {...vectors, run})).rows).toEqual((await ask(question, vectors)).rows);
  });

  it.each([["region"], ["segment"], []])("to the last bit on every kind of metric, by %s", async (...by) => {
    const question = {metrics: kinds.map(({id}) => id), period: "current:quarter", by, compare: ["previous", "last_year"], trend: {grain: "month", count: 13}} as const;
    expect((await ask(question, {...world, run})).rows).toEqual((await ask(question, world)).rows);
  });
});
