// The statements that answer questions, without running them.

import type {Metric} from "../metrics/define.js";
import {askMany} from "./ask.js";
import type {Manifest} from "./manifest.js";
import type {Question, Run, Statement} from "./question.js";

export interface StatementsOptions {
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
  /** Also what reads the goals that the numbers are held against. */
  readonly goals?: boolean;
}

/** Returns what answers the questions from the records, each statement once, those that read goals last; none where the report lacks the data. */
export async function statementsFor(questions: readonly Question[], {manifest, catalogue, goals = false}: StatementsOptions): Promise<Statement[]> {
  const heard: Statement[] = [];
  const listen: Run = async ({sql, params}) => {
    if (goals || !readsGoals({sql})) heard.push({sql: sql.trim(), params});
    return [];
  };
  await askMany(questions, {manifest: {...manifest, cubes: []}, run: listen, catalogue});
  return [...heard.filter((one) => !readsGoals(one)), ...heard.filter(readsGoals)];
}

/** Whether a statement reads goals. */
export const readsGoals = ({sql}: Pick<Statement, "sql">): boolean => sql.includes("fct_target");
