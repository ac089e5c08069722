import fc from "fast-check";
import {expect, it} from "vitest";
import {escapeRegExp} from "../../src/format/escapeRegExp.js";

it("escapeRegExp(text) matches the text and nothing else", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (text, other) => {
    const pattern = new RegExp(`^${escapeRegExp(text)}$`, "u");
    return pattern.test(text) && pattern.test(other) === (other === text);
  }), {seed: 20261122});
});
