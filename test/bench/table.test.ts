import {describe, expect, it} from "vitest";
import {outcomesJson, printFigure, printOutcomes} from "./table.js";
import {judge, ratioOf, type Check, type Outcome} from "./target.js";

const check = (extra: Partial<Check>): Check => ({target: "P1", what: "first KPI visible", unit: "s", value: 0.23, ...extra});

describe("judge(outcome)", () => {
  it("holds the value against its limit, bounds inclusive", () => {
    expect(judge(check({limit: {of: "value", most: 0.23}}))).toBe("met");
    expect(judge(check({limit: {of: "value", most: 0.22}}))).toBe("not met");
    expect(judge(check({limit: {of: "value", least: 0.23}}))).toBe("met");
    expect(judge(check({limit: {of: "value", least: 0.24}}))).toBe("not met");
  });

  it("holds the ratio against its limit", () => {
    const beside = {name: "static HTML", value: 0.2};
    expect(judge(check({beside, limit: {of: "ratio", most: 1.16}}))).toBe("met");
    expect(judge(check({beside, limit: {of: "ratio", most: 1.14}}))).toBe("not met");
  });

  it("never passes what could not be compared or is not a number", () => {
    expect(judge(check({limit: {of: "ratio", most: 1}}))).toBe("not run");
    expect(judge(check({beside: {name: "none", value: 0}, limit: {of: "ratio", most: 1}}))).toBe("not run");
    expect(judge(check({value: NaN, limit: {of: "value", most: 1}}))).toBe("not met");
  });

  it("says nothing of a figure without a limit, and that a row was not run", () => {
    expect(judge(check({}))).toBe("");
    expect(judge({target: "P12", reason: "too big"})).toBe("not run");
  });
});

describe("ratioOf(check)", () => {
  it("is value ÷ the row beside it", () => {
    expect(ratioOf(check({beside: {name: "x", value: 0.1}}))).toBeCloseTo(2.3);
    expect(ratioOf(check({}))).toBeUndefined();
  });
});

describe("printOutcomes(outcomes)", () => {
  const outcomes: Outcome[] = [
    {target: "P12", reason: "needs --full"},
    check({beside: {name: "static HTML", value: 0.2}, limit: {of: "ratio", most: 1.15}, note: "5 rounds"}),
    {target: "P7", what: "rows a second", unit: "rows/s", value: 1234567, beside: {name: "DuckDB alone", value: 1000000}, limit: {of: "ratio", least: 0.7}, note: "5 rounds"}
  ];

  it("prints a block for each target in table order, with figure, comparison, ratio, limit and verdict", () => {
    const text = printOutcomes(outcomes);
    expect(text.indexOf("P1  ")).toBeLessThan(text.indexOf("P7  "));
    expect(text.indexOf("P7  ")).toBeLessThan(text.indexOf("P12  "));
    expect(text).toMatch(/first KPI visible +0\.230 s +static HTML 0\.200 s +1\.15 × +≤ 1\.15 × +met/);
    expect(text).toMatch(/1,234,567 rows\/s +DuckDB alone 1,000,000 rows\/s +1\.23 × +≥ 0\.70 × +met/);
    expect(text).toContain("not run: needs --full");
    expect(text).not.toContain("P2  ");
  });

  it("quotes peers as quoted and closes with the count of verdicts", () => {
    const text = printOutcomes(outcomes);
    expect(text).toContain("peers (quoted, not measured here): Evidence 2.5 ×");
    expect(text.split("\n").at(-1)).toBe("2 met, 0 not met, 1 not run");
  });

  it("prints the table of nothing", () => {
    expect(printOutcomes([])).toBe("0 met, 0 not met, 0 not run");
  });
});

describe("printFigure(value, unit)", () => {
  it("groups thousands and keeps the digits of the unit", () => {
    expect(printFigure(12345.678, "ms")).toBe("12,345.7 ms");
    expect(printFigure(4, "requests")).toBe("4 requests");
    expect(printFigure(0.0123, "shift")).toBe("0.0123");
  });
});

describe("outcomesJson(outcomes)", () => {
  it("adds ratio and verdict", () => {
    expect(outcomesJson([check({limit: {of: "value", most: 1}}), {target: "P12", reason: "too big"}])).toEqual([
      {target: "P1", what: "first KPI visible", unit: "s", value: 0.23, limit: {of: "value", most: 1}, ratio: null, verdict: "met"},
      {target: "P12", reason: "too big", verdict: "not run"}
    ]);
  });
});
