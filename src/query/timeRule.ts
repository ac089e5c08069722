// How rows find their period.

import type {MovementMetric} from "../metrics/define.js";
import type {Leaf} from "./measure.js";

/**
 * By a date of their own; by lying open on a census day; by values that have rows on enough days (`working`) or enough rows;
 * by how long something lasted; by the ranks of what they add up to; by what entities had before and after.
 */
export type TimeRule =
  | {readonly kind: "event"; readonly time: string}
  | {readonly kind: "census"; readonly from: string; readonly to: string}
  | {readonly kind: "active"; readonly time: string; readonly column: string; readonly least: number; readonly working: boolean}
  | {readonly kind: "survival"; readonly time: string; readonly duration: string; readonly ended?: string; readonly weight?: string}
  | {readonly kind: "correlation"; readonly time: string; readonly per: string; readonly of: readonly [string, string]}
  | {readonly kind: "movement"; readonly entity: string; readonly from: string; readonly to: string; readonly value: string; readonly within?: MovementMetric["within"]; readonly flow?: MovementMetric["flow"]; readonly constant?: MovementMetric["constant"]};

/** Rules of which the statement counts something other than rows: their conditions apply to all that it counts. */
export const narrowsAll = ({kind}: TimeRule): boolean => ["active", "survival", "correlation", "movement"].includes(kind);

/** Days from `start` inclusive to `end` exclusive; a census is taken on the last. */
export interface Days {
  readonly start: string;
  readonly end: string;
  /** The day after the last of the whole period, where that is not over and what is due in the rest of it counts. */
  readonly past?: string;
  /** The days that these are compared with, where a number is of both; absent before "all". */
  readonly before?: {readonly start: string; readonly end: string};
}

export function ruleOf(leaf: Leaf): TimeRule {
  if (leaf.type === "balance") return {kind: "census", from: leaf.from, to: leaf.to};
  if (leaf.type === "movement") return {kind: "movement", entity: leaf.entity, from: leaf.from, to: leaf.to, value: leaf.value, ...(leaf.within && {within: leaf.within}), ...(leaf.flow && {flow: leaf.flow}), ...(leaf.constant && {constant: leaf.constant})};
  const {time} = leaf;
  if (leaf.type === "conversion") return {kind: "event", time};
  const {aggregate} = leaf;
  switch (aggregate.fn) {
    case "count_active": return {kind: "active", time, column: aggregate.column, least: aggregate.days, working: true};
    case "count_distinct":
      return (aggregate.atLeast ?? 1) > 1 ? {kind: "active", time, column: aggregate.column, least: aggregate.atLeast!, working: false} : {kind: "event", time};
    case "survival": {
      const {duration, ended, weight} = aggregate;
      return {kind: "survival", time, duration, ...(ended !== undefined && {ended}), ...(weight !== undefined && {weight})};
    }
    case "rank_correlation": return {kind: "correlation", time, per: aggregate.per, of: aggregate.of};
    default: return {kind: "event", time};
  }
}
