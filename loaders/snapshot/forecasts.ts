// What the report forecast of the month that follows, as its first day ended: kept with the month that is frozen, and held
// against what was won once that month is over. Never made again.

import {Temporal} from "temporal-polyfill";
import type {Metric} from "../../src/metrics/define.js";
import {forecastWays} from "../../src/query/archive.js";
import {askMany} from "../../src/query/ask.js";
import {missingData} from "../../src/query/catalogue.js";
import type {Manifest} from "../../src/query/manifest.js";
import {mostMemory, openBuilt} from "../native.js";
import {rebuildData, type RebuildEffects} from "./rebuild.js";

/** forecasts.json. */
export interface FrozenForecasts {
  /** First day of the month that is forecast: what was known at its end. */
  readonly asOf: string;
  readonly period: string;
  /** By way to forecast; null where it has no value. One without its data is absent. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** Returns the ways to forecast that the report has the data for. */
const waysOf = (manifest: Manifest, catalogue: readonly Metric[]): string[] => forecastWays.filter((id) => catalogue.some((metric) => metric.id === id && missingData(metric, manifest) === null));

/**
 * Builds the data of a month's inputs once more, as of the first day after it, and returns what the report forecasts of
 * the month that begins then; null where it has no data for any forecast. `frozen` describes the month's own build.
 */
export async function frozenForecasts(inputs: string, frozen: Manifest, effects: RebuildEffects): Promise<FrozenForecasts | null> {
  if (waysOf(frozen, effects.catalogue(frozen)).length === 0) return null;
  const first = Temporal.PlainDate.from(frozen.asOf).add({days: 1});
  const {built, manifest} = await rebuildData(inputs, effects, {as_of: first.toString()});
  const {run, close} = await openBuilt(built, {memory: "1300MB", most: mostMemory});
  try {
    const catalogue = effects.catalogue(manifest);
    const metrics = waysOf(manifest, catalogue);
    const period = first.toPlainYearMonth().toString();
    const [answer] = await askMany([{metrics, period}], {manifest, run, catalogue});
    const rows = answer!.rows.filter(({role, total}) => role === "current" && total);
    return {asOf: first.toString(), period, values: Object.fromEntries(rows.map(({metric, value}) => [metric, value]))};
  } finally {
    close();
  }
}
