// What differs between the inputs of a frozen month and those there are now, in words.

import {settingsHashes, settingsName, overridesName} from "./inputs.js";
import type {Snapshot} from "./store.js";

/** What decides the bytes of a month. */
export interface InputFacts {
  /** SHA-256 of the exports and the other files that the settings name, by name. */
  readonly exports: Readonly<Record<string, string>>;
  /** SHA-256 of the settings, by key. */
  readonly settings: Readonly<Record<string, string>>;
  readonly code: string;
}

/** Returns the facts of a frozen month. */
export function frozenFacts({files, settings, code}: Pick<Snapshot, "files" | "settings" | "code">): InputFacts {
  const own = [settingsName, overridesName].map((name) => `inputs/${name}`);
  const exports = Object.entries(files).filter(([name]) => name.startsWith("inputs/") && !own.includes(name));
  return {exports: Object.fromEntries(exports.map(([name, {sha256}]) => [name.slice("inputs/".length), sha256])), settings: settingsHashes(settings), code: code.hash};
}

/** Returns one line for each difference: files that changed, came or went, keys of the settings, the code. */
export function differences(frozen: Pick<Snapshot, "files" | "settings" | "code">, now: InputFacts): string[] {
  const then = frozenFacts(frozen);
  return [
    ...between(then.exports, now.exports, {changed: "changed since", came: "was not there", went: "is gone"}).map((line) => `export    ${line}`),
    ...between(then.settings, now.settings, {changed: "changed since", came: "was not said", went: "is no longer said"}).map((line) => `settings  ${line}`),
    ...(then.code === now.code ? [] : [`code      another version: ${then.code.slice(0, 12)} then, ${now.code.slice(0, 12)} now`])
  ];
}

type Hashes = Readonly<Record<string, string>>;

function between(then: Hashes, now: Hashes, words: {readonly changed: string; readonly came: string; readonly went: string}): string[] {
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])].sort();
  return names.flatMap((name) => (then[name] === now[name] ? [] : [`${name} ${then[name] === undefined ? words.came : now[name] === undefined ? words.went : words.changed}`]));
}
