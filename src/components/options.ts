// What every component is given beside its answer.

import type {DimensionId, Direction, Unit} from "../metrics/define.js";
import type {Formatter} from "../format/formatter.js";
import type {Answer, MissingData} from "../query/question.js";

/** The part of a metric that a reader's view of a number needs: any Metric is one, and so is its short form in a page. */
export interface MetricFace {
  readonly id: string;
  readonly unit: Unit;
  readonly direction: Direction;
  readonly minN?: number;
  /** With `moe` a mean, of which a change inside the margin of error is none. */
  readonly aggregate?: {readonly fn: string; readonly moe?: boolean};
  /** Whether members add up to the total; shares are only ever said of those. */
  readonly additivity?: "none" | "dimensions" | "full";
  /** "simple", "balance" …: decides between columns and a line. */
  readonly type?: string;
}

export interface ComponentOptions {
  readonly format: Formatter;
  /** The page's document, or jsdom's at build. */
  readonly document: Document;
}

export type Comparison = "previous" | "last_year" | "target";

/** All comparisons, in the order in which they stand. */
export const comparisons: readonly Comparison[] = ["previous", "last_year", "target"];

/** Returns the records below which a number is grey, unranked and never a signal. */
export const floorOf = (metric: MetricFace): number => metric.minN ?? 10;

/** Returns the sentences that qualify a metric of this answer: filters that do not apply to it. */
export function notAppliedWords(answer: Answer, metric: MetricFace, format: Formatter): string[] {
  const dimensions = answer.notApplied.filter((item) => item.metric === metric.id).map((item) => format.dimension(item.dimension));
  return dimensions.length ? [format.message("caveat.not_applied", {dimensions: format.list(dimensions, "or")})] : [];
}

/** Returns what a metric lacks and why, or null when it has all it needs. */
export function missingData(answer: Answer, metric: MetricFace): MissingData | null {
  return answer.missing.find((item) => item.metric === metric.id) ?? null;
}

/** Returns the single dimension of a breakdown. Throws when the answer is not broken down by exactly one. */
export function breakdownOf(answer: Answer, component: string): DimensionId {
  const by = answer.question.by ?? [];
  if (by.length !== 1) throw new Error(`${component} needs an answer by one dimension, this one is by ${by.length ? by.join(", ") : "none"}`);
  return by[0]!;
}
