// Which KPIs stand beside the frozen months, and what asks for them.

import type {Archive} from "./manifest.js";
import type {Question} from "./question.js";

/** Those that the overview begins with; a report without their data shows none of them. */
export const archiveKpis = ["revenue_won", "win_rate", "open_pipeline", "new_leads"] as const;

/** Returns the KPIs of which any frozen month tells a number. */
export const archived = ({months}: Archive): string[] => archiveKpis.filter((id) => months.some(({values}) => values[id] !== undefined));

/** Returns what the report says now of the frozen months: a question for each month. */
export function archiveQuestions(archive: Archive): Question[] {
  const metrics = archived(archive);
  return metrics.length === 0 ? [] : [...new Set(archive.months.map(({month}) => month))].map((period) => ({metrics, period}));
}

/** Ways to forecast that are kept with each month; the run rate says nothing on a month's first day. */
export const forecastWays = ["forecast", "forecast_stage_history_in_period", "forecast_commit", "forecast_best_case", "forecast_pipeline"] as const;

/** Returns what was won in the months that were forecast: a question for each that has begun. */
export function forecastQuestions({forecasts = []}: Archive, asOf: string): Question[] {
  return forecasts.filter(({statedOn}) => statedOn <= asOf).map(({period}) => ({metrics: ["revenue_won"], period}));
}
