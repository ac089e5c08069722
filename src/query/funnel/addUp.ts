// Entries of a funnel that were counted alike, to the numbers of each step.

import {isChain, type FunnelPlan} from "./plan.js";

type Row = Readonly<Record<string, unknown>>;

/**
 * Numbers of all entries, of a month or of a member: `entered`, `entered_mature`, `excluded`, and of step k `reached_k`,
 * `mature_k`, what became of those who went no further (`lost_k`, `passed_k`, `open_k`; `value_k` of those that are gone, null
 * where none has one; `unvalued_k`), `ties_k` and `early_k`.
 */
export interface CountRow {
  readonly scope: "total" | "month" | "member";
  readonly member: string | null;
  /** First day. */
  readonly month: string | null;
  readonly [number: string]: string | number | null;
}

/** Returns the rows of a funnel's counts from those of `countsStatement`: the total, which is there without any entry, then months and members as they come. */
export function addUp(groups: readonly Row[], plan: Pick<FunnelPlan, "funnel">): CountRow[] {
  const inMonths = groups.filter(({scope}) => scope === "month");
  return [
    {scope: "total", member: null, month: null, ...numbersOf(inMonths, plan)},
    ...grouped(inMonths, "month").map(([month, own]): CountRow => ({scope: "month", member: null, month, ...numbersOf(own, plan)})),
    ...grouped(groups.filter(({scope}) => scope === "member"), "member").map(([member, own]): CountRow => ({scope: "member", member, month: null, ...numbersOf(own, plan)}))
  ];
}

function grouped(rows: readonly Row[], column: "month" | "member"): [key: string | null, rows: Row[]][] {
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) {
    const key = row[column] as string | null;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups];
}

function numbersOf(groups: readonly Row[], {funnel}: Pick<FunnelPlan, "funnel">): Record<string, number | null> {
  const chain = isChain(funnel);
  const count = (of: readonly Row[]) => of.reduce((sum, {n}) => sum + Number(n), 0);
  const kept = groups.filter(({is_excluded}) => !is_excluded);
  const numbers: Record<string, number | null> = {entered: count(kept), entered_mature: count(kept.filter(isMature)), excluded: count(groups) - count(kept)};
  funnel.steps.forEach((_, position) => {
    const k = position + 1;
    const bit = 2 ** position;
    const there = kept.filter(({last_step, reached}) => (chain ? Number(last_step) >= k : (Number(reached) & bit) > 0));
    const left = chain && k < funnel.steps.length ? kept.filter(({last_step}) => Number(last_step) === k) : [];
    const hasPassed = (row: Row) => funnel.window !== null && isMature(row);
    const [lost, stayed] = [left.filter(isLost), left.filter((row) => !isLost(row))];
    const gone = [...lost, ...stayed.filter(hasPassed)];
    const values = gone.flatMap(({value}) => (value === null ? [] : [Number(value)])).sort((a, b) => a - b);
    Object.assign(numbers, {
      [`reached_${k}`]: count(there),
      [`mature_${k}`]: count(there.filter(isMature)),
      [`lost_${k}`]: count(lost),
      [`passed_${k}`]: count(stayed.filter(hasPassed)),
      [`open_${k}`]: count(stayed.filter((row) => !hasPassed(row))),
      // In one order: sums of amounts may differ in their last bits.
      [`value_${k}`]: values.length ? values.reduce((sum, value) => sum + value, 0) : null,
      [`unvalued_${k}`]: count(gone) - gone.reduce((sum, {valued}) => sum + Number(valued), 0),
      [`ties_${k}`]: marked(there, "ties", k),
      [`early_${k}`]: marked(there, "early", k)
    });
  });
  return numbers;
}

/** Entries whose step k is marked: told by the mask that they share, or counted beforehand; the first step follows none. */
function marked(rows: readonly Row[], mask: "early" | "ties", k: number): number {
  const bit = 2 ** (k - 1);
  return rows.reduce((sum, row) => sum + (mask in row ? ((Number(row[mask]) & bit) > 0 ? Number(row["n"]) : 0) : Number(row[`${mask}_${k}`] ?? 0)), 0);
}

const isMature = ({is_mature}: Row): boolean => is_mature === true;
const isLost = ({is_lost}: Row): boolean => is_lost === true;
