import {describe, expect, it} from "vitest";
import {averageDealSize, medianDealSize, opportunitiesWon, revenueWon, winRate} from "../../../src/metrics/opportunities.js";
import {splitBySegment, splitKindOf, type SegmentSplit} from "../../../src/query/explain/why.js";
import type {AnswerRow, Cell, Role} from "../../../src/query/question.js";

const period = {key: "2025-01", grain: "month", start: "2025-01-01", end: "2025-02-01", part: false, census: "2025-01-31"} as const;
const row = (metric: string, role: Role, member: string | null | undefined, cell: Partial<Cell>): AnswerRow =>
  ({metric, role, period, members: member === undefined ? [] : [member], total: member === undefined, value: null, n: 0, ...cell});
const rate = (won: number, closed: number): Partial<Cell> => ({value: won / closed, n: closed, numerator: won, denominator: closed});
const told = (split: ReturnType<typeof splitBySegment>) => {
  expect(split).toBeTypeOf("object");
  return split as SegmentSplit;
};

describe("a change by segment", () => {
  it("of a rate is each segment's own rate and its share of the whole", () => {
    const split = told(splitBySegment(winRate, [
      row("win_rate", "current", undefined, rate(30, 100)), row("win_rate", "current", "North", rate(10, 60)), row("win_rate", "current", "South", rate(20, 40)),
      row("win_rate", "previous", undefined, rate(40, 100)), row("win_rate", "previous", "North", rate(20, 60)), row("win_rate", "previous", "South", rate(20, 40))
    ], "previous"));
    expect(split).toMatchObject({kind: "rate_mix", change: expect.closeTo(-0.1, 12)});
    expect(split.parts.map(({member, change}) => [member, change])).toEqual([["North", expect.closeTo(-0.1, 12)], ["South", expect.closeTo(0, 12)]]);
    expect(split.parts[0]).toMatchObject({rate: expect.closeTo(-0.1, 12), volume: expect.closeTo(0, 12)});
  });
  it("of a sum is how many there were and what each brought", () => {
    const split = told(splitBySegment(revenueWon, [
      row("revenue_won", "current", undefined, {value: 900, n: 9}), row("revenue_won", "current", "North", {value: 900, n: 9}),
      row("revenue_won", "last_year", undefined, {value: 700, n: 7}), row("revenue_won", "last_year", "North", {value: 500, n: 5}), row("revenue_won", "last_year", null, {value: 200, n: 2})
    ], "last_year"));
    expect(split.parts.map(({member, volume, rate}) => [member, volume, rate])).toEqual([["North", 400, 0], [null, -200, 0]]);
  });
  it("of a count is the segments' counts", () => {
    const split = told(splitBySegment(opportunitiesWon, [
      row("opportunities_won", "current", undefined, {value: 5, n: 5}), row("opportunities_won", "current", "a", {value: 5, n: 5}),
      row("opportunities_won", "previous", undefined, {value: 4, n: 4}), row("opportunities_won", "previous", "b", {value: 4, n: 4})
    ], "previous"));
    expect(split.parts.map(({member, change}) => [member, change])).toEqual([["a", 5], ["b", -4]]);
  });
  it("is not told where the parts do not make the whole", () => {
    expect(splitKindOf(medianDealSize)).toBeNull();
    expect(splitKindOf(averageDealSize)).toBe("rate_mix");
    const twice = [row("opportunities_won", "current", undefined, {value: 5, n: 5}), row("opportunities_won", "current", "a", {value: 5, n: 5}), row("opportunities_won", "current", "b", {value: 5, n: 5}), row("opportunities_won", "previous", undefined, {value: 1, n: 1}), row("opportunities_won", "previous", "a", {value: 1, n: 1})];
    expect(splitBySegment(opportunitiesWon, twice, "previous")).toBe("not_additive");
    expect(splitBySegment(opportunitiesWon, [row("opportunities_won", "current", undefined, {value: 5, n: 5}), row("opportunities_won", "previous", undefined, {reason: "incomplete"})], "previous")).toBe("no_value");
  });
});
