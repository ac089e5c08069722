import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {isOutOfReach, progressOf, type Progressing} from "../../../src/query/explain/progress.js";

const half: Progressing = {value: 40, target: 100, direction: "up", grows: true, workdays: [10, 20]};

describe("progress to a target", () => {
  it("halfway with two fifths is behind by a tenth of the target, two days", () => {
    expect(progressOf(half)).toEqual({attainment: 0.4, met: false, headroom: null, elapsed: 0.5, seasonal: null, pace: 50, seasonalPace: null, ahead: -10, aheadDays: -2, landing: 80, landingRange: null, requiredRunRate: 6});
  });
  it("ends by the shape of earlier years where it is known, with a range from two on; what is due by it is told beside what is due by working days", () => {
    const progress = progressOf({...half, shapes: [0.4, 0.32]});
    expect(progress).toMatchObject({elapsed: 0.5, pace: 50, ahead: -10, seasonal: 0.36, seasonalPace: 36, landing: expect.closeTo(40 / 0.36, 12)});
    expect(progress.landingRange).toEqual([100, 125]);
    expect(progressOf({...half, shapes: [0.4]}).landingRange).toBeNull();
  });
  it("has no landing before a tenth has passed and no daily rate when no day is left", () => {
    expect(progressOf({...half, workdays: [1, 20]}).landing).toBeNull();
    expect(progressOf({...half, workdays: [20, 20]})).toMatchObject({requiredRunRate: null, pace: 100, landing: 40});
  });
  it("needs nothing more when the target is reached", () => expect(progressOf({...half, value: 130}).requiredRunRate).toBe(0));
  it("where less is better is headroom, no ratio", () => {
    expect(progressOf({value: 30, target: 24, direction: "down", grows: false, workdays: [10, 20]})).toMatchObject({attainment: null, met: false, headroom: -6, pace: null, landing: null});
    expect(progressOf({value: 20, target: 24, direction: "down", grows: false, workdays: [10, 20]})).toMatchObject({met: true, headroom: 4});
  });
  it("of a rate has no pace", () => expect(progressOf({...half, grows: false})).toMatchObject({attainment: 0.4, pace: null, landing: null, requiredRunRate: null}));
  it("without a target, or to one of 0, is none", () => {
    for (const target of [null, 0]) expect(progressOf({...half, target})).toMatchObject({attainment: null, met: null, pace: null, requiredRunRate: null});
  });
  it("the daily rate that is required reaches the target exactly", () => {
    fc.assert(fc.property(fc.nat(1000), fc.integer({min: 1, max: 1000}), fc.integer({min: 0, max: 30}), fc.integer({min: 1, max: 30}), (value, more, passed, left) => {
      const rate = progressOf({...half, value, target: value + more, workdays: [passed, passed + left]}).requiredRunRate!;
      expect(value + rate * left).toBeCloseTo(value + more, 9);
    }));
  });
});

describe("a goal", () => {
  it("is out of reach when nothing in the past came near", () => {
    expect(isOutOfReach(120, [80, 110, null], "up")).toBe(true);
    expect(isOutOfReach(105, [80, 110], "up")).toBe(false);
    expect(isOutOfReach(3, [5, 8], "down")).toBe(true);
    expect(isOutOfReach(3, [], "up")).toBe(false);
  });
});
