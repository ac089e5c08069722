// Counts a funnel's entries beforehand, in every mode and window that pays, from its walks.

import {join} from "node:path";
import type {DimensionId} from "../src/metrics/define.js";
import type {Funnel} from "../src/metrics/funnel.js";
import {talliedDimensions, talliedSets, talliedVariants, tallyKeys, tallyMart, tallyStatement, tallySums} from "../src/query/funnel/tallies.js";
import type {Manifest, TallyInfo, TallyPart} from "../src/query/manifest.js";
import {breakpoints} from "../src/query/breakpoints.js";
import {createEdges, narrow, type CubeRule} from "./cubes.js";
import {columnsOf} from "./marts.js";
import {quoteIdentifier, type Native} from "./native.js";
import {writeMart} from "./parquet.js";

export interface Tallying {
  readonly manifest: Manifest;
  readonly folder: string;
  readonly rule: Pick<CubeRule, "largestShare" | "largestTally">;
  /** Name of the table of the funnel's walks in a mode. */
  readonly walkOf: (funnel: Funnel) => Promise<string>;
}

/** Writes the tally of a funnel, without steps that nothing feeds, and returns what the manifest says of it; undefined where no part of it pays. */
export async function writeTally(native: Native, declared: Funnel, {manifest, folder, rule, walkOf}: Tallying): Promise<TallyInfo | undefined> {
  const {exec, run} = native;
  const name = tallyMart(declared);
  const dimensions = talliedDimensions(declared, manifest);
  const parts: TallyPart[] = [];
  const rowsOf = async (table: string) => Number((await run({sql: `select count(*) as n from ${table}`, params: []}))[0]!["n"]);
  await createEdges(native, breakpoints(manifest));
  for (const [place, {mode, window}] of talliedVariants(declared).entries()) {
    const funnel: Funnel = {...declared, mode, window, credit: "first"};
    const walk = await walkOf(funnel);
    const most = Math.min(rule.largestTally[place === 0 ? 0 : 1], (await rowsOf(quoteIdentifier(walk))) * rule.largestShare);
    const {sql, params} = tallyStatement({funnel, asOf: manifest.asOf, walk, start: "", end: "", filters: [], by: null}, dimensions, "cube_day");
    await exec(`create temp table tally_wide as ${sql}`, [...params]);
    if (place === 0) await exec(`create table ${quoteIdentifier(name)} as select 0 as part, ${[...tallyKeys, ...dimensions, ...tallySums].map(quoteIdentifier).join(", ")} from tally_wide where false`);
    const kept: TallyPart[] = [];
    for (const own of talliedSets(dimensions)) {
      const wider = kept.filter((part) => own.every((id) => part.dimensions.includes(id)));
      if (wider.some((part) => part.dimensions.length === own.length)) continue;
      await exec(`create temp table tally_part as ${narrowed("tally_wide", own)}`);
      const rows = await rowsOf("tally_part");
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
  const written = parts.length === 0 ? undefined : await publish(native, declared, {folder, parts, dimensions});
  await exec(`drop table ${quoteIdentifier(name)}`);
  return written;
}

/** The rows of a wider tally with fewer dimensions. */
const narrowed = (wider: string, dimensions: readonly DimensionId[]): string =>
  `select ${[...tallyKeys, ...dimensions].map(quoteIdentifier).join(", ")}, ${tallySums.map((sum) => `sum(${quoteIdentifier(sum)}) as ${quoteIdentifier(sum)}`).join(", ")} from ${wider} group by all`;

async function publish(native: Native, {id}: Funnel, {folder, parts, dimensions}: {readonly folder: string; readonly parts: readonly TallyPart[]; readonly dimensions: readonly DimensionId[]}): Promise<TallyInfo> {
  const name = tallyMart({id});
  const table = quoteIdentifier(name);
  const columns = (await columnsOf(native, `from ${table}`)).map(({name: column, type}) => {
    const held = column === "part" ? "UTINYINT" : narrow[type] ?? type;
    return `${quoteIdentifier(column)}::${held} as ${quoteIdentifier(column)}`;
  });
  const rows = `select ${columns.join(", ")} from ${table}`;
  const order = ["part", ...dimensions, ...tallyKeys].map(quoteIdentifier).join(", ");
  const mart = {
    name, grain: `one row per part, day, members and outcome of the entries of the funnel ${id}`,
    columns: await columnsOf(native, rows), custom: [], rows, records: rows, select: `from (${rows}) order by ${order}`
  };
  return {...(await writeMart(native, mart, join(folder, `${name}.parquet`))), funnel: id, parts};
}
