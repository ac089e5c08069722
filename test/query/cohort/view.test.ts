// A reader's choice of cohorts in links, and the two groups that are set beside one another.

import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {printPick} from "../../../src/components/pick.js";
import {cohortMeasures} from "../../../src/metrics/cohort.js";
import {cohorts} from "../../../src/metrics/cohorts.js";
import {compareGroups, leadOf} from "../../../src/query/cohort/reading.js";
import {cellKey, printCell, readCell, type CohortView} from "../../../src/query/cohort/view.js";
import {isPicked, parseState, printState, togglePick} from "../../../src/query/state.js";
import {calendar, triangle} from "../../components/cohortWorld.js";

const context = {dimensions: [{id: "region", members: ["West"]}], isPeriod: () => false, cohorts};

describe("a reader's choice of cohorts", () => {
  const day = fc.constantFrom("2025-01-01", "2025-04-01", "2026-02-01");
  const range = fc.tuple(day, day).map(([a, b]): readonly [string, string] => (a <= b ? [a, b] : [b, a]));
  const views: fc.Arbitrary<CohortView> = fc.record({
    cohort: fc.constantFrom("wins", "activity"), measure: fc.constantFrom(...cohortMeasures), grain: fc.constantFrom("day", "quarter"), key: fc.constantFrom("start", "region"),
    span: fc.constantFrom("calendar", "rolling"), first: fc.constantFrom("ever", "recurring"), base: fc.constantFrom("first", "previous"), form: fc.constantFrom("share", "absolute"),
    by: fc.constant("region"), cell: fc.constantFrom("6:2025-01-01", "0:a&b=c:?#%"), a: range, b: range, age: fc.nat(60)
  }, {requiredKeys: []});

  it("is read back from its link", () => {
    fc.assert(fc.property(views, (cohort) => {
      const read = parseState(printState({filters: [], cohort}), context);
      expect(read.unread).toEqual([]);
      expect(read.state.cohort ?? {}).toEqual(cohort);
    }), {seed: 6, numRuns: 100});
  });

  it("tells what means nothing, and the nearest that does", () => {
    const {state, unread} = parseState("?cohort-measure=repeet&cohort-of=wins&cohort-a=2026-01-01..2025-01-01&cohort-cell=x", context);
    expect(state).toEqual({filters: [], cohort: {cohort: "wins"}});
    expect(unread).toEqual([{key: "cohort-measure", value: "repeet", nearest: "repeat"}, {key: "cohort-a", value: "2026-01-01..2025-01-01"}, {key: "cohort-cell", value: "x"}]);
  });

  it("picks a cell, and takes it back when it is picked once more", () => {
    const pick = printPick(cellKey, printCell(6, "2025-10-01"));
    const picked = togglePick({filters: [], cohort: {measure: "repeat"}}, pick, context)!;
    expect(picked.cohort).toEqual({measure: "repeat", cell: "6:2025-10-01"});
    expect(readCell(picked.cohort!.cell!)).toEqual({period: 6, line: "2025-10-01"});
    expect([isPicked(picked, pick), isPicked(picked, printPick(cellKey, "5:2025-10-01"))]).toEqual([true, false]);
    expect(togglePick(picked, pick, context)).toEqual({filters: [], cohort: {measure: "repeat"}});
  });
});

describe("what is read from a triangle", () => {
  it("leads with the latest cohort that is old enough, not with the truncated one", () => {
    expect(leadOf(triangle, calendar)).toMatchObject({line: {key: "2026-04-01"}, cell: {period: 6}});
    expect(leadOf({...triangle, lines: triangle.lines.slice(0, 1)}, calendar)?.line.key).toBe("2025-09-01");
    expect(leadOf({...triangle, lines: triangle.lines.slice(-1)}, calendar)).toBeNull();
  });

  it("adds whole cells of a group up, and gives no difference for groups that share a cohort", () => {
    const told = compareGroups(triangle, {a: ["2026-01-01", "2026-03-01"], b: ["2025-10-01", "2025-12-01"], age: 4}, calendar)!;
    const cells = triangle.lines.slice(4, 7).map(({cells: own}) => own[4]!);
    expect(told.a).toMatchObject({cohorts: 3, active: cells.reduce((sum, {active}) => sum + active!, 0), observed: cells.reduce((sum, {observed}) => sum + observed, 0)});
    expect(told.difference!.difference).toBeCloseTo(told.a.value! - told.b.value!, 12);
    expect(compareGroups(triangle, {a: ["2025-10-01", "2025-12-01"], b: ["2025-12-01", "2026-01-01"]}, calendar)).toMatchObject({overlap: true, difference: null});
    expect(compareGroups({...triangle, choices: {...triangle.choices, measure: "nrr"}}, {}, calendar)).toBeNull();
  });
});
