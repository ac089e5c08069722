// Which KPIs have goals.

import type {Metric} from "../src/metrics/define.js";
import type {Manifest} from "../src/query/manifest.js";
import type {Run} from "../src/query/question.js";
import {isListed} from "../src/query/variants.js";

export interface AimedReport {
  readonly manifest: Pick<Manifest, "marts">;
  readonly run: Run;
  readonly catalogue: readonly Metric[];
}

/** Returns the KPIs that have goals in the report, in reading order. */
export async function aimedMetrics({manifest, run, catalogue}: AimedReport): Promise<string[]> {
  const stored = manifest.marts.some(({name}) => name === "fct_target");
  const rows = stored ? await run({sql: "select distinct metric from fct_target", params: []}) : [];
  const aimed = new Set(rows.map(({metric}) => String(metric)));
  return catalogue.filter((metric) => isListed(metric) && aimed.has(metric.id)).map(({id}) => id);
}
