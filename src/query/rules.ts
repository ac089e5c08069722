// What the settings say of how a report judges and explains its numbers, on top of what is declared.

import type {DriverTree} from "../metrics/drivers.js";
import type {GoalId} from "../metrics/goals.js";

/** What stands in place of a declared play, part by part. */
export interface OwnPlay {
  readonly look?: string;
  readonly action?: string;
  /** The role whose task it is. */
  readonly owner?: string;
}

/** Which closed periods make the limits: so many of the first ones, or those between two days (both inclusive). */
export type Baseline = {readonly first: number} | {readonly from: string; readonly to: string};

export interface JudgingRules {
  /** Share of a target that may be missed before it counts as missed. */
  readonly tolerance?: number;
  readonly baseline?: Baseline;
}

export interface ReportRules {
  /** By the id of a KPI. */
  readonly playbook?: Readonly<Record<string, OwnPlay>>;
  readonly judging?: JudgingRules;
  /** Of single KPIs, by id. */
  readonly judgingOf?: Readonly<Record<string, JudgingRules>>;
  /** What the business wants of the report. */
  readonly focus?: GoalId;
  readonly drivers?: readonly DriverTree[];
}

/** Share of a target that may be missed where the settings say nothing. */
export const defaultTolerance = 0.05;

interface Ruled {
  readonly rules?: ReportRules;
}

/** Returns the share of its target that the KPI may miss. `id` is that of the KPI or of what it is a variant of. */
export const toleranceOf = (id: string, {rules}: Ruled): number => rules?.judgingOf?.[id]?.tolerance ?? rules?.judging?.tolerance ?? defaultTolerance;

/** Returns which periods make the KPI's limits; undefined where the settings say nothing. */
export const baselineOf = (id: string, {rules}: Ruled): Baseline | undefined => rules?.judgingOf?.[id]?.baseline ?? rules?.judging?.baseline;

/** Returns what the settings say in place of the KPI's play. */
export const ownPlayOf = (id: string, {rules}: Ruled): OwnPlay | undefined => rules?.playbook?.[id];
