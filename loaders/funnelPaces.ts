// Counts beforehand how many entries of a funnel took how many days, in every window on offer where that pays, from its walks.

import type {DimensionId} from "../src/metrics/define.js";
import type {Funnel} from "../src/metrics/funnel.js";
import {breakpoints} from "../src/query/breakpoints.js";
import {paceKeys, paceMart, pacedSets, paceStatement, paceSums, wholePair} from "../src/query/funnel/paces.js";
import {talliedDimensions, talliedVariants} from "../src/query/funnel/tallies.js";
import type {PaceInfo, PacePart} from "../src/query/manifest.js";
import {createEdges} from "./cubes.js";
import {fewer, publishParts, rowsOf} from "./funnelParts.js";
import type {Tallying} from "./funnelTallies.js";
import {quoteIdentifier, type Native} from "./native.js";

const counted = {keys: paceKeys, sums: paceSums};

/** Writes the day counts of a funnel, without steps that nothing feeds, and returns what the manifest says of them; undefined where no part pays. */
export async function writePace(native: Native, declared: Funnel, {manifest, folder, rule, walkOf}: Tallying): Promise<PaceInfo | undefined> {
  const {exec} = native;
  const name = paceMart(declared);
  const table = quoteIdentifier(name);
  // Of dimensions that readers choose from, and the one that funnels are broken down by.
  const dimensions = talliedDimensions(declared, manifest).filter((id) => id !== "stage");
  const walk = await walkOf(declared);
  const worth = (await rowsOf(native, quoteIdentifier(walk))) * rule.largestShare;
  const parts: PacePart[] = [];
  await createEdges(native, breakpoints(manifest));
  const countedBy = (funnel: Funnel, own: readonly DimensionId[]) => paceStatement({funnel, asOf: manifest.asOf, walk, start: "", end: "", filters: [], by: null}, own, "cube_day");
  const all = countedBy(declared, dimensions);
  await exec(`create table ${table} as select 0 as part, * from (${all.sql}) where false`, [...all.params]);
  for (const {mode, window} of talliedVariants(declared).filter((variant) => variant.mode === declared.mode)) {
    const funnel: Funnel = {...declared, mode, window, credit: "first"};
    const most = Math.min(rule.largestPace[window === declared.window ? 0 : 1], worth);
    for (const whole of [true, false]) {
      const pairs = `where pair ${whole ? "=" : "<>"} ${wholePair(declared)}`;
      for (const own of pacedSets(dimensions, whole)) {
        const {sql, params} = countedBy(funnel, own);
        await exec(`create temp table pace_part as ${fewer(`(${sql})`, own, counted, pairs)}`, [...params]);
        const rows = await rowsOf(native, "pace_part");
        if (rows > 0 && rows <= most) {
          await exec(`insert into ${table} by name select ${parts.length} as part, * from pace_part`);
          parts.push({mode, window, dimensions: own, whole, rows});
        }
        await exec("drop table pace_part");
      }
    }
  }
  await exec("drop table cube_day; drop table cube_census");
  const grain = `one row per part, day, members, pair of steps and days taken of the entries of the funnel ${declared.id}`;
  const written = parts.length === 0 ? undefined : {...(await publishParts(native, name, {folder, grain, order: [...dimensions, ...paceKeys]})), funnel: declared.id, parts};
  await exec(`drop table ${table}`);
  return written;
}
