import {describe, expect, it} from "vitest";
import en from "../../src/format/locales/en.js";
import hu from "../../src/format/locales/hu.js";
import {simple, type Metric} from "../../src/metrics/define.js";
import {metrics} from "../../src/metrics/index.js";
import {chosenId, goalId, isListed, readerId, variantId, variantNames, variantsOf} from "../../src/query/variants.js";

const described = {
  unit: "count", direction: "down", dateRule: "E", processStage: "closing", owner: "nobody", status: "exploratory", version: 1, since: "2026-11-22",
  page: "index", needs: [], mart: "fct_x", time: "day", dimensions: [], aggregate: {fn: "count"}
} as const;
const catalogue: readonly Metric[] = [
  simple({...described, id: "churn", variant: "standard"}), simple({...described, id: "churn_stripe", variantOf: "churn", variant: "stripe"}), simple({...described, id: "alone"})
];

describe("variants", () => {
  it("are listed under their KPI, the declared default first", () => {
    expect(variantsOf("churn", catalogue).map(({id}) => id)).toEqual(["churn", "churn_stripe"]);
    expect(variantsOf("alone", catalogue)).toEqual([]);
    expect(catalogue.filter(isListed).map(({id}) => id)).toEqual(["churn", "alone"]);
  });

  it("are found by name, from any of them", () => {
    expect([variantId("churn", "stripe", catalogue), variantId("churn_stripe", "standard", catalogue)]).toEqual(["churn_stripe", "churn"]);
  });

  it("that a KPI does not have are an error that names those it has", () => {
    expect(() => variantId("churn", "strip", catalogue)).toThrow('"churn" has no variant "strip"; did you mean "stripe"? Allowed: standard, stripe.');
    expect(() => variantId("alone", "stripe", catalogue)).toThrow('"alone" has no variants');
    expect(() => variantId("chrun", "stripe", catalogue)).toThrow('unknown metric: "chrun"; did you mean "churn"?');
  });

  it("that the settings chose stand for the KPI, and have its goals", () => {
    const manifest = {variants: {churn: "stripe"}};
    expect([chosenId("churn", manifest, catalogue), chosenId("alone", manifest, catalogue), chosenId("churn", {}, catalogue)]).toEqual(["churn_stripe", "alone", "churn"]);
    expect(catalogue.map((metric) => goalId(metric, manifest))).toEqual(["churn", "churn", "alone"]);
  });
});

describe("variants that readers choose", () => {
  it("take the place of the report's own definition, not of one that a page names", () => {
    const chosen = {churn: "stripe"};
    expect([readerId("churn", chosen, {}, catalogue), readerId("alone", chosen, {}, catalogue), readerId("churn", undefined, {}, catalogue)]).toEqual(["churn_stripe", "alone", "churn"]);
    const manifest = {variants: {churn: "stripe"}};
    expect([readerId("churn_stripe", {churn: "standard"}, manifest, catalogue), readerId("churn", chosen, manifest, catalogue)]).toEqual(["churn", "churn"]);
    expect(readerId("churn_stripe", {churn: "standard"}, {}, catalogue)).toBe("churn_stripe");
    expect(variantNames(catalogue)).toEqual({churn: ["standard", "stripe"]});
  });
});

describe("the declared variants", () => {
  it.each([["en", en], ["hu", hu]])("have a short name in %s", (_, messages) => {
    expect(metrics.flatMap(({variant}) => (variant === undefined || Object.hasOwn(messages, `variant.${variant}`) ? [] : [variant]))).toEqual([]);
  });

  it("name a declared KPI that names its own, each by one name, on the same page", () => {
    for (const metric of metrics.filter(({variantOf}) => variantOf !== undefined)) {
      const main = metrics.find(({id}) => id === metric.variantOf);
      expect(main?.variantOf, metric.id).toBeUndefined();
      expect(main?.variant, `${metric.variantOf} names no variant of its own`).toBeDefined();
      expect(metric.variant, metric.id).toBeDefined();
      expect(metric.page, metric.id).toBe(main?.page);
    }
    for (const {id} of metrics) {
      const names = variantsOf(id, metrics).map(({variant}) => variant);
      expect(new Set(names).size, id).toBe(names.length);
    }
  });
});
