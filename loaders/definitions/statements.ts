// The statements that answer a metric, without running them.

import type {Metric} from "../../src/metrics/define.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Statement} from "../../src/query/question.js";
import {statementsFor} from "../../src/query/statementsFor.js";

/** Returns what answers the metric from the records in one period, goals left out; none where the report lacks its data. */
export const statementsOf = ({id}: Metric, period: string, manifest: Manifest, catalogue: readonly Metric[]): Promise<Statement[]> =>
  statementsFor({metrics: [id], period}, {manifest, catalogue});
