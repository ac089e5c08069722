import {describe, expect, it} from "vitest";
import {definitionList} from "../../src/components/definitionList.js";
import {footnotes} from "../../src/components/footnotes.js";
import {formulaText} from "../../src/components/formula.js";
import {stageStrip} from "../../src/components/stageStrip.js";
import {conversion, cumulative, derived, ratio, simple, type Metric} from "../../src/metrics/define.js";
import {metrics} from "../../src/metrics/index.js";
import type {Defined} from "../../src/metrics/targets.js";
import {missingData} from "../../src/query/catalogue.js";
import {filledPieces} from "../../src/query/filled.js";
import {isListed, variantsOf} from "../../src/query/variants.js";
import type {DefinitionEntry} from "../../src/components/definitionEntry.js";
import type {Answer} from "../../src/query/question.js";
import {answerOf, blank, formatterOf, month} from "./world.js";

const document = blank();
const described = {unit: "count", direction: "up", dateRule: "E", processStage: "closing", owner: "head of sales", status: "checked", version: 2, since: "2026-11-22", page: "index", needs: ["opportunity.amount"]} as const;
const fact = (root: Element, name: string) => [...root.querySelectorAll("dt")].find(({textContent}) => textContent === name)?.nextElementSibling?.textContent;
const find = (id: string): Metric => metrics.find((metric) => metric.id === id)!;
const entry = (metric: Metric, more: Partial<DefinitionEntry> = {}): DefinitionEntry => ({metric, variants: variantsOf(metric.id, metrics), chosen: metric.id, parts: metric.type === "ratio" ? [metric.numerator, metric.denominator] : [], missing: null, ...more});
const winRate = find("win_rate");
const statement = {sql: "select ? -- <b>?</b>", params: ["2026-10-01"]};
const making = ({id, version, since}: Defined) => ({
  statements: [statement], filled: [filledPieces(statement)], checks: [`${id}.check.sql`], status: "checked" as const, versions: [{version: 1, since: "2026-01-05"}, {version: version + 1, since}],
  lineage: [{mart: "fct_opportunity", grain: "one row per opportunity", tables: [
    {table: "opportunity", columns: ["state"], files: [1, 2, 3, 4, 5].map((k) => ({file: `deals-${k}.csv`, kept: 1200}))},
    {table: "fx_rate", columns: [], files: [{file: "rates.csv", kept: 3}]}
  ]}]
});

describe.each(["en", "hu"])("definitionList(entries) in %s", async (locale) => {
  const format = await formatterOf(locale);
  const listed = metrics.filter(isListed);
  const root = definitionList(listed.map((metric) => entry(metric)), {format, document, making, fileHref: "definitions.json"});
  it("has one folded entry a KPI, each with its id as the anchor of what is inside", () => {
    const bodies = [...root.querySelectorAll("details.qd-definition:not([open]) > .qd-definition-body")];
    expect(bodies.map(({id}) => id).sort()).toEqual(listed.map(({id}) => id).sort());
  });
  it("groups them by stage of the process, in its order, and a strip leads to each", () => {
    const stages = [...root.querySelectorAll("section.qd-stage")];
    expect(stages.map(({id}) => id)).toEqual(["generation", "qualification", "lead_management", "closing", "after_sales"].map((stage) => `stage-${stage}`));
    expect([...root.querySelectorAll(".qd-stages a")].map((link) => link.getAttribute("href"))).toEqual(stages.map(({id}) => `#${id}`));
    for (const stage of stages) for (const body of stage.querySelectorAll(".qd-definition-body")) expect(stage.id).toBe(`stage-${find(body.id).processStage}`);
  });
  it("has an anchor for each other definition of a KPI too, and no id twice", () => {
    const ids = [...root.querySelectorAll("[id]")].map(({id}) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(metrics.filter(({internal}) => !internal).map(({id}) => id).filter((id) => !ids.includes(id))).toEqual([]);
  });
  it("gives every KPI its formula, rule, direction, unit, owner, status and version", () => {
    for (const body of root.querySelectorAll(".qd-definition-body")) expect(body.querySelectorAll("dt").length).toBeGreaterThanOrEqual(9);
  });
  it("has headings in order", () => {
    const levels = [...root.querySelectorAll("h1, h2, h3, h4, h5")].map(({tagName}) => Number(tagName[1]));
    expect(levels[0]).toBe(2);
    levels.forEach((level, k) => expect(level - (levels[k - 1] ?? 1)).toBeLessThanOrEqual(1));
  });
  it("shows SQL as text, with what was filled in marked", () => {
    expect(root.querySelector("pre")!.textContent).toBe("select '2026-10-01' -- <b>?</b>;");
    expect(root.querySelector("pre mark")!.textContent).toBe("'2026-10-01'");
    expect(root.querySelector("b")).toBeNull();
  });
  it("hides the search box, which only a script makes work", () => expect(root.querySelector(".qd-find")!.hasAttribute("hidden")).toBe(true));
});

describe("a definition", async () => {
  const format = await formatterOf("en");
  const shown = (metric: Metric, more: Partial<DefinitionEntry> = {}, answer?: Answer) => definitionList([entry(metric, more)], {format, document, making, ...(answer && {answer})});
  it("of a ratio names both parts, each with what it counts", () => {
    const root = shown(winRate);
    expect(fact(root, "Formula")).toBe("Opportunities won ÷ Opportunities closed");
    expect(fact(root, "Numerator")).toContain("count(*) of fct_opportunity where is_won = true");
    expect(fact(root, "Denominator")).toContain("fct_opportunity");
  });
  it("says what no source feeds", () => expect(fact(shown(winRate, {missing: missingData(winRate, {fed: []})}), "Needs")).toContain("not in your data: "));
  it("says what is not published", () => expect(fact(shown(winRate, {missing: missingData(winRate, {fed: [], withheld: metrics.flatMap(({needs}) => needs.flatMap((need) => need.split("|")))})}), "Needs")).toContain("not published in this report: "));
  it("leads from the mart to the columns and files, and counts the files beyond three", () => {
    expect(shown(winRate).querySelector(".qd-lineage")!.textContent).toBe("fct_opportunity one row per opportunityopportunity: state ← deals-1.csv (1,200 rows kept), deals-2.csv (1,200 rows kept), deals-3.csv (1,200 rows kept), 2 more filesalso reads fx_rate");
  });
  it("tells its versions, the newest first", () => expect(fact(shown(winRate), "Version")).toMatch(/^2, since .*; 1, since 5 January 2026$/));
  it("says what to do when it is bad", () => expect(fact(shown(winRate, {play: "win_rate"}), "Do")).toBe(format.message("play.win_rate.action")));
  it("shows what the period came to, on what it rests and what was left out", () => {
    const answer = answerOf({metrics: ["win_rate"], cell: (cell) => ({...cell, value: 0.25, n: 1480, inProgress: 3})});
    const root = shown(winRate, {}, answer);
    expect(root.querySelector("summary")!.textContent).toContain("25");
    expect([fact(root, "Rests on"), fact(root, "Left out, and how sure")]).toEqual(["1,480 records", expect.stringContaining("3 still in their window")]);
  });
  it("leaves out what it was not given", () => {
    const root = definitionList([entry(winRate)], {format, document});
    expect(root.querySelectorAll("details")).toHaveLength(1);
    expect([fact(root, "Tests"), fact(root, "Value")]).toEqual([undefined, undefined]);
  });
  it("has its words on paper too", () => expect(footnotes(["win_rate", "win_rate"], {format, document}).querySelectorAll("dt")).toHaveLength(1));
});

describe("a KPI with several definitions", async () => {
  const format = await formatterOf("en");
  const churn = find("logo_churn");
  const period = month(2026, 10);
  const rows = variantsOf("logo_churn", metrics).map(({id}, k) => ({metric: id, role: "current" as const, period, members: [], total: true, value: (k + 1) / 100, n: 300 + k}));
  const answer: Answer = {asOf: "2026-11-01", question: {metrics: [], period: "2026-10"}, period, rows, notApplied: [], missing: []};
  const root = definitionList([entry(churn, {chosen: "logo_churn_stripe"})], {format, document, answer});
  it("shows them side by side, each with its value and n", () => {
    const lines = [...root.querySelectorAll(".qd-variants tbody tr")];
    expect(lines.map((line) => line.children[1]!.textContent)).toEqual(rows.map(({value}) => format.value(value, "percent")));
    expect(lines.map((line) => line.children[2]!.firstChild!.textContent)).toEqual(rows.map(({n}) => String(n)));
  });
  it("marks the one that stands in the report, and shows its value beside the name", () => {
    expect([...root.querySelectorAll(".qd-chosen-variant")].map((mark) => mark.closest("tr")!.id)).toEqual(["logo_churn_stripe"]);
    expect(root.querySelector(".qd-definition-value")!.textContent).toBe(format.value(rows.find(({metric}) => metric === "logo_churn_stripe")!.value, "percent"));
  });
});

describe("stageStrip(counts)", async () => {
  const format = await formatterOf("en");
  it("has all five stages; one without KPIs is no link", () => {
    const root = stageStrip({counts: {closing: 12, generation: 1}, href: (stage) => `/definitions#stage-${stage}`, format, document});
    expect([...root.querySelectorAll("li")].map(({textContent}) => textContent)).toEqual(["Generation 1 KPI", "Qualification 0 KPIs", "Lead management 0 KPIs", "Closing 12 KPIs", "After-sales 0 KPIs"]);
    expect([...root.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual(["/definitions#stage-generation", "/definitions#stage-closing"]);
  });
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
    ["derived with a power", derived({...described, id: "d", inputs: {x: count}, formula: ["-", 1, ["*", "x", ["*", "x", "x"]]]}), "1 − A³"],
    ["cumulative", cumulative({...described, id: "c", measure: count, window: "year"}), "Σ A"],
    ["conversion", conversion({...described, id: "v", mart: "m", time: "created", conversion: "won", window: 90, dimensions: []}), "count(won − created ≤ 90 d) ÷ count(created)"],
    ["conversion without a window", conversion({...described, id: "v", mart: "m", time: "created", conversion: "won", window: null, dimensions: []}), "count(won − created) ÷ count(created)"]
  ] as const)("of a %s", (_kind, metric, text) => expect(formulaText(metric, name)).toBe(text));
});
