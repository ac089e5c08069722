// <kpi-rfm-members rows="10"></kpi-rfm-members>: who is in a segment: that which the reader picks, else the customers most worth winning back.

import {rfmCsv, rfmMembers} from "../components/customers/rfmMembers.js";
import {printPick} from "../components/pick.js";
import {rfmMart} from "../metrics/rfm.js";
import {segmentKey, type ReaderState} from "../query/state.js";
import {toldOf, type StudyQuestion} from "../query/studies.js";
import {count, optional} from "./attributes.js";
import {defineElement, periodOf, type ReportContext} from "./definition.js";
import {download} from "./download.js";
import {hasOrders, noOrders, rfmLook} from "./rfm.js";

/** Most lines of a file. */
const mostSaved = 100_000;

const membersStudy = ({filters, rfm}: ReaderState, context: ReportContext, limit: number): StudyQuestion[] =>
  (hasOrders(context, rfmMart) ? [{study: "rfm", question: {filters, members: {limit, ...(rfm && {segment: rfm})}}}] : []);

export const kpiRfmMembersElement = defineElement({
  name: "kpi-rfm-members",
  attributes: {rows: optional(count(100))},
  questions: () => [],
  studies: ({rows = 10}, state, context) => membersStudy(state, context, rows),
  marked: (_attributes, state, context) => [String(periodOf(state, context).grain === "all"), state.rfm ?? null],
  render(_answers, _attributes, state, context, _funnels, studied) {
    const [told] = toldOf("rfm", studied);
    if (!told) return noOrders(context);
    const {document, format, askStudies, onFailure} = context;
    const {members = null} = told;
    const save = askStudies && (async () => {
      const [all] = toldOf("rfm", await askStudies(membersStudy(state, context, mostSaved)));
      download(document, `${all!.members!.segment}.csv`, new Blob([rfmCsv(all!.members!, {format})], {type: "text/csv"}));
    });
    return rfmMembers(told, members, {...rfmLook(state, context), ...(state.rfm && {picked: printPick(segmentKey, state.rfm)}), ...(save && {save: () => void save().catch(onFailure)})});
  }
});
