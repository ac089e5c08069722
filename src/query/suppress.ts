// Small groups go without a number: nobody can be made out by a breakdown to which few records belong.

import type {AnswerRow, Cell} from "./question.js";

/** What is told of a small group: that it is one. Goals are no data about it. */
const hidden = ({target, allocated}: Cell): Cell => ({value: null, n: 0, reason: "suppressed", ...(target !== undefined && {target}), ...(allocated !== undefined && {allocated})});

export interface Suppression {
  /** Records from which on a group has a number. */
  readonly least: number;
  /** Whether filters narrow the total. */
  readonly narrowed: boolean;
  /** Records behind a row's number, and behind each number that it is calculated from, in the same order in every row. The row's own where absent. */
  readonly countsOf?: (row: AnswerRow) => readonly number[];
}

/**
 * Returns one metric's rows of one period, where members that rest on fewer than `least` records, but on any, have no
 * number; nor do those of which a number that theirs is calculated from has none. So that the total does not give one away,
 * the next smallest go with it until at least two are hidden which together reach `least`. The total is hidden only where
 * filters narrow it.
 */
export function suppressSmall(rows: readonly AnswerRow[], {least, narrowed, countsOf = ({n}) => [n]}: Suppression): AnswerRow[] {
  const counts = rows.map(countsOf);
  const parts = Math.max(1, ...counts.map(({length}) => length));
  const out = new Set(Array.from({length: parts}, (_, part) => hiddenBy(rows, rows.map(({n}, k) => finite(counts[k]![part] ?? n)), {least, narrowed})).flat());
  return rows.map((row, k) => (out.has(k) ? {metric: row.metric, role: row.role, period: row.period, members: row.members, total: row.total, ...hidden(row)} : row));
}

/** What needs no records rests on none. */
const finite = (n: number): number => (Number.isFinite(n) ? n : 0);

/** Returns the places of the rows that are hidden for one of their counts. */
function hiddenBy(rows: readonly AnswerRow[], counts: readonly number[], {least, narrowed}: Pick<Suppression, "least" | "narrowed">): number[] {
  const places = [...rows.keys()].filter((k) => counts[k]! > 0);
  const members = places.filter((k) => !rows[k]!.total).sort((a, b) => counts[a]! - counts[b]!);
  const small = members.filter((k) => counts[k]! < least).length;
  let count = small;
  if (small > 0) while (count < members.length && (count < 2 || sum(members.slice(0, count).map((k) => counts[k]!)) < least)) count++;
  return [...members.slice(0, count), ...places.filter((k) => rows[k]!.total && narrowed && counts[k]! < least)];
}

const sum = (counts: readonly number[]): number => counts.reduce((all, n) => all + n, 0);
