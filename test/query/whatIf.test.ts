import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {whatIf} from "../../src/query/whatIf.js";

const now = {churn: 0.2, nrr: 0.95, mrr: 1000};
const nows = fc.record({churn: fc.double({min: 0, max: 1, noNaN: true}), nrr: fc.double({min: 0.01, max: 2, noNaN: true}), mrr: fc.integer({min: 0, max: 1e6})});
const shares = fc.double({min: 0, max: 1, noNaN: true});

describe("whatIf(now, share)", () => {
  it("adds each point kept to what is retained, worked out by hand", () => {
    const {churn, nrr, mrr, revenue} = whatIf(now, 0.05);
    expect([churn, nrr, mrr].map((value) => Number(value.toFixed(9)))).toEqual([0.15, 1, 1000]);
    // Nothing grows or shrinks at 100 %.
    expect(revenue).toBeCloseTo(12_000, 6);
    expect(whatIf({...now, nrr: 0.5}, 0).revenue).toBeCloseTo(Array.from({length: 12}, (_, k) => 1000 * Math.exp(Math.log(0.5) * (k + 1) / 12)).reduce((a, b) => a + b), 6);
  });

  it("keeps no more than left, and never brings less for more", () =>
    fc.assert(fc.property(nows, shares, shares, (one, a, b) => {
      const [less, more] = [whatIf(one, Math.min(a, b)), whatIf(one, Math.max(a, b))];
      expect(more.churn).toBeGreaterThanOrEqual(0);
      expect(more.nrr - one.nrr).toBeLessThanOrEqual(one.churn + 1e-9);
      expect(more.revenue).toBeGreaterThanOrEqual(less.revenue);
      expect(whatIf(one, 2)).toEqual(whatIf(one, one.churn));
    }), {numRuns: 200, seed: 41}));
});
