// Picking rows out of an answer.

import type {Answer, AnswerRow, Cell, Role} from "../query/question.js";
import type {Formatter} from "../format/formatter.js";
import {type MetricFace, floorOf} from "./options.js";

type Place = Pick<AnswerRow, "metric" | "role" | "total" | "members">;

/** Tables ask for every row by its place: hundreds of owners times as many rows would be millions of looks. */
const places = new WeakMap<readonly AnswerRow[], ReadonlyMap<string, AnswerRow>>();

const placeKey = ({metric, role, total, members}: Place): string => JSON.stringify([metric, role, total, total ? [] : members]);

/** Returns the row of a metric, role and members; of a trend's the first. Undefined where it was not asked. */
export function rowAt({rows}: Pick<Answer, "rows">, place: Place): AnswerRow | undefined {
  let known = places.get(rows);
  // Of several rows at one place the first stays.
  if (!known) places.set(rows, (known = new Map(rows.map((row) => [placeKey(row), row] as const).reverse())));
  return known.get(placeKey(place));
}

/** Returns the row over all members in one role, or undefined where it was not asked. */
export function totalRow(answer: Answer, metric: string, role: Role = "current"): AnswerRow | undefined {
  return rowAt(answer, {metric, role, total: true, members: []});
}

/** Returns the rows of single members in one role, in the answer's order. */
export function memberRows(answer: Answer, metric: string, role: Role = "current"): AnswerRow[] {
  return answer.rows.filter((row) => row.metric === metric && row.role === role && !row.total);
}

/** Returns the row of the same members in another role. */
export function sameMembers(answer: Answer, row: AnswerRow, role: Role): AnswerRow | undefined {
  return rowAt(answer, {...row, role});
}

/** Returns the trend of the total, or of one member, oldest first. */
export function trendRows(answer: Answer, metric: string, member?: string | null): AnswerRow[] {
  const rows = answer.rows.filter((row) => row.metric === metric && row.role === "trend" && (member === undefined ? row.total : !row.total && row.members[0] === member));
  return rows.sort((a, b) => (a.period.start < b.period.start ? -1 : 1));
}

/** Whether a number rests on too few records to be ranked or coloured. A number without a value is not small. */
export const isSmall = (cell: Cell, metric: MetricFace): boolean => cell.value !== null && cell.n < floorOf(metric);

/** Returns "n = 412". */
export const nWords = (cell: Cell, format: Formatter): string => format.message("n", {n: format.value(cell.n, "count", {precise: true})});

/** Returns what qualifies a cell: interval of a proportion, coverage, undated and unfinished records, small n. */
export function cellWords(cell: Cell, metric: MetricFace, format: Formatter): string[] {
  const words: string[] = [];
  if (isSmall(cell, metric)) words.push(format.message("caveat.small_n", {floor: floorOf(metric)}));
  if (cell.interval) {
    const [low, high] = cell.interval.map((end) => (metric.unit === "percent" ? format.percent(end) : format.value(end, metric.unit))) as [string, string];
    words.push(cell.drawn === undefined ? format.message("caveat.interval", {low, high}) : format.message("caveat.drawn", {low, high, count: cell.drawn}));
  }
  if (cell.coverage !== undefined && cell.coverage !== null && cell.coverage < 1) words.push(format.message("caveat.coverage", {share: format.percent(cell.coverage, cell.coverage > 0.99 ? 1 : 0)}));
  if (cell.undated) words.push(format.message("caveat.undated", {count: cell.undated}));
  if (cell.inProgress) words.push(format.message("caveat.in_progress", {count: cell.inProgress}));
  if (cell.window) words.push(format.message(cell.window.measured ? "caveat.window_measured" : "caveat.window_declared", {days: cell.window.days, count: cell.window.n}));
  if (cell.censored) words.push(format.message("caveat.censored", {count: cell.censored}));
  if (cell.top !== undefined) words.push(format.message("caveat.top", {share: format.percent(cell.top, 0)}));
  if (cell.empty) words.push(format.message("caveat.empty", {count: cell.empty}));
  if (cell.estimator) words.push(format.message(`caveat.estimator.${cell.estimator}`));
  return words;
}
