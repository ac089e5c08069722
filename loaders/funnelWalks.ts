// Works the report's funnels out beforehand, where their events are many.

import {join} from "node:path";
import {funnelMart, type Funnel} from "../src/metrics/funnel.js";
import {shippedDimensions} from "../src/query/catalogue.js";
import {carriesDimension, fedFunnel} from "../src/query/funnel/fed.js";
import {isWalkable, walkMart, walksStatement} from "../src/query/funnel/walks.js";
import type {Manifest, WalkInfo} from "../src/query/manifest.js";
import {columnsOf} from "./marts.js";
import {quoteIdentifier, type Native} from "./native.js";
import {writeMart} from "./parquet.js";

/** Entities of one statement: what they need at once stays well below the engine's memory. */
const atOnce = 50_000;

/**
 * Writes the walks of every funnel over at least `smallestMart` events beside the marts of `manifest` in `folder`, and
 * returns what the manifest says of them. The event marts stand in the database. Funnels in which the window decides what
 * counts, or steps stand alone, have none.
 */
export async function writeWalks(native: Native, manifest: Manifest, folder: string, {smallestMart}: {readonly smallestMart: number}): Promise<WalkInfo[]> {
  const written: WalkInfo[] = [];
  for (const declared of manifest.funnels ?? []) {
    const {funnel} = fedFunnel(declared, manifest);
    const events = manifest.marts.find(({name}) => name === funnelMart[funnel.entity]);
    if (!events || events.rows < smallestMart || !isWalkable(funnel)) continue;
    written.push(await writeWalk(native, funnel, {manifest, folder}));
  }
  return written;
}

async function writeWalk(native: Native, funnel: Funnel, {manifest, folder}: {readonly manifest: Manifest; readonly folder: string}): Promise<WalkInfo> {
  const name = walkMart(funnel);
  const table = quoteIdentifier(name);
  const dimensions = shippedDimensions.filter((dimension) => carriesDimension(funnel, dimension, manifest));
  const [known] = await native.run({sql: `select coalesce(max(entity), 0) as entities from ${quoteIdentifier(funnelMart[funnel.entity])}`, params: []});
  for (let first = 1; first === 1 || first <= Number(known!["entities"]); first += atOnce) {
    const {sql, params} = walksStatement(funnel, dimensions, {first, past: first + atOnce});
    await native.exec(first === 1 ? `create table ${table} as ${sql}` : `insert into ${table} ${sql}`, [...params]);
  }
  const columns = await columnsOf(native, `from ${table}`);
  const rows = `select * from ${table}`;
  const mart = {name, grain: `one row per entity and day on which it could enter the funnel ${funnel.id}`, columns, custom: [], rows, records: rows, select: `from ${table} order by entity, day, number_1`};
  const written = {...(await writeMart(native, mart, join(folder, `${name}.parquet`))), funnel: funnel.id};
  await native.exec(`drop table ${table}`);
  return written;
}
