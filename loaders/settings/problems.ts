// What can be wrong with settings, as data, and the words for it.

import {closest, distance} from "fastest-levenshtein";
import type {FileProblem} from "../formats/fault.js";
import {shorten} from "../../src/format/text.js";
import {byNearness, holding} from "../../src/query/nearest.js";

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
  | FileProblem
  | "missing_variable"
  | "not_pulled"
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
  /** What else is known of a file that cannot be read. */
  readonly detail?: string;
}

const shown = 10;
/** Words of a list that stand on the line of their problem; a longer list stands below it, in lines of this width. */
const onLine = 12;
const width = 110;

/**
 * Thrown by readSettings. `problems` holds every fault in file order; the message names the first ten and the total. A
 * list of what is allowed is complete, nearest words first, and printed once.
 */
export class SettingsError extends Error {
  readonly problems: readonly SettingsProblem[];

  constructor(problems: readonly SettingsProblem[]) {
    const same = ({allowed}: SettingsProblem) => JSON.stringify(allowed);
    const lines = problems.slice(0, shown).map((problem, k) => describeProblem(problem, problems.slice(0, k).some((other) => same(other) === same(problem))));
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
  if (distance(value.toLowerCase(), best) <= limit) return words[folded.indexOf(best)];
  return by === "near" ? holding(value, words)[0] : undefined;
}

/** One line: file:line, what is wrong, what is allowed, the nearest right word; long lists below it, unless `listed` already. */
export function describeProblem({code, file, line, key, value, allowed, nearest, expected, input, detail}: SettingsProblem, listed = false): string {
  const where = line === undefined ? file : `${file}:${line}`;
  const at = key ? ` (${key})` : "";
  const meant = nearest === undefined ? "" : `; did you mean ${nearest}?`;
  const list = allowedWords(value ?? "", allowed ?? [], listed);
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
    binary_file: `no table: ${value} is ${detail}; export it as CSV, XLSX, JSON or Parquet`,
    no_permission: `no permission to read ${value}`,
    not_a_file: `a folder where a file is expected: ${value}`,
    not_a_folder: `neither a folder nor a zip archive: ${value}`,
    too_large: `too large: ${value} has ${detail}`,
    broken_file: `damaged, or cut off: ${value} (${detail}); export or download it again`,
    archive_bomb: `unpacks to far too much (${detail}): ${value}; nothing was read`,
    archive_of_many: `the archive ${value} holds ${detail}, where one is expected; name it as the folder of the source, or unpack it`,
    unknown_sheet: detail ? `no such sheet in ${value}: ${detail}` : `${value} has several sheets; name one as sheet`,
    encoding: `${value} is not UTF-8; name its encoding, the one in which this line reads right`,
    missing_variable: `environment variable is not set: ${value}`,
    not_pulled: `nothing has been pulled yet for source ${value}; npm run report pulls it`,
    conflict: `settings contradict each other: ${value}`
  };
  if (code === "encoding") return [`${where}: ${what[code]}${at}`, ...(allowed ?? []).map((line) => `  encoding: ${line}`)].join("\n");
  return `${where}: ${what[code]}${at}${wanted}${meant}${list}`;
}

/** Longer words are no names: a header read in the wrong encoding, or a row taken for one. */
const longestWord = 80;

function allowedWords(value: string, words: readonly string[], listed: boolean): string {
  if (words.length === 0) return "";
  const allowed = words.map((word) => shorten(word.replace(/\s+/g, " "), longestWord));
  if (allowed.length <= onLine) return `; allowed: ${allowed.join(", ")}`;
  if (listed) return "; allowed: as above";
  return `; ${allowed.length} allowed, the nearest first:${wrapped(byNearness(value, allowed))}`;
}

/** Indented lines of words with commas. */
function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  for (const [k, word] of words.entries()) {
    const text = k < words.length - 1 ? `${word},` : word;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= width) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(`  ${text}`);
  }
  return lines.map((line) => `\n${line}`).join("");
}
