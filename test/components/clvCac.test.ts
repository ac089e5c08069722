import {describe, expect, it} from "vitest";
import {clvCac, type ClvCacOptions} from "../../src/components/value/clvCac.js";
import type {MetricFace} from "../../src/components/options.js";
import type {Answer, AnswerRow, Cell, Period} from "../../src/query/question.js";
import {blank, formatterOf} from "./world.js";

const format = await formatterOf("en");
const document = blank();
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f]/g, " ").replace(/[\u2060\u2068\u2069]/g, "");
const finding = (figure: Element) => plain(figure.querySelector(".qd-finding")?.textContent);
const notes = (figure: Element) => plain(figure.querySelector(".qd-caveats")?.textContent);
const rowsOf = (figure: Element) => [...figure.querySelectorAll(".qd-twin tbody tr")].map((row) => [...row.children].map((cell) => plain(cell.firstChild?.textContent)));

const money = (id: string): MetricFace => ({id, unit: "currency", direction: "up"});
const metrics = {profit: money("clv_historic"), cost: money("cac"), ratio: {...money("clv_to_cac_matured"), unit: "ratio"}, payback: {...money("cac_payback_months_matured"), unit: "ratio"}} as const;
const options: ClvCacOptions = {metrics, days: 365, format, document};
const period: Period = {key: "2024", grain: "year", start: "2024-01-01", end: "2025-01-01", part: false, census: "2024-12-31"};

/** Profit of a member's customers, how many they are, and what one cost; ratio and payback follow. */
type Told = readonly [member: string | null | undefined, profit: number | null, n: number, cost?: number];

function answerOf(told: readonly Told[], {by = "source", more = {}}: {by?: string; more?: Partial<Answer>} = {}): Answer {
  const rows = told.flatMap(([member, profit, n, cost]): AnswerRow[] => {
    const row = (metric: string, cell: Cell): AnswerRow => ({metric, role: "current", period, members: member === undefined ? [] : [member], total: member === undefined, ...cell});
    return [
      row("clv_historic", profit === null ? {value: null, n: 0, reason: "suppressed"} : {value: profit, n, interval: [profit - 500, profit + 500]}),
      ...(cost === undefined || profit === null ? [] : [
        row("cac", {value: cost, n: n + 5, numerator: cost * (n + 5)}), row("clv_to_cac_matured", {value: profit / cost, n}), row("cac_payback_months_matured", {value: (12 * cost) / profit, n})
      ])
    ];
  });
  return {asOf: "2026-11-03", question: {metrics: Object.values(metrics).map(({id}) => id), period: "2024", by: [by]}, period, rows, notApplied: [], missing: [], ...more};
}

const bySource = answerOf([[undefined, 4000, 300, 2000], ["Web", 3000, 100, 1000], ["Fairs", 6000, 80, 1500], ["Mail", 9000, 29, 100], ["Loss", -600, 60, 300], [null, 1000, 20, 12_200]]);

describe("clvCac(answer)", () => {
  it("ranks members by the ratio, small ones last and grey, and says what all come to", () => {
    const figure = clvCac(bySource, options);
    expect(finding(figure)).toBe("Fairs brings back most for what it costs: €6,000 of profit in the first year against €1,500 of cost a customer, 4.0 : 1; all customers together 2.0 : 1");
    expect(rowsOf(figure)).toEqual([
      ["Fairs", "80", "6,000", "5,500", "6,500", "85", "1,500", "4.0", "3.0 mo"], ["Web", "100", "3,000", "2,500", "3,500", "105", "1,000", "3.0", "4.0 mo"],
      ["Loss", "60", "−600", "−1,100", "−100", "65", "300", "−2.0", "never"], ["Mail", "29", "9,000", "8,500", "9,500", "34", "100", "90.0", "0.1 mo"],
      ["none", "20", "1,000", "500", "1,500", "25", "12,200", "0.1", "146.4 mo"]
    ]);
    const grey = [...figure.querySelectorAll(".qd-twin tbody tr")].map((row) => row.children[2]!.classList.contains("qd-muted"));
    expect(grey).toEqual([false, false, false, true, true]);
  });

  it("draws no member that cost does not name, and says what share of the cost that is", () => {
    const figure = clvCac(bySource, options);
    const drawing = plain(figure.querySelector("svg.qd-plot")!.textContent);
    for (const words of ["Fairs", "4.0 : 1 · 3.0 mo", "Mail"]) expect(drawing).toContain(words);
    expect(drawing).not.toContain("146.4 mo");
    // 12,200 × 25 of 2,000 × 305.
    expect(notes(figure)).toContain("50% of the cost names no source and is in none of these ratios; with it the ratio of all is 2.0");
    expect(notes(figure)).toContain("profit of the first 365 days against the cost of the same period, no lifetime value");
    expect(notes(figure)).toContain("below 30 customers grey, and ranked last");
  });

  it("shows the profit alone where cost is not known by the members, and says so", () => {
    const split = answerOf([[undefined, 4000, 300, 2000], ["SMB", 1000, 200], ["Enterprise", 9000, 100]], {by: "segment", more: {notApplied: ["cac", "clv_to_cac_matured"].map((metric) => ({metric, dimension: "segment"}))}});
    const figure = clvCac(split, options);
    expect(finding(figure)).toBe("Customers of Enterprise brought the most in their first year, €9,000 of gross profit each; those of SMB the least, €1,000");
    expect(rowsOf(figure)).toEqual([["Enterprise", "100", "9,000", "8,500", "9,500"], ["SMB", "200", "1,000", "500", "1,500"]]);
    expect(notes(figure)).toBe("profit of the first 365 days, no lifetime value · cost is not known by segment: value stands alone");
    const noCost = clvCac({...split, notApplied: [], missing: [{metric: "cac", columns: ["cost.amount"], why: "not_in_data"}]}, options);
    expect(notes(noCost)).toContain("no cost of winning customers is known");
  });

  it("says which filters leave the cost as it is, that groups are too small, and why there is nothing", () => {
    const filtered = {...bySource, notApplied: [{metric: "clv_historic", dimension: "stage"}, {metric: "cac", dimension: "stage"}]};
    expect(notes(clvCac(filtered, {...options, unfiltered: ["region"]}))).toContain("not filtered by Region or Stage");
    expect(finding(clvCac(answerOf([[undefined, 4000, 20, 2000], ["Web", 3000, 12, 1000]]), options))).toBe("Too few customers a year old of any one source to compare them");
    expect(clvCac(answerOf([["Web", null, 0], ["Fairs", null, 0]]), options).getAttribute("data-why")).toBe("no_rows");
    expect(clvCac({...bySource, missing: [{metric: "clv_historic", columns: ["order_line.cost_amount"], why: "not_in_data"}]}, options).getAttribute("data-why")).toBe("not_in_data");
    const two = answerOf([[undefined, 4000, 300, 2000], ["Web", 3000, 100, 1000], ["Fairs", 6000, 4, 1500]]);
    const hidden = {...two, rows: two.rows.map((row) => (row.metric === "clv_historic" && row.members[0] === "Fairs" ? {...row, value: null, n: 0, reason: "suppressed" as const, interval: undefined} : row))} as Answer;
    expect(rowsOf(clvCac(hidden, options)).at(-1)).toEqual(["Fairs", "–", "–", "–", "–", "9", "1,500", "–", "–"]);
  });

  it("begins with all where most of the cost names none, for then a member's ratio says little", () => {
    const mostly = answerOf([[undefined, 4000, 300, 2000], ["Web", 3000, 100, 100], [null, 1000, 20, 20_000]]);
    // 20,000 × 25 of 2,000 × 305.
    expect(finding(clvCac(mostly, options))).toBe("All customers together bring back 2.0 : 1 of their cost in the first year; 82% of the cost names no source, so the 30.0 : 1 of Web leaves most of it out");
  });

  it("has words in Hungarian", async () => expect(finding(clvCac(bySource, {...options, format: await formatterOf("hu")}))).toContain("a legtöbbet hozza: Fairs"));
});
