import {describe, expect, it} from "vitest";
import {families, measure, type Family} from "./families.js";
import {targets} from "./target.js";
import type {Workshop} from "./workshop.js";

const silent = {log: () => {}} as unknown as Workshop;

describe("families", () => {
  it("cover every row of the target table once", () => {
    expect(families.flatMap(({of}) => of).sort()).toEqual(targets.map(({id}) => id).sort());
  });
});

describe("measure(family, only, workshop)", () => {
  const family: Family = {
    of: ["P1", "P2"],
    bench: async () => [
      {target: "P1", what: "first KPI", unit: "ms", value: 1},
      {target: "P2", what: "bytes", unit: "kB", value: 2}
    ]
  };

  it("keeps the wanted rows of a family", async () => {
    expect(await measure(family, ["P2"], silent)).toEqual([{target: "P2", what: "bytes", unit: "kB", value: 2}]);
  });

  it("does not run a family of which nothing is wanted", async () => {
    const bench = () => Promise.reject(new Error("ran"));
    expect(await measure({of: ["P7"], bench}, ["P1"], silent)).toEqual([]);
  });

  it("says why rows were not run when the family fails", async () => {
    const bench = () => Promise.reject(new Error("no browser found"));
    expect(await measure({of: ["P1", "P2"], bench}, ["P1", "P2", "P7"], silent)).toEqual([
      {target: "P1", reason: "no browser found"},
      {target: "P2", reason: "as P1"}
    ]);
  });
});
