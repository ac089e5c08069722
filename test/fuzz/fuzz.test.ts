// A slice of the fuzz run: the whole is `npm run fuzz`, 2,000 cases.

import {expect, it} from "vitest";
import {makeCase} from "./case.js";
import {fuzz} from "./fuzz.js";
import {replay} from "./summary.js";

const seed = 20260103;
const slice = 40;

it("mutated exports end with a right report, counted rejects or one clear error", {timeout: 300_000}, async () => {
  const told = await fuzz({seed, cases: Array.from({length: slice}, (_, index) => index), workers: 1});
  expect(told.filter(({ending}) => ending === "fault").map((one) => replay(seed, one))).toEqual([]);
  expect(told).toHaveLength(slice);
  expect(new Set(told.map(({ending}) => ending))).toEqual(new Set(["same", "read", "rejects", "error"]));
});

it("a case is the same whenever it is made", async () => {
  for (const number of [3, 17, 42]) expect(await makeCase(seed, number)).toEqual(await makeCase(seed, number));
});
