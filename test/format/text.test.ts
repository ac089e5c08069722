import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {inSentence, plainText, shorten} from "../../src/format/text.js";

describe("plainText(text)", () => {
  it("drops marks that would turn what follows around", () => expect(plainText("\u202Eexe.txt\u2069")).toBe("exe.txt"));
  it("keeps right-to-left names, isolated", () => expect(plainText("עידו")).toBe("\u2068עידו\u2069"));
  it("is one line", () => expect(plainText("a\n\tb\u0000c")).toBe("a b c"));
  it("leaves markup as the text it is", () => expect(plainText("<img src=x onerror=alert(1)>")).toBe("<img src=x onerror=alert(1)>"));
});

describe("shorten(text, length)", () => {
  it("keeps what fits", () => expect(shorten("West", 4)).toBe("West"));
  it("marks what is cut", () => expect(shorten("Western Europe", 8)).toBe("Western…"));
  it("never cuts a character in two and never grows", () =>
    fc.assert(
      fc.property(fc.string({unit: "grapheme"}), fc.integer({min: 1, max: 40}), (text, length) => {
        const short = shorten(text, length);
        expect(short).not.toMatch(/[\ud800-\udfff]/u);
        expect([...short].length).toBeLessThanOrEqual(Math.max(length, 1));
      })
    ));
  it("closes the isolation that it cuts", () => expect(shorten(plainText("עידו כהן"), 5)).toMatch(/^\u2068.*…\u2069$/u));
});

describe("inSentence(label, locale)", () => {
  it("starts small", () => expect(inSentence("Win rate", "en")).toBe("win rate"));
  it("leaves abbreviations", () => expect([inSentence("MRR", "en"), inSentence("NPS score", "en")]).toEqual(["MRR", "NPS score"]));
});
