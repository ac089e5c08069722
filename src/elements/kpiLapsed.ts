// <kpi-lapsed show="log" rows="10"></kpi-lapsed>: customers without a contract who count as lost, and who of them came back.

import {lapsed, lapsedCsv, lapsedLog} from "../components/churn/lapsed.js";
import {emptyState} from "../components/emptyState.js";
import {buyersAtStart} from "../metrics/purchases.js";
import {missingData} from "../query/catalogue.js";
import type {ReaderState} from "../query/state.js";
import {toldOf, type StudyQuestion} from "../query/studies.js";
import {wilson} from "../query/wilson.js";
import {count, oneOf, optional} from "./attributes.js";
import {defineElement, periodOf, type ReportContext} from "./definition.js";
import {download} from "./download.js";

/** Most lines of a file. */
const mostSaved = 100_000;
const months = 12;
/** Customers below which a share is grey (kpi-formulas G5). */
const minN = 10;

const lapsedStudy = (state: ReaderState, context: ReportContext, limit: number): StudyQuestion[] =>
  (missingData(buyersAtStart, context.manifest) ? [] : [{study: "lapsed", question: {period: periodOf(state, context).key, months, filters: state.filters, limit}}]);

export const kpiLapsedElement = defineElement({
  name: "kpi-lapsed",
  attributes: {show: optional(oneOf("part", ["segments", "log"])), rows: optional(count(100))},
  questions: () => [],
  studies: ({rows = 10}, state, context) => lapsedStudy(state, context, rows),
  render(_answers, {show = "segments"}, state, context, _funnels, studied) {
    const {document, format, manifest, onChange, room, askStudies, onFailure} = context;
    const [told] = toldOf("lapsed", studied);
    if (!told) return emptyState({...missingData(buyersAtStart, manifest)!, format, document});
    const save = askStudies && (async () => {
      const [all] = toldOf("lapsed", await askStudies(lapsedStudy(state, context, mostSaved)));
      download(document, `lost-${told.days.end}.csv`, new Blob([lapsedCsv(all!, {format})], {type: "text/csv"}));
    });
    const options = {format, document, heading: "h3" as const, interactive: onChange !== undefined, minN, intervalOf: wilson, ...(room && {room}), ...(save && {save: () => void save().catch(onFailure)})};
    return show === "log" ? lapsedLog(told, options) : lapsed(told, options);
  }
});
