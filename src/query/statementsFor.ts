// The statements that answer a question, without running them.

import type {Metric} from "../metrics/define.js";
import {ask} from "./ask.js";
import type {Manifest} from "./manifest.js";
import type {Question, Run, Statement} from "./question.js";

/** Returns what answers the question from the records, goals left out; none where the report lacks the data. */
export async function statementsFor(question: Question, {manifest, catalogue}: {readonly manifest: Manifest; readonly catalogue: readonly Metric[]}): Promise<Statement[]> {
  const heard: Statement[] = [];
  const listen: Run = async ({sql, params}) => {
    if (!sql.includes("fct_target")) heard.push({sql: sql.trim(), params});
    return [];
  };
  await ask(question, {manifest: {...manifest, cubes: []}, run: listen, catalogue});
  return heard;
}
