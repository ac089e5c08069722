// What moved a number, by segment: bars to both sides of no change, the split in the table twin.

import {shorten, unbroken} from "../format/text.js";
import type {DimensionId} from "../metrics/define.js";
import type {Answer} from "../query/question.js";
import type {NoSplit, SegmentShare, SegmentSplit} from "../query/explain/why.js";
import {chart, subtitleOf} from "./chart.js";
import {element} from "./element.js";
import {effectPlot, effectText} from "./effectPlot.js";
import {emptyState} from "./emptyState.js";
import {type ComponentOptions, type MetricFace, missingData, notAppliedWords} from "./options.js";
import {type PlotSize, finishPlot, plots} from "./plot.js";
import {totalRow} from "./rows.js";
import {type TableCell, makeSortable, table} from "./table.js";

export interface SplitChartOptions extends ComponentOptions {
  readonly metric: MetricFace;
  readonly dimension: DimensionId;
  readonly against: "previous" | "last_year";
  readonly split: SegmentSplit | NoSplit;
  /** Bars drawn; the table holds all. Default 8. */
  readonly max?: number;
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

/** Returns the figure; a note in its place where the change has no split. */
export function splitChart(answer: Answer, options: SplitChartOptions): HTMLElement {
  const {metric, dimension, against, split, format, document, max = 8, heading, interactive = false, room} = options;
  const missing = missingData(answer, metric);
  if (missing) return emptyState({...missing, format, document});
  if (typeof split === "string") return element(document, "p", {class: "qd-empty"}, format.message(`why.none.${split}`, {metric: format.metric(metric.id), dimension: format.dimension(dimension, "sentence")}));
  const shown = split.parts.slice(0, max);
  const finding = splitFinding(answer, split, options);
  const words = {label: finding, description: shown.map(({member, change}) => `${format.member(dimension, member)}: ${effectText(change, options)}`).join("; ")};
  const drawings = plots((size) => finishPlot(splitPlot(shown, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const subtitle = subtitleOf(answer, metric, {format}, {by: format.dimension(dimension, "sentence"), period: format.period(answer.period)});
  const notes = [
    format.message(`why.kind.${split.kind}`),
    ...(split.parts.length > shown.length ? [format.message("chart.first_of", {shown: shown.length, count: split.parts.length})] : []),
    ...notAppliedWords(answer, metric, format)
  ];
  return chart({finding, subtitle, drawings, marks: [], notes, twin: () => twinOf(answer, split, subtitle, options), interactive, format, document, ...(heading && {heading})});
}

function twinOf(answer: Answer, {kind, parts, before, after, change}: SegmentSplit, caption: string, options: SplitChartOptions): HTMLElement {
  const {metric, dimension, against, format, document, interactive} = options;
  const value = (of: number | null | undefined): TableCell => ({text: format.value(of ?? null, metric.unit, {precise: true, bare: true}), sort: of ?? null});
  const moved = (of: number): TableCell => ({text: effectText(of, options), sort: of});
  const parted = kind !== "sum";
  const made = table(
    {
      caption,
      columns: [
        {label: format.dimension(dimension)},
        {label: format.message(`mark.${against}`), numeric: true},
        {label: format.metric(metric.id), unit: format.unit(metric.unit), numeric: true},
        ...(parted ? [{label: format.message(`why.column.${kind}.rate`), numeric: true, opens: true}, {label: format.message(`why.column.${kind}.volume`), numeric: true}] : []),
        {label: format.message("why.column.change"), numeric: true, opens: !parted}
      ],
      rows: parts.map((part) => [
        {text: format.member(dimension, part.member)},
        value(part.before?.value),
        value(part.after?.value),
        ...(parted ? [moved(part.rate), moved(part.volume)] : []),
        moved(part.change)
      ]),
      total: [
        {text: format.message("table.total")},
        value(before),
        value(after),
        ...(parted ? [moved(sum(parts, "rate")), moved(sum(parts, "volume"))] : []),
        moved(change)
      ]
    },
    {format, document}
  );
  if (interactive) makeSortable(made, {format, document});
  return made;
}

const sum = (parts: readonly SegmentShare[], of: "rate" | "volume") => parts.reduce((all, part) => all + part[of], 0);

function splitPlot(parts: readonly SegmentShare[], size: PlotSize, {metric, dimension, format, document}: SplitChartOptions): SVGSVGElement | HTMLElement {
  const [letters, band] = size.name === "narrow" ? [14, 24] : size.name === "medium" ? [22, 27] : [30, 27];
  const bars = parts.map(({member, change}) => {
    const name = format.member(dimension, member);
    return {name, tip: shorten(name, 120), change};
  });
  return effectPlot(bars, {metric, size, letters, letterWidth: 0.6, band, padding: 0.22, format, document});
}

/** "Win rate fell to 21.3% (−3.1 pp on September); most of it by North: −2.1 pp, its own rate". */
function splitFinding(answer: Answer, {kind, parts, change}: SegmentSplit, {metric, dimension, against, format}: SplitChartOptions): string {
  const [row, reference] = [totalRow(answer, metric.id)!, totalRow(answer, metric.id, against)!];
  const moved = format.change(row, reference, metric);
  const lead = moved.variance.movement === "flat" ? undefined : parts.find((part) => Math.sign(part.change) === Math.sign(change));
  const by = !lead || kind === "sum" ? "none" : Math.abs(lead.rate) >= Math.abs(lead.volume) ? "rate" : "volume";
  return format.message("why.finding", {
    metric: format.metric(metric.id),
    movement: moved.variance.movement,
    value: format.value(row.value, metric.unit),
    change: unbroken(moved.text),
    reference: format.periodBeside(reference.period, answer.period),
    lead: lead ? "some" : "none",
    member: lead ? format.member(dimension, lead.member) : "",
    effect: lead ? unbroken(effectText(lead.change, {metric, format})) : "",
    by: by === "none" ? "none" : `${kind}_${by}`
  });
}
