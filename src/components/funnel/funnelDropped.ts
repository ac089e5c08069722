// Those who got to a step and no further: how many, the first of them, the file of all.

import {droppedName} from "../../format/funnelWords.js";
import {csvText, type CsvValue} from "../../format/csv.js";
import {plainText} from "../../format/text.js";
import type {DimensionId} from "../../metrics/define.js";
import type {DroppedList, DroppedRecord, FunnelTold} from "../../query/funnel/question.js";
import {element} from "../element.js";
import {emptyState} from "../emptyState.js";
import {saveButton} from "../saveButton.js";
import {type TableCell, table} from "../table.js";
import {countText, funnelSubtitle, noFunnel, stepName, type FunnelViewOptions} from "./frame.js";

export interface FunnelDroppedOptions extends FunnelViewOptions {
  /** Dimensions that the report has: the list shows those it knows of. */
  readonly dimensions: readonly DimensionId[];
  /** Hands the reader all of the list as a file; absent where no script runs. */
  readonly save?: () => void;
}

/** Returns the list; a note in its place where there is none. */
export function funnelDropped(told: FunnelTold, options: FunnelDroppedOptions): HTMLElement {
  const {format, document, heading = "h3", save} = options;
  const empty = noFunnel(told, options);
  if (empty) return empty;
  const {dropped} = told;
  if (!dropped || dropped.count === 0) return emptyState({why: "no_rows", format, document});
  const position = told.funnel.steps.findIndex(({id}) => id === dropped.step);
  const caption = format.message("funnels.dropped.caption", {shown: dropped.entries.length, count: dropped.count});
  return element(
    document,
    "figure",
    {class: "qd-chart qd-dropped"},
    element(
      document,
      "figcaption",
      {},
      element(document, heading, {class: "qd-finding"}, format.message("funnels.dropped.finding", {count: dropped.count, step: stepName(told, position, {format}), next: stepName(told, position + 1, {format})})),
      element(document, "p", {class: "qd-subtitle"}, funnelSubtitle(told, {format}))
    ),
    listTable(dropped, caption, options),
    save && saveButton(format.message("funnels.dropped.save", {count: dropped.count}), save, document)
  );
}

const fields = ["entered", "reached", "why", "left_on", "value"] as const;

function known({entries}: DroppedList, {dimensions}: Pick<FunnelDroppedOptions, "dimensions">): DimensionId[] {
  return dimensions.filter((id) => entries.some((entry) => entry.dimensions[id] != null));
}

/** Those of the page: what tells a reader whose it is. The file has all. */
const pageDimensions: readonly DimensionId[] = ["owner", "region", "source", "segment"];

function listTable(dropped: DroppedList, caption: string, options: FunnelDroppedOptions): HTMLElement {
  const {format, document} = options;
  const shown = known(dropped, options).filter((id) => pageDimensions.includes(id));
  const heading = headingOf(dropped, options);
  const day = (iso: string | null): TableCell => ({text: iso === null ? "–" : format.date(iso), sort: iso});
  const row = (entry: DroppedRecord): TableCell[] => [
    entry.record === null ? {text: countText(entry.entity, {format}), sort: entry.entity} : {text: plainText(entry.record)},
    {text: format.value(entry.value, "currency", {precise: true, bare: true}), sort: entry.value},
    {text: droppedName(entry.why, format)},
    day(entry.entered), day(entry.reached), day(entry.leftOn),
    ...shown.map((id): TableCell => ({text: format.member(id, entry.dimensions[id] ?? null)}))
  ];
  return table(
    {
      caption,
      columns: [
        {label: heading}, {label: format.message("table.value"), unit: format.unit("currency"), numeric: true}, {label: format.message("funnels.dropped.why")},
        ...["entered", "reached", "left_on"].map((key) => ({label: format.message(`funnels.dropped.${key}`)})), ...shown.map((id) => ({label: format.dimension(id)}))
      ],
      rows: dropped.entries.map(row)
    },
    {format, document}
  );
}

/** Its id in the CRM; where ids are not published, its number in this report. */
const headingOf = ({entries}: DroppedList, {format}: Pick<FunnelDroppedOptions, "format">): string => format.message(entries.some(({record}) => record !== null) ? "funnels.dropped.record" : "funnels.dropped.entity");

/** Returns the list as CSV: days as ISO text, the value unrounded; nothing that a spreadsheet would run. */
export function droppedCsv(dropped: DroppedList, options: Pick<FunnelDroppedOptions, "format" | "dimensions">): string {
  const {format} = options;
  const shown = known(dropped, options);
  const header = [headingOf(dropped, options), ...fields.map((key) => (key === "value" ? format.message("table.value") : format.message(`funnels.dropped.${key}`))), ...shown.map((id) => format.dimension(id))];
  const line = ({entity, record, entered, reached, why, leftOn, value, dimensions}: DroppedRecord): CsvValue[] => [record ?? entity, entered, reached, droppedName(why, format), leftOn, value, ...shown.map((id) => dimensions[id] ?? null)];
  return csvText(header, dropped.entries.map(line));
}
