import {describe, expect, it} from "vitest";
import {assertDefined} from "../../loaders/definitions/defined.js";
import {definitionsDocument, definitionsSchema} from "../../loaders/definitions/document.js";
import {lineageOf} from "../../loaders/definitions/lineage.js";
import {makingsOf} from "../../loaders/definitions/makings.js";
import {readModels} from "../../loaders/build/martModel.js";
import type {Page} from "../../loaders/site/pages.js";
import {kpiDefinitionsElement} from "../../src/elements/kpiDefinitions.js";
import {kpiCardElement} from "../../src/elements/kpiCard.js";
import {metrics} from "../../src/metrics/index.js";
import {targetMetrics} from "../../src/metrics/targets.js";
import {leavesOf} from "../../src/query/catalogue.js";
import type {Manifest} from "../../src/query/manifest.js";
import {isListed} from "../../src/query/variants.js";
import {formatterOf} from "../components/world.js";

const fed = [...new Set(metrics.flatMap(({needs}) => needs.flatMap((need) => need.split("|"))))];
const files = [{table: "opportunity", file: "deals.csv", kept: 3}, {table: "opportunity", file: "old.csv", kept: 3, earlierExport: "2026-01-01"}, {table: "fx_rate", file: "rates.csv", kept: 2}] as unknown as Manifest["files"];
const marts = [...new Set(metrics.flatMap((metric) => leavesOf(metric).map(({mart}) => mart)))].map((name) => ({name, columns: []})).concat({name: "fct_target", rows: 4, columns: []} as never);
const manifest = {
  title: "Tiny", locale: "en", currency: "EUR", asOf: "2026-11-03", firstDay: "2024-01-01", fed, files, marts, dimensions: [], measures: [], windows: {},
  calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []}, defaultPeriod: "closed:month"
} as unknown as Manifest;
const format = await formatterOf("en");
const makings = await makingsOf(metrics, "2026-10", manifest, ["win_rate", "revenue_won"]);
const written = definitionsDocument({manifest, catalogue: metrics, makings, format, period: "2026-10"});

describe("definitions.json", () => {
  it("is as its schema says, with every KPI once and its variants below it", () => {
    expect(definitionsSchema.parse(written)).toEqual(written);
    expect(written.metrics.map(({id}) => id)).toEqual([...metrics.filter(isListed), ...targetMetrics].map(({id}) => id));
    const all = written.metrics.flatMap(({id, variants}) => [id, ...variants.map((one) => one.id)]);
    expect(metrics.filter(({internal}) => !internal).map(({id}) => id).filter((id) => !all.includes(id))).toEqual([]);
  });
  it("has the SQL of each as it is asked, and once more with its values written in", () => {
    for (const {id, sql} of written.metrics) {
      expect(sql.length, id).toBeGreaterThan(0);
      for (const {statement, filled, parameters} of sql) if (parameters.length > 0) expect(filled).not.toBe(statement);
    }
  });
});

describe("the SQL of a target number", () => {
  const of = (id: string) => written.metrics.find((metric) => metric.id === id)!;
  it("reads the KPI's records and its goal, of the first KPI with goals that adds up", () => {
    const {sql, sql_of} = of("target_attainment");
    expect(sql_of).toEqual({metric: "revenue_won", period: "2026-10"});
    expect(sql.map(({filled}) => (filled.includes("fct_target") ? "goal" : filled.includes(`from "fct_opportunity"`) ? "records" : filled))).toEqual(["records", "goal"]);
    expect(sql.find(({filled}) => filled.includes("fct_target"))!.filled).toMatch(/level = 'company' and metric in \('revenue_won'\) and period in \('2026-10'\)/);
  });
  it("is of the running period where the number depends on how much of it has passed, with the same days of three years", () => {
    expect(["target_pace", "target_pace_seasonal", "target_landing", "required_run_rate"].map((id) => of(id).sql_of!.period)).toEqual(Array(4).fill("2026-11"));
    const days = (id: string) => of(id).sql.map(({filled}) => filled).join("\n");
    for (const id of ["target_pace_seasonal", "target_landing"]) expect(days(id)).toMatch(/2025-11-01[^]*2024-11-01[^]*2023-11-01/);
    expect(days("target_pace")).not.toContain("2025-11-01");
  });
  it("of what is not allocated reads goals alone", () => expect(of("target_unallocated").sql.every(({filled}) => filled.includes("from fct_target"))).toBe(true));
  it("is none where no KPI has a goal, and every other number says no goal's", async () => {
    expect((await makingsOf(metrics, "2026-10", manifest)).get("target_pace")!.statements).toEqual([]);
    expect(written.metrics.filter(({sql_of}) => sql_of !== null).map(({id}) => id)).toEqual(targetMetrics.map(({id}) => id));
    expect(of("revenue_won").sql.some(({filled}) => filled.includes("fct_target"))).toBe(false);
  });
});

describe("lineageOf(metric)", async () => {
  const models = await readModels();
  it("leads from the mart through the steps between to the newest files", () => {
    const [use] = lineageOf(metrics.find(({id}) => id === "win_rate")!, models, files);
    expect(use!.mart).toBe("fct_opportunity");
    expect(use!.tables[0]).toMatchObject({table: "opportunity", files: [{file: "deals.csv", kept: 3}]});
  });
  it("names every needed column's table somewhere, for every KPI", () => {
    const lost = metrics.filter(({internal}) => !internal).filter((metric) => {
      const tables = lineageOf(metric, models, files).flatMap(({tables}) => tables.filter(({columns}) => columns.length > 0).map(({table}) => table));
      return !metric.needs.some((need) => need.split("|").some((column) => tables.includes(column.split(".")[0]!)));
    });
    expect(lost.map(({id}) => id)).toEqual([]);
  });
});

describe("assertDefined(pages)", () => {
  const report = {manifest, catalogue: metrics, format};
  const page = (path: string, ...elements: [typeof kpiCardElement, Record<string, unknown>][]): Page => ({
    path, file: `${path}.md`, frontMatter: {}, elements: elements.map(([definition, attributes], k) => ({definition, attributes, tag: `<${definition.name}>`, place: `src${path}.md:${k + 1}`}))
  });
  it("takes every listed metric where the definitions page has all", () => {
    const card = page("/index", [kpiCardElement, {metric: "win_rate"}], [kpiCardElement, {metric: "logo_churn_stripe"}]);
    expect(() => assertDefined([card, page("/definitions", [kpiDefinitionsElement, {}])], report)).not.toThrow();
    expect(() => assertDefined([card], report)).not.toThrow();
  });
  it("refuses a number that the definitions page leaves out, with page and line", () => {
    const pages = [page("/index", [kpiCardElement, {metric: "win_rate"}], [kpiCardElement, {metric: "new_leads"}]), page("/definitions", [kpiDefinitionsElement, {metrics: ["win_rate"]}])];
    expect(() => assertDefined(pages, report)).toThrow("src/index.md:2: <kpi-card>: “new_leads” has no entry on the definitions page. Name it in <kpi-definitions>");
  });
});
