import {describe, expect, it} from "vitest";
import {parsePeriod} from "../../../src/query/calendar.js";
import {shapePeriods, shapesOf} from "../../../src/query/explain/shapes.js";

const context = {asOf: "2024-03-10", firstDay: "2020-01-01", calendar: {workingDays: [1, 2, 3, 4, 5], holidays: [], weekStart: 1, fiscalYearStart: 4}} as unknown as Parameters<typeof parsePeriod>[1];

describe("the shape of a period", () => {
  it("rests on the same first days of three earlier years", () => {
    expect(shapePeriods(parsePeriod("2024-03", context))).toEqual([
      {whole: "2023-03", toDate: "2023-03-01..2023-03-10"}, {whole: "2022-03", toDate: "2022-03-01..2022-03-10"}, {whole: "2021-03", toDate: "2021-03-01..2021-03-10"}]);
    expect(shapePeriods(parsePeriod("2024-Q1", context))[0]).toEqual({whole: "2023-Q1", toDate: "2023-01-01..2023-03-11"});
  });
  it("is none of a period that is over, or of a week", () => {
    expect(shapePeriods(parsePeriod("2024-02", context))).toEqual([]);
    expect(shapePeriods(parsePeriod("current:week", context))).toEqual([]);
  });
  it("passes over years without numbers", () => {
    expect(shapesOf([{toDate: 30, whole: 100}, {toDate: null, whole: 100}, {toDate: 0, whole: 0}, {toDate: 5, whole: 10}])).toEqual([0.3, 0.5]);
  });
});
