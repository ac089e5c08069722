// What report.yaml says of single KPIs, of the customers' health and of what no data hold.

import type {CrmGain} from "../../src/metrics/sellingCost.js";
import {healthRules, type HealthRules} from "../../src/metrics/health.js";
import {metrics} from "../../src/metrics/index.js";
import {variantsOf} from "../../src/query/variants.js";
import {nearest} from "./problems.js";
import type {Reading} from "./reading.js";
import type {SettingsDocument} from "./schema.js";

/** Returns windows and variants by KPI. A window is for a KPI that has one, a variant for one that has several definitions. */
export function singleMetrics({metrics: written}: SettingsDocument, {file, lineOf, found}: Reading): {readonly windows: Readonly<Record<string, number | null>>; readonly variants: Readonly<Record<string, string>>} {
  const timed = metrics.filter(({type}) => type === "conversion").map(({id}) => id);
  const several = new Set(metrics.flatMap(({variantOf}) => variantOf ?? []));
  const windows: Record<string, number | null> = {};
  const variants: Record<string, string> = {};
  for (const [id, {window, variant}] of Object.entries(written)) {
    const fault = (key: string, value: string, expected: string, allowed: readonly string[]) =>
      found.push({code: "unknown_key", file, line: lineOf(["metrics", id]), key, value, expected, allowed, nearest: nearest(value, allowed)});
    if (window !== undefined && !timed.includes(id)) fault(`metrics.${id}`, id, "a KPI that has a window", timed);
    else if (window !== undefined) windows[id] = window === "none" ? null : parseInt(window, 10);
    const known = variantsOf(id, metrics).flatMap((metric) => metric.variant ?? []);
    if (variant !== undefined && known.length === 0) fault(`metrics.${id}`, id, "a KPI that has variants", [...several]);
    else if (variant !== undefined && !known.includes(variant)) fault(`metrics.${id}.variant`, variant, "one of its variants", known);
    else if (variant !== undefined) variants[id] = variant;
  }
  return {windows, variants};
}

/** Returns weights and bands, the declared ones where the file says nothing. */
export function health({health: written}: SettingsDocument, {file, lineOf, found}: Reading): HealthRules {
  const weights = {...healthRules.weights, ...written?.weights};
  const bands = {...healthRules.bands, ...written?.bands};
  if (Object.values(weights).every((weight) => weight === 0)) found.push({code: "wrong_value", file, line: lineOf(["health", "weights"]), key: "health.weights", value: "0", expected: "at least one weight above 0"});
  if (bands.amber > bands.green) found.push({code: "wrong_value", file, line: lineOf(["health", "bands"]), key: "health.bands.amber", value: String(bands.amber), expected: `at most ${bands.green}, where green begins`});
  return {weights, bands};
}

/** Returns what the CRM is taken to gain; null where nobody has said. */
export function crmGain({assumptions: {crm_gain: written}}: SettingsDocument, {file, lineOf, found}: Reading): CrmGain | null {
  if (!written) return null;
  const {low, base, high} = written;
  if (low > base || base > high) found.push({code: "wrong_value", file, line: lineOf(["assumptions", "crm_gain"]), key: "assumptions.crm_gain", value: `${low}, ${base}, ${high}`, expected: "low, base and high in rising order"});
  return written;
}
