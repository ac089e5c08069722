// Counts a funnel's entries beforehand, in every mode and window that pays, from its walks.

import type {Funnel} from "../src/metrics/funnel.js";
import {talliedDimensions, talliedSets, talliedVariants, tallyKeys, tallyMart, tallyStatement, tallySums} from "../src/query/funnel/tallies.js";
import type {Manifest, TallyInfo, TallyPart} from "../src/query/manifest.js";
import {breakpoints} from "../src/query/breakpoints.js";
import {createEdges, type CubeRule} from "./cubes.js";
import {fewer, publishParts, rowsOf} from "./funnelParts.js";
import {quoteIdentifier, type Native} from "./native.js";

export interface Tallying {
  readonly manifest: Manifest;
  readonly folder: string;
  readonly rule: Pick<CubeRule, "largestShare" | "largestTally" | "largestPace">;
  /** Name of the table of the funnel's walks in a mode. */
  readonly walkOf: (funnel: Funnel) => Promise<string>;
}

/** Writes the tally of a funnel, without steps that nothing feeds, and returns what the manifest says of it; undefined where no part of it pays. */
export async function writeTally(native: Native, declared: Funnel, {manifest, folder, rule, walkOf}: Tallying): Promise<TallyInfo | undefined> {
  const {exec} = native;
  const name = tallyMart(declared);
  const dimensions = talliedDimensions(declared, manifest);
  const counted = {keys: tallyKeys, sums: tallySums(declared)};
  const parts: TallyPart[] = [];
  await createEdges(native, breakpoints(manifest));
  for (const [place, {mode, window}] of talliedVariants(declared).entries()) {
    const funnel: Funnel = {...declared, mode, window, credit: "first"};
    const walk = await walkOf(funnel);
    const most = Math.min(rule.largestTally[place === 0 ? 0 : 1], (await rowsOf(native, quoteIdentifier(walk))) * rule.largestShare);
    const {sql, params} = tallyStatement({funnel, asOf: manifest.asOf, walk, start: "", end: "", filters: [], by: null}, dimensions, "cube_day");
    await exec(`create temp table tally_wide as ${sql}`, [...params]);
    if (place === 0) await exec(`create table ${quoteIdentifier(name)} as select 0 as part, ${[...tallyKeys, ...dimensions, ...counted.sums].map(quoteIdentifier).join(", ")} from tally_wide where false`);
    const kept: TallyPart[] = [];
    for (const own of talliedSets(dimensions)) {
      const wider = kept.filter((part) => own.every((id) => part.dimensions.includes(id)));
      if (wider.some((part) => part.dimensions.length === own.length)) continue;
      await exec(`create temp table tally_part as ${fewer("tally_wide", own, counted)}`);
      const rows = await rowsOf(native, "tally_part");
      if (rows <= Math.min(most, ...wider.map((part) => part.rows * rule.largestShare))) {
        await exec(`insert into ${quoteIdentifier(name)} by name select ${parts.length + kept.length} as part, * from tally_part`);
        kept.push({mode, window, dimensions: own, rows});
      }
      await exec("drop table tally_part");
    }
    parts.push(...kept);
    await exec("drop table tally_wide");
  }
  await exec("drop table cube_day; drop table cube_census");
  const grain = `one row per part, day, members and outcome of the entries of the funnel ${declared.id}`;
  const written = parts.length === 0 ? undefined : {...(await publishParts(native, name, {folder, grain, order: [...dimensions, ...tallyKeys]})), funnel: declared.id, parts};
  await exec(`drop table ${quoteIdentifier(name)}`);
  return written;
}
