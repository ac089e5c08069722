// Who is in a cell of the triangle: how many, who has left since, the first of them, the file of all.

import {csvText, type CsvValue} from "../../format/csv.js";
import {plainText} from "../../format/text.js";
import type {CohortAnswer, CohortCell, CohortLine, CohortList, CohortMember} from "../../query/cohort/answer.js";
import {element} from "../element.js";
import {emptyState} from "../emptyState.js";
import {saveButton} from "../saveButton.js";
import {type TableCell, table} from "../table.js";
import {ageName, cohortSubtitle, countText, lineName, noCohort, type CohortViewOptions} from "./frame.js";

export interface CohortMembersOptions extends CohortViewOptions {
  /** The cell that the list is of. */
  readonly place: {readonly line: CohortLine; readonly cell: CohortCell} | null;
  /** Spelling of the reader's pick, where one was made: taking it back shows the usual cell. */
  readonly picked?: string;
  /** Hands the reader all of the list as a file; absent where no script runs. */
  readonly save?: () => void;
}

/** Returns the list; a note in its place where there is none. */
export function cohortMembers(answer: CohortAnswer, list: CohortList | null, options: CohortMembersOptions): HTMLElement {
  const {format, document, heading = "h3", place, picked, save} = options;
  const empty = noCohort(answer, options);
  if (empty) return empty;
  if (!place || !list || list.count === 0) return emptyState({why: "no_rows", format, document});
  const {line, cell} = place;
  const name = lineName(answer, line, options);
  const age = ageName(answer, cell, {format});
  const back = picked !== undefined && element(document, "p", {class: "qd-save"}, element(document, "button", {type: "button", class: "qd-pick qd-clear", "data-pick": picked}, format.message("cohorts.members.clear")));
  return element(
    document,
    "figure",
    {class: "qd-chart qd-dropped"},
    element(
      document,
      "figcaption",
      {},
      element(document, heading, {class: "qd-finding"}, format.message("cohorts.members.finding", {count: list.count, left: list.left, cohort: name, age})),
      element(document, "p", {class: "qd-subtitle"}, cohortSubtitle(answer, {format}))
    ),
    listTable(list, format.message("cohorts.members.caption", {shown: list.entries.length, count: list.count}), options),
    element(document, "p", {class: "qd-caveats"}, format.message("cohorts.members.note")),
    save && saveButton(format.message("cohorts.members.save", {count: list.count}), save, document),
    back
  );
}

const headingOf = ({entries}: CohortList, {format}: Pick<CohortViewOptions, "format">): string => format.message(entries.some(({record}) => record !== null) ? "cohorts.members.record" : "cohorts.members.customer");
const stayText = ({hasLeft}: CohortMember, {format}: Pick<CohortViewOptions, "format">): string => format.message(hasLeft ? "cohorts.members.left" : "cohorts.members.still");

function listTable(list: CohortList, caption: string, options: CohortMembersOptions): HTMLElement {
  const {format, document} = options;
  const valued = list.entries.some(({value}) => value !== null);
  const day = (iso: string): TableCell => ({text: format.date(iso), sort: iso});
  return table(
    {
      caption,
      columns: [
        {label: headingOf(list, options)}, ...(valued ? [{label: format.message("cohorts.members.value"), unit: format.unit("currency"), numeric: true}] : []),
        {label: format.message("cohorts.members.started")}, {label: format.message("cohorts.members.last")}, {label: format.message("cohorts.members.stay")}
      ],
      rows: list.entries.map((one): TableCell[] => [
        one.record === null ? {text: countText(one.customer, {format}), sort: one.customer} : {text: plainText(one.record)},
        ...(valued ? [{text: format.value(one.value, "currency", {precise: true, bare: true}), sort: one.value}] : []),
        day(one.started), day(one.lastEvent), {text: stayText(one, {format})}
      ])
    },
    {format, document}
  );
}

/** Returns the list as CSV: days as ISO text, the value unrounded; nothing that a spreadsheet would run. */
export function membersCsv(list: CohortList, {format}: Pick<CohortViewOptions, "format">): string {
  const header = [headingOf(list, {format}), ...["value", "started", "last", "stay"].map((key) => format.message(`cohorts.members.${key}`))];
  return csvText(header, list.entries.map((one): CsvValue[] => [one.record ?? one.customer, one.value, one.started, one.lastEvent, stayText(one, {format})]));
}
