// The restatement ledger: what was published of a KPI in a period, what it is now, and why.

import type {Published, PublishedCell} from "./values.js";

/**
 * Why a number changed. Of its records: `late`, entered or closed after the month was frozen; `reopened`; `merged`;
 * `deleted`; `amount`; `currency`, another rate; `matured`, its window has passed; `changed`, any other field; `other`,
 * records that are not told one by one. Else `definition`, `settings`, `code`.
 */
export const causes = ["late", "reopened", "merged", "deleted", "amount", "currency", "matured", "changed", "other", "definition", "settings", "code"] as const;
export type Cause = (typeof causes)[number];

export interface LedgerCause {
  readonly cause: Cause;
  /** Records that it is about; 0 where it is about none. */
  readonly records: number;
  /** Ids of the first of them in the CRM, at most five. */
  readonly ids?: readonly string[];
  /** Of a definition: "1 to 2". */
  readonly detail?: string;
}

export interface LedgerLine {
  readonly metric: string;
  readonly period: string;
  /** Null where there was or is no value. */
  readonly old: number | null;
  readonly new: number | null;
  /** The snapshot that published the old value. */
  readonly from: string;
  /** The one with the most records first. */
  readonly causes: readonly LedgerCause[];
}

export interface Ledger {
  readonly lines: readonly LedgerLine[];
}

export type Restated = Pick<LedgerLine, "metric" | "period" | "old" | "new">;

/** Sums of decimals may differ in the last bit with the order of rows. */
const nearness = 1e-9;

/** Whether two values are the same number. */
export const isSame = (a: number | null, b: number | null): boolean =>
  a === b || (a !== null && b !== null && Math.abs(a - b) <= nearness * Math.max(Math.abs(a), Math.abs(b)));

/** Returns every number that both have and that is another now: by KPI, then period as it was published. */
export function restatements(then: Published, now: Published): Restated[] {
  return Object.entries(then.values).flatMap(([metric, periods]) => Object.entries(periods).flatMap(([period, [old]]): Restated[] => {
    const cell: PublishedCell | undefined = now.values[metric]?.[period];
    return cell === undefined || isSame(old, cell[0]) ? [] : [{metric, period, old, new: cell[0]}];
  }));
}
