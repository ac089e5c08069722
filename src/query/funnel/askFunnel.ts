// The door to funnels: the terminal, the build and the browser all ask here.

import type {DimensionId} from "../../metrics/define.js";
import type {Funnel} from "../../metrics/funnel.js";
import {parsePeriod} from "../calendar.js";
import {checkDimensions} from "../filters.js";
import type {Manifest, PaceInfo, TallyInfo} from "../manifest.js";
import type {Period, Run} from "../question.js";
import {QuestionError} from "../questionError.js";
import {addUp} from "./addUp.js";
import type {DroppedEntry, FunnelAnswer, FunnelCounts, FunnelRow, MissingStep} from "./answer.js";
import {carriesDimension, fedFunnel} from "./fed.js";
import {paceChoice} from "./paces.js";
import {chosenFunnel, type FunnelChoices, type FunnelPlan} from "./plan.js";
import {hideSmall, readDropped, readHistogram, readRows, readTimes, readTrend} from "./read.js";
import {countsStatement, droppedStatement, histogramStatement, timesStatement} from "./statements.js";
import {isTallyEdge, tallyChoice} from "./tallies.js";
import type {TimedMembers} from "./times.js";
import {walksAnswer} from "./walks.js";
import {needsEvent} from "./walkTables.js";

export interface FunnelOptions {
  readonly manifest: Manifest;
  readonly run: Run;
}

interface Resolved {
  readonly plan: FunnelPlan;
  readonly period: Period;
  readonly missing: readonly MissingStep[];
  readonly notApplied: readonly DimensionId[];
  readonly declared: Funnel;
  /** The mart of the funnel's walks in the chosen mode, where the report has it. */
  readonly walk: string | undefined;
  readonly tally: TallyInfo | undefined;
  readonly pace: PaceInfo | undefined;
  readonly isEdge: (day: string) => boolean;
}

/** Returns the report's funnel of that id. Throws a QuestionError naming the nearest and all there are. */
export function findFunnel(id: string, {funnels = []}: Pick<Manifest, "funnels">): Funnel {
  const funnel = funnels.find((candidate) => candidate.id === id);
  if (funnel) return funnel;
  throw new QuestionError({code: "unknown_funnel", value: id, message: `unknown funnel: ${JSON.stringify(id)}`, allowed: funnels.map((candidate) => candidate.id)});
}

/**
 * Returns what a funnel comes to under a reader's choices: counts and rates in all, by member and by month of entry, times
 * and their histogram. Steps that no source feeds are left out and named; with fewer than two left there are no rows.
 * Throws a QuestionError for a funnel, period, dimension, member or step that the report does not know.
 */
export async function askFunnel(id: string, choices: FunnelChoices, options: FunnelOptions): Promise<FunnelAnswer> {
  const counts = askCounts(id, choices, options);
  const [counted, times] = await Promise.all([counts, askTimes(id, choices, options, counts)]);
  return {...counted, ...times};
}

/** Returns the same without times and histogram: what adds up, and where a large report has tallies, is read from them. */
export async function askCounts(id: string, choices: FunnelChoices, options: FunnelOptions): Promise<FunnelCounts> {
  const {manifest, run} = options;
  const resolved = resolve(findFunnel(id, manifest), choices, manifest);
  const {period, missing, notApplied, plan} = resolved;
  const {funnel, by} = plan;
  const told = {funnel, period, asOf: manifest.asOf, by, missing, notApplied};
  if (funnel.steps.length < 2) return {...told, rows: [], trend: []};
  // Members that are run on their own share entities: the total is no sum of theirs.
  const apart = isApart(plan);
  const count = async (one: FunnelPlan) => addUp(await run(countsStatement(counting(one, resolved))), one);
  const [counts, allCounts] = await Promise.all([count(plan), apart ? count({...plan, by: null}) : []]);
  const rows = readRows(apart ? [...counts.filter(({scope}) => scope === "member"), ...allCounts] : counts, funnel);
  const trend = readTrend(apart ? allCounts : counts, funnel, period, manifest.asOf);
  const least = manifest.minGroup;
  if (least === undefined) return {...told, rows, trend};
  const shown = hideSmall(rows, least);
  return {...told, rows: shown, trend: isHidden(shown, null, true) ? [] : trend.filter(({entered}) => entered >= least)};
}

/** Returns whether the counts were added up beforehand. Throws a QuestionError as askCounts does. */
export function isCountedAhead(id: string, choices: FunnelChoices, manifest: Manifest): boolean {
  const resolved = resolve(findFunnel(id, manifest), choices, manifest);
  return counting(resolved.plan, resolved).tally !== undefined;
}

/** Returns whether the days that the steps took were counted beforehand for a page: few entries are looked at then. Throws a QuestionError as askCounts does. */
export function isTimedAhead(id: string, choices: FunnelChoices, manifest: Manifest): boolean {
  const resolved = resolve(findFunnel(id, manifest), choices, manifest);
  return pacing(resolved.plan, resolved, "whole").pace !== undefined;
}

/** What is needed of the events themselves: to `follow` each where no walks that the build left tell what is asked, or to `find` the dimensions of some in them. */
export type EventsNeeded = "follow" | "find" | undefined;

/** Returns what an answer needs of the events. Throws a QuestionError as askCounts does. */
export function eventsNeeded(id: string, choices: FunnelChoices, manifest: Manifest): EventsNeeded {
  const resolved = resolve(findFunnel(id, manifest), choices, manifest);
  const plan = walking(resolved.plan, resolved);
  return plan.walk === undefined ? "follow" : needsEvent(plan) ? "find" : undefined;
}

/**
 * Returns the times of the entries that were counted. They do not add up: single entries are looked at, all of them, or those
 * of some days where a large report has counted the days.
 */
export async function askTimes(id: string, choices: FunnelChoices, {manifest, run}: FunnelOptions, counted: Promise<Pick<FunnelCounts, "rows">>, members: TimedMembers = "each"): Promise<Pick<FunnelAnswer, "times" | "histogram">> {
  const resolved = resolve(findFunnel(id, manifest), choices, manifest);
  const plan = pacing(resolved.plan, resolved, members);
  if (plan.funnel.steps.length < 2) return {times: [], histogram: []};
  const whole = pacing({...resolved.plan, by: null}, resolved, members);
  const apart = isApart(plan);
  const [{rows}, times, histogram, allTimes] = await Promise.all([counted, run(timesStatement(plan, members)), run(histogramStatement(whole)), apart ? run(timesStatement(whole)) : []]);
  const read = readTimes(apart ? [...times.filter(({total}) => total === 0), ...allTimes] : times);
  const least = manifest.minGroup;
  if (least === undefined) return {times: read, histogram: readHistogram(histogram)};
  return {
    times: read.filter(({member, total}) => !isHidden(rows, member, total)),
    histogram: isHidden(rows, null, true) ? [] : readHistogram(histogram).filter(({n}) => n >= least)
  };
}

const isApart = ({funnel, by}: FunnelPlan): boolean => funnel.credit === "all" && by !== null;
const isHidden = (rows: readonly FunnelRow[], member: string | null, total: boolean): boolean => rows.some((row) => row.suppressed && row.member === member && row.total === total);

/**
 * Returns who reached a step and not the next, the largest value first: at most `limit` (1,000), and how many there are.
 * None at the last step, after which there is none to reach, and where small groups have no numbers. Throws a QuestionError
 * as askFunnel does, and for an unknown step.
 */
export async function askDropped(id: string, step: string, choices: FunnelChoices, {manifest, run}: FunnelOptions, limit = 1000): Promise<{readonly count: number; readonly entries: readonly DroppedEntry[]}> {
  const resolved = resolve(findFunnel(id, manifest), choices, manifest);
  const whole = {...resolved.plan, by: null};
  const position = stepNumber(whole.funnel, step);
  if (manifest.minGroup !== undefined || position === whole.funnel.steps.length) return {count: 0, entries: []};
  return readDropped(await run(droppedStatement(walking(whole, resolved), position, limit)));
}

function stepNumber({steps}: Funnel, id: string): number {
  const position = steps.findIndex((step) => step.id === id);
  if (position >= 0) return position + 1;
  throw new QuestionError({code: "unknown_step", value: id, message: `unknown step: ${JSON.stringify(id)}`, allowed: steps.map((step) => step.id)});
}

function resolve(declared: Funnel, choices: FunnelChoices, manifest: Manifest): Resolved {
  const {by = null, filters = []} = choices;
  checkDimensions({by: by === null ? [] : [by], filters}, manifest.dimensions);
  const period = parsePeriod(choices.period, manifest);
  const chosen = chosenFunnel(declared, choices);
  if (typeof chosen.credit === "object") stepNumber(chosen, chosen.credit.step);
  const {funnel, missing} = fedFunnel(chosen, manifest);
  const carries = (dimension: DimensionId) => carriesDimension(funnel, dimension, manifest);
  const picked = filters.filter(({values}) => values.length > 0);
  const notApplied = [...new Set([...(by === null ? [] : [by]), ...picked.map(({dimension}) => dimension)])].filter((dimension) => !carries(dimension));
  return {
    period, missing, notApplied, declared,
    walk: (manifest.walks ?? []).find((walk) => walk.funnel === declared.id && walk.mode === chosen.mode)?.name,
    tally: (manifest.tallies ?? []).find((tally) => tally.funnel === declared.id),
    pace: (manifest.paces ?? []).find((pace) => pace.funnel === declared.id),
    isEdge: (day) => isTallyEdge(day, manifest),
    plan: {
      funnel, start: period.start, end: period.end, asOf: manifest.asOf,
      filters: picked.filter(({dimension}) => carries(dimension)), by: by !== null && carries(by) ? by : null
    }
  };
}

/** Answers a plan from the funnel's walks where they do. */
const walking = (plan: FunnelPlan, {declared, walk}: Pick<Resolved, "declared" | "walk">): FunnelPlan =>
  (walk !== undefined && walksAnswer({...declared, mode: plan.funnel.mode}, plan) ? {...plan, walk} : plan);

/** Counts a plan from the funnel's tally where that has all that is asked about, else from its walks. */
function counting(plan: FunnelPlan, resolved: Resolved): FunnelPlan {
  const tally = resolved.tally && tallyChoice(resolved.tally, plan, resolved.isEdge);
  return tally ? {...plan, tally} : walking(plan, resolved);
}

/** Times a plan by the funnel's day counts where they have all that is asked about, else from its walks alone. */
function pacing(plan: FunnelPlan, resolved: Resolved, members: TimedMembers): FunnelPlan {
  const walked = walking(plan, resolved);
  const pace = walked.walk !== undefined && resolved.pace ? paceChoice(resolved.pace, plan, resolved.isEdge, members) : undefined;
  return pace ? {...walked, pace} : walked;
}
