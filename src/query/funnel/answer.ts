// What a funnel answers: plain data that can be stored as JSON. Counts are of entries; an entity has one, or several where
// every attempt counts or a property is held constant.

import type {Funnel} from "../../metrics/funnel.js";
import type {DimensionId} from "../../metrics/define.js";
import type {Cell, Period} from "../question.js";

/** One step of a funnel. */
export interface StepResult {
  readonly id: string;
  /** 0 for the first. */
  readonly position: number;
  /** Entries that reached it, those whose window has not passed included. */
  readonly reached: number;
  /** Of them those whose window has passed: the rates are theirs. */
  readonly mature: number;
  /** Share of all mature entries, with Wilson's interval; null where steps stand alone. */
  readonly overall: Cell;
  /** Share of the mature ones of the step before; of the first step of itself. 1 − it is the drop-off. */
  readonly fromPrevious: Cell;
  /** What became of those who reached it and not the next, of all entries: null of the last step, and where steps stand alone. */
  readonly dropped: {readonly lost: number; readonly passed: number; readonly open: number} | null;
  /** Value at the step of those lost or past their window, in the report's currency; null where none has one. */
  readonly lostValue: number | null;
  /** Of those, how many have no value. */
  readonly unvalued: number;
  /** Entries with the step at the same time as the one before: the order of steps decided. */
  readonly ties: number;
  /** Entries with the step dated before the entry: they count as of day 0 and are in no time. */
  readonly early: number;
}

/** The funnel of all entries, of one member, or of a month of entry. */
export interface FunnelRow {
  readonly member: string | null;
  readonly total: boolean;
  readonly entered: number;
  /** Entries whose window has not passed. */
  readonly inProgress: number;
  /** Entries taken out by an exclusion, in none of the other counts. */
  readonly excluded: number;
  /** Too few entries to be told: there are no numbers. */
  readonly suppressed?: true;
  /** None where suppressed. */
  readonly steps: readonly StepResult[];
}

/** A step of a month of entry. */
export type MonthStep = Pick<StepResult, "id" | "position" | "reached" | "mature" | "overall">;

export interface FunnelPoint extends Omit<FunnelRow, "member" | "total" | "steps"> {
  readonly steps: readonly MonthStep[];
  /** Month of entry, "2025-01". */
  readonly month: string;
  /** Some of its entries may still convert: what is shown is not final. */
  readonly immature: boolean;
  /** The period begins or ends inside the month. */
  readonly part: boolean;
}

/** How many days it took from one step to another. Positions are those of steps; `to` follows `from`, or is the last. */
export interface FunnelTimes {
  readonly from: number;
  readonly to: number;
  readonly member: string | null;
  readonly total: boolean;
  /** Entries that the quantiles and the mean rest on: those that got there. */
  readonly n: number;
  readonly p25: number | null;
  readonly median: number | null;
  readonly p75: number | null;
  readonly p90: number | null;
  readonly mean: number | null;
  /** Kaplan–Meier median over all that reached `from`: null where not half of them are seen to get there. */
  readonly unbiasedMedian: number | null;
  /** Of them those not seen to get there: lost, past the window, or not yet. */
  readonly censored: number;
  /** Left out: one of the two is dated before its time. */
  readonly flagged: number;
}

/** Entries that took so many whole days. */
export interface FunnelBin {
  readonly from: number;
  readonly to: number;
  readonly days: number;
  readonly n: number;
}

/** A step that the funnel declares and no source feeds: it is left out. */
export interface MissingStep {
  readonly step: string;
  /** Canonical columns, alternatives as "a|b". */
  readonly columns: readonly string[];
}

/** What a funnel answers besides times. */
export interface FunnelCounts {
  /** As it was run: with the reader's choices, without missing steps. */
  readonly funnel: Funnel;
  readonly period: Period;
  readonly asOf: string;
  readonly by: DimensionId | null;
  readonly missing: readonly MissingStep[];
  /** Filters or breakdowns that its events do not carry: it is shown without them. */
  readonly notApplied: readonly DimensionId[];
  /** The total first, then members, those with most entries first, null last. None where fewer than two steps are fed. */
  readonly rows: readonly FunnelRow[];
  /** Months of entry, oldest first. */
  readonly trend: readonly FunnelPoint[];
}

export interface FunnelAnswer extends FunnelCounts {
  /** By pair of steps, of all first. */
  readonly times: readonly FunnelTimes[];
  readonly histogram: readonly FunnelBin[];
}

/** An entry that reached a step and not the next. Days are ISO text. */
export interface DroppedEntry {
  /** Number of the entity in its mart. */
  readonly entity: number;
  readonly entered: string;
  readonly reached: string;
  readonly why: "lost" | "passed" | "open";
  /** Day of the loss. */
  readonly leftOn: string | null;
  readonly value: number | null;
  /** At the step. */
  readonly dimensions: Readonly<Record<string, string | null>>;
}
