// How a number stands to its target while its period runs (kpi-formulas, targets table).

import type {Direction} from "../../metrics/define.js";
import {earliestPace} from "../calendar.js";

/** What the progress of one number rests on. */
export interface Progressing {
  readonly value: number | null;
  readonly target: number | null;
  readonly direction: Direction;
  /** The number grows while its period passes (counts and sums): only then has it a pace, a landing and a daily rate. */
  readonly grows: boolean;
  /** Working days of the period: passed by as-of, and all. */
  readonly workdays: readonly [passed: number, whole: number];
  /**
   * What part of the whole the same elapsed days were of the same period in earlier years, newest first, at most three:
   * the seasonal shape.
   */
  readonly shapes?: readonly number[];
}

export interface Progress {
  /** Value ÷ target, for KPIs where more is better and the target is above 0; else null. */
  readonly attainment: number | null;
  /** Whether the value is where the target wants it: at least, or at most. Null without value, target or direction. */
  readonly met: boolean | null;
  /** Target − value where less is better: what is left before it is missed. */
  readonly headroom: number | null;
  /** Share of the period's working days that have passed, 0–1. */
  readonly elapsed: number | null;
  /** What part of the whole has come by now in earlier years, their mean; null without such a year. 1 when the period is over. */
  readonly seasonal: number | null;
  /** The part of the target that is due by working days: what cards hold the number against, too. */
  readonly pace: number | null;
  /** The part of it that is due by the seasonal shape. */
  readonly seasonalPace: number | null;
  /** Value − pace. */
  readonly ahead: number | null;
  /** The same in working days at the pace of the target; negative is behind. */
  readonly aheadDays: number | null;
  /** Where the number ends if it goes on so, by the seasonal shape where there is one, else by working days; null before a tenth has passed. */
  readonly landing: number | null;
  /** Lowest and highest landing by the earlier years' shapes; null with fewer than two. */
  readonly landingRange: readonly [number, number] | null;
  /** What each working day that is left must bring; null when none is left, 0 when the target is reached. */
  readonly requiredRunRate: number | null;
}

/** Returns the progress; every part that means nothing is null. A target of 0 or none sets no progress. */
export function progressOf({value, target, direction, grows, workdays: [passed, whole], shapes = []}: Progressing): Progress {
  const known = value !== null && target !== null && target !== 0 && direction !== "context";
  const more = direction === "up";
  const usable = shapes.filter((shape) => shape > 0 && shape <= 1).slice(0, 3);
  const byDays = whole > 0 ? passed / whole : null;
  const elapsed = grows ? byDays : null;
  const seasonal = elapsed === null || elapsed >= 1 ? elapsed : usable.length > 0 ? usable.reduce((sum, shape) => sum + shape, 0) / usable.length : null;
  const gone = seasonal ?? elapsed;
  const due = (share: number | null) => (known && share !== null ? target * share : null);
  const pace = due(elapsed);
  const ahead = pace === null ? null : value! - pace;
  const may = grows && value !== null && gone !== null && gone >= earliestPace;
  const left = whole - passed;
  return {
    attainment: known && more && target > 0 ? value / target : null,
    met: known ? (more ? value >= target : value <= target) : null,
    headroom: known && !more ? target - value : null,
    elapsed,
    seasonal,
    pace,
    seasonalPace: due(seasonal),
    ahead,
    aheadDays: ahead !== null && target !== 0 && target !== null && whole > 0 ? (ahead / target) * whole : null,
    landing: may ? value / gone! : null,
    landingRange: may && usable.length > 1 ? [value / Math.max(...usable), value / Math.min(...usable)] : null,
    requiredRunRate: known && grows && more && left > 0 ? Math.max(0, target - value) / left : null
  };
}

/** Returns whether a goal lies outside everything that the number reached in the periods before; false where none is known. */
export function isOutOfReach(target: number, past: readonly (number | null)[], direction: Direction): boolean {
  const known = past.filter((value) => value !== null);
  if (known.length === 0 || direction === "context") return false;
  return direction === "up" ? target > Math.max(...known) : target < Math.min(...known);
}
