// The stages of all sources in one order, as the table stage_map.

import type {Native} from "../native.js";
import {stagesOf} from "./feeds.js";
import type {Input} from "./inputs.js";

export interface StageEntry {
  readonly stage: string;
  readonly state: "open" | "won" | "lost";
  /** Place in the pipeline, from 1; won and lost come after the open ones. */
  readonly rank: number;
  /** Chance to win, 0–1. */
  readonly probability: number | null;
}

/** Fills stage_map from the stages of the files that have one, and returns it. Of a stage named twice the first counts. */
export async function createStageMap(native: Native, inputs: readonly Input[]): Promise<StageEntry[]> {
  const staged = inputs.filter(({mapping, columns}) => columns["stage"] && mapping.table !== "lead");
  const entries = new Map<string, Omit<StageEntry, "rank">>();
  for (const input of staged) {
    const {open, won, lost} = stagesOf(input);
    for (const [state, names] of [["open", open], ["won", won], ["lost", lost]] as const) {
      for (const stage of names) {
        if (!entries.has(stage)) entries.set(stage, {stage, state, probability: input.source.probability[stage] ?? (state === "won" ? 1 : state === "lost" ? 0 : null)});
      }
    }
  }
  const order = ["open", "won", "lost"];
  const stages = [...entries.values()].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)).map((entry, index) => ({...entry, rank: index + 1}));
  for (const {stage, state, rank, probability} of stages) await native.exec("insert into stage_map values (?, ?, ?, ?)", [stage, state, rank, probability]);
  return stages;
}
