// The cause that the records behind a number give, from what two builds tell of them.

import {describe, expect, it} from "vitest";
import {dataCauses, type SideReader} from "../../loaders/snapshot/causes.js";

interface Told {
  readonly brings: number;
  readonly amount?: number;
  readonly constant?: number;
}

/** A build whose one number counts deals, each with what is said of it; `open` of those that the CRM knows. */
const side = (told: Readonly<Record<string, Told>>, {known = Object.keys(told), merged = 0}: {readonly known?: readonly string[]; readonly merged?: number} = {}): SideReader => ({
  parts: async () => new Map([["value revenue_won", {table: "opportunity", records: new Map(Object.entries(told).map(([id, one]) => [id, {counted: true, waiting: false, amount: undefined, constant: undefined, ...one}]))}]]),
  known: async () => new Map(known.map((id) => [id, false])),
  excluded: (_table, why) => (why === "merged" ? merged : 0)
});
const number = {metric: "revenue_won", period: "2025-01"};
const deal = (brings: number, amount: number, constant: number): Told => ({brings, amount, constant});

describe("the cause of a number that is another one", () => {
  it("is another rate where the amount is another one and the one at constant rates is the same", async () =>
    expect(await dataCauses(number, side({D1: deal(100, 100, 90), D2: deal(50, 50, 50)}), side({D1: deal(110, 110, 90), D2: deal(50, 50, 50)}))).toEqual([{cause: "currency", records: 1, ids: ["D1"]}]));
  it("is the amount where that at constant rates is another one too, or is not known", async () => {
    expect(await dataCauses(number, side({D1: deal(100, 100, 90)}), side({D1: deal(110, 110, 99)}))).toEqual([{cause: "amount", records: 1, ids: ["D1"]}]);
    expect(await dataCauses(number, side({D1: {brings: 100, amount: 100}}), side({D1: {brings: 110, amount: 110}}))).toEqual([{cause: "amount", records: 1, ids: ["D1"]}]);
  });
  it("is told as other where no record tells it: none is another one, or the number has no records", async () => {
    expect(await dataCauses(number, side({D1: deal(100, 100, 90)}), side({D1: deal(100, 100, 90)}))).toEqual([{cause: "other", records: 0}]);
    const without: SideReader = {...side({}), parts: () => Promise.reject(new Error("no rows of its own"))};
    expect(await dataCauses(number, without, without)).toEqual([{cause: "other", records: 0}]);
  });
  it("of several is the one with most records first, with ids in order, five at most", async () => {
    const late = Object.fromEntries(["L6", "L1", "L3", "L2", "L5", "L4"].map((id) => [id, deal(1, 1, 1)]));
    expect(await dataCauses(number, side({D1: deal(100, 100, 90)}), side({D1: deal(110, 110, 90), ...late}))).toEqual([{cause: "late", records: 6, ids: ["L1", "L2", "L3", "L4", "L5"]}, {cause: "currency", records: 1, ids: ["D1"]}]);
  });
  it("of one that is gone is the merge where as many were merged since as are gone, else the deletion", async () => {
    const [then, kept] = [side({D1: deal(100, 100, 90), D2: deal(5, 5, 5)}), {D2: deal(5, 5, 5)}];
    expect(await dataCauses(number, then, side(kept, {merged: 1}))).toEqual([{cause: "merged", records: 1, ids: ["D1"]}]);
    expect(await dataCauses(number, then, side(kept))).toEqual([{cause: "deleted", records: 1, ids: ["D1"]}]);
  });
});
