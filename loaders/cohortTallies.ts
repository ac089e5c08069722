// Counts the cells of the report's cohorts beforehand, where the events of customers are many.

import {cohortMart, type Cohort} from "../src/metrics/cohort.js";
import {shownCohorts, cohortOffer} from "../src/query/cohort/askCohort.js";
import {cellSums} from "../src/query/cohort/statements.js";
import {cohortTallyMart, cohortTallyStatement, talliedCohortSets, talliedGrains, usualStart} from "../src/query/cohort/tallies.js";
import {uncounted} from "../src/query/cubes.js";
import type {CohortTallyInfo, CohortTallyPart, Manifest} from "../src/query/manifest.js";
import type {CubeRule} from "./cubes.js";
import {fewer, publishParts, rowsOf} from "./funnelParts.js";
import {quoteIdentifier, quoteText, type Native} from "./native.js";

const counted = {keys: ["period", "age"], sums: cellSums};

/** Writes the tallies of the cohorts beside the marts of `manifest` in `folder`, and returns what the manifest says of them; none of fewer than `smallestMart` events. The mart of events stands in the database. */
export async function writeCohortTallies(native: Native, manifest: Manifest, folder: string, rule: Pick<CubeRule, "smallestMart" | "largestCohort">): Promise<CohortTallyInfo[]> {
  const events = manifest.marts.find(({name}) => name === cohortMart);
  if (!events || events.rows < rule.smallestMart) return [];
  const written: CohortTallyInfo[] = [];
  for (const cohort of shownCohorts(manifest)) written.push(...(await writeTally(native, cohort, {manifest, folder, rule})));
  return written;
}

interface Tallying {
  readonly manifest: Manifest;
  readonly folder: string;
  readonly rule: Pick<CubeRule, "largestCohort">;
}

/** A part that would be large holds the usual cohorts only; one that is large even so is left out. */
async function writeTally(native: Native, cohort: Cohort, {manifest, folder, rule: {largestCohort: largest}}: Tallying): Promise<CohortTallyInfo[]> {
  const {exec, run} = native;
  const name = cohortTallyMart(cohort);
  const dimensions = cohortOffer(cohort, manifest).dimensions.filter((id) => !uncounted.includes(id));
  const parts: CohortTallyPart[] = [];
  for (const grain of talliedGrains(cohort, manifest)) {
    const {sql, params} = cohortTallyStatement(cohort, grain, dimensions, manifest);
    await exec(`create temp table tally_wide as ${sql}`, [...params]);
    if (parts.length === 0) await exec(`create or replace table ${quoteIdentifier(name)} as select 0 as part, ${[...counted.keys, ...dimensions, ...cellSums].map(quoteIdentifier).join(", ")} from tally_wide where false`);
    const usual = usualStart(grain, manifest);
    for (const own of talliedCohortSets(dimensions)) {
      // Fewer rows add up to the same.
      const wider = parts.findIndex((part) => part.grain === grain && part.from === null && own.every((id) => part.dimensions.includes(id)));
      const source = wider < 0 ? "tally_wide" : `(from ${quoteIdentifier(name)} where part = ${wider})`;
      for (const from of [null, usual]) {
        await exec(`create temp table tally_part as ${fewer(source, own, counted, from === null ? "" : `where period >= date ${quoteText(from)}`)}`);
        const rows = await rowsOf(native, "tally_part");
        const fits = rows <= largest;
        if (fits) {
          await exec(`insert into ${quoteIdentifier(name)} by name select ${parts.length} as part, * from tally_part`);
          parts.push({grain, dimensions: own, from, rows});
        }
        await exec("drop table tally_part");
        if (fits) break;
      }
    }
    await exec("drop table tally_wide");
  }
  const [first] = await run({sql: `select cast(min(day) as varchar) as day from ${quoteIdentifier(cohortMart)} where event = ?`, params: [cohort.start]});
  const grain = `one row per part, period of the start, members and age of the cohort ${cohort.id}`;
  const info = parts.length === 0 || first?.["day"] == null ? [] : [{...(await publishParts(native, name, {folder, grain, order: [...dimensions, ...counted.keys]})), cohort: cohort.id, parts, firstDay: String(first["day"]).slice(0, 10)}];
  await exec(`drop table if exists ${quoteIdentifier(name)}`);
  return info;
}
