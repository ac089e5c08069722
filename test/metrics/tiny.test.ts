import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {ask} from "../../src/query/ask.js";
import {askFunnel} from "../../src/query/funnel/askFunnel.js";

let tiny: BuiltReport;
beforeAll(async () => {
  tiny = await openBuilt((await runPipeline(await readSettings(fileURLToPath(new URL("../fixtures/tiny/report.yaml", import.meta.url))))).folder, {threads: 1});
});
afterAll(() => tiny?.close());

const value = async (metric: string, period: string) => (await ask({metrics: [metric], period}, tiny)).rows[0]!;

describe("the tiny world", () => {
  it("says why there is no value", async () => {
    expect((await value("lead_conversion_rate", "2025-02")).reason).toBe("immature");
    expect((await value("lost_value", "2025-02")).reason).toBe("not_in_data");
    expect((await value("win_rate", "2024-12")).reason).toBe("zero_denominator");
    expect((await value("median_deal_size", "2024-12")).reason).toBe("no_rows");
    expect((await value("won_value_per_owner", "2025-01")).reason).toBe("zero_denominator");
    expect((await value("new_leads", "2024-10")).reason).toBe("not_in_data");
  });

  it("shows what is in progress, undated, covered", async () => {
    expect(await value("lead_conversion_rate", "2024-12")).toMatchObject({numerator: 1, denominator: 2, inProgress: 1});
    expect(await value("open_opportunities", "current:month")).toMatchObject({undated: 1});
    expect(await value("open_opportunities", "2025-02")).not.toHaveProperty("undated");
    expect(await value("new_leads", "all")).toMatchObject({value: 9, undated: 1});
    expect(await value("open_pipeline", "current:month")).toMatchObject({coverage: 0.8});
    expect(await value("win_rate_value", "2025-02")).toMatchObject({coverage: 2 / 3});
  });

  it("finds the goal that was set for exactly this number", async () => {
    const target = async (period: string, rest: object, members: (string | null)[] = []) =>
      (await ask({metrics: ["revenue_won"], period, ...rest}, tiny)).rows.find((row) => JSON.stringify(row.members) === JSON.stringify(members))?.target;
    expect(await target("2025-02", {})).toBe(4000);
    expect(await target("current:quarter", {})).toBe(9000);
    expect(await target("2025-01", {})).toBeUndefined();
    expect(await target("2025-02", {by: ["region"]}, ["North"])).toBe(2500);
    expect(await target("2025-02", {by: ["region"]}, ["South"])).toBeUndefined();
    expect(await target("2025-02", {filters: [{dimension: "team", values: ["Red"]}]})).toBe(3500);
    expect(await target("2025-02", {filters: [{dimension: "team", values: ["Red", "Blue"]}]})).toBeUndefined();
    expect(await target("2025-02", {filters: [{dimension: "team", values: ["Red"]}], by: ["region"]}, ["North"])).toBeUndefined();
    expect(await target("2025-02", {filters: [{dimension: "source", values: ["web"]}]})).toBeUndefined();
    expect((await value("win_rate", "2025-02")).target).toBe(0.5);
  });

  it("reads the funnel", async () => {
    const {rows} = await askFunnel("lead_to_cash", {period: "2024-11", by: "source", window: null}, tiny);
    expect(rows[0]!.steps.map(({id, reached, overall, fromPrevious}) => [id, reached, overall.value, fromPrevious.value])).toEqual([
      ["lead", 5, 1, 1], ["qualified", 5, 1, 1], ["converted", 4, 0.8, 0.8], ["won", 1, 0.2, 0.25]]);
    expect(rows.find(({member}) => member === "fair")!.steps.map(({reached}) => reached)).toEqual([2, 2, 2, 0]);
  });

  it("takes a custom measure and a custom dimension without code", async () => {
    const {rows} = await ask({metrics: ["seats_sum", "seats_average"], period: "2025-02", by: ["channel"]}, tiny);
    expect(rows.map(({metric, members, value: seats}) => [metric, ...members, seats])).toEqual([
      ["seats_sum", 6], ["seats_sum", "direct", 1], ["seats_sum", "partner", 5], ["seats_average", 2], ["seats_average", "direct", 1], ["seats_average", "partner", 2.5]]);
  });
});
