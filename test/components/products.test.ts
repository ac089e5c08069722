import {describe, expect, it} from "vitest";
import {leadPair, nextProducts} from "../../src/components/product/nextProducts.js";
import {saveSpace, spaceCsv, whiteSpace} from "../../src/components/product/whiteSpace.js";
import type {NextPair, NextProducts, SpaceOffer, WhiteSpace} from "../../src/query/products/question.js";
import {blank, formatterOf} from "./world.js";

const format = await formatterOf("en");
const document = blank();
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f]/g, " ").replace(/[\u2060\u2068\u2069]/g, "");
const finding = (figure: Element) => plain(figure.querySelector(".qd-finding")?.textContent);

const pair = (from: string, to: string, rate: number, more: Partial<NextPair> = {}): NextPair =>
  ({from, to, buyers: 120, before: 10, together: 10, n: 100, followed: rate * 100, rate, low: rate - 0.05, high: rate + 0.05, days: 60.5, base: 0.3, lift: rate / 0.3, small: false, ...more});
const answer = (pairs: readonly NextPair[], more: Partial<NextProducts> = {}): NextProducts => ({ask: "next", level: "product", window: 365, asOf: "2026-11-03", customers: 500, mature: 400, pairs, count: pairs.length, hidden: 0, notApplied: [], ...more});
const hostile = "<b>=A|\u202e";
const next = answer([pair("A", "B", 0.6, {low: 0.2}), pair("B", hostile, 0.5), pair("A", "C", 0.4), pair("C", "D", 1, {n: 3, small: true})], {hidden: 2, notApplied: ["stage"]});

describe("nextProducts(answer)", () => {
  it("says the likeliest pair that is surely above what is usual; else that none is", () => {
    expect(leadPair(next)).toMatchObject({pair: {from: "B"}, sure: true});
    const figure = nextProducts(answer([pair("A", "B", 0.6), pair("B", "C", 0.5)]), {format, document});
    expect(finding(figure)).toBe("A leads to B: 60% of those who can still buy it do within 365 days, half of them by 61 days; after any other product 30% do");
    expect(finding(nextProducts(answer([pair("A", "B", 0.32)]), {format, document}))).toBe("No product clearly leads to another: the highest rate, A to B, is 32% within 365 days, and 30% after any other product");
    expect(finding(nextProducts(answer([pair("A", "B", 0.9, {small: true})]), {format, document}))).toBe("Too few customers of any one product to say what follows it");
  });

  it("has every pair in its table, small ones grey and without a lift, and nothing of a name is markup", () => {
    const figure = nextProducts(next, {format, document});
    const rows = [...figure.querySelectorAll(".qd-twin tbody tr")];
    expect(rows).toHaveLength(4);
    expect([...rows[2]!.children].map((cell) => plain(cell.textContent))).toEqual(["A", "C", "100", "40", "40.00", "35.00", "45.00", "60.5", "30.00", "1.3", "10", "10"]);
    expect(plain(rows[3]!.children[9]!.textContent)).toContain("–");
    expect(rows[3]!.children[4]!.classList.contains("qd-muted")).toBe(true);
    expect(figure.querySelector("b")).toBeNull();
    expect(figure.outerHTML).not.toContain("\u202e");
    const notes = plain(figure.querySelector(".qd-caveats")!.textContent);
    for (const words of ["2 pairs of few customers not shown", "not filtered by Stage"]) expect(notes).toContain(words);
  });

  it("draws each size with a word for each bar, and says why there is nothing", async () => {
    const figure = nextProducts(next, {format, document, rows: 2});
    for (const svg of figure.querySelectorAll("svg.qd-plot")) for (const words of ["A → B", "60% · 61 days", "50% · 61 days"]) expect(plain(svg.textContent)).toContain(words);
    expect(nextProducts(answer([], {mature: 0}), {format, document}).getAttribute("data-why")).toBe("immature");
    expect(nextProducts(answer([]), {format, document}).getAttribute("data-why")).toBe("no_rows");
    expect(finding(nextProducts(next, {format: await formatterOf("hu"), document}))).toContain("után jön");
  });
});

const offer = (item: string, segment: string | null, total: number): SpaceOffer => ({segment, item, n: 200, bought: 120, share: 0.6, low: 0.53, high: 0.67, value: total / 48, expected: total / 80, open: 80, total});
const space: WhiteSpace = {
  ask: "white_space", level: "family", asOf: "2026-11-03", customers: 400, least: {customers: 30, share: 0.1}, offers: [offer("Cloud", "SMB", 96_000), offer(hostile, null, 4_000)], expected: 100_000,
  entries: [{customer: 7, record: "001A", segment: "SMB", item: "Cloud", share: 0.6, expected: 1200, lastDay: "2026-10-30"}, {customer: 9, record: null, segment: null, item: "=1+1", share: 0.6, expected: 50.5, lastDay: "2026-10-01"}], count: 160, notApplied: []
};

describe("whiteSpace(answer)", () => {
  it("says where the most is to be had, with all offers in its table and the first accounts below", () => {
    const figure = whiteSpace(space, {format, document});
    expect(finding(figure)).toBe("Cloud is the largest white space, in SMB: 80 customers do not have it, 60% of all 200 do; worth €96.0K of €100K in all");
    expect([...figure.querySelectorAll(".qd-twin tbody tr")].map((row) => row.querySelector("th")!.textContent)).toHaveLength(2);
    expect([...figure.querySelectorAll(".qd-accounts tbody tr:first-child > *")].map(({textContent}) => plain(textContent))).toEqual(["001A", "Cloud", "1,200", "60.00", "SMB", "30 October 2026"]);
    expect(figure.querySelector(".qd-accounts button")).toBeNull();
    expect(figure.querySelector("b")).toBeNull();
  });

  it("hands out the list where a script runs: nothing in it that a spreadsheet would run", () => {
    let saved = 0;
    const save = () => void saved++;
    for (const button of [whiteSpace(space, {format, document, save}), saveSpace(160, save, {format, document})].map((made) => made.querySelector<HTMLButtonElement>("button.qd-clear")!)) {
      expect(plain(button.textContent)).toBe("All 160 as CSV");
      button.click();
    }
    expect(saved).toBe(2);
    expect(spaceCsv(space, {format}).split(/\r?\n/).slice(1, 3)).toEqual(["001A,Cloud,SMB,0.6,1200,2026-10-30", "9,'=1+1,,0.6,50.5,2026-10-01"]);
  });

  it("lists no accounts where small groups have no numbers, and says so where there is nothing", () => {
    expect(whiteSpace({...space, entries: null}, {format, document}).querySelector(".qd-accounts")).toBeNull();
    expect(whiteSpace({...space, offers: []}, {format, document}).getAttribute("data-why")).toBe("no_rows");
  });
});
