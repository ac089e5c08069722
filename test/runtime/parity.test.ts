import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {isDeepStrictEqual} from "node:util";
import {afterAll, beforeAll, expect, it} from "vitest";
import {prepareSample} from "../../loaders/sampleSource.js";
import {writeMartFiles} from "../../loaders/build/martFiles.js";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {metrics} from "../../src/metrics/index.js";
import {buyersAtStart} from "../../src/metrics/purchases.js";
import {mrrStart} from "../../src/metrics/subscriptions.js";
import {rfmNeeds, rfmSegments} from "../../src/metrics/rfm.js";
import {askMany} from "../../src/query/ask.js";
import {askCohort, askCohortMembers, cohortOffer, shownCohorts} from "../../src/query/cohort/askCohort.js";
import type {CohortChoices} from "../../src/query/cohort/plan.js";
import {askConcentrations} from "../../src/query/concentration/askConcentration.js";
import {askHealth} from "../../src/query/health/askHealth.js";
import {healthLists, type HealthQuestion} from "../../src/query/health/question.js";
import {askProducts} from "../../src/query/products/askProducts.js";
import {fedLevels, type ProductQuestion} from "../../src/query/products/question.js";
import type {Answer, Question, Run} from "../../src/query/question.js";
import {askChurnBy} from "../../src/query/churnBy/askChurnBy.js";
import {askMovesBy} from "../../src/query/churnBy/askMovesBy.js";
import {churnTraits} from "../../src/query/churnBy/question.js";
import {askLapsed} from "../../src/query/lapsed/askLapsed.js";
import {askLeaving} from "../../src/query/leaving/askLeaving.js";
import {askMovements} from "../../src/query/movements/askMovements.js";
import {askRfm} from "../../src/query/rfm/askRfm.js";
import type {RfmQuestion} from "../../src/query/rfm/question.js";
import {askSurvivals} from "../../src/query/survival/askSurvival.js";
import {isSurvivalFed} from "../../src/query/survival/question.js";
import {askValues} from "../../src/query/value/askValues.js";
import {isValueFed, type ValueQuestion} from "../../src/query/value/question.js";
import {recordParts} from "../../src/query/records.js";
import {findMetric, missingData} from "../../src/query/catalogue.js";
import {launchBrowser, type TestBrowser, type TestPage} from "../helpers/browser.js";
import {engineSite, makeClient, openClient, rowsOf, serveEngine} from "../helpers/engineSite.js";
import {describeBrowser, isFull} from "../helpers/needs.js";
import {sampleWorld, tinyWorlds} from "../metrics/worlds.js";
import type {TestServer} from "../helpers/server.js";

const worlds = [
  {world: "sample", name: "the sample company, from database files", settings: sampleWorld.settings, kind: "database" as const, periods: ["closed:month", "2024-W20", "all"], filters: true},
  ...tinyWorlds.map(({name, settings}) => ({world: name, name: `the world ${name}, from Parquet`, settings, kind: "parquet" as const, periods: ["closed:month", "all"], filters: name === "tiny"}))
] as const;

const same = (wasm: unknown, native: unknown, what?: string) => {
  // Of equal values the matcher takes many times as long; of others it says where they differ.
  if (!isDeepStrictEqual(wasm, native)) expect(wasm, what).toEqual(native);
};

const sorted = (rows: Awaited<ReturnType<Run>>) => rows.map((row) => JSON.stringify(row)).sort();

/** One browser for all worlds: the engine's 34 MB are compiled once. */
interface Hall {
  readonly browser: TestBrowser;
  readonly server: TestServer;
  readonly opened: TestPage;
  readonly files: Map<string, Uint8Array>;
}

let entered: Promise<Hall> | undefined;
const enter = () => (entered ??= (async () => {
  await engineSite();
  const files: Hall["files"] = new Map();
  const server = await serveEngine({}, {overrides: files});
  const browser = await launchBrowser();
  const opened = await browser.open();
  await openClient(opened.page, server.url, {});
  return {browser, server, opened, files};
})());

afterAll(async () => {
  const hall = await entered;
  await hall?.browser.close();
  await hall?.server.close();
});

for (const {world, name, settings: file, kind, periods, filters: filtered} of worlds) {
  describeBrowser(`native and browser engine agree on ${name}:`, () => {
    let folder: string;
    let built: BuiltReport;
    let hall: Hall;
    let run: Run;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "quarterdeck-parity-"));
      await prepareSample(file, () => {});
      const {folder: build} = await runPipeline(await readSettings(file));
      built = await openBuilt(build, {threads: 1});
      const marts = await writeMartFiles(build, folder);
      hall = await enter();
      hall.files.clear();
      for (const [mart, {parquet, database}] of Object.entries(marts))
        for (const [path, end] of [[parquet, "parquet"], [database, "duckdb"]] as const)
          if (path !== undefined) hall.files.set(`${world}/${mart}.${end}`, await readFile(join(folder, path)));
      await makeClient(hall.opened.page, `${world}/`, Object.fromEntries(Object.keys(marts).map((mart) => [mart, [marts[mart]!.parquet === undefined ? "database" : kind]])));
      run = ({sql, params}) => rowsOf(hall.opened.page, sql, params);
    });

    afterAll(async () => {
      built?.close();
      if (folder) await rm(folder, {recursive: true});
    });

    /** Asks both engines each statement and compares their rows; what is made of equal rows is equal. */
    const ask = (questions: readonly Question[]): Promise<Answer[]> => askMany(questions, {
      manifest: built.manifest,
      async run(statement) {
        const [wasm, native] = await Promise.all([run(statement), built.run(statement)]);
        same(sorted(wasm), sorted(native), statement.sql);
        return native;
      }
    });

    const ids = metrics.map(({id}) => id);

    it(`the records behind every metric, ${kind === "database" ? "counted" : "row by row"}`, async () => {
      const options = {manifest: built.manifest, catalogue: metrics};
      const parts = metrics.filter((metric) => missingData(metric, built.manifest) === null).flatMap(({id}) => recordParts({metric: id, period: "closed:month"}, options));
      const statements = [...new Map(parts.flatMap(({rows, count}) => (kind === "database" ? [count] : [rows, count])).map((statement) => [JSON.stringify(statement), statement])).values()];
      for (const statement of statements) same(await run(statement), await built.run(statement), statement.sql);
    }, 120_000);

    it("the CRM's ids beside the rows that they belong to", async () => {
      const options = {manifest: built.manifest, catalogue: metrics};
      const some = metrics.filter((metric) => missingData(metric, built.manifest) === null && ["revenue_won", "open_pipeline", "new_leads", "mrr_churn", "sales_value"].includes(metric.id));
      for (const {rows, table} of some.flatMap(({id}) => recordParts({metric: id, period: "closed:month"}, options))) {
        expect(table).toBeDefined();
        same(await run(rows), await built.run(rows), rows.sql);
      }
    }, 120_000);

    for (const period of periods) {
      it(`every metric by every dimension in ${period}, with both comparisons`, async () => {
        const dimensions = [null, ...built.manifest.dimensions.map(({id}) => id)];
        const questions = dimensions.map((by): Question => ({metrics: ids, period, ...(by !== null && {by: [by]}), compare: ["previous", "last_year"]}));
        const answers = await ask(questions);
        expect(answers.every(({rows}) => rows.length >= ids.length)).toBe(true);
      }, 600_000);
    }

    it("trends by month, quarter and week", async () => {
      const [period] = periods;
      const questions = (["month", "quarter", "week"] as const).map((grain): Question => ({metrics: ids, period, trend: {grain, count: 13}}));
      await ask(questions);
    });

    if (filtered) it("members of every dimension as a filter, those without a value too", async () => {
      const questions = built.manifest.dimensions.flatMap(({id, members}) =>
        [...members.slice(0, isFull ? 3 : 1), ...(members.includes(null) ? [null] : [])].map((member): Question => ({metrics: ids, period: "all", filters: [{dimension: id, values: [member]}]}))
      );
      expect(questions.length).toBeGreaterThan(5);
      await ask(questions);
    }, 600_000);

    if (filtered) it("two filters and two breakdowns at once", async () => {
      const [first, second] = built.manifest.dimensions;
      const filters = [first!, second!].map(({id, members}) => ({dimension: id, values: members.slice(0, 2)}));
      await ask([{metrics: ids, period: "all", by: [first!.id, second!.id], filters}]);
    });

    if (filtered) it("cohorts by every measure and grain, their members too", async () => {
      const {manifest} = built;
      for (const cohort of shownCohorts(manifest)) {
        const {measures, grains, spans, dimensions} = cohortOffer(cohort, manifest);
        const choices: CohortChoices[] = [...measures.map((measure) => ({measure})), ...grains.map((grain) => ({grain})), ...spans.map((span) => ({span, measure: "on_or_after" as const})), ...dimensions.slice(0, 1).flatMap((by) => [{by}, {key: by}])];
        for (const choice of choices) {
          const [wasm, native] = [await askCohort(cohort.id, choice, {manifest, run}), await askCohort(cohort.id, choice, {manifest, run: built.run})];
          expect(wasm).toEqual(native);
        }
        const line = (await askCohort(cohort.id, {}, {manifest, run: built.run})).lines[0];
        if (line === undefined) continue;
        const spot = {line: line.key, period: 0};
        expect(await askCohortMembers(cohort.id, spot, {}, {manifest, run}, {limit: 20})).toEqual(await askCohortMembers(cohort.id, spot, {}, {manifest, run: built.run}, {limit: 20}));
      }
    }, 120_000);

    if (filtered) it("what follows which product, and what is not bought yet", async () => {
      const {manifest} = built;
      const filters: ProductQuestion["filters"][] = [undefined, [{dimension: "segment", values: manifest.dimensions.find(({id}) => id === "segment")!.members.slice(0, 2)}]];
      for (const level of fedLevels(manifest)) for (const filter of filters) {
        const questions: ProductQuestion[] = [{ask: "next", level, limit: 500}, {ask: "next", level, window: 60, limit: 500}, {ask: "white_space", level, limit: 500}].map((question) => ({...question, ...(filter && {filters: filter})}) as ProductQuestion);
        same(await askProducts(questions, {manifest, run}), await askProducts(questions, {manifest, run: built.run}), level);
      }
    });

    if (filtered) it("what customers are expected to be worth, and what was held out", async () => {
      const {manifest} = built;
      if (!isValueFed(manifest)) return;
      const questions: ValueQuestion[] = [{}, {filters: [{dimension: "segment", values: manifest.dimensions.find(({id}) => id === "segment")!.members.slice(0, 2)}]}];
      same(await askValues(questions, {manifest, run}), await askValues(questions, {manifest, run: built.run}), "value");
    });

    if (filtered) it("who buys lately, often and much, and how much hangs on how few", async () => {
      const {manifest} = built;
      if (!rfmNeeds.every((column) => manifest.fed.includes(column))) return;
      for (const filters of [[], [{dimension: "segment" as const, values: manifest.dimensions.find(({id}) => id === "segment")!.members.slice(0, 2)}]]) {
        const segments: RfmQuestion[] = rfmSegments.map((segment) => ({filters, members: {segment, limit: 50}}));
        same(await askRfm(segments, {manifest, run}), await askRfm(segments, {manifest, run: built.run}), "segments");
        const curves = ["all", "2025"].map((period) => ({period, filters}));
        same(await askConcentrations(curves, {manifest, run}), await askConcentrations(curves, {manifest, run: built.run}), "concentration");
      }
    });

    if (filtered) it("whose recurring revenue moved", async () => {
      const {manifest} = built;
      if (missingData(mrrStart, manifest)) return;
      const questions = [[], [{dimension: "segment" as const, values: manifest.dimensions.find(({id}) => id === "segment")!.members.slice(0, 2)}]].flatMap((filters) => ["2025-12", "2025", "all"].map((period) => ({period, filters, limit: 500})));
      same(await askMovements(questions, {manifest, run}), await askMovements(questions, {manifest, run: built.run}), "movements");
      const narrowed = [[], [{dimension: "segment" as const, values: manifest.dimensions.find(({id}) => id === "segment")!.members.slice(0, 2)}]];
      const traits = narrowed.flatMap((filters) => churnTraits.map((by) => ({by, period: "closed:month", months: 12, filters})));
      same(await askChurnBy(traits, {manifest, run}), await askChurnBy(traits, {manifest, run: built.run}), "churn by traits");
      const moves = traits.slice(0, 6).map(({by, filters}) => ({by, period: "closed:month", filters}));
      const movesBy = (own: Run) => Promise.all(moves.map((question) => askMovesBy(question, {manifest, run: own})));
      if (manifest.minGroup === undefined) same(await movesBy(run), await movesBy(built.run), "movements by traits");
      const days = narrowed.map((filters) => ({period: "closed:month", months: 12, filters}));
      same(await askLeaving(days, {manifest, run}), await askLeaving(days, {manifest, run: built.run}), "the days before leaving");
      const logs = days.map((question) => ({...question, limit: 500}));
      if (!missingData(buyersAtStart, manifest)) same(await askLapsed(logs, {manifest, run}), await askLapsed(logs, {manifest, run: built.run}), "lapsed");
    });

    if (filtered) it("how healthy customers are, what that said of who left, and who is to be looked at", async () => {
      const {manifest} = built;
      if (missingData(findMetric("health_score", metrics), manifest) !== null) return;
      for (const filters of [[], [{dimension: "segment" as const, values: manifest.dimensions.find(({id}) => id === "segment")!.members.slice(0, 2)}]]) {
        const questions: HealthQuestion[] = healthLists.map((id) => ({filters, list: {id, limit: 50}}));
        same(await askHealth(questions, {manifest, run}), await askHealth(questions, {manifest, run: built.run}), "health");
      }
    });

    it("how long customers stay, by every dimension", async () => {
      const {manifest} = built;
      if (!isSurvivalFed(manifest)) return;
      const filters = manifest.dimensions.filter(({id}) => id === "segment").map(({id, members}) => ({dimension: id, values: members.slice(0, 2)}));
      const questions = [{}, {filters}, ...manifest.dimensions.map(({id}) => ({by: id}))].map((one) => ({id: "customers" as const, least: 3, ...one}));
      same(await askSurvivals(questions, {manifest, run}), await askSurvivals(questions, {manifest, run: built.run}), "survival");
    });

    it("with no request to another host and nothing in the console", () => {
      const {browser, opened} = hall;
      expect({foreign: browser.foreign, errors: opened.errors, violations: opened.violations}).toEqual({foreign: [], errors: [], violations: []});
    });
  });
}
