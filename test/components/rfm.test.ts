import {describe, expect, it} from "vitest";
import {concentrationCurve} from "../../src/components/customers/concentrationCurve.js";
import {rfmCsv, rfmMembers} from "../../src/components/customers/rfmMembers.js";
import {rfmSegments} from "../../src/components/customers/rfmSegments.js";
import type {ConcentrationTold} from "../../src/query/concentration/question.js";
import type {RfmList, RfmSegment, RfmTold} from "../../src/query/rfm/question.js";
import {blank, formatterOf} from "./world.js";

const format = await formatterOf("en");
const document = blank();
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f]/g, " ").replace(/[\u2060\u2068\u2069]/g, "");
const finding = (figure: Element) => plain(figure.querySelector(".qd-finding")?.textContent);
const notes = (figure: Element) => plain(figure.querySelector(".qd-caveats")?.textContent);
const rowsOf = (figure: Element, of: string) => [...figure.querySelectorAll(`${of} tbody tr`)].map((row) => [...row.children].map((cell) => plain(cell.textContent)));

const segment = (id: RfmSegment["id"], customers: number, revenue: number): RfmSegment => ({id, customers, revenue, medianRecency: 30, medianFrequency: 2.5});
const told: RfmTold = {
  asOf: "2026-11-03", customers: 100, revenue: 200_000, nobody: 3, notApplied: ["product"],
  segments: [segment("champions", 20, 120_000), segment("at_risk", 30, 50_000), segment("lost", 50, 30_000)]
};

describe("rfmSegments(told)", () => {
  it("says who brings most and who went quiet, with counts and shares of each segment in its table and what to do in the open", () => {
    const figure = rfmSegments(told, {format, document});
    expect(finding(figure)).toBe("Champions are 20% of customers and bring 60% of revenue; 30 who bought well have gone quiet, with €50.0K");
    expect(rowsOf(figure, ".qd-twin")).toEqual([["Champions", "20", "20.0", "120,000", "60.0", "30", "2.5"], ["At risk", "30", "30.0", "50,000", "25.0", "30", "2.5"], ["Lost", "50", "50.0", "30,000", "15.0", "30", "2.5"]]);
    expect(rowsOf(figure, ".qd-sentences").map(([name, , advice]) => [name, advice])).toContainEqual(["Lost", "One cheap attempt, then let them go: no selling time"]);
    expect([...figure.querySelectorAll(".qd-sentences [data-pick]")].map((one) => one.getAttribute("data-pick"))).toEqual(["champions", "at_risk", "lost"].map((id) => `rfm-segment=${id}`));
  });

  it("says what is outside, which filters leave it as it is, and that few customers make no fifths", () => {
    expect(notes(rfmSegments(told, {format, document, hasPeriod: true}))).toBe("3 orders name no customer and are in no segment · not filtered by the period or Product");
    expect(notes(rfmSegments({...told, customers: 24, nobody: 0, notApplied: []}, {format, document}))).toBe("fifths of 24 customers say little");
    const hidden = rfmSegments({...told, segments: [...told.segments, {...segment("loyal", 0, 0), suppressed: true}]}, {format, document});
    expect(notes(hidden)).toContain("1 small segment has no number");
    expect(rowsOf(hidden, ".qd-twin").map(([name]) => name)).not.toContain("Loyal");
    expect(rfmSegments({...told, segments: []}, {format, document}).getAttribute("data-why")).toBe("no_rows");
  });

  it("draws each size with both shares of each segment, and has words in Hungarian", async () => {
    for (const svg of rfmSegments(told, {format, document}).querySelectorAll("svg.qd-plot")) for (const words of ["Champions", "20%", "60%"]) expect(plain(svg.textContent)).toContain(words);
    expect(finding(rfmSegments(told, {format: await formatterOf("hu"), document}))).toContain("Bajnokok");
  });
});

const list: RfmList = {segment: "at_risk", count: 30, entries: [{customer: 7, record: "=1+1", recency: 300, frequency: 5, value: 9_000.25}, {customer: 9, record: null, recency: 310, frequency: 4, value: 8_000}]};

describe("rfmMembers(told, list)", () => {
  it("lists ids with what to do, hands out the file, and takes a pick back", () => {
    const figure = rfmMembers(told, list, {format, document, save: () => undefined, picked: "rfm-segment=at_risk"});
    expect(finding(figure)).toBe("At risk: 30 customers");
    expect(plain(figure.querySelector(".qd-subtitle")!.textContent)).toContain("Win them back");
    expect(rowsOf(figure, ".qd-table")).toEqual([["=1+1", "300", "5", "9,000"], ["9", "310", "4", "8,000"]]);
    expect([...figure.querySelectorAll("button")].map((one) => plain(one.textContent))).toEqual(["All 30 as CSV", "Back to whom to win back first"]);
    expect(rfmMembers(told, list, {format, document}).querySelector("button")).toBeNull();
    expect(rfmMembers(told, null, {format, document}).getAttribute("data-why")).toBe("no_rows");
  });

  it("writes nothing that a spreadsheet would run", () => {
    const [head, first] = rfmCsv(list, {format}).replace("\ufeff", "").split(/\r?\n/);
    expect(head).toBe("Id in the CRM,Days since the last purchase,Purchases,Value");
    expect(first).toBe("'=1+1,300,5,9000.25");
  });
});

const curve: ConcentrationTold = {
  asOf: "2026-11-03", customers: 200, revenue: 1_000_000, others: 2, othersRevenue: -500, nobody: 1, gini: 0.612, notApplied: [],
  points: Array.from({length: 100}, (_, k) => ({percent: k + 1, customers: 2 * (k + 1), revenue: 1_000_000 * Math.sqrt((k + 1) / 100)}))
};

describe("concentrationCurve(told)", () => {
  const options = {period: "2026", format, document};
  it("says what the first tenth brings, names shares on the curve, and counts who is left out", () => {
    const figure = concentrationCurve(curve, options);
    expect(finding(figure)).toBe("The top 10% of customers bring 32% of revenue");
    expect(plain(figure.querySelector(".qd-subtitle")!.textContent)).toBe("Orders less returns, 2026 · 200 customers · Gini 0.61 (0: all alike, 1: one brings all) · as of 3 November 2026");
    expect(rowsOf(figure, ".qd-twin")).toContainEqual(["Top 20%", "40", "447,214", "44.7"]);
    for (const svg of figure.querySelectorAll("svg.qd-plot")) for (const words of ["top 1%: 10%", "top 50%: 71%"]) expect(plain(svg.textContent)).toContain(words);
    expect(notes(figure)).toBe("2 customers left out who returned as much as they bought or more, −€500 in all · 1 order names no customer and is in nobody's revenue");
  });

  it("speaks of single customers where there are few, and of none where groups are too small", () => {
    const one = {...curve, customers: 1, points: curve.points.map(({percent}) => ({percent, customers: 1, revenue: 1_000_000}))};
    expect(finding(concentrationCurve(one, options))).toBe("One customer brings all revenue");
    expect(concentrationCurve({...curve, suppressed: true, points: []}, options).getAttribute("data-why")).toBe("no_rows");
  });
});
