// Which of a period's new customers have been watched for a year, and what they cost is known of.

import {parsePeriod} from "../calendar.js";
import type {Manifest} from "../manifest.js";

/** Days for which a customer's first profit is counted. */
export const maturedAfter = 365;

/** First profit of customers, and what they cost: mean, cost of one, their ratio, and months until it is brought back. */
export const maturedMetrics = {profit: "clv_historic", cost: "cac", ratio: "clv_to_cac_matured", payback: "cac_payback_months_matured"} as const;

const costDay = "fct_acquisition_cost.date";

/**
 * Returns the key of the part of a period whose customers are at least a year old and whose cost the data know; null where there is no
 * such day. Customers won before the first known cost would make the others look cheap.
 */
export function maturedPeriod(key: string, manifest: Pick<Manifest, "asOf" | "firstDay" | "firstDays" | "calendar">): string | null {
  const period = parsePeriod(key, manifest);
  const last = new Date(Date.parse(manifest.asOf) - maturedAfter * 86_400_000).toISOString().slice(0, 10);
  const known = manifest.firstDays?.[costDay] ?? period.start;
  const [from, to] = [period.start > known ? period.start : known, period.census < last ? period.census : last];
  if (from > to) return null;
  return from === period.start && to === period.census && !period.part ? period.key : `${from}..${to}`;
}
