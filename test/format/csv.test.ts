import fc from "fast-check";
import Papa from "papaparse";
import {describe, expect, it} from "vitest";
import {csvText, harmlessText, unharmedText} from "../../src/format/csv.js";

const starts = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"];

describe("unharmedText(text)", () => {
  it.each(["=1", " +a", "@x", "O'Neil", "'=1", "'", "", "-5", "'a"])("is what %j was before harmlessText, but for texts that began so", (text) =>
    expect(unharmedText(harmlessText(text))).toBe(text === "'=1" ? "=1" : text));
});

describe("harmlessText(text)", () => {
  it.each([
    `=HYPERLINK("https://x","y")`, "=1+1", "+1+1", "-1+1", "-2+3*cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1",
    " =1+1", "\u00a0=1", "\ufeff=1", "-", "+", "--5", "-A1", "-1e", "-5;=1", "+(1)", "-1/2", "-1:2", "-1-1", "+1@2", "-٣"
  ])("puts an apostrophe in front of %j", (text) => expect(harmlessText(text)).toBe(`'${text}`));

  it.each(["-5", "+5", "-1234.50", "-1.234,50", "-1,234.50", "-1 234,5", "-1\u00a0234", "-1\u202f234,50", "-1'234.50", "-1’234", "-.5", "-3%", "-3 %", "-1e5", "-2.5E-3", " -5"])(
    "leaves the signed number %j as it is", (text) => expect(harmlessText(text)).toBe(text));

  it.each(["", "West", "a=b", "O'Neil", "5", "1-2", "(5)", "2025-01-31", "'=1"])("leaves %j as it is", (text) => expect(harmlessText(text)).toBe(text));

  it("never returns a text that starts as a formula, unless it is a number", () => {
    fc.assert(fc.property(fc.tuple(fc.constantFrom("", " ", "\u00a0", "  "), fc.constantFrom(...starts), fc.string({unit: "grapheme"})), ([blank, start, rest]) => {
      const out = harmlessText(blank + start + rest);
      return out === `'${blank}${start}${rest}` || /^[+-][\d.,'’\s]*\d(e[+-]?\d+)?\s?%?$/i.test(out.trim());
    }), {seed: 20261122, numRuns: 2_000});
  });

  it("leaves every number that JavaScript prints as it is, and does nothing twice", () => {
    fc.assert(fc.property(fc.double({noNaN: true, noDefaultInfinity: true}), (number) => harmlessText(String(number)) === String(number)), {seed: 20261122});
    fc.assert(fc.property(fc.string({unit: "grapheme"}), (text) => harmlessText(harmlessText(text)) === harmlessText(text)), {seed: 20261122});
  });
});

describe("csvText(header, rows)", () => {
  it("writes numbers unrounded and negative ones as numbers, nothing for null and undefined", () => {
    expect(csvText(["a", "b", "c", "d"], [[-0.1, null, undefined, true], ["-5", "x", 1e21, false]])).toBe("a,b,c,d\n-0.1,,,true\n-5,x,1e+21,false\n");
  });

  it("is read back cell by cell, each text harmless, whatever it holds", () => {
    const text = fc.oneof(fc.string({unit: "grapheme"}), fc.constantFrom('"', ",", "\n", '=1,"x"', " a", "a\r\nb", "\ufeffx"));
    fc.assert(fc.property(fc.array(fc.tuple(text, text), {minLength: 1}), (rows) => {
      const {data} = Papa.parse<string[]>(csvText(["one", "two"], rows).slice(0, -1), {newline: "\n"});
      expect(data.slice(1)).toEqual(rows.map((row) => row.map(harmlessText)));
    }), {seed: 20261122, numRuns: 500});
  });

  it("makes a column's name harmless too", () => expect(csvText(["=1"], [])).toBe("'=1\n"));
});
