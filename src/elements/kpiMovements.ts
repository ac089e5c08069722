// <kpi-movements rows="15"></kpi-movements>: the customers behind the waterfall of recurring revenue, largest difference first.

import {movementList, movementsCsv} from "../components/churn/movementList.js";
import {emptyState} from "../components/emptyState.js";
import {mrrStart} from "../metrics/subscriptions.js";
import {missingData} from "../query/catalogue.js";
import type {ReaderState} from "../query/state.js";
import {toldOf, type StudyQuestion} from "../query/studies.js";
import {count, optional} from "./attributes.js";
import {defineElement, periodOf, type ReportContext} from "./definition.js";
import {download} from "./download.js";

/** Most lines of a file. */
const mostSaved = 100_000;

const movementsStudy = (state: ReaderState, context: ReportContext, limit: number): StudyQuestion[] =>
  (missingData(mrrStart, context.manifest) ? [] : [{study: "movements", question: {period: periodOf(state, context).key, filters: state.filters, limit}}]);

export const kpiMovementsElement = defineElement({
  name: "kpi-movements",
  attributes: {rows: optional(count(200))},
  questions: () => [],
  studies: ({rows = 15}, state, context) => movementsStudy(state, context, rows),
  render(_answers, _attributes, state, context, _funnels, studied) {
    const {document, format, manifest, askStudies, onFailure} = context;
    const [told] = toldOf("movements", studied);
    if (!told) return emptyState({...missingData(mrrStart, manifest)!, format, document});
    const save = askStudies && (async () => {
      const [all] = toldOf("movements", await askStudies(movementsStudy(state, context, mostSaved)));
      download(document, `movements-${told.period.key}.csv`, new Blob([movementsCsv(all!, {format})], {type: "text/csv"}));
    });
    return movementList(told, {format, document, heading: "h3", ...(save && {save: () => void save().catch(onFailure)})});
  }
});
