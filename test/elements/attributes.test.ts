import {describe, expect, it} from "vitest";
import {readAttributes} from "../../src/elements/attributes.js";
import {elements, findElement, vocabularyOf} from "../../src/elements/catalogue.js";
import {metrics} from "../../src/metrics/index.js";
import type {Manifest} from "../../src/query/manifest.js";

const vocabulary = {metrics: ["win_rate", "revenue_won"], dimensions: ["region", "team"]};
const read = (name: string, given: Record<string, string>) => readAttributes(findElement(name).attributes, given, vocabulary);

describe("readAttributes", () => {
  it("gives the definition of a KPI that is named, or that the settings chose", () => {
    const several = {...vocabulary, variant: (metric: string, name?: string) => (name === "cohort" ? `${metric}_cohort` : metric === "revenue_won" ? "revenue_won_chosen" : metric)};
    const card = (given: Record<string, string>) => readAttributes(findElement("kpi-card").attributes, given, several)["metric"];
    expect([card({metric: "win_rate"}), card({metric: "win_rate", variant: "cohort"}), card({metric: "revenue_won"})]).toEqual(["win_rate", "win_rate_cohort", "revenue_won_chosen"]);
  });

  it("takes a variant on every element of one metric, and in every list of metrics", () => {
    const names = {of_created: "win_rate_of_created"} as Record<string, string>;
    const known = {...vocabulary, driven: ["win_rate", "win_rate_of_created"], variant: (metric: string, name?: string) => (name === undefined ? metric : names[name]!)};
    const of = elements.filter(({attributes}) => "metric" in attributes).map(({name, attributes}) => {
      const rest = {...("by" in attributes && attributes["by"]!.required && {by: "team"})};
      return [name, ...([{metric: "win_rate", variant: "of_created"}, {metric: "win_rate:of_created"}] as Record<string, string>[]).map((given) => readAttributes(attributes, {...given, ...rest}, known)["metric"])];
    });
    expect(of.length).toBeGreaterThan(5);
    expect(of.filter(([, ...read]) => read.some((id) => id !== "win_rate_of_created"))).toEqual([]);
    const lists = elements.filter(({attributes}) => "metrics" in attributes).map(({name, attributes}) => [name, readAttributes(attributes, {metrics: "revenue_won, win_rate:of_created win_rate"}, known)["metrics"]]);
    expect(lists.length).toBeGreaterThan(4);
    for (const [, read] of lists) expect(read).toEqual(["revenue_won", "win_rate_of_created", "win_rate"]);
  });

  it.each([
    ["kpi-bars", {metric: "win_rate", by: "team", variant: "of_creatd"}, "variant: win_rate has no variant “of_creatd”; did you mean “of_created”?"],
    ["kpi-table", {metrics: "revenue_won win_rate:with_overdu"}, "metrics: win_rate has no variant “with_overdu”; did you mean “with_overdue”?"],
    ["kpi-table", {metrics: "new_leads:"}, "metrics: new_leads has no variant “”. Allowed: "],
    ["kpi-trend", {metric: "owners_active_ten_days", variant: "x"}, "metric: no metric is called “owners_active_ten_days”"],
    ["kpi-card", {metric: "average_deal_size", variant: "median"}, "variant: average_deal_size has no variants"],
    ["kpi-drivers", {chain: "new_leads revenue_won", variant: "constant_currency"}, "variant: names a definition of no metric: the attribute “metric” is missing"],
    ["kpi-drivers", {metric: "revenue_won", variant: "constant_currency"}, "variant: no metric with a driver tree is called “revenue_won_constant”"]
  ])("refuses a wrong variant in <%s %o>", (name, given, message) => {
    const shipped = vocabularyOf({dimensions: []} as unknown as Manifest, metrics);
    expect(() => readAttributes(findElement(name).attributes, {...given, ...("by" in given && {by: "team"})} as Record<string, string>, shipped)).toThrow(message);
  });

  it("follows the report's focus where it has one, and is as written where it has none or that goal has no more KPIs", () => {
    const focused = {...vocabulary, focus: ["csat", "nps"]};
    const of = (name: string, given: Record<string, string>, known: typeof focused | typeof vocabulary) => readAttributes(findElement(name).attributes, given, known);
    expect([focused, vocabulary].map((known) => of("kpi-card", {metric: "win_rate", focus: "2"}, known)["metric"])).toEqual(["nps", "win_rate"]);
    expect(of("kpi-card", {metric: "win_rate", focus: "3"}, focused)["metric"]).toBe("win_rate");
    expect(of("kpi-card", {metric: "win_rate"}, focused)["metric"]).toBe("win_rate");
    expect(of("kpi-headline", {metrics: "win_rate", focus: "2"}, focused)["metrics"]).toEqual(["csat", "nps"]);
  });

  it("focuses on the fed KPIs of the goal that the settings name, in its order, by the definitions they chose", () => {
    const focusOf = (rules: Manifest["rules"]) => vocabularyOf({dimensions: [], marts: [], variants: {csat: "mean"}, ...(rules && {rules}), fed: metrics.filter(({id}) => ["csat", "csat_mean", "complaints"].includes(id)).flatMap(({needs}) => needs)} as unknown as Manifest, metrics).focus;
    expect(focusOf({focus: "serve_better"})!.slice(0, 1)).toEqual(["csat_mean"]);
    expect(focusOf({focus: "serve_better"})).toContain("complaints");
    expect(focusOf({focus: "serve_better"})).not.toContain("sla_met");
    expect(focusOf(undefined)).toEqual([]);
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
