import {describe, expect, it} from "vitest";
import {readAttributes} from "../../src/elements/attributes.js";
import {elements, findElement} from "../../src/elements/catalogue.js";

const vocabulary = {metrics: ["win_rate", "revenue_won"], dimensions: ["region", "team"]};
const read = (name: string, given: Record<string, string>) => readAttributes(findElement(name).attributes, given, vocabulary);

describe("readAttributes", () => {
  it("gives the definition of a KPI that is named, or that the settings chose", () => {
    const several = {...vocabulary, variant: (metric: string, name?: string) => (name === "cohort" ? `${metric}_cohort` : metric === "revenue_won" ? "revenue_won_chosen" : metric)};
    const card = (given: Record<string, string>) => readAttributes(findElement("kpi-card").attributes, given, several)["metric"];
    expect([card({metric: "win_rate"}), card({metric: "win_rate", variant: "cohort"}), card({metric: "revenue_won"})]).toEqual(["win_rate", "win_rate_cohort", "revenue_won_chosen"]);
  });

  it("returns parsed values", () => {
    expect(read("kpi-trend", {metric: "win_rate", by: "region", count: "24", class: "wide", "data-x": "1"})).toEqual({metric: "win_rate", by: "region", count: 24});
    expect(read("kpi-table", {metrics: "win_rate, revenue_won"})).toEqual({metrics: ["win_rate", "revenue_won"]});
  });

  it.each([
    ["kpi-card", {metric: "win_rat"}, "metric: no metric is called “win_rat”; did you mean “win_rate”?"],
    ["kpi-card", {metrc: "win_rate"}, "there is no attribute “metrc”; did you mean “metric”?"],
    ["kpi-card", {}, "the attribute “metric” is missing (a metric id)"],
    ["kpi-bars", {metric: "win_rate", by: "regoin"}, "by: no dimension is called “regoin”; did you mean “region”?"],
    ["kpi-trend", {metric: "win_rate", grain: "mont"}, "grain: no grain is called “mont”; did you mean “month”?"],
    ["kpi-trend", {metric: "win_rate", count: "0"}, "count: “0” is not a whole number from 1 to 120"],
    ["kpi-table", {metrics: ""}, "metrics: a metric is missing"]
  ])("refuses <%s %o>", (name, given, message) => {
    expect(() => read(name, given as Record<string, string>)).toThrow(message);
  });

  it("names the nearest element", () => {
    expect(() => findElement("kpi-crad")).toThrow("there is no element <kpi-crad>; did you mean “kpi-card”?");
  });

  it("knows every element that the browser defines", async () => {
    const source = await import("node:fs/promises").then(({readFile}) => readFile(new URL("../../src/elements/define.ts", import.meta.url), "utf8"));
    for (const {name} of elements) expect(source).toContain(`"${name}"`);
  });
});
