// What can stop the intake, as data, and the words for it.

import {shorten} from "../../src/format/text.js";

/** A longer cell is no value to be recognised by; the reject file has it whole. */
const longestCell = 120;

/** A row or cell that shows the fault. */
export interface Example {
  readonly file: string;
  readonly row?: number;
  readonly column?: string;
  readonly value?: string | null;
  readonly rule?: string;
  /** How many rows have the value. */
  readonly count?: number;
  readonly nearest?: string;
  /** Several columns with their values, in place of `column` and `value`. */
  readonly content?: string;
}

export type IntakeCode = "encoding" | "open_quote" | "surplus_cells" | "unreadable" | "duplicate_join_key" | "unknown_stage" | "duplicate_key" | "too_many_rejects";

export interface IntakeProblem {
  readonly code: IntakeCode;
  readonly source?: string;
  readonly table?: string;
  readonly file?: string;
  /** How many rows or values are concerned. */
  readonly total?: number;
  /** Rows they are compared with. */
  readonly of?: number;
  readonly examples?: readonly Example[];
  /** How many further values have no example. */
  readonly more?: number;
  readonly allowed?: readonly string[];
  readonly detail?: string;
  /** What the file was read as. */
  readonly format?: string;
  /** The table has a column for updated_at. */
  readonly mapped?: boolean;
}

/** Thrown by intake: the exports cannot be trusted as they are. `problem` is the fault as data. */
export class IntakeError extends Error {
  readonly problem: IntakeProblem;

  constructor(problem: IntakeProblem) {
    super([headline(problem), ...(problem.examples ?? []).map(exampleLine), ...(problem.more ? [`  and ${problem.more} more`] : []), ...remedies(problem.examples ?? [])].join("\n"));
    this.name = "IntakeError";
    this.problem = problem;
  }
}

function headline({code, source, table, file, total = 0, of = 0, allowed, detail, format = "CSV", mapped}: IntakeProblem): string {
  const list = allowed?.length ? ` Known: ${allowed.map((word) => shorten(word, longestCell)).join(", ")}.` : "";
  switch (code) {
    case "encoding":
      return [`${file}: not UTF-8. Name its encoding in the settings of source ${source}, the one in which this line reads right:`, ...(allowed ?? []).map((line) => `  encoding: ${line}`)].join("\n");
    case "open_quote":
      return `${file}: row ${total} opens a quote that is closed in the wrong place or never; the rows behind it cannot be told apart. Mend the quote in the export.`;
    case "surplus_cells":
      return `${file}: ${total} of ${of} rows have more cells than the header has names (one has ${detail}), so that values stand under the wrong names. Put the missing name into the header where it belongs; where rows merely end with a delimiter, let the header end with one too.`;
    case "unreadable":
      return `${file}: cannot be read as ${format}: ${detail}`;
    case "duplicate_join_key":
      return `${file}: ${total} values of ${detail} stand in several rows; a joined file needs one row a key.`;
    case "unknown_stage":
      return `source ${source}, ${table}: ${rowsOf(total)} a stage that is in none of the lists open, won, lost of its stages.${list}`;
    case "duplicate_key":
      return `${table}: ${total === 1 ? "1 key has" : `${total} keys have`} rows of different content and no stamp that says which is newer. ${mapped ? "Leave the wrong ones out with exclude, or mend their updated_at." : "Map updated_at, so that the newest row counts, or leave the wrong ones out with exclude."} The first:`;
    case "too_many_rejects":
      return `${table}: ${total} of ${of} rows have values that cannot be typed, more than reject_limit allows. The first:`;
  }
}

const rowsOf = (count: number): string => (count === 1 ? "1 row has" : `${count} rows have`);

function exampleLine({file, row, column, value, rule, count, nearest, content}: Example): string {
  const place = row === undefined ? file : `${file} row ${row}`;
  const shown = value === undefined ? "" : `: ${value === null ? "(empty)" : JSON.stringify(shorten(value, longestCell))}`;
  if (content !== undefined) return `  ${place}, ${shorten(content, 3 * longestCell)}`;
  return `  ${place}${column ? `, ${column}` : ""}${shown}${rule ? ` ${fault(rule)}` : ""}${count === undefined ? "" : ` (${count === 1 ? "1 row" : `${count} rows, this the first`})`}${nearest ? `; did you mean ${nearest}?` : ""}`;
}

/** How the source's settings mend the faults shown, one line for each kind. */
function remedies(examples: readonly Example[]): string[] {
  const rules = new Set(examples.map(({rule}) => rule));
  const found = (words: readonly string[]): boolean => words.some((word) => rules.has(word));
  return [
    ...(found(["money", "number", "integer", "percent"]) ? ["Numbers: tell the source its marks, such as decimal: \",\" and group: \".\" for 1.234,50. Words that mean nothing go to nulls."] : []),
    ...(found(["date", "timestamp"]) ? ["Dates: tell the source their form, such as dates: [DD/MM/YYYY] or [\"D.M.YYYY hh:mm\"]; ISO dates need none."] : []),
    ...(found(["state"]) ? ["States: a state is open, won or lost. Translate others, as in state: {column: …, map: {Active: open}}, or map the column to stage and list its values under stages: {open: […], won: […], lost: […]}."] : [])
  ];
}

function fault(rule: string): string {
  if (rule === "required") return "is required";
  if (rule === "state") return "is none of open, won, lost";
  if (rule === "list") return "is not a list in JSON";
  if (rule === "malformed") return "has too few or too many cells, or a quote in the wrong place";
  return rule === "percent" ? "is not a share between 0 and 1 (divide: 100 for percentages)" : `is not a valid ${rule === "money" ? "amount of money" : rule}`;
}
