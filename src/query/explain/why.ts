// What moved a KPI between two periods, by segment. Every split adds up to the change.

import type {Metric} from "../../metrics/define.js";
import type {AnswerRow} from "../question.js";
import {splitRate, splitVolume, type Part} from "./split.js";

/** How a change is taken apart: into what each segment added; into number and worth; into own rate and share of the whole. */
export type SplitKind = "sum" | "volume_rate" | "rate_mix";

/** One segment's part of a change, in the unit of the metric. */
export interface SegmentShare {
  readonly member: string | null;
  readonly before: AnswerRow | null;
  readonly after: AnswerRow | null;
  /** All of the segment's effects together. */
  readonly change: number;
  /** Its own rate, or what each of its records brought; 0 for plain sums. */
  readonly rate: number;
  /** Its number of records, or its share of the whole; all of the change for plain sums. */
  readonly volume: number;
}

export interface SegmentSplit {
  readonly kind: SplitKind;
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** Largest effect first, then by member. Their changes add up to `change`. */
  readonly parts: readonly SegmentShare[];
}

/** Why a change has no split: a value is missing; the metric's parts do not make its whole (medians, distinct counts). */
export type NoSplit = "no_value" | "not_additive";

/** Returns how the metric's change can be taken apart by segments; null where the parts do not make the whole. */
export function splitKindOf(metric: Metric): SplitKind | null {
  switch (metric.type) {
    case "ratio":
    case "conversion": return "rate_mix";
    case "simple":
      if (metric.aggregate.fn === "avg") return "rate_mix";
      return metric.additivity === "none" ? null : metric.aggregate.fn === "count" ? "sum" : "volume_rate";
    case "balance": return metric.additivity === "none" ? null : metric.aggregate.fn === "count" ? "sum" : "volume_rate";
    case "cumulative":
    case "shifted": return splitKindOf(metric.measure);
    default: return null;
  }
}

/**
 * Returns how the segments of one dimension moved the metric. `rows` are those of one answer: the totals and the members
 * of the current period and of a reference, "previous" or "last_year".
 */
export function splitBySegment(metric: Metric, rows: readonly AnswerRow[], reference: "previous" | "last_year"): SegmentSplit | NoSplit {
  const kind = splitKindOf(metric);
  if (kind === null) return "not_additive";
  const of = (role: AnswerRow["role"]) => rows.filter((row) => row.metric === metric.id && row.role === role);
  const [now, then] = [of("current"), of(reference)];
  const [after, before] = [now, then].map((list) => list.find(({total}) => total)?.value ?? null) as [number | null, number | null];
  if (before === null || after === null) return "no_value";
  const members = [...new Set([...now, ...then].filter(({total}) => !total).map(({members}) => members[0] ?? null))];
  const find = (list: readonly AnswerRow[], member: string | null) => list.find((row) => !row.total && row.members[0] === member) ?? null;
  const pairs = members.map((member) => ({member, before: find(then, member), after: find(now, member)}));
  const [was, is] = [pairs.map((pair) => partOf(kind, pair.before)), pairs.map((pair) => partOf(kind, pair.after))];
  const effects = kind === "rate_mix" ? splitRate(was, is)?.map(({rate, mix}) => ({rate, volume: mix})) : kind === "volume_rate" ? splitVolume(was, is)
    : was.map((old, k) => ({rate: 0, volume: is[k]!.numerator - old.numerator}));
  if (!effects) return "no_value";
  // Members may count in two rows (an owner who changed team): then the parts are not those of the whole.
  const change = after - before;
  const told = effects.reduce((sum, {rate, volume}) => sum + rate + volume, 0);
  if (Math.abs(told - change) > 1e-6 * Math.max(1, Math.abs(before), Math.abs(after))) return "not_additive";
  const parts = pairs.map((pair, k) => ({...pair, ...effects[k]!, change: effects[k]!.rate + effects[k]!.volume}));
  parts.sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || ((a.member ?? "\uffff") < (b.member ?? "\uffff") ? -1 : 1));
  return {kind, before, after, change, parts};
}

/** What counts, out of what: of a rate its two sides; of a sum the amount, over its records. */
function partOf(kind: SplitKind, row: AnswerRow | null): Part {
  if (!row) return {numerator: 0, denominator: 0};
  if (kind !== "rate_mix") return {numerator: row.value ?? 0, denominator: row.n};
  if (row.denominator != null) return {numerator: row.numerator ?? 0, denominator: row.denominator};
  return {numerator: (row.value ?? 0) * row.n, denominator: row.n};
}
