import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {leverMetrics, levers, readLevers} from "../../../src/query/explain/levers.js";
import {wilson} from "../../../src/query/wilson.js";
import type {AnswerRow} from "../../../src/query/question.js";

interface Seller {
  readonly name: string | null;
  readonly closed: number;
  readonly won: number;
  readonly size: number | null;
  readonly cycle: number | null;
}

const seller = (name: string | null, given: Partial<Seller> = {}): Seller => ({name, closed: 100, won: 40, size: 1000, cycle: 30, ...given});

function rowsOf(sellers: readonly Seller[]): AnswerRow[] {
  const row = (metric: string, member: string | null, rest: Partial<AnswerRow>) => ({metric, role: "current", total: false, members: [member], ...rest}) as AnswerRow;
  return sellers.flatMap(({name, closed, won, size, cycle}) => [
    row(leverMetrics.rate, name, {value: closed === 0 ? null : won / closed, n: closed, numerator: won, denominator: closed, ...(closed > 0 && {interval: wilson(won, closed)})}),
    row(leverMetrics.size, name, {value: size, n: won}),
    row(leverMetrics.cycle, name, {value: cycle, n: won})
  ]);
}

const read = (...sellers: Seller[]) => readLevers(rowsOf(sellers), {floor: 10});
const others = ["B", "C", "D", "E"].map((name) => seller(name));

describe("which lever a member is furthest behind with", () => {
  it.each([
    ["volume", {closed: 50, won: 20}, -0.5],
    ["rate", {won: 20}, -0.5],
    ["size", {size: 700}, -0.3],
    ["cycle", {cycle: 40}, -0.25]
  ] as const)("%s", (lever, given, gap) => {
    const [first, ...rest] = read(seller("A", given), ...others).members;
    expect([first!.member, first!.help, first!.readings[lever].gap]).toEqual(["A", lever, expect.closeTo(gap, 12)]);
    expect(rest.map(({help}) => help)).toEqual([null, null, null, null]);
  });

  it("is the one that costs the most where several are behind", () => {
    expect(read(seller("A", {size: 800, cycle: 60}), ...others).members[0]!.help).toBe("cycle");
  });

  it("is none for a tenth or less, for a lead, and for a win rate that chance explains", () => {
    expect(read(seller("A", {size: 910}), ...others).members.map(({help}) => help)).toEqual([null, null, null, null, null]);
    expect(read(seller("A", {size: 5000}), ...others).members.map(({help}) => help)).toEqual([null, null, null, null, null]);
    const chance = read(seller("A", {won: 34}), ...others).members.find(({member}) => member === "A")!;
    expect([chance.readings.rate.gap, chance.readings.rate.withinChance, chance.help]).toEqual([expect.closeTo(-0.15, 12), true, null]);
  });
});

describe("who is compared", () => {
  it("whoever closed enough deals; the others stand last and do not move the median", () => {
    const {members, medians, judged} = read(seller("A", {closed: 9, won: 0, size: null, cycle: null}), ...others);
    expect([members.at(-1)!.member, members.at(-1)!.tooFew, members.at(-1)!.help, judged, medians.volume]).toEqual(["A", true, null, 4, 100]);
  });
  it("nobody where fewer than four have a value", () => {
    const {members, medians} = read(seller("A", {size: 1}), ...others.slice(0, 2));
    expect(Object.values(medians)).toEqual([null, null, null, null]);
    expect(members.map(({help}) => help)).toEqual([null, null, null]);
  });
  it("a size or a cycle of a few won deals is not held against anything", () => {
    const found = read(seller("A", {won: 4, size: 10, cycle: 300}), ...others).members[0]!;
    expect([found.member, found.help, found.readings.size.gap, found.readings.cycle.gap]).toEqual(["A", "rate", null, null]);
  });
});

describe("laws", () => {
  const anySeller = fc.record({closed: fc.integer({min: 0, max: 60}), part: fc.double({min: 0, max: 1, noNaN: true}), size: fc.integer({min: 1, max: 9999}), cycle: fc.integer({min: 0, max: 400})})
    .map(({closed, part, size, cycle}) => ({closed, won: Math.floor(closed * part), size, cycle}));

  it("the order of rows changes nothing, everybody stands in the list once, and half of the judged have no gap below 0", () => {
    fc.assert(fc.property(fc.array(anySeller, {maxLength: 12}), fc.integer(), (given, seed) => {
      const sellers = given.map((one, k) => seller(`S${k}`, one));
      const rows = rowsOf(sellers);
      const shuffled = rows.map((row, k) => ({row, key: Math.imul(k + 1, seed | 1) >>> 0})).sort((a, b) => a.key - b.key).map(({row}) => row);
      const result = readLevers(rows, {floor: 10});
      expect(readLevers(shuffled, {floor: 10})).toEqual(result);
      expect(result.members.map(({member}) => member).sort()).toEqual(sellers.map(({name}) => name).sort());
      for (const lever of levers) {
        const gaps = result.members.map(({readings}) => readings[lever].gap).filter((gap) => gap !== null);
        expect(gaps.filter((gap) => gap < 0).length * 2).toBeLessThanOrEqual(Math.max(gaps.length, result.judged));
      }
    }), {seed: 7, numRuns: 200});
  });
});
