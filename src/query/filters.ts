// What a reader picked and wants broken down, checked against what the report has.

import type {DimensionId, Metric} from "../metrics/define.js";
import {dimensionApplies, shippedDimensions} from "./catalogue.js";
import type {DimensionInfo} from "./manifest.js";
import type {Filter, Question} from "./question.js";
import {QuestionError} from "./questionError.js";

/** How a question's dimensions bear on one metric. */
export interface Scope {
  readonly by: readonly DimensionId[];
  readonly filters: readonly Filter[];
  /** Asked for, but the metric does not have it. */
  readonly notApplied: readonly DimensionId[];
}

/**
 * Throws when a question names a dimension that neither the product nor the report knows, a member that the data does
 * not have, or one breakdown twice. A shipped dimension that this report's data never fills is no error: it applies to
 * nothing.
 */
export function checkDimensions({by = [], filters = []}: Pick<Question, "by" | "filters">, dimensions: readonly DimensionInfo[]): void {
  const known = dimensions.map(({id}) => id);
  for (const dimension of [...by, ...filters.map((filter) => filter.dimension)])
    if (!known.includes(dimension) && !shippedDimensions.includes(dimension))
      throw new QuestionError({code: "unknown_dimension", value: dimension, message: `unknown dimension: ${JSON.stringify(dimension)}`, allowed: known});
  const twice = by.find((dimension, k) => by.indexOf(dimension) !== k);
  if (twice !== undefined)
    throw new QuestionError({code: "repeated_dimension", value: twice, message: `breakdown by ${JSON.stringify(twice)} is asked twice`});
  for (const {dimension, values} of filters) {
    const members = dimensions.find(({id}) => id === dimension)?.members;
    const stranger = members && values.find((value) => !members.includes(value));
    if (stranger === undefined) continue;
    throw new QuestionError({
      code: "unknown_member", value: stranger ?? "null", allowed: (members ?? []).map((member) => member ?? "null"),
      message: stranger === null ? `no record is without ${dimension}` : `unknown ${dimension}: ${JSON.stringify(stranger)}`
    });
  }
}

/** Returns the breakdown and filters that apply to the metric. A breakdown applies whole or not at all. */
export function scopeOf(metric: Metric, {by = [], filters = []}: Pick<Question, "by" | "filters">, dimensions: readonly DimensionInfo[]): Scope {
  const applies = (dimension: DimensionId) => dimensionApplies(metric, dimension, dimensions);
  const picked = filters.filter(({values}) => values.length > 0);
  const missed = [...by, ...picked.map(({dimension}) => dimension)].filter((dimension) => !applies(dimension));
  return {
    by: by.every(applies) ? by : [],
    filters: picked.filter(({dimension}) => applies(dimension)),
    notApplied: [...new Set(missed)]
  };
}
