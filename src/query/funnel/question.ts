// What a page asks of a funnel: its numbers, and beside them a list of those who dropped out where one is wanted.

import {funnelMart, type FunnelEntity} from "../../metrics/funnel.js";
import {idsOf} from "../manifest.js";
import {identifier, integer, join, sql} from "../sql.js";
import {tidyFilters} from "../state.js";
import type {DroppedEntry, FunnelAnswer} from "./answer.js";
import {askDropped, askFunnel, type FunnelOptions} from "./askFunnel.js";
import {biggestLeak} from "./compare.js";
import type {FunnelChoices} from "./plan.js";

export interface FunnelQuestion {
  readonly id: string;
  readonly choices: FunnelChoices;
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

export interface FunnelTold extends FunnelAnswer {
  /** Null where nobody dropped out, or small groups have no numbers; absent where it was not asked for. */
  readonly dropped?: DroppedList | null;
}

/** Returns a text that is equal for questions with the same answer. */
export function funnelKey({id, choices, dropped}: FunnelQuestion): string {
  const {period, filters, by, mode, window, repeat, credit} = choices;
  return JSON.stringify([id, period, tidyFilters(filters ?? []).map((filter) => [filter.dimension, filter.values]), by ?? 0, mode ?? 0, window === undefined ? -1 : window, repeat ?? 0, credit ?? 0, dropped ? [dropped.step ?? 0, dropped.limit] : 0]);
}

/**
 * Returns the answers, in order; questions that differ in their list alone are counted once. Throws a QuestionError as
 * askFunnel and askDropped do.
 */
export function askFunnels(questions: readonly FunnelQuestion[], options: FunnelOptions): Promise<FunnelTold[]> {
  const asked = new Map<string, Promise<FunnelAnswer>>();
  return Promise.all(questions.map(async ({id, choices, dropped}): Promise<FunnelTold> => {
    const key = funnelKey({id, choices});
    if (!asked.has(key)) asked.set(key, askFunnel(id, choices, options));
    const answer = await asked.get(key)!;
    return dropped ? {...answer, dropped: await listOf({id, choices, dropped}, answer, options)} : answer;
  }));
}

async function listOf({id, choices, dropped: {step: wanted, limit}}: Required<FunnelQuestion>, {rows, funnel}: FunnelAnswer, options: FunnelOptions): Promise<DroppedList | null> {
  const total = rows.find((row) => row.total && !row.suppressed);
  const step = funnel.steps.some((one) => one.id === wanted) ? wanted : total && biggestLeak(total)?.id;
  if (!total || step === undefined || options.manifest.minGroup !== undefined) return null;
  const {count, entries} = await askDropped(id, step, choices, options, limit);
  const records = await recordsOf(funnel.entity, entries, options);
  return {step, count, entries: entries.map((entry) => ({...entry, record: records.get(entry.entity) ?? null}))};
}

/** Returns the CRM's ids by the number of the entity; they stand beside the mart, row by row. */
async function recordsOf(entity: FunnelEntity, entries: readonly DroppedEntry[], {manifest, run}: FunnelOptions): Promise<Map<number, string>> {
  const mart = funnelMart[entity];
  if (entries.length === 0 || manifest.records?.[mart] === undefined) return new Map();
  const {text, params} = sql`select cast(entity as double) as entity, min(record_id) as record
from (select f.entity, i.record_id from ${identifier(mart)} as f positional join ${identifier(idsOf(mart))} as i)
where entity in (${join(entries.map((one) => integer(one.entity)))}) group by entity`;
  return new Map((await run({sql: text, params})).map((row) => [Number(row.entity), String(row.record)]));
}
