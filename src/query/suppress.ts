// Small groups go without a number: nobody can be made out by a breakdown to which few records belong.

import type {AnswerRow, Cell} from "./question.js";

/** What is told of a small group: that it is one. Goals are no data about it. */
const hidden = ({target, allocated}: Cell): Cell => ({value: null, n: 0, reason: "suppressed", ...(target !== undefined && {target}), ...(allocated !== undefined && {allocated})});

/**
 * Returns one metric's rows of one period, where members that rest on fewer than `least` records, but on any, have no
 * number. So that the total does not give one away, the next smallest go with it until at least two are hidden which
 * together reach `least`. The total is hidden only where filters narrow it.
 */
export function suppressSmall(rows: readonly AnswerRow[], least: number, narrowed: boolean): AnswerRow[] {
  const members = rows.filter(({total, n}) => !total && n > 0).sort((a, b) => a.n - b.n);
  const small = members.filter(({n}) => n < least).length;
  let count = small;
  if (small > 0) while (count < members.length && (count < 2 || sum(members.slice(0, count)) < least)) count++;
  const out = new Set([...members.slice(0, count), ...rows.filter(({total, n}) => total && narrowed && n > 0 && n < least)]);
  return rows.map((row) => (out.has(row) ? {metric: row.metric, role: row.role, period: row.period, members: row.members, total: row.total, ...hidden(row)} : row));
}

const sum = (rows: readonly AnswerRow[]): number => rows.reduce((all, {n}) => all + n, 0);
