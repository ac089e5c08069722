// Target numbers in the terminal: `npm run kpi -- target_attainment --of revenue_won --by team`.

import type {Metric} from "../../src/metrics/define.js";
import {targetMetrics, type TargetMetric} from "../../src/metrics/targets.js";
import {askMany} from "../../src/query/ask.js";
import {readTargets, targetQuestions, type TargetReading} from "../../src/query/explain/targetNumbers.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Answer, Question, Run} from "../../src/query/question.js";
import {QuestionError} from "../../src/query/questionError.js";
import {aimedMetrics} from "../aimed.js";

interface Report {
  readonly manifest: Manifest;
  readonly run: Run;
  readonly catalogue: readonly Metric[];
}

/** A KPI's numbers with its goals. */
export interface AskedTargets {
  /** Id of the KPI whose goals these are. */
  readonly of: string;
  readonly answer: Answer;
  readonly readings: readonly TargetReading[];
}

/** Returns the target number of that id, or undefined. */
export const findTarget = (id: string): TargetMetric | undefined => targetMetrics.find((metric) => metric.id === id);

/** Returns the KPIs that have goals in the report, in reading order. Throws a QuestionError where none has. */
export async function anyAimed(report: Report): Promise<string[]> {
  const found = await aimedMetrics(report);
  if (found.length === 0) throw new QuestionError({code: "no_targets", value: "", message: "no KPI of this report has a target. Feed the table target, or name a KPI with --of"});
  return found;
}

/** Returns the numbers of each KPI with their goals; `asked` is the question without its metrics. */
export async function askTargets(kpis: readonly string[], asked: Omit<Question, "metrics">, report: Report): Promise<AskedTargets[]> {
  const sets = kpis.map((of) => ({of, question: {...asked, metrics: [of]}}));
  const questions = sets.map(({question}) => targetQuestions(question, report.manifest));
  const answers = await askMany(questions.flat(), report);
  let next = 0;
  return sets.map(({of, question}, k) => {
    const own = answers.slice(next, (next += questions[k]!.length));
    return {of, answer: own[0]!, readings: readTargets(own, question, report.catalogue)};
  });
}
