import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {createRandom, exponential} from "../../loaders/sample/random.js";

describe("createRandom", () => {
  it("gives these numbers for this key on every machine", () => {
    const random = createRandom("harbour-lane", "lead", 0);
    expect([random.next(), random.next(), random.next()]).toEqual([0.8407514833379537, 0.8856596648693085, 0.23437795415520668]);
  });

  it("gives another stream for another family, block or seed", () => {
    const firsts = [["a", "lead", 0], ["a", "lead", 1], ["a", "account", 0], ["b", "lead", 0]].map((key) => createRandom(...key).next());
    expect(new Set(firsts).size).toBe(4);
  });

  it("keeps whole numbers within both bounds", () => {
    fc.assert(fc.property(fc.integer(), fc.integer({min: -50, max: 50}), fc.nat(90), (key, min, span) => {
      const value = createRandom(key).int(min, min + span);
      return Number.isInteger(value) && value >= min && value <= min + span;
    }));
  });

  it("never draws a member of weight zero", () => {
    const random = createRandom("weights");
    const drawn = new Set(Array.from({length: 500}, () => random.weighted(["a", "b", "c"], (name) => (name === "b" ? 0 : 1))));
    expect([...drawn].sort()).toEqual(["a", "c"]);
  });

  it("draws log-normal numbers around their median", () => {
    const random = createRandom("log-normal");
    const values = Array.from({length: 4001}, () => random.logNormal(12000, 0.6)).sort((a, b) => a - b);
    expect(values[2000]! / 12000).toBeCloseTo(1, 1);
    expect(values[3600]!).toBeGreaterThan(22000);
  });
});

describe("exponential", () => {
  it("agrees with the engine's to nine digits where it is used", () => {
    fc.assert(fc.property(fc.double({min: -6, max: 6, noNaN: true}), (x) => Math.abs(exponential(x) / Math.exp(x) - 1) < 1e-9));
  });
});
