import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {chainTree, metricsOf, type DriverNode, type DriverTree} from "../../../src/metrics/drivers.js";
import {levelOfTree, splitTree, type Levels} from "../../../src/query/explain/drivers.js";

const levels = (pairs: Readonly<Record<string, readonly [number | null, number | null]>>): Levels => new Map(Object.entries(pairs).map(([id, [before, after]]) => [id, {before, after}]));
const tree = (root: DriverNode): DriverTree => ({metric: "all", name: "own", root});
const changes = (of: DriverTree, values: Levels) => splitTree(of, values)?.map(({change}) => change);

describe("a chain of drivers", () => {
  const chain = chainTree(["new_leads", "opportunities_won", "revenue_won"], "leads");
  const values = (leads: readonly [number, number], won: readonly [number | null, number], revenue: readonly [number, number]) => levels({new_leads: leads, opportunities_won: won, revenue_won: revenue});
  it("adds up to the change of its last metric", () => {
    const parts = splitTree(chain, values([100, 150], [10, 12], [5000, 4800]))!;
    expect(parts.map(({metric, per, before, after}) => [metric, per, before, after])).toEqual([["new_leads", null, 100, 150], ["opportunities_won", "new_leads", 0.1, 0.08], ["revenue_won", "opportunities_won", 500, 400]]);
    expect(parts.reduce((sum, {change}) => sum + change, 0)).toBeCloseTo(-200, 9);
    expect(parts.map(({change}) => Math.sign(change))).toEqual([1, -1, -1]);
  });
  it("that ends in nothing owes it to what became nothing", () => expect(changes(chain, values([100, 100], [10, 0], [5000, 0]))).toEqual([0, -2500, -2500]));
  it("has no split where something comes from nothing, or a value is missing", () => {
    expect(splitTree(chain, values([0, 100], [10, 10], [5000, 5000]))).toBeNull();
    expect(splitTree(chain, values([100, 100], [null, 10], [5000, 5000]))).toBeNull();
  });
});

describe("a tree of drivers", () => {
  it("of a balance gives every term its own change", () => {
    expect(changes(tree({sum: ["start", "new"], less: ["lost"]}), levels({start: [100, 108], new: [10, 15], lost: [2, 7]}))).toEqual([8, 5, -5]);
  });
  it("of a quotient of sums gives gains and losses what they brought, with no residual", () => {
    const parts = splitTree(tree({quotient: [{sum: ["new", "expansion"]}, {sum: ["churn", "contraction"]}]}), levels({new: [30, 40], expansion: [10, 10], churn: [8, 12], contraction: [2, 4]}))!;
    expect(parts.map(({change}) => Math.sign(change))).toEqual([1, 0, -1, -1]);
    expect(parts.reduce((sum, {change}) => sum + change, 0)).toBeCloseTo(50 / 16 - 4, 12);
    expect(parts[2]!.change).toBeCloseTo(parts[3]!.change * 2, 12);
  });
  it("sees terms that moved against each other while their sum stood still", () => {
    const [won, lost] = changes(tree({product: [{sum: ["won", "lost"]}, "rate"]}), levels({won: [3, 5], lost: [7, 5], rate: [2, 2]}))!;
    expect(won).toBeCloseTo(4, 12);
    expect(lost).toBeCloseTo(-4, 12);
  });
  it("has no split where it divides by nothing", () => expect(changes(tree({quotient: ["a", "b"]}), levels({a: [1, 2], b: [1, 0]}))).toBeUndefined());
  it("reads each metric once, its own last", () => expect(metricsOf({metric: "won", name: "x", root: {product: ["rate", {metric: "won", per: "rate"}]}})).toEqual(["rate", "won"]));

  const positive = fc.double({min: 0.01, max: 1000, noNaN: true});
  const leaf = fc.constantFrom("a", "b", "c", "d");
  const node: fc.Arbitrary<DriverNode> = fc.letrec<{node: DriverNode}>((tie) => ({
    node: fc.oneof({maxDepth: 3, withCrossShrink: true}, leaf,
      fc.record({product: fc.array(tie("node"), {minLength: 1, maxLength: 3})}),
      fc.record({quotient: fc.tuple(tie("node"), tie("node"))}),
      fc.record({sum: fc.array(tie("node"), {minLength: 1, maxLength: 3})}))
  })).node;
  it("of any shape over positive numbers adds up to the change, to the last digits", () => {
    fc.assert(fc.property(node, fc.array(fc.tuple(positive, positive), {minLength: 4, maxLength: 4}), (root, pairs) => {
      const values = new Map(["a", "b", "c", "d"].map((id, k) => [id, {before: pairs[k]![0], after: pairs[k]![1]}]));
      const {before, after} = levelOfTree(tree(root), values)!;
      const told = splitTree(tree(root), values)!.reduce((sum, {change}) => sum + change, 0);
      const size = Math.max(1, Math.abs(before), Math.abs(after), ...splitTree(tree(root), values)!.map(({change}) => Math.abs(change)));
      expect(Math.abs(told - (after - before)) / size).toBeLessThan(1e-6);
    }));
  });
});
