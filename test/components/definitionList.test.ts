import {describe, expect, it} from "vitest";
import {definitionList} from "../../src/components/definitionList.js";
import {footnotes} from "../../src/components/footnotes.js";
import {formulaText} from "../../src/components/formula.js";
import {conversion, cumulative, derived, ratio, simple} from "../../src/metrics/define.js";
import {metrics} from "../../src/metrics/index.js";
import {missingData} from "../../src/query/catalogue.js";
import {blank, formatterOf} from "./world.js";

const document = blank();
const described = {unit: "count", direction: "up", dateRule: "E", processStage: "closing", owner: "head of sales", status: "checked", version: 2, since: "2026-11-22", page: "index", needs: ["opportunity.amount"]} as const;
const fact = (root: Element, name: string) => [...root.querySelectorAll("dt")].find(({textContent}) => textContent === name)?.nextElementSibling?.textContent;
const winRate = metrics.find(({id}) => id === "win_rate")!;

describe.each(["en", "hu"])("definitionList(metrics) in %s", async (locale) => {
  const format = await formatterOf(locale);
  const listed = metrics.filter(({internal}) => !internal);
  const root = definitionList(listed, {format, document, sql: ({id}) => `select 1 -- <b>${id}</b>`, checks: ({id}) => [`${id}.check.sql`], pageHref: ({page}) => `/${page}`});
  it("has one section a metric, each with the metric's id as its anchor", () => expect([...root.querySelectorAll("section")].map(({id}) => id)).toEqual(listed.map(({id}) => id)));
  it("gives every metric its formula, rule, direction, unit, owner, status and version", () => {
    for (const section of root.querySelectorAll("section")) expect(section.querySelectorAll("dt").length).toBeGreaterThanOrEqual(9);
  });
  it("shows SQL as text", () => {
    expect(root.querySelector("pre")!.textContent).toBe(`select 1 -- <b>${listed[0]!.id}</b>`);
    expect(root.querySelector("b")).toBeNull();
  });
});

describe("a definition", async () => {
  const format = await formatterOf("en");
  it("of a ratio names both parts, each with what it counts", () => {
    const root = definitionList([winRate], {format, document});
    expect(fact(root, "Formula")).toBe("Opportunities won ÷ Opportunities closed");
    expect(fact(root, "Numerator")).toContain("count(*) of fct_opportunity where is_won = true");
    expect(fact(root, "Denominator")).toContain("fct_opportunity");
  });
  it("says what no source feeds", () => expect(fact(definitionList([winRate], {format, document, missing: (metric) => missingData(metric, {fed: []})}), "Needs")).toContain("not in your data: "));
  it("says what is not published", () => expect(fact(definitionList([winRate], {format, document, missing: (metric) => missingData(metric, {fed: [], withheld: metrics.flatMap(({needs}) => needs.flatMap((need) => need.split("|")))})}), "Needs")).toContain("not published in this report: "));
  it("leaves out what it was not given", () => {
    const root = definitionList([winRate], {format, document});
    expect(root.querySelector("details")).toBeNull();
    expect(fact(root, "Tests")).toBeUndefined();
  });
  it("has its words on paper too", () => expect(footnotes(["win_rate", "win_rate"], {format, document}).querySelectorAll("dt")).toHaveLength(1));
});

describe("formulaText(metric, name)", () => {
  const count = simple({...described, id: "a", mart: "fct_x", time: "t", aggregate: {fn: "count"}, dimensions: []});
  const sum = simple({...described, id: "b", mart: "fct_x", time: "t", aggregate: {fn: "sum_product", columns: ["amount", "probability"]}, where: [{column: "stage", is: "in", values: ["x", "y"]}, {column: "lost_at", is: "null"}], dimensions: []});
  const name = (id: string) => id.toUpperCase();
  it.each([
    ["simple", count, "count(*) of fct_x"],
    ["simple with conditions", sum, "sum(amount × probability) of fct_x where stage in (x, y) and lost_at is null"],
    ["quantile", simple({...described, id: "q", mart: "m", time: "t", aggregate: {fn: "quantile", column: "d", q: 0.9}, dimensions: []}), "quantile(d, 0.9) of m"],
    ["ratio", ratio({...described, id: "r", numerator: count, denominator: sum}), "A ÷ B"],
    ["derived", derived({...described, id: "d", inputs: {x: count, y: sum}, formula: ["/", ["-", "x", "y"], 2]}), "(A − B) ÷ 2"],
    ["cumulative", cumulative({...described, id: "c", measure: count, window: "year"}), "Σ A"],
    ["conversion", conversion({...described, id: "v", mart: "m", time: "created", conversion: "won", window: 90, dimensions: []}), "count(won − created ≤ 90 d) ÷ count(created)"],
    ["conversion without a window", conversion({...described, id: "v", mart: "m", time: "created", conversion: "won", window: null, dimensions: []}), "count(won − created) ÷ count(created)"]
  ] as const)("of a %s", (_kind, metric, text) => expect(formulaText(metric, name)).toBe(text));
});
