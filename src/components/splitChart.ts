// What moved a number, by segment: bars to both sides of no change, the split in the table twin.

import * as Plot from "@observablehq/plot";
import {shorten, unbroken} from "../format/text.js";
import type {DimensionId} from "../metrics/define.js";
import type {Answer} from "../query/question.js";
import type {NoSplit, SegmentShare, SegmentSplit} from "../query/explain/why.js";
import {chart, subtitleOf} from "./chart.js";
import {element} from "./element.js";
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
  const words = {label: finding, description: shown.map(({member, change}) => `${format.member(dimension, member)}: ${effect(change, options)}`).join("; ")};
  const drawings = plots((size) => finishPlot(splitPlot(shown, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const subtitle = subtitleOf(answer, metric, {format}, {by: format.dimension(dimension, "sentence"), period: format.period(answer.period)});
  const notes = [
    format.message(`why.kind.${split.kind}`),
    ...(split.parts.length > shown.length ? [format.message("chart.first_of", {shown: shown.length, count: split.parts.length})] : []),
    ...notAppliedWords(answer, metric, format)
  ];
  return chart({finding, subtitle, drawings, marks: [], notes, twin: () => twinOf(answer, split, subtitle, options), interactive, format, document, ...(heading && {heading})});
}

/** A part of a change with its sign, in the unit of the metric: "−2.1 pp", "+€94.2K". */
const effect = (value: number, {format, metric}: SplitChartOptions): string => format.change({value}, {value: 0}, metric).absolute;

function twinOf(answer: Answer, {kind, parts, before, after, change}: SegmentSplit, caption: string, options: SplitChartOptions): HTMLElement {
  const {metric, dimension, against, format, document, interactive} = options;
  const value = (of: number | null | undefined): TableCell => ({text: format.value(of ?? null, metric.unit, {precise: true, bare: true}), sort: of ?? null});
  const moved = (of: number): TableCell => ({text: effect(of, options), sort: of});
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

function splitPlot(parts: readonly SegmentShare[], size: PlotSize, options: SplitChartOptions): SVGSVGElement | HTMLElement {
  const {metric, dimension, format, document} = options;
  const {width, fontSize, name} = size;
  const letters = name === "narrow" ? 14 : name === "medium" ? 22 : 30;
  const bars = parts.map((part, i) => ({...part, key: String(i), name: format.member(dimension, part.member), text: effect(part.change, options), tone: format.change({value: part.change}, {value: 0}, metric).tone}));
  type Bar = (typeof bars)[number];
  const left = Math.min(letters, Math.max(...bars.map((bar) => [...bar.name].length))) * fontSize * 0.6 + 10;
  const reach = Math.max(...bars.map(({text}) => text.length)) * fontSize * 0.6 + 10;
  const [low, high] = [Math.min(0, ...bars.map(({change}) => change)), Math.max(0, ...bars.map(({change}) => change))];
  const inner = width - left - 12;
  const span = (high - low || 1) / Math.max(40, inner - 2 * reach);
  const key = (bar: Bar) => bar.key;
  const band = name === "narrow" ? 24 : 27;
  return Plot.plot({
    document,
    width,
    height: bars.length * band + 12,
    marginLeft: left,
    marginRight: 12,
    marginTop: 6,
    marginBottom: 6,
    x: {axis: null, domain: [low - reach * span, high + reach * span]},
    y: {type: "band", domain: bars.map(key), padding: 0.22, axis: null},
    marks: [
      Plot.barX(bars, {y: key, x: (bar: Bar) => bar.change, fill: (bar: Bar) => (bar.tone === "neutral" ? "var(--qd-actual)" : `var(--qd-${bar.tone})`)}),
      Plot.ruleX([0], {stroke: "var(--qd-baseline)"}),
      Plot.text(bars, {y: key, text: (bar: Bar) => shorten(bar.name, letters), frameAnchor: "left", textAnchor: "end", dx: -8, fontSize, fill: "currentColor"}),
      ...([-1, 1] as const).map((side) => Plot.text(bars.filter(({change}) => (side < 0 ? change < 0 : change >= 0)), {y: key, x: (bar: Bar) => bar.change, text: (bar: Bar) => bar.text, textAnchor: side < 0 ? "end" : "start", dx: side * 6, fontSize, fontVariant: "tabular-nums", fontWeight: 600, fill: "currentColor"})),
      Plot.barX(bars, {y: key, x1: low, x2: high || 1, fill: "currentColor", fillOpacity: 0, title: (bar: Bar) => `${shorten(bar.name, 120)}\n${bar.text}`})
    ]
  });
}

/** "Win rate fell to 21.3% (−3.1 pp on September); most of it by North: −2.1 pp, its own rate". */
function splitFinding(answer: Answer, {kind, parts, change}: SegmentSplit, {metric, dimension, against, format, ...rest}: SplitChartOptions): string {
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
    effect: lead ? unbroken(effect(lead.change, {metric, dimension, against, format, ...rest})) : "",
    by: by === "none" ? "none" : `${kind}_${by}`
  });
}
