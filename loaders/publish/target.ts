// What every target can do, whatever it is: a folder, a branch.

import type {Changes} from "./changes.js";
import {TargetError} from "./problems.js";
import type {Release} from "./release.js";

export interface KeptRelease {
  readonly id: string;
  readonly title: string;
  readonly asOf: string;
  /** Moment at which it was last put in place, ISO in UTC; empty where that is not known. */
  readonly published: string;
  readonly files: number;
  readonly current: boolean;
}

/** What came, or would come, of putting a release in place. */
export interface Placed {
  readonly release: Pick<Release, "id" | "title" | "asOf">;
  readonly unchanged: boolean;
  readonly changes: Changes;
  /** Bytes of files that are added or changed. */
  readonly bytes: number;
  /** Releases that are kept no longer. */
  readonly dropped: readonly string[];
  /** Releases that are kept, this one too, and the bytes of their different files; null where the target does not tell. */
  readonly kept: {readonly releases: number; readonly bytes: number | null};
}

export interface PlaceOptions {
  /** Releases that are kept, the present one too. */
  readonly keep: number;
  /** The moment, ISO in UTC. */
  readonly now: string;
  /** Nothing is written: what would come of it is told. */
  readonly dryRun?: boolean;
}

export interface Target {
  /** As it is told to people: without a password. */
  readonly name: string;
  /** Kept releases, the last published first. */
  list(): Promise<KeptRelease[]>;
  /** Puts the verified release that lies in the folder in place. */
  publish(release: Release, from: string, options: PlaceOptions): Promise<Placed>;
  /** Puts a kept release in place: the one whose id begins so, or the one that was published before the present. */
  rollback(id: string | undefined, options: PlaceOptions): Promise<Placed>;
}

/** Returns the release to go back to. Throws a TargetError where the id is of none or of several, or nothing was there before. */
export function chooseRelease<One extends {readonly id: string}>(kept: readonly One[], current: string | undefined, id: string | undefined, to: string): One {
  const list = kept.length === 0 ? "none is kept" : `kept are ${kept.map((one) => one.id).join(", ")}`;
  if (id === undefined) {
    const before = kept[kept.findIndex((one) => one.id === current) + 1];
    if (before === undefined) throw new TargetError(`No release of ${to} was published before the present one: ${list}.`);
    return before;
  }
  const found = kept.filter((one) => one.id === id || one.id.startsWith(id));
  const one = found.find((release) => release.id === id) ?? (found.length === 1 ? found[0] : undefined);
  if (one === undefined) throw new TargetError(`${found.length === 0 ? "No" : "More than one"} release of ${to} is called ${id}: ${list}.`);
  return one;
}
