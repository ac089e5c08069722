// The statements that answer a metric, without running them.

import type {Metric} from "../../src/metrics/define.js";
import {ask} from "../../src/query/ask.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Run, Statement} from "../../src/query/question.js";

/** Returns what answers the metric from the records in one period, goals left out; none where the report lacks its data. */
export async function statementsOf({id}: Metric, period: string, manifest: Manifest, catalogue: readonly Metric[]): Promise<Statement[]> {
  const heard: Statement[] = [];
  const listen: Run = async ({sql, params}) => {
    if (!sql.includes("fct_target")) heard.push({sql: sql.trim(), params});
    return [];
  };
  await ask({metrics: [id], period}, {manifest: {...manifest, cubes: []}, run: listen, catalogue});
  return heard;
}
