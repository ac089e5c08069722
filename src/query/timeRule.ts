// How rows find their period.

import type {Leaf} from "./measure.js";

/** By a date of their own, by lying open on a census day, or by days with work. */
export type TimeRule =
  | {readonly kind: "event"; readonly time: string}
  | {readonly kind: "census"; readonly from: string; readonly to: string}
  | {readonly kind: "active"; readonly time: string; readonly column: string; readonly days: number};

/** Days from `start` inclusive to `end` exclusive; a census is taken on the last. */
export interface Days {
  readonly start: string;
  readonly end: string;
}

export function ruleOf(leaf: Leaf): TimeRule {
  if (leaf.type === "balance") return {kind: "census", from: leaf.from, to: leaf.to};
  if (leaf.type === "simple" && leaf.aggregate.fn === "count_active")
    return {kind: "active", time: leaf.time, column: leaf.aggregate.column, days: leaf.aggregate.days};
  return {kind: "event", time: leaf.time};
}
