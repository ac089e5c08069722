// What recurring revenue would be in twelve months if fewer customers left.

/** Twelve months as they were, and today. */
export interface ChurnNow {
  /** Share of the customers of twelve months ago that has left. */
  readonly churn: number;
  /** Share of their recurring revenue that is still there, with what it grew by. */
  readonly nrr: number;
  /** Monthly recurring revenue today. */
  readonly mrr: number;
}

export interface WhatIf {
  readonly churn: number;
  readonly nrr: number;
  /** Of today's customers, in twelve months. */
  readonly mrr: number;
  /** Of today's customers, over the twelve months. */
  readonly revenue: number;
}

/**
 * Returns the next twelve months of today's customers if `share` less of them left than in the last twelve, at most as many as left.
 * Who is kept pays as much as the average customer did and goes on paying it; all else goes as it went. Revenue moves by the same factor
 * every month.
 */
export function whatIf({churn, nrr, mrr}: ChurnNow, share: number): WhatIf {
  const kept = Math.min(Math.max(share, 0), churn);
  const own = nrr + kept;
  const months = Array.from({length: 12}, (_, k) => mrr * own ** ((k + 1) / 12));
  return {churn: churn - kept, nrr: own, mrr: mrr * own, revenue: months.reduce((sum, one) => sum + one, 0)};
}
