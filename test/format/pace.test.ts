import {describe, expect, it} from "vitest";
import {heldAgainst} from "../../src/format/pace.js";
import type {Period} from "../../src/query/question.js";

const whole: Period = {key: "2026-10", grain: "month", start: "2026-10-01", end: "2026-11-01", part: false, census: "2026-10-31"};
const part: Period = {key: "2026-11", grain: "month", start: "2026-11-01", end: "2026-11-04", part: true, workdays: [2, 20], census: "2026-11-03"};
const sum = {type: "simple", unit: "currency", additivity: "full"} as const;

describe("heldAgainst(row, metric)", () => {
  it("is the target in a whole period, and nothing without one", () => {
    expect(heldAgainst({target: 400, period: whole}, sum)).toEqual({value: 400, paced: false});
    expect(heldAgainst({period: part}, sum)).toEqual({value: null, paced: false});
  });
  it("is the part due by then for what adds up over time", () => expect(heldAgainst({target: 400, period: part}, sum)).toEqual({value: 40, paced: true}));
  it("is unknown before the first working day", () => expect(heldAgainst({target: 400, period: {...part, workdays: [0, 20]}}, sum)).toEqual({value: null, paced: true}));
  it.each([
    ["a rate", {type: "ratio", unit: "percent"}, 400, false],
    ["a median", {type: "simple", unit: "days", additivity: "none"}, 400, false],
    ["a stock", {type: "balance", unit: "currency", additivity: "dimensions"}, 400, false],
    ["a running total", {type: "cumulative", unit: "currency"}, null, true],
    ["a number for each head", {type: "derived", unit: "currency"}, null, true],
    ["distinct counts", {type: "simple", unit: "count", additivity: "none"}, null, true]
  ] as const)("of %s", (_, metric, value, paced) => expect(heldAgainst({target: 400, period: part}, metric)).toEqual({value, paced}));
});
