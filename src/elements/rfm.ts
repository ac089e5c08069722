// What the elements of segments and concentration share.

import {emptyState} from "../components/emptyState.js";
import {rfmNeeds} from "../metrics/rfm.js";
import type {RfmOptions} from "../components/customers/rfmSegments.js";
import type {ReaderState} from "../query/state.js";
import {periodOf, type ReportContext} from "./definition.js";

/** Whether the orders that tell of customers are in the data. */
export const hasOrders = ({manifest: {fed, marts}}: Pick<ReportContext, "manifest">, mart: string): boolean => rfmNeeds.every((column) => fed.includes(column)) && marts.some(({name}) => name === mart);

/** Returns the note that says which columns would fill the element. */
export function noOrders({manifest: {withheld = []}, format, document}: ReportContext): HTMLElement {
  const absent = rfmNeeds.filter((column) => withheld.includes(column));
  return emptyState({why: absent.length > 0 ? "not_published" : "not_in_data", columns: absent.length > 0 ? absent : rfmNeeds, format, document});
}

/** Returns what every view of the segments is given beside its answer. */
export const rfmLook = (state: ReaderState, context: ReportContext): RfmOptions => ({
  format: context.format, document: context.document, heading: "h3", interactive: context.onChange !== undefined, hasPeriod: periodOf(state, context).grain !== "all",
  ...(context.room && {room: context.room})
});
