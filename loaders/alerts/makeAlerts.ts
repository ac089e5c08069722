// Rules and data to a report of alerts.

import {compareAlerts} from "./compare.js";
import {evaluateAlerts, type AlertData} from "./evaluate.js";
import type {AlertMemory, AlertReport, AlertRule} from "./rules.js";

/** What the last snapshot knew. */
export interface LastAlerts {
  readonly previous: string | null;
  readonly memory: readonly AlertMemory[];
}

/** Returns the alerts of a finished build, compared with those of the last snapshot. Throws what evaluateAlerts throws. */
export async function makeAlerts(rules: readonly AlertRule[], data: AlertData, {previous, memory}: LastAlerts): Promise<AlertReport> {
  const {asOf} = data.manifest;
  return {schema: "quarterdeck/alerts/1", asOf, previous, entries: compareAlerts({rules, findings: await evaluateAlerts(rules, data), memory, asOf})};
}
