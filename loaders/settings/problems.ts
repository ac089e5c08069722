// What can be wrong with settings, as data, and the words for it.

import {closest, distance} from "fastest-levenshtein";

export type SettingsCode =
  | "unreadable"
  | "syntax"
  | "unknown_key"
  | "missing_key"
  | "wrong_type"
  | "wrong_value"
  | "missing_file"
  | "missing_folder"
  | "missing_column"
  | "duplicate_column"
  | "empty_file"
  | "unreadable_header"
  | "missing_variable"
  | "conflict";

/** One fault: where it stands, what was found, what is allowed, and the nearest right word. */
export interface SettingsProblem {
  readonly code: SettingsCode;
  readonly file: string;
  readonly line?: number;
  /** Dotted path in the settings: "sources[0].tables.lead". */
  readonly key?: string;
  readonly value?: string;
  readonly allowed?: readonly string[];
  readonly nearest?: string;
  /** The export that lacks the column. */
  readonly input?: string;
  /** What is expected, where a list of words cannot say it. */
  readonly expected?: string;
}

const shown = 10;
const listed = 12;

/** Thrown by readSettings. `problems` holds every fault in file order; the message names the first ten and the total. */
export class SettingsError extends Error {
  readonly problems: readonly SettingsProblem[];

  constructor(problems: readonly SettingsProblem[]) {
    const lines = problems.slice(0, shown).map(describeProblem);
    if (problems.length > shown) lines.push(`and ${problems.length - shown} more: ${problems.length} problems in all`);
    super(lines.join("\n"));
    this.name = "SettingsError";
    this.problems = problems;
  }
}

/** The allowed word that was probably meant, or undefined when none is near; `close` allows slips of the pen only. Case does not count. */
export function nearest(value: string, allowed: readonly string[], by: "near" | "close" = "near"): string | undefined {
  const words = allowed.filter(Boolean);
  if (!value || words.length === 0) return undefined;
  const folded = words.map((word) => word.toLowerCase());
  const best = closest(value.toLowerCase(), folded);
  const longest = Math.max(value.length, best.length);
  const limit = by === "close" ? Math.max(1, Math.floor(longest / 4)) : Math.max(2, Math.floor(longest / 2));
  return distance(value.toLowerCase(), best) <= limit ? words[folded.indexOf(best)] : undefined;
}

/** One line: file:line, what is wrong, what is allowed, the nearest right word. */
export function describeProblem({code, file, line, key, value, allowed, nearest, expected, input}: SettingsProblem): string {
  const where = line === undefined ? file : `${file}:${line}`;
  const at = key ? ` (${key})` : "";
  const meant = nearest === undefined ? "" : `; did you mean ${nearest}?`;
  const list = allowed?.length ? `; allowed: ${allowed.slice(0, listed).join(", ")}${allowed.length > listed ? ` and ${allowed.length - listed} more` : ""}` : "";
  const wanted = expected ? `; expected ${expected}` : "";
  const what: Record<SettingsCode, string> = {
    unreadable: `cannot read the settings: ${value}`,
    syntax: `not valid YAML: ${value}`,
    unknown_key: `unknown key: ${value}`,
    missing_key: `missing key: ${value}`,
    wrong_type: `wrong type: ${value}`,
    wrong_value: `wrong value: ${value}`,
    missing_file: `no such file: ${value}`,
    missing_folder: `no such folder: ${value}`,
    missing_column: `no such column: ${value}${input ? ` in ${input}` : ""}`,
    duplicate_column: `two columns have one name: ${value}${input ? ` in ${input}` : ""}`,
    empty_file: `the file is empty: ${value}`,
    unreadable_header: `no end of the header found (is a quote left open?): ${value}`,
    missing_variable: `environment variable is not set: ${value}`,
    conflict: `settings contradict each other: ${value}`
  };
  return `${where}: ${what[code]}${at}${wanted}${meant}${list}`;
}
