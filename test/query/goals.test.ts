import {describe, expect, it} from "vitest";
import {goalQuestion, goalState, type NamedGoal} from "../../src/query/goals.js";

const goal: NamedGoal = {metric: "revenue_won", period: "2026", level: "company", member: null, due: "2026-06-30", first: "2026-01-01", last: "2026-12-31", goal: "Grow", parent: null, value: 100};
const up = {direction: "up"} as const;

describe("a milestone", () => {
  it("asks what was reached from its period's first day to its own, or to as-of", () => {
    expect(goalQuestion(goal, "revenue_won", "2026-11-03")).toEqual({metrics: ["revenue_won"], period: "2026-01-01..2026-06-30"});
    expect(goalQuestion({...goal, due: null}, "revenue_won", "2026-11-03")!.period).toBe("2026-01-01..2026-11-03");
    expect(goalQuestion({...goal, level: "team", member: "North"}, "x", "2026-11-03")!.filters).toEqual([{dimension: "team", values: ["North"]}]);
  });
  it("asks nothing before its period begins, without a value, or where it means nothing", () => {
    expect(goalQuestion(goal, "revenue_won", "2025-12-31")).toBeNull();
    expect(goalQuestion({...goal, value: null}, "revenue_won", "2026-11-03")).toBeNull();
    expect(goalQuestion({...goal, fault: "due"}, "revenue_won", "2026-11-03")).toBeNull();
  });
  it("is reached or missed on its day, and open until then", () => {
    expect(goalState(goal, 100, up, "2026-11-03")).toBe("reached");
    expect(goalState(goal, 99, up, "2026-11-03")).toBe("missed");
    expect(goalState(goal, 99, up, "2026-05-01")).toBe("open");
    expect(goalState(goal, 120, up, "2026-05-01")).toBe("reached");
    expect(goalState(goal, null, up, "2026-11-03")).toBe("unknown");
  });
  it("of less is better is reached only when its day is over", () => {
    expect(goalState(goal, 20, {direction: "down"}, "2026-05-01")).toBe("open");
    expect(goalState(goal, 20, {direction: "down"}, "2026-11-03")).toBe("reached");
    expect(goalState(goal, 120, {direction: "down"}, "2026-11-03")).toBe("missed");
  });
});
