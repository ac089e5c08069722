import fc from "fast-check";
import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {writeCohortTallies} from "../../../loaders/cohortTallies.js";
import {openNative, quoteIdentifier, quoteText, type Native} from "../../../loaders/native.js";
import {askCohort} from "../../../src/query/cohort/askCohort.js";
import type {CohortChoices} from "../../../src/query/cohort/plan.js";
import {asOfs, load, logs, manifest, measuresAsked} from "./logs.js";

let native: Native;
let folder: string;
beforeAll(async () => {
  native = await openNative({threads: 1});
  folder = mkdtempSync(join(tmpdir(), "quarterdeck-cohorts-"));
});
afterAll(() => native.close());

const choices: fc.Arbitrary<CohortChoices> = fc.record({
  measure: fc.constantFrom(...measuresAsked), grain: fc.constantFrom("month", "quarter", "year"), base: fc.constantFrom("first", "previous"), form: fc.constantFrom("share", "absolute"),
  range: fc.constantFrom("all", "2024", "2024-02..2024-05")
}).chain((one) => fc.constantFrom<CohortChoices>(one, {...one, by: "segment"}, {...one, key: "segment"}, {...one, by: "segment", filters: [{dimension: "segment", values: ["North", null]}]}));

it("cells counted beforehand are those of the events", async () => {
  let [tallied, looked] = [0, 0];
  await fc.assert(fc.asyncProperty(logs("quarter"), asOfs("quarter"), fc.array(choices, {minLength: 6, maxLength: 6}), fc.constantFrom(Infinity, 30), async (full, late, asked, largest) => {
    const asOf = Math.max(late, Math.round(Date.UTC(2024, 6, 1) / 86_400_000));
    const log = full.filter(({day}) => day <= asOf);
    fc.pre(log.some(({event}) => event === "purchase"));
    await load(native, log);
    const plain = manifest(asOf);
    const described = {...plain, marts: plain.marts.map((mart) => ({...mart, rows: log.length}))};
    const cohortTallies = await writeCohortTallies(native, described, folder, {smallestMart: 0, largestCohort: largest});
    for (const {name} of cohortTallies) await native.exec(`create or replace view ${quoteIdentifier(name)} as from read_parquet(${quoteText(join(folder, `${name}.parquet`))})`);
    for (const one of asked) {
      const [events, tally] = [await askCohort("purchases", one, {manifest: described, run: native.run}), await askCohort("purchases", one, {manifest: {...described, cohortTallies}, run: native.run})];
      expect({...tally, source: "events"}).toEqual(events);
      if (tally.source === "tally") tallied++;
      else looked++;
    }
    for (const {name} of cohortTallies) await native.exec(`drop view ${quoteIdentifier(name)}`);
  }), {numRuns: 8, seed: 9, endOnFailure: true});
  expect(tallied).toBeGreaterThan(20);
  expect(looked).toBeGreaterThan(0);
}, 60_000);
