import {describe, expect, it} from "vitest";
import {healthBands} from "../../src/components/health/healthBands.js";
import {healthCsv, healthList} from "../../src/components/health/healthList.js";
import {healthReplay} from "../../src/components/health/healthReplay.js";
import {whatIfFigure} from "../../src/components/health/whatIfFigure.js";
import {healthInputs, healthLimits, healthRules} from "../../src/metrics/health.js";
import {judgeBands} from "../../src/query/health/judge.js";
import {whatIf} from "../../src/query/whatIf.js";
import type {HealthList, HealthMember, HealthTold} from "../../src/query/health/question.js";
import {blank, formatterOf} from "./world.js";

const format = await formatterOf("en");
const document = blank();
const options = {format, document, rules: healthRules, limits: healthLimits};
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f]/g, " ").replace(/[\u2060\u2068\u2069]/g, "");
const finding = (figure: Element) => plain(figure.querySelector(".qd-finding")?.textContent);
const notes = (figure: Element) => plain(figure.querySelector(".qd-caveats")?.textContent);
const rowsOf = (figure: Element, of: string) => [...figure.querySelectorAll(`${of} tbody tr`)].map((row) => [...row.children].map((cell) => plain(cell.textContent)));

const bands = judgeBands([
  {band: "red", scorings: 60, customers: 30, lost: 30}, {band: "amber", scorings: 300, customers: 90, lost: 45}, {band: "green", scorings: 900, customers: 200, lost: 27}, {band: "none", scorings: 40, customers: 20, lost: 2}
]);
const told: HealthTold = {
  asOf: "2026-11-03", customers: 100, mrr: 50_000, unrated: 1, confidence: 0.8, notApplied: ["product"],
  bands: [{band: "red", customers: 4, mrr: 1_000, confidence: 0.9}, {band: "amber", customers: 16, mrr: 9_000, confidence: 0.8}, {band: "green", customers: 77, mrr: 39_000, confidence: 0.81}, {band: "none", customers: 3, mrr: 1_000, confidence: 0.3}],
  inputs: healthInputs.map((input) => ({input, weight: healthRules.weights[input], known: input === "payment" ? 0 : 50, mean: input === "payment" ? null : 61.4})),
  replay: {from: "2024-01-31", to: "2026-07-31", days: 31, bands}
};

describe("healthBands(told)", () => {
  it("says how many are in trouble and what they pay, with each band in its table and what the score is made of in the open", () => {
    const figure = healthBands(told, options);
    expect(finding(figure)).toBe("20 of 100 customers are in the red or the amber band, paying €10.0K a month; of 3 too little is known");
    expect(plain(figure.querySelector(".qd-subtitle")!.textContent)).toContain("80% of the score known on average · as of 3 November 2026");
    expect(rowsOf(figure, ".qd-twin")).toEqual([["Red", "under 40", "4", "1,000", "90"], ["Amber", "40 to under 70", "16", "9,000", "80"], ["Green", "70 and more", "77", "39,000", "81"], ["In no band", "less than half is known", "3", "1,000", "30"]]);
    const inputs = rowsOf(figure, ".qd-sentences");
    expect(inputs.map(([name]) => name)).toEqual(["Usage, 30%", "Support, 15%", "Sentiment, 15%", "Payment, 15%", "Relation, 15%", "Renewal, 10%"]);
    expect([inputs[0]![2], inputs[3]![2]]).toEqual(["known of 50%, mean 61", "known of nobody, or of too few to tell"]);
    expect(notes(figure)).toContain("1 customer pays in a currency without a rate");
    expect(notes(figure)).toContain("not filtered by Product");
  });

  it("follows the report's own bands and weights", () => {
    const figure = healthBands(told, {...options, rules: {...healthRules, bands: {red: 0, amber: 30.5, green: 60}}});
    expect(rowsOf(figure, ".qd-twin").map(([, scale]) => scale).slice(0, 3)).toEqual(["under 30.5", "30.5 to under 60", "60 and more"]);
  });

  it("tells nothing of small bands, and has words in Hungarian", async () => {
    const hidden = {...told, bands: told.bands.map((one) => (one.band === "red" ? {...one, customers: 0, mrr: 0, suppressed: true as const} : one))};
    expect(rowsOf(healthBands(hidden, options), ".qd-twin").map(([name]) => name)).not.toContain("Red");
    expect(notes(healthBands(hidden, options))).toContain("1 small segment has no number");
    expect(healthBands({...told, customers: 0, bands: []}, options).getAttribute("data-why")).toBe("no_rows");
    expect(finding(healthBands(told, {...options, format: await formatterOf("hu")}))).toContain("100 ügyfélből 20 van");
  });
});

describe("healthReplay(told)", () => {
  it("says what share of each band left, and of each band whether it tells who does", () => {
    const figure = healthReplay(told, options);
    expect(finding(figure)).toBe("Within 90 days left: Red 50%, Amber 15% and Green 3.0%. Each worse band lost more");
    expect(rowsOf(figure, ".qd-twin")[0]).toEqual(["Red", "60", "30", "30", "50.0", "29.9", "70.1"]);
    expect(rowsOf(figure, ".qd-sentences").map(([name, rate, verdict]) => [name, rate, verdict?.split(":")[0]])).toEqual([
      ["Red", "50% (30 of 60 scorings); 95% interval 30% to 70%", "Predicts"], ["Amber", "15% (45 of 300 scorings); 95% interval 9.1% to 24%", "Predicts"],
      ["Green", "3.0% (27 of 900 scorings); 95% interval 1.4% to 6.4%", "The best band"], ["In no band", "5.0% (2 of 40 scorings); 95% interval 0.7% to 29%", "Too little is known to put them in a band"]
    ]);
    for (const svg of figure.querySelectorAll("svg.qd-plot")) for (const words of ["Amber", "50% (30 of 60 scorings)"]) expect(plain(svg.textContent)).toContain(words);
  });

  it("flags bands that do not tell who leaves", () => {
    const weak = {...told, replay: {...told.replay, bands: judgeBands([{band: "red", scorings: 60, customers: 30, lost: 2}, {band: "amber", scorings: 300, customers: 90, lost: 15}, {band: "green", scorings: 900, customers: 200, lost: 27}])}};
    const figure = healthReplay(weak, options);
    expect(finding(figure)).toBe("Within 90 days left: Red 3.3%, Amber 5.0% and Green 3.0%. The bands Red and Amber do not tell who leaves");
    expect(rowsOf(figure, ".qd-sentences").map(([, , verdict]) => verdict?.split(":")[0])).toEqual(["Does not predict", "Does not predict surely", "The best band"]);
  });

  it("says where no scoring is old enough", () => {
    expect(healthReplay({...told, replay: {from: null, to: null, days: 0, bands: []}}, options).getAttribute("data-why")).toBe("immature");
  });
});

const entry: HealthMember = {
  customer: 7, record: "=1+1", band: "amber", score: 60, confidence: 0.85, mrr: 1_900.5, daysLeft: 24, why: "silent", owner: "Anna Ungaro", before: {month: 80, quarter: 95},
  fell: [{input: "relation", from: 90, to: 0}, {input: "payment", from: null, to: 10}], scores: [100, null, 95, 60]
};
const risk: HealthList = {
  id: "at_risk", count: 12, mrr: 20_000, since: "2026-08-03", months: ["2026-08-31", "2026-09-30", "2026-10-31", "2026-11-03"], hasOwner: true,
  entries: [entry, {...entry, customer: 9, record: null, band: "red", score: 20, mrr: null, daysLeft: 180, why: "red", owner: null, before: {month: null, quarter: null}, fell: [], scores: [null, null, null, 20]}]
};
const listOptions = {...options, actions: {red: "A call by an executive sponsor", silent: "Call on them now"}};

describe("healthList(told, list)", () => {
  it("says what is at stake, what fell and what to do, with a line of scores in each row", () => {
    const figure = healthList(told, risk, {...listOptions, save: () => undefined});
    expect(finding(figure)).toBe("12 customers are at risk, with €20.0K a month, €240K in 12 months");
    expect(rowsOf(figure, ".qd-table")).toEqual([
      ["=1+1", "Anna Ungaro", "1,901", "22,806", "24", "Amber", "60", "−35", "", "Relation 90 → 0, Payment 10 (not known before)", "Call on them now"],
      ["9", "none", "–", "–", "180 or more", "Red", "20", "–", "–", "nothing fell", "A call by an executive sponsor"]
    ]);
    expect([...figure.querySelectorAll("svg.qd-score-line")].map((line) => plain(line.getAttribute("aria-label")))).toEqual(["3 scores, the first 100, the last 60, the lowest 60"]);
    expect([...figure.querySelectorAll("button")].map((one) => plain(one.textContent))).toEqual(["All 12 as CSV"]);
  });

  it("says by how much scores fell, over one month or three", () => {
    expect(finding(healthList(told, {...risk, id: "fell_3"}, listOptions))).toBe("The scores of 12 customers fell over 3 months, the most by 35 points");
    expect(finding(healthList(told, {...risk, id: "fell_1", count: 1}, listOptions))).toBe("The score of 1 customer fell over a month, by 20 points");
    expect(finding(healthList(told, {...risk, count: 0, entries: []}, listOptions))).toBe("No customer is at risk");
    expect(healthList(told, null, listOptions).getAttribute("data-why")).toBe("no_rows");
  });

  it("writes nothing that a spreadsheet would run", () => {
    const [head, first, second] = healthCsv(risk, listOptions).replace("\ufeff", "").split(/\r?\n/);
    expect(head).toBe("Id in the CRM,Owner,MRR,12 months,Days to renewal,Band,Score,Known of the score,Score a month ago,Score three months ago,What fell,What to do");
    expect(first).toBe("'=1+1,Anna Ungaro,1900.5,22806,24,Amber,60,0.85,80,95,\"Relation 90 → 0, Payment 10 (not known before)\",Call on them now");
    expect(second).toBe("9,,,,180,Red,20,0.85,,,,A call by an executive sponsor");
  });
});

describe("whatIfFigure(now)", () => {
  const whatIfOptions = {format, document, asOf: "2026-10-31", project: whatIf};
  it("says what one point less brings, and another number once a reader writes it", () => {
    const figure = whatIfFigure({churn: 0.2, nrr: 0.99, mrr: 1_000_000}, {...whatIfOptions, interactive: true});
    expect(finding(figure)).toContain("If customer churn fell by 1 point, net revenue retention would be 100.0% in place of 99.0%");
    expect(finding(figure)).toContain("their revenue over them €12.0M");
    const input = figure.querySelector("input")!;
    input.value = "2.5";
    input.dispatchEvent(new document.defaultView!.Event("input"));
    expect(finding(figure)).toContain("fell by 2.5 points, net revenue retention would be 101.5%");
    const status = figure.querySelector("[role=status]")!;
    expect([status.textContent, input.getAttribute("aria-invalid")]).toEqual(["", "false"]);
    input.value = "30";
    input.dispatchEvent(new document.defaultView!.Event("input"));
    expect(status.textContent).toContain("A number from 0 to 20.0");
    expect([input.getAttribute("aria-invalid"), finding(figure).includes("fell by 2.5 points")]).toEqual(["true", true]);
    expect(rowsOf(figure, ".qd-table").map(([point, churn, nrr]) => [point, churn, nrr])).toEqual([["0", "20.0", "99.0"], ["1", "19.0", "100.0"], ["2", "18.0", "101.0"], ["3", "17.0", "102.0"], ["5", "15.0", "104.0"], ["10", "10.0", "109.0"]]);
    expect(notes(figure)).toContain("Assumed: customers who are kept pay what the average customer paid");
  });
});
