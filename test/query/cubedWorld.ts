// A world of marts with every cube that they can have, as files and as tables.

import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {allCubes, writeCubes} from "../../loaders/cubes.js";
import type {Manifest} from "../../src/query/manifest.js";
import {openWorld, type QueryWorld} from "./world.js";

/** Its manifest has no cubes: all is asked of the records. */
export interface CubedWorld extends QueryWorld {
  /** With all cubes. */
  readonly cubed: Manifest;
  /** Holds `<mart>.parquet` and `<cube>.parquet`. */
  readonly folder: string;
}

export async function openCubedWorld(rows: number): Promise<CubedWorld> {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-cubes-"));
  const world = await openWorld(rows);
  for (const {name} of world.manifest.marts) await world.exec(`copy ${name} to '${join(folder, name)}.parquet'`);
  const cubed = {...world.manifest, cubes: await writeCubes(world, world.manifest, folder, allCubes, world.catalogue)};
  for (const {name} of cubed.cubes) await world.exec(`create table ${name} as from '${join(folder, name)}.parquet'`);
  return {...world, cubed, folder};
}

export async function closeCubedWorld(world: CubedWorld | undefined): Promise<void> {
  world?.close();
  if (world) await rm(world.folder, {recursive: true});
}
