import {describe, expect, it} from "vitest";
import {judgeAction, type ActionRules} from "../../../src/query/explain/action.js";
import type {AnswerRow} from "../../../src/query/question.js";

const iso = (year: number, month: number) => new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);

/** Months from January 2024 on; the last is a part one where asked. */
const months = (values: readonly (number | null)[], {part = false, young = 0, n = 50} = {}): AnswerRow[] => values.map((value, k) => {
  const [start, end] = [iso(2024, 1 + k), iso(2024, 2 + k)];
  const last = k === values.length - 1;
  return {
    metric: "win_rate", role: "trend", members: [], total: true, value, n, ...(k >= values.length - young && {inProgress: 3}),
    period: {key: start.slice(0, 7), grain: "month", start, end, part: part && last, census: new Date(Date.parse(end) - 86_400_000).toISOString().slice(0, 10)}
  };
});
const rules: ActionRules = {unit: "count", start: "2024-09-01", expected: "up"};
/** Eight months about 10, moving ranges of 2: centre 10, limits 10 ± 5.32. */
const before = [9, 11, 9, 11, 9, 11, 9, 11];
const verdict = (after: readonly (number | null)[], more: Partial<ActionRules> = {}, shape = {}) => judgeAction(months([...before, ...after], shape), {...rules, ...more});

describe("an action, worked out on paper", () => {
  it("is working after a month above what was possible before: 16 over 15.32", () => {
    const {verdict: told, before: usual, since, periods, signal, series} = verdict([16]);
    expect([told, usual, since, periods, signal!.period.key, series.limits!.upper]).toEqual(["working", 10, 16, 1, "2024-09", expect.closeTo(15.32, 9)]);
  });
  it("is working after eight months on the good side, none of them outside", () => {
    expect(verdict([11, 11, 11, 11, 11, 11, 11]).verdict).toBe("open");
    expect(verdict([11, 11, 11, 11, 11, 11, 11, 11])).toMatchObject({verdict: "working", signal: {signal: {rule: "eight_in_a_row"}}});
  });
  it("has no effect after eight months of routine variation", () => expect(verdict([9, 11, 9, 11, 9, 11, 9, 11]).verdict).toBe("no_effect"));
  it("made it worse after a signal against the expected direction", () => expect(verdict([4]).verdict).toBe("worse"));
  it("is judged by what was expected, not by what is good", () => expect(verdict([4], {expected: "down"}).verdict).toBe("working"));
  it("is judged by the last signal", () => expect(verdict([16, 10, 4]).verdict).toBe("worse"));
  it("is open without a closed month", () => {
    expect(verdict([])).toMatchObject({verdict: "open", periods: 0, since: null});
    expect(verdict([30], {}, {part: true})).toMatchObject({verdict: "open", periods: 0, since: null});
  });
});

describe("an action is not judged", () => {
  it("by months whose windows have not passed", () => expect(verdict([16, 2, 2], {}, {young: 2})).toMatchObject({verdict: "working", periods: 1}));
  it("by the month in which it starts, unless on its first day", () => {
    expect(verdict([30, 10], {start: "2024-09-02"})).toMatchObject({verdict: "open", periods: 1, since: 10, periodsBefore: 8});
    expect(verdict([30, 10])).toMatchObject({verdict: "working", periods: 2});
  });
  it("by a run that began before it", () => expect(judgeAction(months([9, 11, 9, 11, 9, 11, 9, 11, 11, 11, 11, 11, 11, 11]), {...rules, start: "2025-02-01"})).toMatchObject({verdict: "open", periods: 1}));
  it("with fewer than eight closed months before it", () => expect(verdict([16], {start: "2024-08-01"})).toMatchObject({verdict: "unjudged", before: null, periodsBefore: 7}));
  it("where nobody says which way is good", () => expect(verdict([16], {expected: null}).verdict).toBe("unjudged"));
  it("by months with too few records", () => expect(verdict([16], {minN: 60})).toMatchObject({verdict: "unjudged", periods: 0}));
});
