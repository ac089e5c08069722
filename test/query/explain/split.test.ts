import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {splitProduct, splitRate, splitVolume, type Part} from "../../../src/query/explain/split.js";

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const product = (values: readonly number[]) => values.reduce((all, value) => all * value, 1);
const close = (a: number, b: number, scale: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, scale));

describe("a product", () => {
  it("that doubled by one factor owes it the whole change", () => {
    expect(splitProduct([{before: 100, after: 200}, {before: 0.2, after: 0.2}, {before: 50, after: 50}])).toEqual([expect.closeTo(1000, 9), 0, 0]);
  });
  it("whose factors moved against each other by the same ratio owes each as much", () => {
    const [up, down] = splitProduct([{before: 10, after: 20}, {before: 8, after: 4}])!;
    expect(up).toBeCloseTo(80 * Math.log(2), 9);
    expect(down).toBeCloseTo(-80 * Math.log(2), 9);
  });
  it("that comes from nothing owes it to the factors that were 0", () => {
    expect(splitProduct([{before: 5, after: 6}, {before: 0, after: 2}])).toEqual([0, 12]);
    expect(splitProduct([{before: 5, after: 0}, {before: 2, after: 0}, {before: 3, after: 4}])).toEqual([-15, -15, 0]);
    expect(splitProduct([{before: 0, after: 0}, {before: 2, after: 9}])).toEqual([0, 0]);
  });
  it("of a negative factor has no split", () => expect(splitProduct([{before: 5, after: -1}])).toBeNull());
  it("has no residual", () => {
    const factor = fc.record({before: fc.nat(1000), after: fc.nat(1000)});
    fc.assert(fc.property(fc.array(factor, {minLength: 1, maxLength: 5}), (factors) => {
      const [was, is] = [product(factors.map(({before}) => before)), product(factors.map(({after}) => after))];
      close(sum(splitProduct(factors)!), is - was, was + is);
    }));
  });
});

const part = fc.record({numerator: fc.nat(500), denominator: fc.nat(1000)}).map(({numerator, denominator}) => (denominator === 0 ? {numerator: 0, denominator} : {numerator, denominator}));
const pairs = fc.array(fc.tuple(part, part), {minLength: 1, maxLength: 8});
const rate = (parts: readonly Part[]) => sum(parts.map(({numerator}) => numerator)) / sum(parts.map(({denominator}) => denominator));

describe("a rate", () => {
  it("that fell because a weak segment grew has moved by mix alone", () => {
    const moved = splitRate([{numerator: 50, denominator: 100}, {numerator: 10, denominator: 100}], [{numerator: 50, denominator: 100}, {numerator: 30, denominator: 300}])!;
    expect(moved.map((one) => one.rate)).toEqual([0, 0]);
    expect(sum(moved.map(({mix}) => mix))).toBeCloseTo(0.2 - 0.3, 12);
  });
  it("of a segment that is new has moved by mix", () => {
    const moved = splitRate([{numerator: 5, denominator: 10}, {numerator: 0, denominator: 0}], [{numerator: 5, denominator: 10}, {numerator: 10, denominator: 10}])!;
    expect(moved.map((one) => one.rate)).toEqual([0, 0]);
    expect(sum(moved.map(({mix}) => mix))).toBeCloseTo(0.25, 12);
  });
  it("of nothing has no split", () => expect(splitRate([{numerator: 0, denominator: 0}], [{numerator: 1, denominator: 2}])).toBeNull());
  it("has no residual, however the segments are cut", () => {
    fc.assert(fc.property(pairs, (both) => {
      const [before, after] = [both.map(([old]) => old), both.map(([, now]) => now)];
      const moved = splitRate(before, after);
      if (moved === null) return;
      close(sum(moved.flatMap((one) => [one.rate, one.mix])), rate(after) - rate(before), 1);
    }));
  });
});

describe("a sum", () => {
  it("of as many records that brought more has moved by rate", () => {
    expect(splitVolume([{numerator: 100, denominator: 10}], [{numerator: 150, denominator: 10}])).toEqual([{volume: 0, rate: 50}]);
    expect(splitVolume([{numerator: 100, denominator: 10}], [{numerator: 150, denominator: 15}])).toEqual([{volume: 50, rate: 0}]);
  });
  it("of a segment that comes or goes has moved by volume", () => {
    expect(splitVolume([{numerator: 0, denominator: 0}], [{numerator: 30, denominator: 3}])).toEqual([{volume: 30, rate: 0}]);
  });
  it("has no residual", () => {
    fc.assert(fc.property(pairs, (both) => {
      const moved = splitVolume(both.map(([old]) => old), both.map(([, now]) => now));
      moved.forEach(({volume, rate: own}, k) => close(volume + own, both[k]![1].numerator - both[k]![0].numerator, 1e6));
    }));
  });
});
