import {describe, expect, it} from "vitest";
import {expectedValue} from "../../src/components/value/expectedValue.js";
import {heldOutMonths} from "../../src/components/value/heldOutMonths.js";
import {heldOutRepeats} from "../../src/components/value/heldOutRepeats.js";
import {valueLimits, type HeldOut, type ValueTold} from "../../src/query/value/question.js";
import {blank, formatterOf} from "./world.js";

const format = await formatterOf("en");
const document = blank();
const options = {format, document};
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f]/g, " ").replace(/[\u2060\u2068\u2069]/g, "");
const finding = (figure: Element) => plain(figure.querySelector(".qd-finding")?.textContent);
const cells = (row: Element | undefined) => [...(row?.children ?? [])].map((cell) => plain(cell.textContent));

const heldOut: HeldOut = {
  reason: null, until: "2025-11-02", customers: 470, repeaters: 411, total: {expected: 1316.4, observed: 1367},
  months: [{day: "2025-12-02", expected: 110.2, observed: 125}, {day: "2026-11-03", expected: 1316.4, observed: 1367}],
  byRepeats: [{repeats: 0, customers: 200, expected: 0.5, observed: 0.45}, {repeats: 1, customers: 240, expected: 2.2, observed: 1.9}, {repeats: 2, customers: 30 - 1, expected: 4, observed: 9}]
};
const told = (more: Partial<ValueTold> = {}): ValueTold => ({
  asOf: "2026-11-03", reason: null, customers: 623, repeaters: 563, correlation: -0.0143, margin: 0.585, discount: 0.1, atEdge: null, spendingAtEdge: null, isHidden: false, heldOut, notApplied: [], limits: valueLimits,
  expected: {customers: 600, alive: 480.4, purchases: [1800, 3300], value: [3_000_000, 5_400_000]}, ...more
});
const held = (more: Partial<HeldOut>) => told({heldOut: {...heldOut, ...more}});

describe("expectedValue(told)", () => {
  it("says what is expected, in all and of a customer", () => {
    const figure = expectedValue(told(), options);
    expect(finding(figure)).toBe("€3.00M of gross profit is expected of 600 customers in the next 12 months, €5,000 each; 480 of them (80%) still buy");
    expect([...figure.querySelectorAll("tbody tr")].map(cells)).toEqual([
      ["Still buy", "480", "80.1%"], ["Purchases, next 12 months", "1,800", "3.00"], ["Purchases, next 24 months", "3,300", "5.50"],
      ["Gross profit, next 12 months", "€3,000,000", "€5,000"], ["Gross profit, next 24 months", "€5,400,000", "€9,000"]
    ]);
    expect(plain(figure.querySelector(".qd-caveats")!.textContent)).toBe("BG/NBD and Gamma-Gamma fitted to 623 customers, 563 of whom came back · repeats and their mean value hardly go together (correlation −0.01, allowed ±0.3) · gross margin 58.5% of the year before, discounted at 10% a year");
  });

  it.each([
    ["too_few_customers", "No expected value: the model needs 300 customers, 30 of whom came back"], ["no_fit", "does not settle"],
    ["no_mean", "has no mean (q is 1 or less)"], ["correlated", "(correlation 0.42, beyond ±0.3)"]
  ] as const)("says in words why there is none: %s", (reason, words) => {
    const figure = expectedValue(told({reason, expected: null, correlation: 0.4213}), options);
    expect(finding(figure)).toContain(words);
    expect(figure.querySelector("table")).toBeNull();
    expect(plain(figure.querySelector(".qd-caveats")!.textContent)).toContain("read the simple lifetime value instead");
  });

  it("has purchases without money where no cost is known, and no number of a small group", () => {
    const figure = expectedValue(told({margin: null, expected: {customers: 600, alive: 480, purchases: [1800, 3300], value: [null, null]}}), options);
    expect(finding(figure)).toBe("1,800 purchases are expected of 600 customers in the next 12 months; 480 of them (80%) still buy");
    expect(cells(figure.querySelectorAll("tbody tr")[3])).toEqual(["Gross profit, next 12 months", "–", "–"]);
    expect(plain(figure.textContent)).toContain("no cost is known");
    const small = expectedValue(told({expected: null, isHidden: true, notApplied: ["stage"]}), options);
    expect(small.querySelector("table")).toBeNull();
    expect(plain(small.textContent)).toContain("not filtered by Stage");
  });

  it("tells which parameters lie at the edge, and that many customers were sampled", () => {
    const words = plain(expectedValue(told({atEdge: "rates", spendingAtEdge: "purchases", customers: 90_000}), options).querySelector(".qd-caveats")!.textContent);
    for (const part of ["r and α, the rates of purchase", "of p and v only the product", "90,000 customers (20,000 of them, evenly spread)"]) expect(words).toContain(part);
  });
});

describe("heldOutMonths(told)", () => {
  it.each([
    [{expected: 1316.4, observed: 1367}, "The model predicts well: fitted up to 2 November 2025, it expects 1,316 further purchases, and 1,367 came (4% off)"],
    [{expected: 800, observed: 1000}, "The model expects too little: fitted up to 2 November 2025, 800 further purchases, 20% fewer than the 1,000 that came"],
    [{expected: 1500, observed: 1000}, "The model expects too much: fitted up to 2 November 2025, 1,500 further purchases, 50% more than the 1,000 that came"],
    [{expected: 12, observed: 0}, "The model expects 12 purchases after 2 November 2025, and none came"]
  ])("says how near the model came: %o", (total, words) => expect(finding(heldOutMonths(held({total}), options))).toBe(words));

  it("draws both lines in each size, told apart by their dashes, with every month in its table", () => {
    const figure = heldOutMonths(told(), options);
    const drawings = [...figure.querySelectorAll("svg.qd-plot")];
    expect(drawings).toHaveLength(4);
    for (const svg of drawings) {
      for (const words of ["came 1,367", "expected 1,316"]) expect(plain(svg.textContent)).toContain(words);
      expect(svg.querySelectorAll("[stroke-dasharray]")).toHaveLength(1);
    }
    expect([...figure.querySelectorAll(".qd-twin tbody tr")].map(cells)).toEqual([["2 December 2025", "125", "110", "−11.84"], ["3 November 2026", "1,367", "1,316", "−3.70"]]);
    expect(plain(figure.querySelector(".qd-caveats")!.textContent)).toBe("470 customers of the time before, 411 of whom had come back by then · of all customers, whatever is filtered");
  });

  it.each([["too_few_customers", "need 300 customers, 30 of whom"], ["too_short", "shorter than 60 days"], ["no_fit", "does not settle"]] as const)("says why nothing is held out: %s", (reason, words) => {
    for (const view of [heldOutMonths, heldOutRepeats]) {
      const note = view(held({reason, total: null, months: [], byRepeats: []}), options);
      expect(note.getAttribute("data-why")).toBe(reason);
      expect(plain(note.textContent)).toContain(words);
    }
  });
});

describe("heldOutRepeats(told)", () => {
  it("says where the model is furthest off among groups that are large enough; small ones are grey", () => {
    const figure = heldOutRepeats(told(), options);
    expect(finding(figure)).toBe("The model is furthest off for 1 repeat before: 2.20 purchases expected of a customer, 1.90 came");
    const rows = [...figure.querySelectorAll(".qd-twin tbody tr")];
    expect(rows.map(cells).slice(0, 2)).toEqual([["no repeat", "200", "0.45", "0.50", "11.11"], ["1 repeat", "240", "1.90", "2.20", "15.79"]]);
    expect(cells(rows[2])[0]).toBe("2 repeats or more");
    expect(rows[2]!.children[2]!.classList.contains("qd-muted")).toBe(true);
    expect(rows[1]!.children[2]!.classList.contains("qd-muted")).toBe(false);
    expect(figure.querySelectorAll(".qd-key li")).toHaveLength(3);
    expect(finding(heldOutRepeats(held({byRepeats: heldOut.byRepeats.slice(2)}), options))).toContain("Too few customers with any one number of repeats");
  });

  it("has words in Hungarian", async () => {
    const hungarian = {format: await formatterOf("hu"), document};
    expect(finding(heldOutRepeats(told(), hungarian))).toContain("itt téved a legtöbbet");
    expect(finding(heldOutMonths(told(), hungarian))).toContain("jól jelez előre");
    expect(finding(expectedValue(told(), hungarian))).toContain("bruttó nyereség várható");
  });
});
