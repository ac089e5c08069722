import {describe, expect, it} from "vitest";
import {seriesTrend} from "../../src/elements/kpiSignal.js";
import {revenueWon, winRate} from "../../src/metrics/opportunities.js";
import {month} from "../components/world.js";

const period = month(2026, 10);

describe("seriesTrend(metrics, period, grain, manifest)", () => {
  it("is three years of months where the settings fix no baseline", () => expect(seriesTrend([revenueWon, winRate], period, "month", {})).toEqual({grain: "month", count: 36}));
  it("reaches back to the earliest day of a baseline that the settings fix", () => {
    const rules = {judgingOf: {win_rate: {baseline: {from: "2022-01-01", to: "2022-12-31"}}}};
    expect(seriesTrend([revenueWon, winRate], period, "month", {rules}).count).toBeGreaterThanOrEqual(58);
    expect(seriesTrend([revenueWon], period, "month", {rules}).count).toBe(36);
  });
  it("has at most 240 periods", () => expect(seriesTrend([winRate], period, "month", {rules: {judging: {baseline: {from: "1990-01-01", to: "1990-12-31"}}}}).count).toBe(240));
});
