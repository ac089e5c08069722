// What a mutation is: a world in, a changed world out. It says in words what it did, for whoever replays the case.

import type {Random} from "../../../loaders/sample/random.js";
import type {World} from "../world.js";

export interface Mutation {
  readonly name: string;
  /** The changed world; undefined where there is nothing in it that could be changed so. */
  readonly apply: (world: World, random: Random) => World | undefined | Promise<World | undefined>;
}

/** The world with one file's content replaced. */
export const withFile = (world: World, path: string, bytes: Uint8Array): World => ({...world, files: new Map([...world.files, [path, bytes]])});

/** The path of one of the files, drawn. */
export const anyFile = ({files}: World, random: Random): string | undefined => (files.size ? random.pick([...files.keys()]) : undefined);

/** A mutation of the bytes of one file. */
export const ofBytes = (name: string, change: (bytes: Uint8Array, random: Random) => Uint8Array): Mutation => ({
  name,
  apply(world, random) {
    const path = anyFile(world, random);
    return path === undefined ? undefined : withFile(world, path, change(world.files.get(path)!, random));
  }
});

/** Bytes with a part replaced. */
export const splice = (bytes: Uint8Array, from: number, removed: number, added: Uint8Array = new Uint8Array()): Uint8Array => Buffer.concat([bytes.subarray(0, from), added, bytes.subarray(from + removed)]);
