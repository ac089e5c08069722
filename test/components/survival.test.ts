import {describe, expect, it} from "vitest";
import {hazardBars} from "../../src/components/churn/hazardBars.js";
import {survivalWorth} from "../../src/components/churn/survivalWorth.js";
import {survivalCurves} from "../../src/components/churn/survivalCurves.js";
import {monthDays} from "../../src/metrics/survival.js";
import {survivingAt, type HazardBand, type SurvivalCurve, type SurvivalTold} from "../../src/query/survival/question.js";
import {stayWorth} from "../../src/query/survival/worth.js";
import {blank, formatterOf} from "./world.js";

const format = await formatterOf("en");
const options = {format, document: blank(), month: monthDays, survivingAt};
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f]/g, " ").replace(/[\u2060\u2068\u2069]/g, "");

const band = (month: number, losses: number, months = 100): HazardBand => ({from: (month - 1) * monthDays, to: month * monthDays, customers: 100, losses, months, rate: losses / months, low: losses > 0 ? losses / months / 2 : null, high: losses > 0 ? (losses / months) * 2 : null});

/** Of so many customers one leaves at each of the months. */
function curve(member: string | null, size: number, leaving: readonly number[], more: Partial<SurvivalCurve> = {}): SurvivalCurve {
  const points = leaving.map((month, k) => ({age: month * monthDays, atRisk: size - k, losses: 1, surviving: (size - k - 1) / size, low: (size - k - 1) / size - 0.05, high: (size - k - 1) / size + 0.02}));
  return {member, customers: size, losses: leaving.length, end: 24 * monthDays, median: null, medianLow: null, medianHigh: null, mean: null, discounted: null, monthlyValue: 100, points, atRisk: Array.from({length: 25}, (_, k) => size - leaving.filter((month) => month < k).length), hazard: [band(1, 2), band(2, 20), band(3, 3)], ...more};
}

const told = (more: Partial<SurvivalTold> = {}): SurvivalTold => ({
  id: "customers", asOf: "2026-11-03", least: 10, late: 0, leftOut: 0, horizon: 24 * monthDays, marks: Array.from({length: 25}, (_, k) => k * monthDays),
  total: curve(null, 20, [3, 6, 12]), curves: [], notApplied: [], ...more
});

const finding = (figure: Element) => plain(figure.querySelector(".qd-finding")?.textContent);
const rows = (figure: Element) => [...figure.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => plain(cell.textContent)));

describe("survivalCurves(told)", () => {
  it("says how long half of them stay, or how many are there at the end where half are not reached", () => {
    expect(finding(survivalCurves(told(), options))).toBe("After 24 months 85% of the customers are still there: half of them leaving is not reached");
    const reached = told({total: curve(null, 20, [3, 6, 12], {median: 18 * monthDays})});
    expect(finding(survivalCurves(reached, options))).toBe("Half of the customers stay 18 months or longer");
  });

  it("has the share, its band and who is at risk in the table, month by month", () => {
    const figure = survivalCurves(told(), options);
    expect(rows(figure)[3]).toEqual(["3", "20", "95.0", "90.0", "97.0"]);
    expect(rows(figure)[0]!.slice(0, 3)).toEqual(["0", "20", "100.0"]);
    expect([...figure.querySelectorAll("svg text")].map(({textContent}) => plain(textContent))).toContain("months as a customer; below, how many are at risk");
  });

  it("compares members at an age to which all are known, and says whether they differ by more than chance", () => {
    const by = told({by: "plan", curves: [curve("Basic", 20, [1, 2, 3, 4]), curve("Pro", 20, [12], {end: 13 * monthDays})], logRank: {chiSquare: 9.3, df: 1, p: 0.0023, groups: []}});
    const figure = survivalCurves(by, options);
    expect(finding(figure)).toBe("After 12 months 95% of Pro are still customers, 80% of Basic");
    expect(plain(figure.querySelector(".qd-caveats")!.textContent)).toContain("the curves differ by more than chance: log-rank χ² 9.3 on 1 degree of freedom, p = 0.002");
    expect(rows(figure).map(([name, customers, left]) => [name, customers, left])).toEqual([["Total", "20", "3"], ["Basic", "20", "4"], ["Pro", "20", "1"]]);
  });

  it("tells nothing of members that are too small, and has a note where all are", () => {
    const small = curve("Tiny", 2, [], {suppressed: true, end: null});
    const figure = survivalCurves(told({by: "plan", curves: [curve("Pro", 20, [12]), small], logRank: null}), options);
    expect(figure.querySelector(".qd-key")!.textContent).not.toContain("Tiny");
    expect(survivalCurves(told({total: {...small, member: null}}), options).querySelector("svg")).toBeNull();
  });
});

describe("survivalWorth(told)", () => {
  const look = {...options, margin: 0.5, discount: 0.1, worthOf: stayWorth};
  const discounted = {horizon: 24 * monthDays, value: 20 * monthDays, low: 18 * monthDays, high: 21 * monthDays};
  const words = (figure: Element) => plain(figure.textContent);

  it("is what they pay × the months they stay × the margin, and says where the curve ends", () => {
    const figure = survivalWorth(told({total: curve(null, 20, [3, 6, 12], {discounted})}), look);
    expect(finding(figure)).toBe("A customer is worth €1,000 of gross profit over its first 24 months (€900 to €1,050)");
    expect(rows(figure)[0]).toEqual(["Total", "€1,000", "€900", "€1,050", "€100", "24", "20.0", "20"]);
    expect(words(figure)).toContain("at 24 months the curve ends with 85% still customers: what they bring later is not counted");
    expect(words(figure)).toContain("the gross margin of all sales of the last twelve months (50.0%)");
  });

  it("is revenue where no cost is known, and says so", () => {
    const figure = survivalWorth(told({total: curve(null, 20, [3], {discounted})}), {...look, margin: null});
    expect(finding(figure)).toBe("A customer is worth €2,000 of revenue over its first 24 months (€1,800 to €2,100)");
    expect(words(figure)).toContain("no cost is known, so it is revenue and no profit");
  });

  it("says why there is none: too few at risk, no payment known, a small group", () => {
    expect(words(survivalWorth(told(), look))).toContain("Fewer than 10 are at risk after one month");
    expect(words(survivalWorth(told({total: curve(null, 20, [3], {discounted, monthlyValue: null})}), look))).toContain("What they pay a month is not in the data");
    const small = curve("Tiny", 2, [], {suppressed: true, end: null});
    const figure = survivalWorth(told({by: "plan", total: curve(null, 20, [3], {discounted}), curves: [small]}), look);
    expect(rows(figure)[1]!.slice(0, 3)).toEqual(["Tiny", "– too few records to show", "–"]);
  });
});

describe("hazardBars(told)", () => {
  it("names the month that stands out, and none where none does", () => {
    expect(finding(hazardBars(told(), options))).toBe("Most leave in month 2: 20.0% of those still there; on the whole 8.3% a month");
    const even = told({total: curve(null, 20, [3], {hazard: [band(1, 5), band(2, 6), band(3, 5)]})});
    expect(finding(hazardBars(even, options))).toBe("5.3% of those still there leave in a month; no month stands out");
  });

  it("puts bands together where there are very many, and loses nobody", () => {
    const many = told({total: curve(null, 20, [3], {hazard: Array.from({length: 60}, (_, k) => band(k + 1, 1))})});
    const table = rows(hazardBars(many, options));
    expect(table.length).toBeLessThanOrEqual(24);
    expect(table.reduce((sum, [, , left]) => sum + Number(left), 0)).toBe(60);
    expect(table[0]![0]).toBe("1–3");
  });
});
