import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {writeMartDatabase} from "../../loaders/build/martDatabase.js";
import {ask} from "../../src/query/ask.js";
import type {Question, Statement} from "../../src/query/question.js";
import {launchBrowser, type TestBrowser} from "../helpers/browser.js";
import {openClient, runAll, serveEngine} from "../helpers/engineSite.js";
import {describeBrowser} from "../helpers/needs.js";
import type {TestServer} from "../helpers/server.js";
import {closeCubedWorld, openCubedWorld, type CubedWorld} from "../query/cubedWorld.js";

describeBrowser("cubes in the browser", () => {
  let world: CubedWorld;
  let browser: TestBrowser;
  let server: TestServer;

  beforeAll(async () => {
    world = await openCubedWorld(1000);
    const files: Record<string, Buffer> = {};
    for (const {name} of [...world.cubed.marts, ...world.cubed.cubes!]) {
      const parquet = join(world.folder, `${name}.parquet`);
      await writeMartDatabase(name, parquet, join(world.folder, `${name}.duckdb`));
      for (const extension of ["parquet", "duckdb"]) files[`${name}.${extension}`] = await readFile(join(world.folder, `${name}.${extension}`));
    }
    server = await serveEngine(files);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await closeCubedWorld(world);
  });

  it.each(["parquet", "database"] as const)("give the native engine's rows for every metric, from %s files", async (kind) => {
    const statements: Statement[] = [];
    const {cubed: manifest, run} = world;
    const listen = (statement: Statement) => (statements.push(statement), run(statement));
    const questions: Question[] = [
      {metrics: world.catalogue.map(({id}) => id), period: "current:month", by: ["team"], filters: [{dimension: "region", values: ["North", null]}], compare: ["previous", "last_year"], trend: {grain: "month", count: 13}},
      {metrics: world.catalogue.map(({id}) => id), period: "all", by: ["source"]},
      {metrics: world.catalogue.map(({id}) => id), period: "2024-Q4"}
    ];
    for (const question of questions) await ask(question, {manifest, run: listen, catalogue: world.catalogue});
    expect(new Set(statements.flatMap(({sql}) => sql.match(/cube_\w+/g) ?? []))).toEqual(new Set(manifest.cubes!.map(({name}) => name)));
    const {page, errors, close} = await browser.open();
    await openClient(page, server.url, Object.fromEntries([...manifest.marts, ...manifest.cubes!].map(({name}) => [name, [kind]])));
    const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();
    const outcomes = await runAll(page, statements);
    for (const [k, outcome] of outcomes.entries()) {
      if (!("rows" in outcome)) throw new Error(`${outcome.message}\n${statements[k]!.sql}`);
      expect(sorted(outcome.rows), statements[k]!.sql).toEqual(sorted(await run(statements[k]!)));
    }
    expect(errors).toEqual([]);
    await close();
  });
});
