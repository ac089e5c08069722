import {describe, expect, it} from "vitest";
import type {ReportContext} from "../../src/elements/definition.js";
import {kpiClvCacElement} from "../../src/elements/kpiClvCac.js";
import {metrics} from "../../src/metrics/index.js";
import type {Filter} from "../../src/query/question.js";

const dimension = (id: string, ...marts: string[]) => ({id, members: ["a", "b"], marts});
const context = {
  catalogue: metrics,
  manifest: {
    asOf: "2026-11-03", firstDay: "2023-01-01", firstDays: {"fct_acquisition_cost.date": "2023-11-01"}, defaultPeriod: "all",
    calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []},
    dimensions: [dimension("source", "fct_acquisition_cost", "fct_customer"), dimension("team", "fct_acquisition_cost", "fct_customer"), dimension("segment", "fct_customer")]
  }
} as unknown as ReportContext;

const picked = (...ids: string[]): Filter[] => ids.map((dimension) => ({dimension, values: ["a"]}));
const asked = (by: string, filters: Filter[], period?: string) => kpiClvCacElement.questions({by}, {filters, ...(period !== undefined && {period})}, context);
const marked = (by: string, filters: Filter[]) => kpiClvCacElement.marked!({by}, {filters}, context);

describe("<kpi-clv-cac>", () => {
  it("asks of the customers who are a year old, of nobody where none are, and of no dimension that the report lacks", () => {
    expect(asked("source", [])).toEqual([{metrics: ["clv_historic", "cac", "clv_to_cac_matured", "cac_payback_months_matured"], by: ["source"], period: "2023-11-01..2025-11-03", compare: []}]);
    expect(asked("source", [], "2026-Q1")).toEqual([]);
    expect(asked("region", [])).toEqual([]);
  });
  it("filters profit only by what filters the cost too, so that both are of the same customers, and marks the rest", () => {
    expect(asked("source", picked("team", "segment"))[0]!.filters).toEqual(picked("team"));
    expect(marked("source", picked("team", "segment"))).toEqual(["segment"]);
    expect(asked("source", picked("segment"))[0]).not.toHaveProperty("filters");
  });
  it("takes every filter where profit stands alone", () => {
    expect(asked("segment", picked("team", "segment"))[0]!.filters).toEqual(picked("team", "segment"));
    expect(marked("segment", picked("team", "segment"))).toEqual([]);
  });
});
