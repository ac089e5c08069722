// What a page asks of a funnel: its numbers, and beside them a list of those who dropped out where one is wanted.

import {funnelMart} from "../../metrics/funnel.js";
import type {Manifest} from "../manifest.js";
import {once} from "../once.js";
import {recordIds} from "../recordIds.js";
import {tidyFilters} from "../state.js";
import type {DroppedEntry, FunnelAnswer, FunnelBin, FunnelCounts, FunnelTimes} from "./answer.js";
import {askCounts, askDropped, askTimes, eventsNeeded, findFunnel, isCountedAhead, isTimedAhead, type FunnelOptions} from "./askFunnel.js";
import {biggestLeak} from "./compare.js";
import type {FunnelChoices} from "./plan.js";

export interface FunnelQuestion {
  readonly id: string;
  readonly choices: FunnelChoices;
  /** Also tell how long the steps took. */
  readonly times?: true;
  /** Also list those who got to a step and no further: at most `limit`; of the step after which most is lost where none of the funnel is named. */
  readonly dropped?: {readonly step?: string; readonly limit: number};
}

/** One who got to a step and no further, with the id that its CRM knows it by; null where ids are not published. */
export interface DroppedRecord extends DroppedEntry {
  readonly record: string | null;
}

/** Those who got to a step and no further. */
export interface DroppedList {
  readonly step: string;
  /** How many there are in all. */
  readonly count: number;
  /** The largest value first. */
  readonly entries: readonly DroppedRecord[];
}

export interface FunnelTold extends FunnelCounts {
  /** Of all by pair of steps, of members from the first step to the last; absent where it was not asked for. */
  readonly times?: readonly FunnelTimes[];
  readonly histogram?: readonly FunnelBin[];
  /** Null where nobody dropped out, or small groups have no numbers; absent where it was not asked for. */
  readonly dropped?: DroppedList | null;
}

/** Returns a text that is equal for questions with the same answer. */
export function funnelKey({id, choices, times, dropped}: FunnelQuestion): string {
  const {period, filters, by, mode, window, repeat, credit} = choices;
  return JSON.stringify([id, period, tidyFilters(filters ?? []).map((filter) => [filter.dimension, filter.values]), by ?? 0, mode ?? 0, window === undefined ? -1 : window, repeat ?? 0, credit ?? 0, times ? 1 : 0, dropped ? [dropped.step ?? 0, dropped.limit] : 0]);
}

/** Events of a funnel from which on looking at entries is felt. */
const felt = 100_000;

/** Events of a funnel from which on to follow each of them takes seconds: of a million opportunities a minute for each choice, and much memory. */
export const manyEvents = 200_000;

/** Why an answer takes its time: every event is followed, every entry is looked at, or the few entries that counts made beforehand point at. */
export type Slowness = "events" | "entries" | "lookup";

/** Returns why the answer may take its time; undefined where it does not. */
export function slowness(question: FunnelQuestion, manifest: Manifest): Slowness | undefined {
  const {id, choices, times, dropped} = question;
  const mart = funnelMart[findFunnel(id, manifest).entity];
  if (!manifest.marts.some(({name, rows}) => name === mart && rows >= felt)) return undefined;
  if (eventsFollowed(question, manifest) >= manyEvents) return "events";
  if (!isCountedAhead(id, choices, manifest) || (times !== undefined && !isTimedAhead(id, choices, manifest))) return "entries";
  return times !== undefined || dropped !== undefined ? "lookup" : undefined;
}

/**
 * Returns how many events are gone through for the answer: none where walks or counts made beforehand have it. Who is credited
 * at a later step has the dimensions of an event: all are gone through for them. Throws a QuestionError as askFunnel does.
 */
export function eventsFollowed({id, choices, times, dropped}: FunnelQuestion, manifest: Manifest): number {
  const needed = eventsNeeded(id, choices, manifest);
  if (needed === undefined || (isCountedAhead(id, choices, manifest) && times === undefined && (dropped === undefined || needed === "find"))) return 0;
  const mart = funnelMart[findFunnel(id, manifest).entity];
  return manifest.marts.find(({name}) => name === mart)?.rows ?? 0;
}

/** Returns the answers, in order; what several questions ask alike is asked once. Throws a QuestionError as askFunnel and askDropped do. */
export const askFunnels = (questions: readonly FunnelQuestion[], options: FunnelOptions): Promise<FunnelTold[]> => Promise.all(askEachFunnel(questions, options));

/** Returns what askFunnels returns, each answer as soon as it is there. */
export function askEachFunnel(questions: readonly FunnelQuestion[], options: FunnelOptions): Promise<FunnelTold>[] {
  const [counts, times] = [once<FunnelCounts>(), once<Pick<FunnelAnswer, "times" | "histogram">>()];
  return questions.map(async ({id, choices, times: timed, dropped}): Promise<FunnelTold> => {
    const key = funnelKey({id, choices});
    const counted = counts(key, () => askCounts(id, choices, options));
    const [answer, taken] = await Promise.all([counted, timed && times(key, () => askTimes(id, choices, options, counted, "whole"))]);
    return {...answer, ...(taken && shownTimes(taken, answer)), ...(dropped && {dropped: await listOf({id, choices, dropped}, answer, options)})};
  });
}

const shownTimes = ({times, histogram}: Pick<FunnelAnswer, "times" | "histogram">, {funnel}: FunnelCounts): Pick<FunnelAnswer, "times" | "histogram"> =>
  ({times: times.filter(({total, from, to}) => total || (from === 0 && to === funnel.steps.length - 1)), histogram});

async function listOf({id, choices, dropped: {step: wanted, limit}}: Required<Omit<FunnelQuestion, "times">>, {rows, funnel}: FunnelCounts, options: FunnelOptions): Promise<DroppedList | null> {
  const total = rows.find((row) => row.total && !row.suppressed);
  const step = funnel.steps.some((one) => one.id === wanted) ? wanted : total && biggestLeak(total)?.id;
  if (!total || step === undefined || options.manifest.minGroup !== undefined) return null;
  const {count, entries} = await askDropped(id, step, choices, options, limit);
  const records = await recordIds(funnelMart[funnel.entity], "entity", entries.map((entry) => entry.entity), options);
  return {step, count, entries: entries.map((entry) => ({...entry, record: records.get(entry.entity) ?? null}))};
}
