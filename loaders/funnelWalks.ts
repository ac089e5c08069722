// Works the report's funnels out beforehand, where their events are many.

import {join} from "node:path";
import {funnelMart, type Funnel} from "../src/metrics/funnel.js";
import {shippedDimensions} from "../src/query/catalogue.js";
import {carriesDimension, fedFunnel} from "../src/query/funnel/fed.js";
import type {FunnelQuestion} from "../src/query/funnel/question.js";
import {isWalkable, walkMart, walksStatement} from "../src/query/funnel/walks.js";
import type {Manifest, PaceInfo, TallyInfo, WalkInfo} from "../src/query/manifest.js";
import type {CubeRule} from "./cubes.js";
import {writePace} from "./funnelPaces.js";
import {writeTally} from "./funnelTallies.js";
import {columnsOf} from "./marts.js";
import {quoteIdentifier, type Native} from "./native.js";
import {writeMart} from "./parquet.js";

/** Entities of one statement: what they need at once stays well below the engine's memory. */
const atOnce = 50_000;

/**
 * Writes the walks of every mode that they tell, the tally and the day counts of every funnel over at least `smallestMart` events beside the marts of `manifest` in
 * `folder`, and returns what the manifest says of them. The event marts stand in the database. Funnels in which the window
 * decides what counts, or steps stand alone, have none.
 */
export async function writeWalks(native: Native, manifest: Manifest, folder: string, rule: CubeRule): Promise<{readonly walks: WalkInfo[]; readonly tallies: TallyInfo[]; readonly paces: PaceInfo[]}> {
  const walks: WalkInfo[] = [];
  const tallies: TallyInfo[] = [];
  const paces: PaceInfo[] = [];
  for (const declared of manifest.funnels ?? []) {
    const {funnel} = fedFunnel(declared, manifest);
    const events = manifest.marts.find(({name}) => name === funnelMart[funnel.entity]);
    if (!events || events.rows < rule.smallestMart || !isWalkable(funnel)) continue;
    const made = new Map<string, WalkInfo>();
    // One row an entity and day, in a table for each mode.
    const walkOf = async (one: Funnel): Promise<string> => {
      const name = walkMart(one, funnel.mode);
      if (made.has(name)) return name;
      await createWalk(native, one, name, manifest);
      made.set(name, await writeWalk(native, one, name, folder));
      return name;
    };
    await walkOf(funnel);
    const tally = await writeTally(native, funnel, {manifest, folder, rule, walkOf});
    if (tally) tallies.push(tally);
    const pace = await writePace(native, funnel, {manifest, folder, rule, walkOf});
    if (pace) paces.push(pace);
    for (const name of made.keys()) await native.exec(`drop table ${quoteIdentifier(name)}`);
    walks.push(...made.values());
  }
  return {walks, tallies, paces};
}

/** Returns the published walks, and those of the other funnels that are asked about, made in the same database: a bake asks many questions of each. */
export async function walksFor(questions: readonly FunnelQuestion[], native: Pick<Native, "exec" | "run">, manifest: Manifest): Promise<WalkInfo[]> {
  const walks = [...(manifest.walks ?? [])];
  for (const declared of manifest.funnels ?? []) {
    const {funnel} = fedFunnel(declared, manifest);
    const isAsked = questions.some(({id}) => id === declared.id);
    if (!isAsked || !isWalkable(funnel) || walks.some((walk) => walk.funnel === declared.id && walk.mode === funnel.mode)) continue;
    const name = walkMart(funnel);
    await createWalk(native, funnel, name, manifest);
    walks.push({name, funnel: declared.id, mode: funnel.mode, grain: "", rows: 0, bytes: 0, sha256: "", columns: []});
  }
  return walks;
}

async function createWalk(native: Pick<Native, "exec" | "run">, funnel: Funnel, name: string, manifest: Manifest): Promise<void> {
  const table = quoteIdentifier(name);
  const dimensions = shippedDimensions.filter((dimension) => carriesDimension(funnel, dimension, manifest));
  const [known] = await native.run({sql: `select coalesce(max(entity), 0) as entities from ${quoteIdentifier(funnelMart[funnel.entity])}`, params: []});
  for (let first = 1; first === 1 || first <= Number(known!["entities"]); first += atOnce) {
    const {sql, params} = walksStatement(funnel, dimensions, {first, past: first + atOnce});
    await native.exec(first === 1 ? `create table ${table} as ${sql}` : `insert into ${table} ${sql}`, [...params]);
  }
}

async function writeWalk(native: Native, funnel: Funnel, name: string, folder: string): Promise<WalkInfo> {
  const table = quoteIdentifier(name);
  const columns = await columnsOf(native, `from ${table}`);
  const rows = `select * from ${table}`;
  const mart = {name, grain: `one row per entity and day on which it could enter the funnel ${funnel.id}, of mode ${funnel.mode}`, columns, custom: [], rows, records: rows, select: `from ${table} order by entity, day, number_1`};
  return {...(await writeMart(native, mart, join(folder, `${name}.parquet`))), funnel: funnel.id, mode: funnel.mode};
}
