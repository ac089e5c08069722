// Which actions and events belong to what an element shows.

import type {Action} from "../query/manifest.js";
import type {Question} from "../query/question.js";
import {chosenId} from "../query/variants.js";
import {findMetric} from "../query/catalogue.js";
import type {Happened} from "../components/timeNotes.js";
import type {ReportContext} from "./definition.js";

/** Returns the actions to draw on a KPI's course: those for the whole, or for the one segment that the filters name. */
export function actionsOn(metric: string, filters: Question["filters"], {manifest, catalogue}: ReportContext): Action[] {
  const [only] = filters ?? [];
  const narrowed = (filters ?? []).length;
  return (manifest.actions ?? []).filter(({fault, metric: id, segment}) =>
    fault === undefined && chosenId(id, manifest, catalogue) === metric &&
    (segment === null ? narrowed === 0 : narrowed === 1 && only!.dimension === segment.dimension && only!.values.length === 1 && only!.values[0] === segment.value));
}

/** Returns what is drawn on a KPI's axis of time: its actions, the company's events, and the day from which its definition is another. */
export function happenedTo(metric: string, filters: Question["filters"], context: ReportContext): Happened {
  const {version, since} = findMetric(metric, context.catalogue);
  const redefined = version > 1 ? [{date: since, label: context.format.message("events.definition", {version})}] : [];
  return {actions: actionsOn(metric, filters, context), events: [...(context.manifest.events ?? []), ...redefined]};
}
