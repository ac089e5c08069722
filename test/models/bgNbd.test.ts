import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {aliveChance, expectedPurchases, fitBgNbd, type History} from "../../loaders/models/bgNbd.js";
import {expectedValue, fitGammaGamma} from "../../loaders/models/gammaGamma.js";
import {hypergeometric} from "../../loaders/models/hypergeometric.js";
import {logGamma} from "../../loaders/models/logGamma.js";
import {nelderMead} from "../../loaders/models/nelderMead.js";

const cdnow: History[] = readFileSync(new URL("../fixtures/cdnow/customers.csv", import.meta.url), "utf8").trim().split("\n").slice(1)
  .map((line) => line.split(",").map(Number) as [number, number, number, number]).map(([, repeats, last, age]) => ({repeats, last, age}));
const paper = {r: 0.243, alpha: 4.414, a: 0.793, b: 2.426};

describe("BG/NBD", () => {
  it("finds the parameters that were published for the CDNOW customers", () => {
    const found = fitBgNbd(cdnow)!;
    expect(cdnow).toHaveLength(2357);
    expect(found.atEdge).toBeNull();
    for (const name of ["r", "alpha", "a", "b"] as const) expect(Math.abs(found[name] - paper[name]), name).toBeLessThan(0.01);
  });
  it("expects of the paper's customer what the paper expects", () => {
    const customer = {repeats: 2, last: 30.43, age: 38.86};
    expect(expectedPurchases(customer, 39, paper)).toBeCloseTo(1.226, 3);
    expect(aliveChance(customer, paper)).toBeCloseTo(0.7266, 4);
  });
  it("holds who never came back for alive, and the longer silent the likelier gone", () => {
    expect(aliveChance({repeats: 0, last: 0, age: 50}, paper)).toBe(1);
    const chances = [30, 40, 60, 100].map((age) => aliveChance({repeats: 4, last: 30, age}, paper));
    expect(chances).toEqual([...chances].sort((a, b) => b - a));
    expect(expectedPurchases({repeats: 3, last: 20, age: 30}, 0, paper)).toBeCloseTo(0, 12);
  });
  it("expects what summing small steps of the process expects", () => {
    // Of a new customer: a step's purchases are the rate of those still there, averaged over rates λ and chances p.
    const [rates, chances] = [400, 400];
    const time = 20;
    let sum = 0;
    let weight = 0;
    for (let i = 0; i < rates; i++)
      for (let j = 0; j < chances; j++) {
        const lambda = ((i + 0.5) / rates) * 3;
        const p = (j + 0.5) / chances;
        const density = lambda ** (2 - 1) * Math.exp(-4 * lambda) * p ** (1.5 - 1) * (1 - p) ** (2.5 - 1);
        // Purchases by t of one who stops after each with chance p: (1 − e^(−λpt)) ÷ p.
        sum += density * ((1 - Math.exp(-lambda * p * time)) / p);
        weight += density;
      }
    expect(expectedPurchases({repeats: 0, last: 0, age: 0}, time, {r: 2, alpha: 4, a: 1.5, b: 2.5})).toBeCloseTo(sum / weight, 2);
  });
  it("marks what lies at the edge: where customers do not differ only the ratios are told", () => {
    // Twelve purchases each, the last on the last day: all buy at one rate, and nobody stops.
    const alike = fitBgNbd(Array.from({length: 300}, () => ({repeats: 12, last: 10, age: 10})))!;
    expect(alike.atEdge).toBe("both");
    expect(alike.r / alike.alpha).toBeCloseTo(1.2, 2);
    expect(alike.a / (alike.a + alike.b)).toBeLessThan(0.001);
    expect(Number.isFinite(expectedPurchases({repeats: 12, last: 10, age: 10}, 5, alike))).toBe(true);
  });
  it("has no parameters where nobody was watched", () => expect(fitBgNbd([{repeats: 0, last: 0, age: 0}])).toBeNull());
});

describe("Gamma-Gamma", () => {
  const model = {p: 6.25, q: 3.74, v: 15.44};
  it("expects what was published", () => {
    expect(expectedValue({repeats: 2, mean: 22.35}, model)).toBeCloseTo(24.66, 2);
    expect(expectedValue({repeats: 0, mean: 0}, model)).toBeCloseTo(35.22, 2);
  });
  it("finds the parameters that made the values", () => {
    // Quantiles of the mean of x gamma values are hard to write down; a beta prime's spread at x = 1 and p = 1 is not: (1 − u)^(−1/q) − 1.
    const q = 3;
    const v = 200;
    const spendings = Array.from({length: 4000}, (_, k) => ({repeats: 1, mean: v * ((1 - (k + 0.5) / 4000) ** (-1 / q) - 1)}));
    const found = fitGammaGamma(spendings)!;
    expect(found.p).toBeCloseTo(1, 1);
    expect(found.q).toBeCloseTo(q, 0);
    expect((found.p * found.v) / (found.q - 1)).toBeCloseTo(v / (q - 1), -1);
  });
});

describe("Gamma-Gamma at the edge of its search", () => {
  it("says so where each customer always spends the same", () => {
    const spendings = Array.from({length: 500}, (_, k) => ({repeats: 2 + (k % 5), mean: 60 * ((1 - (k + 0.5) / 500) ** (-1 / 4))}));
    // Fixed values a customer: the spread lies between customers alone, so p has no end.
    const found = fitGammaGamma(spendings)!;
    expect(found.atEdge).toBe("purchases");
    expect(expectedValue({repeats: 1, mean: 80}, found)).toBeCloseTo(80, 0);
  });
  it("says so where customers do not differ", () => {
    const found = fitGammaGamma(Array.from({length: 500}, (_, k) => ({repeats: 1 + (k % 3), mean: 60 + (k % 3) - 1})))!;
    expect(found.atEdge).not.toBeNull();
    expect(expectedValue({repeats: 0, mean: 0}, found)).toBeCloseTo(60, 0);
  });
  it("says nothing where the values tell both", () =>
    expect(fitGammaGamma(Array.from({length: 4000}, (_, k) => ({repeats: 1, mean: 200 * ((1 - (k + 0.5) / 4000) ** (-1 / 3) - 1)})))!.atEdge).toBeNull());
});

describe("what the models are computed with", () => {
  it.each([[0.1, 2.252712651734206], [0.5, 0.5723649429247001], [1, 0], [5, 3.178053830347946], [100.5, 361.4355404678], [1e5, 1051287.7089736538]])("ln Γ(%d)", (x, value) =>
    expect(Math.abs(logGamma(x) - value)).toBeLessThan(1e-10 * Math.max(1, value)));
  it.each([[1, 1, 2, 0.5, 2 * Math.log(2)], [2, 3, 3, 0.9, 100], [0.5, 0.5, 1.5, 0.25, Math.asin(0.5) / 0.5], [5, 4, 2, 0, 1]])("₂F₁(%d, %d; %d; %d)", (a, b, c, z, value) =>
    expect(hypergeometric(a, b, c, z) / value).toBeCloseTo(1, 12));
  it("the search ends at the bottom of a bent valley", () => {
    const {at, settled} = nelderMead(([x, y]) => (1 - x!) ** 2 + 100 * (y! - x! ** 2) ** 2, [-1.2, 1]);
    expect(settled).toBe(true);
    expect(at[0]).toBeCloseTo(1, 4);
    expect(at[1]).toBeCloseTo(1, 4);
  });
});
