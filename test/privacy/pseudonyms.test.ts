import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {pseudonyms} from "../../loaders/privacy/pseudonyms.js";

const key = "a key that is long enough";

describe("pseudonyms(ids, key, word)", () => {
  it("are the same for the same id, whoever else is there and in whatever order", () => {
    const some = pseudonyms(["u1", "u2"], key, "Owner");
    const more = pseudonyms(["u9", "u2", "u5", "u1"], key, "Owner");
    expect([more.get("u1"), more.get("u2")]).toEqual([some.get("u1"), some.get("u2")]);
    expect(some.get("u1")).toMatch(/^Owner [0-9B-DF-HJ-NP-TV-Z]{4}$/);
  });

  it("are others under another key", () => {
    expect(pseudonyms(["u1"], "another key, long enough", "Owner").get("u1")).not.toBe(pseudonyms(["u1"], key, "Owner").get("u1"));
  });

  it("tell any two ids apart", () => {
    const ids = Array.from({length: 3_000}, (_, k) => `user ${k}`);
    expect(new Set(pseudonyms(ids, key, "Owner").values()).size).toBe(ids.length);
    fc.assert(fc.property(fc.uniqueArray(fc.string()), (some) => {
      const apart = new Set(some.map((id) => id.normalize("NFC")));
      return apart.size !== some.length || new Set(pseudonyms(some, key, "x").values()).size === some.length;
    }), {seed: 20261122});
  });
});
