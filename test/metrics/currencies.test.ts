import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {ask} from "../../src/query/ask.js";

let built: BuiltReport;
beforeAll(async () => {
  built = await openBuilt((await runPipeline(await readSettings(fileURLToPath(new URL("../fixtures/tiny-currencies/report.yaml", import.meta.url))))).folder, {threads: 1});
});
afterAll(() => built?.close());

const cell = async (metric: string, period: string) => (await ask({metrics: [metric], period}, built)).rows[0]!;

describe("amounts in several currencies", () => {
  it("without a rate are left out, counted, and named with the days that need one", async () => {
    expect(await cell("revenue_won", "2025-02")).toMatchObject({value: 1800, n: 2, unrated: 2, coverage: 2 / 5});
    expect(await cell("win_rate_value", "2025-02")).toMatchObject({unrated: 2});
    expect(await cell("open_pipeline", "2025-03")).toMatchObject({value: 2140, unrated: 1});
    expect(built.manifest.unrated).toEqual([{currency: "CHF", first: "2025-02-12", last: "2025-03-31", count: 2}, {currency: "SEK", first: "2025-02-01", last: "2025-02-01", count: 1}]);
  });

  it("all without a rate have no value, and say so", async () => {
    expect(await cell("revenue_won", "2025-02-12")).toMatchObject({value: null, reason: "no_rate", n: 0});
  });

  it("in the report's own currency, or without an amount, need none", async () => {
    expect(await cell("revenue_won", "2025-01")).not.toHaveProperty("unrated");
    expect(await cell("revenue_won", "2025-02-14")).toMatchObject({value: null, reason: "not_in_data"});
    expect(await cell("opportunities_won", "2025-02")).not.toHaveProperty("unrated");
  });

  it("at one rate for all days differ from those at their own by what exchange rates did", async () => {
    const [own, constant] = await Promise.all([cell("revenue_won", "2025-01"), cell("revenue_won_constant", "2025-01")]);
    expect(own.value! - constant.value!).toBe(-50);
  });
});
