// Which of a reader's filters the rows of a mart know of.

import type {DimensionId} from "../metrics/define.js";
import {checkDimensions} from "./filters.js";
import type {Manifest} from "./manifest.js";
import type {Filter} from "./question.js";

/** Returns the filters whose dimension the mart has as a column, and the dimensions of the others. Throws a QuestionError for a dimension or member that the report does not know. */
export function carriedFilters(mart: string, filters: readonly Filter[], {marts, dimensions}: Pick<Manifest, "marts" | "dimensions">): {readonly filters: readonly Filter[]; readonly notApplied: readonly DimensionId[]} {
  checkDimensions({filters}, dimensions);
  const columns = marts.find(({name}) => name === mart)?.columns.map(({name}) => name) ?? [];
  const chosen = filters.filter(({values}) => values.length > 0);
  return {
    filters: chosen.filter(({dimension}) => columns.includes(dimension)),
    notApplied: [...new Set(chosen.map(({dimension}) => dimension).filter((dimension) => !columns.includes(dimension)))]
  };
}
