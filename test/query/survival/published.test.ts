// Sets whose curves and tests are published.

import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openNative, type Native} from "../../../loaders/native.js";
import {askSurvival} from "../../../src/query/survival/askSurvival.js";
import {chiSquareTail, quadraticForm} from "../../../src/query/survival/chiSquare.js";
import type {SurvivalTold} from "../../../src/query/survival/question.js";
import type {Life} from "./reference.js";
import {lifetimeManifest, loadLives} from "./world.js";

let native: Native;
beforeAll(async () => {
  native = await openNative({threads: 1});
});
afterAll(() => native.close());

/** "6 6+": left at 6, and seen at 6 and still there. */
const livesOf = (member: string, text: string): Life[] => text.split(" ").map((word) => ({member, entered: null, seen: parseInt(word, 10), hasLeft: !word.endsWith("+")}));

async function ask(lives: readonly Life[], more: {readonly horizon?: number} = {}): Promise<SurvivalTold> {
  await loadLives(native, lives);
  return askSurvival({id: "customers", by: "segment", least: 1, ...more}, {manifest: lifetimeManifest([...new Set(lives.map(({member}) => member))]), run: native.run});
}

const curve = (told: SurvivalTold, member: string) => told.curves.find((one) => one.member === member)!;
const column = (told: SurvivalTold, member: string, name: "age" | "atRisk" | "losses" | "surviving" | "low" | "high", digits: number) => curve(told, member).points.map((point) => (point[name] === null ? null : Number(point[name]!.toFixed(digits))));

/** Standard error by Greenwood, from the width of the band that it makes. */
const errors = (told: SurvivalTold, member: string, digits: number) => curve(told, member).points.map(({surviving, low, high}) =>
  (low === null || high === null ? null : Number(((surviving * -Math.log(surviving) * (Math.log(-Math.log(low)) - Math.log(-Math.log(high)))) / (2 * 1.959963984540054)).toFixed(digits))));

describe("6-mercaptopurine against placebo in acute leukaemia (Freireich and others, Blood 21, 1963; weeks)", () => {
  const lives = [
    ...livesOf("6-MP", "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"),
    ...livesOf("placebo", "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23")
  ];

  it("stay as Kaplan–Meier gives it in Cox and Oakes (1984) and Kleinbaum and Klein (2012), with Greenwood’s errors", async () => {
    const told = await ask(lives);
    expect(column(told, "6-MP", "age", 0)).toEqual([6, 7, 10, 13, 16, 22, 23]);
    expect(column(told, "6-MP", "atRisk", 0)).toEqual([21, 17, 15, 12, 11, 7, 6]);
    expect(column(told, "6-MP", "surviving", 4)).toEqual([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]);
    expect(errors(told, "6-MP", 4)).toEqual([0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]);
    expect([curve(told, "6-MP").median, curve(told, "placebo").median]).toEqual([23, 8]);
  });

  it("have the log-log bands that Stata lists (sts list)", async () => {
    const told = await ask(lives);
    expect(column(told, "6-MP", "low", 4)).toEqual([0.6197, 0.5631, 0.5032, 0.4316, 0.3675, 0.2678, 0.1881]);
    expect(column(told, "6-MP", "high", 4)).toEqual([0.9516, 0.9228, 0.8894, 0.8491, 0.8049, 0.7468, 0.6801]);
  });

  it("differ by the log-rank test: 16.79, where 9 and 21 relapsed and 19.25 and 10.75 were expected", async () => {
    const {logRank} = await ask(lives);
    expect([logRank!.chiSquare.toFixed(2), logRank!.df]).toEqual(["16.79", 1]);
    expect(new Map(logRank!.groups.map(({member, observed, expected}) => [member, [observed, Number(expected.toFixed(2))]]))).toEqual(new Map([["6-MP", [9, 19.25]], ["placebo", [21, 10.75]]]));
    expect(logRank!.p).toBeCloseTo(0.0000417, 7);
  });
});

describe("maintenance chemotherapy in acute myelogenous leukaemia (Miller 1997; `aml` of the R package survival; weeks)", () => {
  const lives = [...livesOf("Maintained", "9 13 13+ 18 23 28+ 31 34 45+ 48 161+"), ...livesOf("Nonmaintained", "5 5 8 8 12 16+ 23 27 30 33 43 45")];

  it("stays as summary(survfit(Surv(time, status) ~ x)) prints it", async () => {
    const told = await ask(lives);
    expect(column(told, "Maintained", "atRisk", 0)).toEqual([11, 10, 8, 7, 5, 4, 2]);
    expect(column(told, "Maintained", "surviving", 3)).toEqual([0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184]);
    expect(errors(told, "Maintained", 4)).toEqual([0.0867, 0.1163, 0.1397, 0.1526, 0.1642, 0.1627, 0.1535]);
    expect(column(told, "Nonmaintained", "surviving", 4)).toEqual([0.8333, 0.6667, 0.5833, 0.4861, 0.3889, 0.2917, 0.1944, 0.0972, 0]);
    expect(errors(told, "Nonmaintained", 4)).toEqual([0.1076, 0.1361, 0.1423, 0.1481, 0.147, 0.1387, 0.1219, 0.0919, null]);
    expect([curve(told, "Maintained").median, curve(told, "Nonmaintained").median]).toEqual([31, 23]);
  });

  it("differs as survdiff prints it: 3.4 on 1 degree of freedom, p 0.07; 7 of 10.69 and 11 of 7.31", async () => {
    const {logRank} = await ask(lives);
    expect([logRank!.chiSquare.toFixed(1), logRank!.df, logRank!.p.toFixed(2)]).toEqual(["3.4", 1, "0.07"]);
    expect(new Map(logRank!.groups.map(({member, observed, expected}) => [member, [observed, Number(expected.toFixed(2))]]))).toEqual(new Map([["Maintained", [7, 10.69]], ["Nonmaintained", [11, 7.31]]]));
  });
});

describe("a few, worked out by hand", () => {
  it("stay as the design paper’s vector says", async () => {
    const told = await ask(livesOf("all", "1 2 2+ 3 4+ 5"));
    expect(column(told, "all", "surviving", 4)).toEqual([0.8333, 0.6667, 0.4444, 0]);
    expect(told.total.points).toEqual(curve(told, "all").points);
    expect([told.logRank, told.total.median]).toEqual([null, 3]);
  });

  it("are at risk from the age on at which they are first seen, and not at that age", async () => {
    const told = await ask([{member: "a", entered: null, seen: 2, hasLeft: true}, {member: "a", entered: 2, seen: 3, hasLeft: true}, {member: "a", entered: 1, seen: 4, hasLeft: false}, {member: "a", entered: 5, seen: 5, hasLeft: true}], {horizon: 4});
    expect(column(told, "a", "atRisk", 0)).toEqual([2, 2]);
    expect(column(told, "a", "surviving", 2)).toEqual([0.5, 0.25]);
    // 2 days of all, one of half and one of a quarter.
    expect([told.late, told.leftOut, curve(told, "a").mean!.value]).toEqual([2, 1, 2.75]);
  });

  it("of many equal groups none differs", async () => {
    const {logRank} = await ask(["a", "b", "c", "d"].flatMap((member) => livesOf(member, "1 2 2+ 3 4+ 5")));
    expect([logRank!.chiSquare, logRank!.df, logRank!.p].map((value) => Number(value.toFixed(9)))).toEqual([0, 3, 1]);
  });
});

describe("χ²", () => {
  it("has the 5 % and 0.1 % limits of every table of it", () => {
    const limits = [[1, 3.841, 10.828], [2, 5.991, 13.816], [3, 7.815, 16.266], [5, 11.07, 20.515], [10, 18.307, 29.588], [30, 43.773, 59.703]] as const;
    for (const [df, five, small] of limits) expect([chiSquareTail(five, df).toFixed(4), chiSquareTail(small, df).toFixed(5)]).toEqual(["0.0500", "0.00100"]);
    expect([chiSquareTail(0, 1), chiSquareTail(-1e-12, 3)]).toEqual([1, 1]);
  });

  it("leaves out what depends on the rest", () => {
    expect(quadraticForm([1, -1], [[2, -2], [-2, 2]])).toEqual({value: 0.5, rank: 1});
    expect(quadraticForm([0], [[0]])).toEqual({value: 0, rank: 0});
  });
});
