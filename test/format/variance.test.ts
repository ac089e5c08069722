import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {attainment, variance} from "../../src/format/variance.js";

const money = {unit: "currency", direction: "up"} as const;
const rate = {unit: "percent", direction: "up"} as const;
const days = {unit: "days", direction: "down"} as const;

describe("variance(current, reference, metric)", () => {
  it("is absolute and relative to the reference", () => expect(variance({value: 108}, {value: 100}, money)).toMatchObject({absolute: 8, relative: 0.08, movement: "up", tone: "good"}));
  it("divides by the size of a negative reference", () => expect(variance({value: -50}, {value: -100}, money)).toMatchObject({absolute: 50, relative: 0.5, movement: "up", tone: "good"}));
  it("of a rate is in points only", () => {
    const change = variance({value: 0.25}, {value: 0.2}, rate);
    expect(change.absolute).toBeCloseTo(0.05, 12);
    expect(change.relative).toBeNull();
    expect(change.why).toBeUndefined();
  });
  it("is good when what should fall falls", () => expect(variance({value: 50}, {value: 57}, days)).toMatchObject({movement: "down", tone: "good"}));
  it("has no tone where neither way is good", () => expect(variance({value: 2}, {value: 1}, {unit: "count", direction: "context"}).tone).toBe("neutral"));
  it("means nothing against zero, but the absolute change stands", () => expect(variance({value: 5}, {value: 0}, money)).toMatchObject({absolute: 5, relative: null, why: "zero_reference"}));
  it("means nothing where the sign flips", () => expect(variance({value: 5}, {value: -5}, money)).toMatchObject({relative: null, why: "sign_flip"}));
  it("means nothing against a reference under the threshold", () => expect(variance({value: 5}, {value: 2}, money, 3)).toMatchObject({relative: null, why: "small_reference"}));
  it("falls to zero by −100 %", () => expect(variance({value: 0}, {value: 4}, money)).toMatchObject({relative: -1, movement: "down"}));
  it("is unknown where either value is null", () => {
    expect(variance({value: null}, {value: 1}, money)).toMatchObject({absolute: null, movement: "unknown", why: "no_value"});
    expect(variance({value: 1}, {value: null}, money)).toMatchObject({absolute: null, movement: "unknown", why: "no_reference"});
  });
  it("has no tone below ten records on either side, or below the metric's own floor", () => {
    expect(variance({value: 2, n: 9}, {value: 1, n: 50}, money)).toMatchObject({tone: "neutral", smallN: true});
    expect(variance({value: 2, n: 50}, {value: 1, n: 9}, money)).toMatchObject({tone: "neutral", smallN: true});
    expect(variance({value: 2, n: 12}, {value: 1, n: 12}, {...money, minN: 20}).smallN).toBe(true);
    expect(variance({value: 2, n: 10}, {value: 1, n: 10}, money)).toMatchObject({tone: "good", smallN: false});
  });
  it("of a mean is none inside the margin of error of either", () => {
    const nps = {unit: "score", direction: "up", aggregate: {fn: "avg", moe: true}} as const;
    const score = (value: number, margin: number) => ({value, n: 100, interval: [value - margin, value + margin] as const});
    expect(variance(score(40, 15.7), score(30, 8), nps)).toMatchObject({absolute: 10, relative: null, movement: "flat", tone: "neutral", why: "margin"});
    expect(variance(score(30, 8), score(40, 15.7), nps)).toMatchObject({movement: "flat", why: "margin"});
    expect(variance(score(40, 5), score(30, 8), nps)).toMatchObject({movement: "up", tone: "good"});
    expect(variance(score(40, 15.7), {value: 30, n: 100, interval: [22, 38]}, {...nps, aggregate: {fn: "avg"}})).toMatchObject({movement: "up"});
    expect(variance(score(40, 5), {value: 30}, nps)).toMatchObject({movement: "up"});
  });
  it("is flat where it would be shown as zero", () => {
    expect(variance({value: 100_010}, {value: 100_000}, money).movement).toBe("flat");
    expect(variance({value: 0.3002}, {value: 0.3}, rate).movement).toBe("flat");
    expect(variance({value: 100_100}, {value: 100_000}, money).movement).toBe("up");
  });
  it("there and back is the same distance, with the other sign and the other tone", () => {
    const value = fc.double({min: -1e9, max: 1e9, noNaN: true}).map((number) => ({value: number}));
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [there, back] = [variance(a, b, rate), variance(b, a, rate)];
        expect(there.absolute! + back.absolute!).toBe(0);
        if (there.tone !== "neutral") expect(new Set([there.tone, back.tone])).toEqual(new Set(["good", "bad"]));
      })
    );
  });
});

describe("attainment(value, target)", () => {
  it("is the share of the target", () => expect(attainment(96, 100)).toBe(0.96));
  it("is null without a value, without a target and against a target of 0 or less", () => expect([attainment(null, 1), attainment(1, null), attainment(1, undefined), attainment(1, 0), attainment(1, -1)]).toEqual([null, null, null, null, null]));
});
