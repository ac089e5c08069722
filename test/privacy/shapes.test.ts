import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {allowing, findShapes, maskShape} from "../../loaders/privacy/shapes.js";

const kinds = (text: string) => findShapes(text).map(({kind}) => kind);

describe("findShapes(text)", () => {
  it.each([
    "anna.kovacs@example.com", "ANNA@EXAMPLE.CO.UK", "Kovács Anna <anna@példa.hu>", "write to a+b@example.org today", "ａｎｎａ＠example．com", "x@localhost.local",
    "mailto:anna@example.com", "o'neil@example.com", "anna@example.com;ben@example.com"
  ])("finds an address in %j", (text) => expect(kinds(text)).toContain("email"));

  it.each(["@anna", "a @ b", "5 @ 20.00", "a…@…", "anna@", "user@host", "@media (min-width: 5em)", "3@1.5"])("finds no address in %j", (text) => expect(kinds(text)).toEqual([]));

  it.each([
    "+36 1 234 5678", "+36301234567", "+36-30-123-4567", "+36 30/123-4567", "+36 (30) 123 4567", "(+44) 20 7946 0958", "+1 (212) 555-0123", "0036 30 123 4567",
    "06 30 123 4567", "06-30/123-4567", "06 1 234 5678", "020 7946 0958", "(030) 12345678", "030/12345-67", "01 23 45 67 89", "01.23.45.67.89",
    "(212) 555-0123", "212-555-0123", "212.555.0123", "1-800-555-0123", "call me on +36 30 123 4567, evenings", "Tel.: 1234567", "telefon: 234-5678", "＋３６ ３０ １２３ ４５６７",
    "+36\u00a030\u00a0123\u00a04567", "+86 138 0013 8000", "2025-01-31 +36 30 123 4567", "anna@example.com +36301234567"
  ])("finds a telephone number in %j", (text) => expect(kinds(text)).toContain("phone"));

  it.each([
    "2025-01-31", "31.01.2025", "01/02/2025", "01-02-2025 10:15", "2025. 01. 31.", "2025-01-31T09:30:00+02:00", "2025-01-31 – 2025-02-28", "2025-01-01..2025-12-31", "20250131", "2025-W05", "FY2025-Q1",
    "006Dn00000AbCdEIAV", "0000012345678", "00123456789", "1234567890", "123456789012345", "INV-0123-456-789", "550e8400-e29b-41d4-a716-446655440000", "01234567-0123-0123-0123-012345678901a",
    "OPP/2024/000123", "12345678-1-42", "SKU 0012", "v1.2.3", "192.168.100.200", "978-3-16-148410-0",
    "1 234 567 890", "+1,234,567,890", "1.234.567.890,50", "-1'234'567'890", "+123456789.50", "0.1234567890123", "00.1234567890", "1e15", "12,345,678.90", "€ 1 234 567,89", "0–100 000 000", "000 000 000", "100%",
    "Won 1200 of 3400 in 2024, 5600 of 7800 in 2025", "M12.5,34L10 20 30 40", "10:15:30", "47.497912, 19.040235"
  ])("finds nothing in %j", (text) => expect(findShapes(text)).toEqual([]));

  it("finds every one of several", () => {
    expect(findShapes("anna@example.com, +36 30 123 4567, ben@example.com")).toEqual([
      {kind: "email", text: "anna@example.com"}, {kind: "email", text: "ben@example.com"}, {kind: "phone", text: "+36 30 123 4567"}
    ]);
  });

  it("finds an address whatever stands around it", () => {
    const around = fc.string({unit: "grapheme"}).map((text) => text.replaceAll("@", ""));
    fc.assert(fc.property(around, around, (a, b) => kinds(`${a} anna@example.com ${b}`).includes("email")), {seed: 20261122, numRuns: 1_000});
  });

  it("takes no date, count or sum for a telephone number", () => {
    const day = fc.date({min: new Date("1990-01-01"), max: new Date("2039-12-31"), noInvalidDate: true}).map((date) => date.toISOString());
    fc.assert(fc.property(day, (text) => kinds(text).length === 0 && kinds(text.slice(0, 10).split("-").reverse().join(".")).length === 0), {seed: 20261122});
    fc.assert(fc.property(fc.double({noNaN: true, noDefaultInfinity: true}), (number) => kinds(String(number)).length === 0), {seed: 20261122, numRuns: 2_000});
    for (const locale of ["en", "hu", "de", "de-CH", "fr"]) {
      const format = new Intl.NumberFormat(locale, {maximumFractionDigits: 2});
      const signed = new Intl.NumberFormat(locale, {maximumFractionDigits: 0, signDisplay: "always"});
      fc.assert(fc.property(fc.integer({min: -1e15, max: 1e15}), (number) => kinds(format.format(number / 100)).length === 0 && findShapes(signed.format(number), {formatted: true}).length === 0), {seed: 20261122, numRuns: 300});
    }
  });

  it("takes no time for long texts", () => {
    for (const text of ["0".repeat(200_000), "0 1 ".repeat(50_000), "+".repeat(200_000), "a.".repeat(100_000), `${"a".repeat(100_000)}@`, "(0".repeat(100_000), "1-".repeat(100_000)]) {
      const before = performance.now();
      findShapes(text);
      expect(performance.now() - before, text.slice(0, 8)).toBeLessThan(2_000);
    }
  }, 20_000);
});

describe("maskShape(shape)", () => {
  it("tells no name and no number", () => expect([...findShapes("anna@example.com"), ...findShapes("+36 30 123 4567")].map(maskShape)).toEqual(["a…@…", "+36…"]));
});

describe("allowing(patterns)", () => {
  const shape = (text: string) => findShapes(text)[0]!;
  it("compares without case, an asterisk standing for anything, and nothing else for more than itself", () => {
    const allowed = allowing(["info@example.com", "*@sample.org", "+36 1 *"]);
    expect(["INFO@example.com", "a.b@Sample.org", "+36 1 234 5678"].map((text) => allowed(shape(text)))).toEqual([true, true, true]);
    expect(["xinfo@example.com", "info@exampleXcom.hu", "a@sample.org.hu", "+36 30 123 4567"].map((text) => allowed(shape(text)))).toEqual([false, false, false, false]);
  });
});
