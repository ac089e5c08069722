import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings, type SettingsOverrides} from "../../loaders/settings.js";
import {ask} from "../../src/query/ask.js";

const open = async (world: string, overrides: SettingsOverrides = {}): Promise<BuiltReport> =>
  openBuilt((await runPipeline(await readSettings(fileURLToPath(new URL(`../fixtures/${world}/report.yaml`, import.meta.url)), overrides))).folder, {threads: 1});
const total = async (metric: string, period: string, report: BuiltReport) => (await ask({metrics: [metric], period}, report)).rows[0]!;

let closing: BuiltReport;
let pipeline: BuiltReport;
beforeAll(async () => {
  [closing, pipeline] = [await open("tiny-closing"), await open("tiny-pipeline")];
});
afterAll(() => [closing, pipeline].forEach((one) => one?.close()));

describe("the window of the win rate of what was created", () => {
  it("is what nine in ten of the won took, and the number says so", async () =>
    expect((await total("win_rate_of_created", "2025-01", closing)).window).toEqual({days: 28, n: 36, measured: true}));

  it("is the declared one where fewer than 30 were won, and the number says so", async () =>
    expect((await total("win_rate_of_created", "2024-Q4", pipeline)).window).toEqual({days: 180, n: 3, measured: false}));

  it("is that of the settings where they name one", async () => {
    const own = await open("tiny-closing", {metrics: {win_rate_of_created: {window: "5d"}}});
    const row = await total("win_rate_of_created", "2025-01", own);
    own.close();
    expect(row).toMatchObject({numerator: 5, denominator: 33});
    expect(row).not.toHaveProperty("window");
  });

  it("is not told of other numbers", async () => expect(await total("win_rate", "2025-01", closing)).not.toHaveProperty("window"));
});

describe("a number of amounts", () => {
  it.each(["average_deal_size", "median_deal_size"])("%s says what share the largest has, and how many have none or 0", async (metric) =>
    expect(await total(metric, "2025-10", closing)).toMatchObject({n: 3, top: 5 / 7, empty: 2}));

  it("says nothing of a largest that is no more than the others", async () => {
    const row = await total("average_deal_size", "2025-01", closing);
    expect(row).not.toHaveProperty("top");
    expect(row).not.toHaveProperty("empty");
  });

  it("counts those of the pipeline", async () => {
    const row = await total("open_pipeline", "current:month", pipeline);
    expect(row).toMatchObject({top: 2000 / 3600, unrated: 1});
    expect(row).not.toHaveProperty("empty");
  });
});

describe("what was lost as a duplicate or a test", () => {
  const ledger = ({manifest}: BuiltReport) => manifest.files.find(({table}) => table === "opportunity")!;

  it("is left out and counted", () =>
    expect(ledger(closing)).toMatchObject({rows: 42, kept: 39, excluded: 3, excludedWhy: {duplicate: 1, test: 2}}));

  it("counts as lost where the settings name other reasons", async () => {
    const own = await open("tiny-closing", {lost_reasons: {test: ["Test drive"], duplicate: []}});
    const {value} = await total("opportunities_lost", "2025-01", own);
    own.close();
    expect(ledger(own)).toMatchObject({kept: 41, excludedWhy: {test: 1}});
    expect(value).toBe(4);
  });
});

describe("whose an opportunity is", () => {
  const entered = async (report: BuiltReport) =>
    (await ask({metrics: ["stage_visits"], period: "2025-02", by: ["owner"]}, report)).rows.filter(({total, value}) => !total && value).map(({members, value}) => [...members, value]);

  it("is told by its owner at the event", async () => expect(await entered(pipeline)).toEqual([["Ben", 1]]));

  it("is told by the present owner where the settings say so", async () => {
    const own = await open("tiny-current-owner");
    expect(await entered(own)).toEqual([["Cy", 1]]);
    expect(own.manifest.ownerCredit).toBe("current");
    expect(pipeline.manifest).not.toHaveProperty("ownerCredit");
    own.close();
  });
});
