// What a release changes at a target, as plain data, and which files of others stay beside its own.

import {hasContentName} from "../site/contentName.js";
import {reportFile} from "../site/publish.js";
import type {Release} from "./release.js";

export interface Changes {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Files that are there already. */
  readonly same: number;
}

/** Files by path, with their hashes. */
type Files = Readonly<Record<string, string>>;

/**
 * Returns the files that stand at the target when the release is in place: its own, and those of the other kept releases
 * that are named by their content. A reader who has a page of one of them open finds what it points to; of a name with two contents the release's
 * own counts, then the first.
 */
export function wantedFiles(release: Pick<Release, "files">, kept: readonly Pick<Release, "files">[]): Record<string, string> {
  const wanted: Record<string, string> = {...release.files};
  for (const {files} of kept) for (const [file, hash] of Object.entries(files)) if (hasContentName(file)) wanted[file] ??= hash;
  return wanted;
}

/** Returns what changes between what is there and what is wanted. Files that nobody published are not in `there` and stay. */
export function changesOf(there: Files, wanted: Files): Changes {
  const names = Object.keys(wanted);
  const added = names.filter((file) => there[file] === undefined);
  const changed = names.filter((file) => there[file] !== undefined && there[file] !== wanted[file]);
  return {added, changed, removed: Object.keys(there).filter((file) => wanted[file] === undefined).sort(), same: names.length - added.length - changed.length};
}

/** Returns the files in the order in which they are put in place: named by content, then the others, pages after what is no page, the report file last. */
export function inOrder(files: readonly string[]): {readonly byContent: string[]; readonly byName: string[]} {
  const rank = (file: string) => (file === reportFile ? 2 : file.endsWith(".html") ? 1 : 0);
  return {
    byContent: files.filter(hasContentName).sort(),
    byName: files.filter((file) => !hasContentName(file)).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  };
}
