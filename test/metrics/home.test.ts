// Every KPI has a home: a page that shows it.

import {JSDOM} from "jsdom";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {projectFolder} from "../../loaders/project.js";
import {prepareSample} from "../../loaders/sampleSource.js";
import {readSettings} from "../../loaders/settings.js";
import {readPages, type Page} from "../../loaders/site/pages.js";
import {vocabularyOf} from "../../src/elements/catalogue.js";
import type {ReportContext} from "../../src/elements/definition.js";
import {reportFormatter} from "../../src/elements/report.js";
import {loadMessages} from "../../src/format/messages.js";
import {catalogueOf} from "../../src/query/catalogue.js";
import {sampleWorld} from "./worlds.js";

/** Elements that show a KPI without asking for it by its id: they count single customers, or draw its parts. */
const toldBy: Readonly<Record<string, string>> = {
  clv_model: "kpi-value-model",
  forecast_replayed: "kpi-replay",
  health_score: "kpi-health",
  pipeline_waterfall: "kpi-waterfall"
};

let built: BuiltReport;
let pages: readonly Page[];
let context: ReportContext;
beforeAll(async () => {
  await prepareSample(sampleWorld.settings, () => {});
  built = await openBuilt((await runPipeline(await readSettings(sampleWorld.settings))).folder, {threads: 1});
  const {manifest} = built;
  const catalogue = catalogueOf(manifest);
  context = {manifest, catalogue, format: reportFormatter(manifest, catalogue, await loadMessages(manifest.locale)), document: new JSDOM("").window.document, definitionHref: (id) => id};
  pages = await readPages(join(projectFolder, "src"), vocabularyOf(manifest, catalogue));
}, 300_000);
afterAll(() => built?.close());

it("shows each KPI, or a variant of it, on the page that its declaration names", () => {
  const shown = (path: string): ReadonlySet<string> => {
    const elements = pages.find((page) => page.path === path)?.elements ?? [];
    return new Set(elements.flatMap(({definition, attributes}) => [definition.name, ...definition.questions(attributes, {filters: []}, context).flatMap(({metrics}) => metrics)]));
  };
  const homes = new Map(pages.map(({path}) => [path.slice(1), shown(path)]));
  const kpis = context.catalogue.filter(({internal, variantOf}) => !internal && variantOf === undefined);
  expect(kpis.length).toBeGreaterThan(100);
  const homeless = kpis.filter(({id, page}) => {
    const own = homes.get(page);
    return !own || ![id, ...context.catalogue.filter(({variantOf}) => variantOf === id).map((variant) => variant.id), toldBy[id]].some((one) => one !== undefined && own.has(one));
  });
  expect(homeless.map(({id, page}) => `${id} is not on ${page}`)).toEqual([]);
});
