// Which actions belong to what an element shows.

import type {Action} from "../query/manifest.js";
import type {Question} from "../query/question.js";
import {chosenId} from "../query/variants.js";
import type {ReportContext} from "./definition.js";

/** Returns the actions to draw on a KPI's course: those for the whole, or for the one segment that the filters name. */
export function actionsOn(metric: string, filters: Question["filters"], {manifest, catalogue}: ReportContext): Action[] {
  const [only] = filters ?? [];
  const narrowed = (filters ?? []).length;
  return (manifest.actions ?? []).filter(({fault, metric: id, segment}) =>
    fault === undefined && chosenId(id, manifest, catalogue) === metric &&
    (segment === null ? narrowed === 0 : narrowed === 1 && only!.dimension === segment.dimension && only!.values.length === 1 && only!.values[0] === segment.value));
}
