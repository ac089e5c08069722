import {mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {allCubes} from "../../loaders/cubes.js";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline, type Built} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {askMany} from "../../src/query/ask.js";
import {catalogueOf} from "../../src/query/catalogue.js";
import {cubesOf} from "../../src/query/cubes.js";
import {askDropped, askFunnel} from "../../src/query/funnel/askFunnel.js";
import {askCohort, shownCohorts} from "../../src/query/cohort/askCohort.js";
import type {FunnelChoices} from "../../src/query/funnel/plan.js";
import {idsOf} from "../../src/query/manifest.js";
import type {Question} from "../../src/query/question.js";

let cache: string;
let plain: Built;
let forced: Built;
const reports: BuiltReport[] = [];

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), "quarterdeck-test-"));
  const settings = await readSettings(fileURLToPath(new URL("../fixtures/tiny/report.yaml", import.meta.url)));
  plain = await runPipeline(settings, {cache});
  forced = await runPipeline(settings, {cache, cubes: allCubes});
  for (const {folder} of [plain, forced]) reports.push(await openBuilt(folder));
});
afterAll(async () => {
  for (const report of reports) report.close();
  await rm(cache, {recursive: true});
});

describe("a build with all cubes", () => {
  it("is another build than one without, which a small report is", () => {
    expect(plain.manifest.cubes).toEqual([]);
    expect(forced.folder).not.toBe(plain.folder);
    const marts = forced.manifest.marts.map(({name}) => name);
    expect(forced.manifest.cubes!.map(({name}) => name)).toEqual(cubesOf(catalogueOf(forced.manifest)).filter(({mart}) => marts.includes(mart)).map(({name}) => name));
  });

  it("has a file for every mart, cube and funnel, and the same marts", async () => {
    const files = [...[...forced.manifest.marts, ...forced.manifest.cubes!, ...forced.manifest.walks!, ...forced.manifest.tallies!, ...forced.manifest.paces!, ...forced.manifest.cohortTallies!].map(({name}) => name), ...Object.keys(forced.manifest.records!).map(idsOf)].map((name) => `${name}.parquet`).sort();
    expect((await readdir(join(forced.folder, "marts"))).sort()).toEqual(files);
    expect(forced.manifest.marts).toEqual(plain.manifest.marts);
  });

  it("holds no owner and no custom dimension", () => {
    const columns = forced.manifest.cubes!.flatMap((cube) => cube.columns.map(({name}) => name));
    expect(columns).toContain("seats_sum_value");
    expect(columns).not.toContain("owner");
    expect(columns).not.toContain("channel");
  });

  it("answers every metric, custom ones too, as the records do", async () => {
    const metrics = catalogueOf(plain.manifest).map(({id}) => id);
    const questions: Question[] = ["all", "2025-02", "2024-Q4", "current:month", "current:year", "2025-W06"].flatMap((period) =>
      [[], ["region"], ["source"], ["channel"], ["owner"]].map((by): Question => ({metrics, period, by, compare: ["previous", "last_year"], trend: {grain: "month", count: 13}})));
    const [records, cubes] = await Promise.all(reports.map((report) => askMany(questions, report)));
    expect(cubes).toEqual(records);
  });

  it("answers every cohort as the events do", async () => {
    expect(forced.manifest.cohortTallies!.map(({cohort}) => cohort)).toEqual(shownCohorts(forced.manifest).map(({id}) => id));
    for (const {id} of shownCohorts(forced.manifest)) for (const choice of [{}, {by: "source"}, {key: "region", grain: "quarter"}, {measure: "on_or_after", by: "segment", filters: [{dimension: "region", values: ["North", null]}]}] as const) {
      const [events, tally] = await Promise.all(reports.map((report) => askCohort(id, choice, report)));
      expect(tally).toEqual({...events, source: "tally"});
    }
  });

  it("answers every funnel, and who dropped out of it, as the events do", async () => {
    expect(forced.manifest.walks!.map(({funnel, mode}) => `${funnel} ${mode}`)).toEqual(forced.manifest.funnels!.flatMap(({id}) => ["reached", "ordered", "strict", "all_stages"].map((mode) => `${id} ${mode}`)));
    expect(forced.manifest.tallies!.map(({funnel}) => funnel)).toEqual(forced.manifest.funnels!.map(({id}) => id));
    expect(forced.manifest.paces!.map(({funnel}) => funnel)).toEqual(forced.manifest.funnels!.map(({id}) => id));
    const choices: Omit<FunnelChoices, "period">[] = [{by: "region"}, {by: "source", mode: "strict", filters: [{dimension: "region", values: ["North", null]}]}, {by: "product", window: 30}, {window: null, by: "source", credit: "last"}, {repeat: "first_ever", window: 30, filters: [{dimension: "region", values: ["North"]}]}];
    for (const {id, steps} of forced.manifest.funnels!) for (const period of ["all", "2025-02"]) for (const choice of choices) {
      const [events, walks] = await Promise.all(reports.map((report) => askFunnel(id, {period, ...choice}, report)));
      expect(walks).toEqual(events);
      if (events!.rows.length === 0) continue;
      for (const step of steps.slice(0, 1)) {
        const [all, few] = await Promise.all(reports.map((report) => askDropped(id, step.id, {period, ...choice}, report)));
        expect(few).toEqual(all);
      }
      expect(await askDropped(id, events!.funnel.steps.at(-1)!.id, {period, ...choice}, reports[0]!)).toEqual({count: 0, entries: []});
    }
  }, 120_000);
});
