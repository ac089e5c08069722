import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {prepareSample} from "../../loaders/sampleSource.js";
import {writeMartFiles} from "../../loaders/build/martFiles.js";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {metrics} from "../../src/metrics/index.js";
import {askMany} from "../../src/query/ask.js";
import type {Answer, Question, Run} from "../../src/query/question.js";
import {recordParts} from "../../src/query/records.js";
import {missingData} from "../../src/query/catalogue.js";
import {launchBrowser, type TestBrowser, type TestPage} from "../helpers/browser.js";
import {engineSite, openClient, rowsOf, serveEngine} from "../helpers/engineSite.js";
import {describeBrowser} from "../helpers/needs.js";
import {sampleWorld, tinyWorlds} from "../metrics/worlds.js";
import type {TestServer} from "../helpers/server.js";

const worlds = [
  {name: "the sample company, from database files", settings: sampleWorld.settings, kind: "database" as const, periods: ["closed:month", "2024-W20", "all"], filters: true},
  ...tinyWorlds.map(({name, settings}) => ({name: `the world ${name}, from Parquet`, settings, kind: "parquet" as const, periods: ["closed:month", "all"], filters: name === "tiny"}))
] as const;

for (const {name, settings: file, kind, periods, filters: filtered} of worlds) {
  describeBrowser(`native and browser engine agree on ${name}:`, () => {
    let folder: string;
    let built: BuiltReport;
    let browser: TestBrowser;
    let server: TestServer;
    let opened: TestPage;
    let run: Run;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "quarterdeck-parity-"));
      await prepareSample(file, () => {});
      const {folder: build} = await runPipeline(await readSettings(file));
      built = await openBuilt(build, {threads: 1});
      const marts = await writeMartFiles(build, folder);
      const files = await Promise.all(
        Object.entries(marts).flatMap(([mart, {parquet, database}]) => [[`${mart}.parquet`, parquet], [`${mart}.duckdb`, database!]] as const).filter(([, file]) => file !== undefined).map(async ([name, file]) => [name, await readFile(join(folder, file!))] as const)
      );
      await engineSite();
      server = await serveEngine(Object.fromEntries(files));
      browser = await launchBrowser();
      opened = await browser.open();
      await openClient(opened.page, server.url, Object.fromEntries(Object.keys(marts).map((mart) => [mart, [marts[mart]!.parquet === undefined ? "database" : kind]])));
      run = ({sql, params}) => rowsOf(opened.page, sql, params);
    });

    afterAll(async () => {
      await browser?.close();
      await server?.close();
      built?.close();
      if (folder) await rm(folder, {recursive: true});
    });

    const both = async (questions: readonly Question[]): Promise<[Answer[], Answer[]]> => {
      const {manifest} = built;
      return [await askMany(questions, {manifest, run}), await askMany(questions, {manifest, run: built.run})];
    };

    const ids = metrics.map(({id}) => id);

    it(`the records behind every metric, ${kind === "database" ? "counted" : "row by row"}`, async () => {
      const options = {manifest: built.manifest, catalogue: metrics};
      const parts = metrics.filter((metric) => missingData(metric, built.manifest) === null).flatMap(({id}) => recordParts({metric: id, period: "closed:month"}, options));
      const statements = [...new Map(parts.flatMap(({rows, count}) => (kind === "database" ? [count] : [rows, count])).map((statement) => [JSON.stringify(statement), statement])).values()];
      for (const statement of statements) expect(await run(statement), statement.sql).toEqual(await built.run(statement));
    }, 120_000);

    it("the CRM's ids beside the rows that they belong to", async () => {
      const options = {manifest: built.manifest, catalogue: metrics};
      const some = metrics.filter((metric) => missingData(metric, built.manifest) === null && ["revenue_won", "open_pipeline", "new_leads", "mrr_churn", "sales_value"].includes(metric.id));
      for (const {rows, table} of some.flatMap(({id}) => recordParts({metric: id, period: "closed:month"}, options))) {
        expect(table).toBeDefined();
        expect(await run(rows), rows.sql).toEqual(await built.run(rows));
      }
    }, 120_000);

    for (const period of periods) {
      it(`every metric by every dimension in ${period}, with both comparisons`, async () => {
        const dimensions = [null, ...built.manifest.dimensions.map(({id}) => id)];
        const questions = dimensions.map((by): Question => ({metrics: ids, period, ...(by !== null && {by: [by]}), compare: ["previous", "last_year"]}));
        const [wasm, native] = await both(questions);
        expect(wasm).toEqual(native);
        expect(native.every(({rows}) => rows.length >= ids.length)).toBe(true);
      });
    }

    it("trends by month, quarter and week", async () => {
      const [period] = periods;
      const questions = (["month", "quarter", "week"] as const).map((grain): Question => ({metrics: ids, period, trend: {grain, count: 13}}));
      const [wasm, native] = await both(questions);
      expect(wasm).toEqual(native);
    });

    if (filtered) it("every member of every dimension as a filter, those without a value too", async () => {
      const questions = built.manifest.dimensions.flatMap(({id, members}) =>
        [...members.slice(0, 3), ...(members.includes(null) ? [null] : [])].map((member): Question => ({metrics: ids, period: "all", filters: [{dimension: id, values: [member]}]}))
      );
      expect(questions.length).toBeGreaterThan(5);
      const [wasm, native] = await both(questions);
      expect(wasm).toEqual(native);
    }, 240_000);

    if (filtered) it("two filters and two breakdowns at once", async () => {
      const [first, second] = built.manifest.dimensions;
      const filters = [first!, second!].map(({id, members}) => ({dimension: id, values: members.slice(0, 2)}));
      const [wasm, native] = await both([{metrics: ids, period: "all", by: [first!.id, second!.id], filters}]);
      expect(wasm).toEqual(native);
    });

    it("with no request to another host and nothing in the console", () => {
      expect({foreign: browser.foreign, errors: opened.errors, violations: opened.violations}).toEqual({foreign: [], errors: [], violations: []});
    });
  });
}
