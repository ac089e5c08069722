import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {forecastReplays} from "../../src/metrics/forecastReplayed.js";
import {ask} from "../../src/query/ask.js";
import {tinyWorlds} from "./worlds.js";

let built: BuiltReport;
beforeAll(async () => {
  built = await openBuilt((await runPipeline(await readSettings(tinyWorlds.find(({name}) => name === "tiny-replay")!.settings))).folder, {threads: 1});
});
afterAll(() => built?.close());

const sums = forecastReplays.filter(({type}) => type === "simple").map(({id}) => id);

describe("replayed forecasts and what was won", () => {
  it.each(["owner", "team", "region", "forecast_category"])("add up over each %s to the whole, month by month", async (by) => {
    for (const period of ["2025-01", "2025-02", "2025-Q1"]) {
      const rows = (await ask({metrics: sums, period, by: [by]}, built)).rows.filter(({role}) => role === "current");
      for (const id of sums) {
        const parts = rows.filter(({metric, total}) => metric === id && !total).reduce((sum, {value}) => sum + (value ?? 0), 0);
        expect(parts, `${id} ${period}`).toBeCloseTo(rows.find(({metric, total}) => metric === id && total)!.value!, 6);
      }
    }
  });
  it("hold a category against what was won of the same opportunities, and show what was due later", async () => {
    const {rows} = await ask({metrics: ["forecast_replayed", "forecast_replayed_outcome", "forecast_bias_replayed"], period: "2025-02", by: ["forecast_category"]}, built);
    const told = rows.filter(({role, total}) => role === "current" && !total).map(({metric, members: [member], value}) => [member, metric, value]);
    expect(told.filter(([member]) => member === "commit")).toEqual([["commit", "forecast_replayed", 1250], ["commit", "forecast_replayed_outcome", 2900], ["commit", "forecast_bias_replayed", expect.closeTo(-1650 / 2900, 12)]]);
    expect(told).toContainEqual(["due later", "forecast_replayed_outcome", 300]);
    expect(told).toContainEqual(["due later", "forecast_bias_replayed", -1]);
  });
  it("are scored for each owner apart", async () => {
    const {rows} = await ask({metrics: ["forecast_accuracy_replayed"], period: "2025-01", by: ["owner"]}, built);
    expect(Object.fromEntries(rows.filter(({role, total}) => role === "current" && !total).map(({members: [member], value}) => [member, value]))).toEqual({Ana: expect.closeTo(1 / 3, 12), Ben: expect.closeTo(11 / 12, 12)});
  });
});
