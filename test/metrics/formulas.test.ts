import {describe, expect, it} from "vitest";
import {formulaHash, formulaProblem, readFormulas, recorded, statusOf} from "../../loaders/definitions/formulas.js";
import {ratio, simple} from "../../src/metrics/define.js";
import {metrics as counted} from "../../src/metrics/index.js";
import {targetMetrics} from "../../src/metrics/targets.js";

const metrics = [...counted, ...targetMetrics];
const described = {
  unit: "count", direction: "up", dateRule: "E", processStage: "closing", owner: "nobody", status: "checked", version: 1, since: "2026-11-22",
  page: "index", needs: [], mart: "fct_x", time: "day", dimensions: [], aggregate: {fn: "count"}
} as const;
const all = simple({...described, id: "all"});
const won = simple({...described, id: "won", where: [{column: "is_won", is: "=", values: [true]}]});
const rate = ratio({...described, id: "rate", numerator: won, denominator: all});
const formulas = recorded([all, won, rate], {});
const changed = {...won, where: [{column: "is_won", is: "=", values: [false]}]} as const;

describe("the declared formulas", async () => {
  const known = await readFormulas();
  it("are those on record: a change raises version and since, and loses the status until then", () => {
    expect(metrics.flatMap((metric) => formulaProblem(metric, known) ?? [])).toEqual([]);
  });
  it("of metrics that are no more are on no record", () => {
    expect(Object.keys(known).filter((id) => !metrics.some((metric) => metric.id === id))).toEqual([]);
  });
});

describe("formulaHash(metric)", () => {
  it("is the same for other words, roles and pages", () => expect(formulaHash({...won, id: "gained", owner: "somebody", page: "sales", direction: "down", needs: ["a.b"]})).toBe(formulaHash(won)));
  it("changes with a condition, a column, a date rule", () => {
    const others = [changed, {...won, time: "month"}, {...won, dateRule: "C"} as const, {...won, mart: "fct_y"}];
    expect(new Set([won, ...others].map(formulaHash)).size).toBe(5);
  });
  it("changes with the formula of a part", () => expect(formulaHash({...rate, numerator: changed})).not.toBe(formulaHash(rate)));
});

describe("a changed formula", () => {
  it("is a problem that says what to do", () => {
    expect(formulaProblem(won, formulas)).toBeNull();
    expect(formulaProblem(changed, formulas)).toMatch(/^won: its formula changed since version 1 of 2026-11-22\. Raise its version to 2, set since to today/);
  });
  it("is not recorded under its old version, unless by name", () => {
    expect(recorded([changed], formulas)["won"]).toEqual(formulas["won"]);
    expect(recorded([changed], formulas, ["won"])["won"]).toEqual([{version: 1, since: "2026-11-22", formula: formulaHash(changed)}]);
  });
  it("with a raised version is added to the record, and is no problem then", () => {
    const raised = {...changed, version: 2, since: "2026-12-01"};
    expect(formulaProblem(raised, formulas)).toBe("won: version 2 is not recorded. Run npx tsx loaders/definitions/recordFormulas.ts");
    const next = recorded([raised], formulas);
    expect(next["won"]!.map(({version, since}) => [version, since])).toEqual([[1, "2026-11-22"], [2, "2026-12-01"]]);
    expect(formulaProblem(raised, next)).toBeNull();
    expect(formulaProblem({...raised, since: "2026-11-01"}, formulas)).toContain("before version 1");
    expect(formulaProblem(won, next)).toContain("Versions count up");
  });
});

describe("statusOf(metric)", () => {
  it("is as declared with a check and the formula on record", () => expect(statusOf(won, {formulas, checked: true})).toBe("checked"));
  it.each([
    ["without a check", won, {formulas, checked: false}],
    ["with another formula", changed, {formulas, checked: true}],
    ["with a version that is not on record", {...won, version: 2}, {formulas, checked: true}],
    ["without a record", won, {formulas: {}, checked: true}]
  ] as const)("is exploratory %s", (_when, metric, options) => expect(statusOf(metric, options)).toBe("exploratory"));
});
