import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {createNumbers} from "../../src/format/numbers.js";

const en = createNumbers("en", "EUR");
const hu = createNumbers("hu", "HUF");
const spaces = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("numbers on a card", () => {
  it.each([
    [1_240_000, "currency", "€1.24M"],
    [1_200_000, "currency", "€1.20M"],
    [12_345, "currency", "€12.3K"],
    [2_361.4, "currency", "€2,361"],
    [950.4, "currency", "€950"],
    [5, "currency", "€5.00"],
    [0, "currency", "€0"],
    [-1_240_000, "currency", "−€1.24M"],
    [4238, "count", "4,238"],
    [12_345, "count", "12.3K"],
    [0, "count", "0"],
    [0.631_500_5, "percent", "63.2%"],
    [0.28, "percent", "28.0%"],
    [0.0935, "percent", "9.35%"],
    [1, "percent", "100%"],
    [0.9996, "percent", "100%"],
    [0, "percent", "0%"],
    [51.78, "days", "51.8"],
    [57, "days", "57"],
    [4.2, "ratio", "4.2"]
  ] as const)("%s as %s is %s", (value, unit, text) => expect(en.format(value, unit)).toBe(text));
});

describe("numbers in a table", () => {
  it.each([
    [1_240_567.89, "currency", "1,240,568"],
    [0.631_500_5, "percent", "63.15"],
    [51.78, "days", "51.8"],
    [57, "days", "57.0"],
    [12_345, "count", "12,345"]
  ] as const)("%s as %s is %s", (value, unit, text) => expect(en.format(value, unit, {precise: true, bare: true})).toBe(text));
});

describe("signs", () => {
  it("stand before every change", () => expect([en.format(5, "count", {sign: "always"}), en.format(-5, "count", {sign: "always"})]).toEqual(["+5", "−5"]));
  it("never stand before zero, however it came about", () => {
    expect(en.format(-0.00001, "percent")).toBe("0.00%");
    expect(en.format(-0, "count")).toBe("0");
    expect(en.format(0, "count", {sign: "always"})).toBe("0");
  });
  it("are a minus, not a hyphen", () => fc.assert(fc.property(fc.double({min: -1e12, max: 1e12, noNaN: true}), fc.constantFrom("count", "currency", "percent", "days", "ratio", "score"), (value, unit) => !en.format(value, unit).includes("-"))));
});

describe("locales", () => {
  it("Hungarian has its comma, its letters and its sign at the end", () => expect([spaces(hu.format(1_240_000, "currency")), hu.format(0.632, "percent"), hu.currencySign]).toEqual(["1,24 M Ft", "63,2%", "Ft"]));
  it("the currency's sign is known", () => expect(en.currencySign).toBe("€"));
});
