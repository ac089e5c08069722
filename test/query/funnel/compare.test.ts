import {describe, expect, it} from "vitest";
import type {FunnelRow, StepResult} from "../../../src/query/funnel/answer.js";
import {biggestLeak, rateDifference} from "../../../src/query/funnel/compare.js";
import {hideSmall} from "../../../src/query/funnel/read.js";

const rate = (part: number, whole: number) => ({value: whole ? part / whole : null, n: whole, numerator: part, denominator: whole});
const step = (id: string, lost: number, passed: number, lostValue: number | null): StepResult => ({
  id, position: 0, reached: 100, mature: 100, overall: rate(1, 2), fromPrevious: rate(1, 2), dropped: {lost, passed, open: 7}, lostValue, unvalued: 0, ties: 0, early: 0
});

describe("rateDifference(a, b)", () => {
  it("has Newcombe's interval: 56 of 70 and 48 of 80 differ by 20 points, 5.2 to 33.4 (his method 10)", () => {
    const {difference, interval, differs} = rateDifference(rate(56, 70), rate(48, 80))!;
    expect([difference, ...interval].map((share) => Math.round(share * 1e4) / 1e4)).toEqual([0.2, 0.0524, 0.3339]);
    expect(differs).toBe(true);
  });
  it("does not say that small groups differ", () => expect(rateDifference(rate(9, 9), rate(0, 80))!.differs).toBeNull());
  it("is none where a side has no rate", () => expect(rateDifference(rate(0, 0), rate(1, 2))).toBeNull());
});

describe("biggestLeak(row)", () => {
  it("is where most value was lost, those still in their window aside", () => expect(biggestLeak({steps: [step("a", 9, 9, 10), step("b", 1, 0, 50)]})!.id).toBe("b"));
  it("is where most were lost where none has a value", () => expect(biggestLeak({steps: [step("a", 2, 2, null), step("b", 1, 4, null)]})!.id).toBe("b"));
  it("is none where nobody dropped out", () => expect(biggestLeak({steps: [step("a", 0, 0, null)]})).toBeNull());
});

it("hideSmall keeps a hidden member from being worked out of the total", () => {
  const row = (member: string | null, entered: number): FunnelRow => ({member, total: member === null, entered, inProgress: 0, excluded: 0, steps: []});
  const shown = hideSmall([row(null, 40), row("a", 25), row("b", 12), row("c", 3)], 5);
  expect(shown.map(({suppressed}) => suppressed ?? false)).toEqual([false, false, true, true]);
});
