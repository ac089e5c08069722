// The sample is made in blocks of about the size of scale 1, each from its own random streams and dropped when it is
// written: memory stays flat whatever the scale.

import type {Campaign} from "./campaigns.js";
import {createRandom, type Random} from "./random.js";
import type {Product} from "./products.js";
import type {RecordKind} from "./recordId.js";
import type {Staff} from "./users.js";

/** What all blocks share. */
export interface World {
  readonly seed: string;
  readonly scale: number;
  readonly staff: Staff;
  readonly products: readonly Product[];
  readonly campaigns: readonly Campaign[];
  /** A new record id. */
  id(kind: RecordKind): string;
  /** A new number of a named series, from 1. */
  serial(series: string): number;
}

export interface Block {
  readonly world: World;
  readonly index: number;
  /** Share of scale 1 that the block stands for, at most 1. */
  readonly size: number;
  /** The block's own stream for a family of records. */
  random(family: string): Random;
}

/** The blocks of a run: as many as the scale rounded up, equal in size. */
export function* makeBlocks(world: World): Generator<Block> {
  const count = Math.ceil(world.scale);
  for (let index = 0; index < count; ++index) {
    yield {world, index, size: world.scale / count, random: (family) => createRandom(world.seed, family, index)};
  }
}

/** A whole number near `perScale` times the block's size, at least one. */
export function countFor(block: Block, perScale: number): number {
  return Math.max(1, Math.round(perScale * block.size));
}

/** The rows with some of them written twice, byte for byte, as an export that was resumed does. */
export function* withDoubles<Row>(rows: Iterable<Row>, random: Random, share: number): Generator<Row> {
  for (const row of rows) {
    yield row;
    if (random.chance(share)) yield row;
  }
}
