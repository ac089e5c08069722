import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {filledPieces, filledText} from "../../src/query/filled.js";

describe("a filled-in statement", () => {
  it("has each value as a literal, in its place", () => {
    expect(filledText({sql: "select ? as a where d >= ?::date and x = ? and y is ?", params: [1, "2026-10-01", true, null]})).toBe("select 1 as a where d >= '2026-10-01'::date and x = true and y is null");
  });
  it("keeps quotes inside a text, and fractions as doubles", () => expect(filledText({sql: "select ?, ?", params: ["O'Hara; --", 0.1]})).toBe("select 'O''Hara; --', 0.1::double"));
  it("leaves question marks alone that are no parameters", () => {
    const sql = `select '?''?' as "a?""b" -- why?\nfrom t where x = ?`;
    expect(filledPieces({sql, params: [7]}).filter(({value}) => value)).toEqual([{text: "7", value: true}]);
  });
  it("throws where values are lacking or left over", () => {
    expect(() => filledText({sql: "select ?", params: []})).toThrow("more parameters");
    expect(() => filledText({sql: "select 1", params: [1]})).toThrow("1 values are bound");
  });
  it("holds any text as one literal that reads back as it was", () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const [, value] = filledPieces({sql: "select ?", params: [text]});
      expect(value!.text.slice(1, -1).replaceAll("''", "'")).toBe(text);
      expect(value!.text.slice(1, -1).replaceAll("''", "")).not.toContain("'");
    }));
  });
});
