// Who is in a segment: what to do with them, the first of them, the file of all.

import {csvText, type CsvValue} from "../../format/csv.js";
import {plainText} from "../../format/text.js";
import type {RfmList, RfmTold} from "../../query/rfm/question.js";
import {countText} from "../countText.js";
import {element} from "../element.js";
import {emptyState} from "../emptyState.js";
import {saveButton} from "../saveButton.js";
import {type TableCell, table} from "../table.js";
import {rfmNotes, rfmSubtitle, segmentName, type RfmOptions} from "./rfmSegments.js";

export interface RfmMembersOptions extends RfmOptions {
  /** Spelling of the reader's pick, where one was made: taking it back shows the usual segment. */
  readonly picked?: string;
  /** Hands the reader all of the list as a file; absent where no script runs. */
  readonly save?: () => void;
}

/** Returns the list; a note in its place where there is none. */
export function rfmMembers(told: RfmTold, list: RfmList | null, options: RfmMembersOptions): HTMLElement {
  const {format, document, heading = "h3", picked, save} = options;
  if (!list) return emptyState({why: "no_rows", ...(told.segments.length > 0 && {detail: format.reason("suppressed")}), format, document});
  const back = picked !== undefined && element(document, "p", {class: "qd-save"}, element(document, "button", {type: "button", class: "qd-pick qd-clear", "data-pick": picked}, format.message("rfm.members.clear")));
  const notes = rfmNotes(told, options);
  return element(
    document,
    "figure",
    {class: "qd-chart qd-dropped"},
    element(
      document,
      "figcaption",
      {},
      element(document, heading, {class: "qd-finding"}, format.message("rfm.members.finding", {count: list.count, segment: segmentName(list.segment, {format})})),
      element(document, "p", {class: "qd-subtitle"}, `${format.message(`rfm.segment.${list.segment}.do`)} · ${rfmSubtitle(told, {format})}`)
    ),
    list.entries.length > 0 && listTable(list, options),
    element(document, "p", {class: "qd-caveats"}, [format.message("rfm.members.note"), ...notes].join(" · ")),
    save && list.entries.length > 0 && saveButton(format.message("rfm.members.save", {count: list.count}), save, document),
    back
  );
}

const headingOf = ({entries}: RfmList, {format}: Pick<RfmOptions, "format">): string => format.message(entries.some(({record}) => record !== null) ? "rfm.members.record" : "rfm.members.customer");
const labels = ({format}: Pick<RfmOptions, "format">) => ["recency", "frequency", "value"].map((key) => format.message(`rfm.members.${key}`));

function listTable(list: RfmList, {format, document}: RfmOptions): HTMLElement {
  const units = [undefined, undefined, format.unit("currency")];
  return table(
    {
      caption: format.message("rfm.members.caption", {shown: list.entries.length, count: list.count}),
      columns: [{label: headingOf(list, {format})}, ...labels({format}).map((label, k) => ({label, numeric: true, ...(units[k] && {unit: units[k]!})}))],
      rows: list.entries.map(({customer, record, recency, frequency, value}): TableCell[] => [
        record === null ? {text: countText(customer, {format}), sort: customer} : {text: plainText(record)},
        {text: countText(recency, {format}), sort: recency}, {text: countText(frequency, {format}), sort: frequency},
        {text: format.value(value, "currency", {precise: true, bare: true}), sort: value}
      ])
    },
    {format, document}
  );
}

/** Returns the list as CSV, the value unrounded; nothing that a spreadsheet would run. */
export function rfmCsv(list: RfmList, {format}: Pick<RfmOptions, "format">): string {
  return csvText([headingOf(list, {format}), ...labels({format})], list.entries.map(({customer, record, recency, frequency, value}): CsvValue[] => [record ?? customer, recency, frequency, value]));
}
