// How much of the revenue how few customers bring, as a curve, largest customers first.

import * as Plot from "@observablehq/plot";
import type {ConcentrationPoint, ConcentrationTold} from "../../query/concentration/question.js";
import {chart} from "../chart.js";
import {countText} from "../countText.js";
import {emptyState} from "../emptyState.js";
import {swatch} from "../funnel/patterns.js";
import type {ComponentOptions} from "../options.js";
import {type PlotSize, finishPlot, plots} from "../plot.js";
import {type TableCell, table} from "../table.js";

export interface ConcentrationOptions extends ComponentOptions {
  /** The period in words. */
  readonly period: string;
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

/** Returns the figure; a note in its place where nobody bought anything, or few did. */
export function concentrationCurve(told: ConcentrationTold, options: ConcentrationOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room, period} = options;
  const {customers, gini, others, othersRevenue, notApplied, points, suppressed} = told;
  if (suppressed || points.length === 0) return emptyState({why: "no_rows", ...(suppressed && {detail: format.reason("suppressed")}), format, document});
  const finding = concentrationFinding(told, options);
  const subtitle = format.message("concentration.subtitle", {period, count: customers, gini: gini === null ? "–" : format.value(gini, "ratio", {digits: 2}), as_of: format.date(told.asOf)});
  const named = points.filter(({percent}) => isNamed(percent));
  const words = {label: finding, description: named.map((point) => tipOf(told, point, options)).join("; ")};
  const drawings = plots((size) => finishPlot(draw(told, named, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const keys = [
    {swatch: swatch("var(--qd-actual)", document), text: format.message("concentration.key.actual")},
    {swatch: swatch("var(--qd-context)", document), text: format.message("concentration.key.even")}
  ];
  const notes = [
    ...(others > 0 ? [format.message("concentration.note.others", {count: others, value: format.value(othersRevenue, "currency")})] : []),
    ...(told.nobody > 0 ? [format.message("concentration.note.nobody", {count: told.nobody})] : []),
    ...(notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(notApplied.map((id) => format.dimension(id)), "or")})] : [])
  ];
  return chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(told, subtitle, options), interactive, heading, format, document});
}

/** Shares of customers, in percent, that are named beside the curve. */
const namedShares: readonly number[] = [1, 5, 10, 20, 50];
const isNamed = (percent: number): boolean => namedShares.includes(percent);
const shareText = (told: ConcentrationTold, {revenue}: ConcentrationPoint, {format}: Pick<ComponentOptions, "format">): string => {
  const share = revenue / told.revenue;
  return format.percent(share, share < 0.1 ? 1 : 0);
};

/** "The top 10% of customers bring 46% of revenue"; of few customers how much the largest brings. */
function concentrationFinding(told: ConcentrationTold, {format}: ConcentrationOptions): string {
  const wanted = told.points.find(({percent}) => percent === 10);
  const point = wanted ?? told.points.find(({percent}) => percent > 10) ?? told.points[0]!;
  return format.message("concentration.finding", {
    one: point.customers === 1 ? "yes" : "no", percent: format.percent(point.percent / 100, 0), revenue: shareText(told, point, {format}), customers: told.customers
  });
}

const tipOf = (told: ConcentrationTold, point: ConcentrationPoint, {format}: ConcentrationOptions): string =>
  format.message("concentration.tip", {percent: format.percent(point.percent / 100, 0), count: point.customers, revenue: shareText(told, point, {format})});

function draw(told: ConcentrationTold, named: readonly ConcentrationPoint[], {width, height, fontSize, name}: PlotSize, options: ConcentrationOptions): SVGSVGElement | HTMLElement {
  const {format, document} = options;
  const tall = height + (name === "narrow" ? 60 : 90);
  const curve = [{percent: 0, customers: 0, revenue: 0}, ...told.points];
  const xy = {x: ({percent}: ConcentrationPoint) => percent / 100, y: ({revenue}: ConcentrationPoint) => revenue / told.revenue} as const;
  const axis = (share: number) => format.value(share, "percent", {axis: true});
  const labels = named.filter(({percent}) => name !== "narrow" || percent !== 5);
  return Plot.plot({
    document, width, height: tall, marginTop: 16, marginBottom: 44, marginLeft: 46, marginRight: 22,
    x: {domain: [0, 1], label: null}, y: {domain: [0, 1], label: null},
    marks: [
      Plot.gridY({ticks: 5, stroke: "var(--qd-grid)", strokeOpacity: 1}),
      Plot.axisY({ticks: 5, tickSize: 0, fontSize, color: "var(--qd-quiet)", tickFormat: axis}),
      Plot.axisX({ticks: 5, tickSize: 0, tickPadding: 6, fontSize, color: "var(--qd-quiet)", tickFormat: axis}),
      Plot.ruleY([0], {stroke: "var(--qd-baseline)"}),
      Plot.text([format.message("concentration.axis")], {frameAnchor: "bottom", dy: 36, fontSize, fill: "var(--qd-quiet)"}),
      Plot.lineY([{percent: 0, revenue: 0, customers: 0}, {percent: 100, revenue: told.revenue, customers: told.customers}], {...xy, stroke: "var(--qd-context)", strokeWidth: 1.5, strokeDasharray: "4,4"}),
      Plot.areaY(curve, {...xy, fill: "var(--qd-actual)", fillOpacity: 0.08}),
      Plot.lineY(curve, {...xy, stroke: "var(--qd-actual)", strokeWidth: 2.5}),
      Plot.dot(named, {...xy, r: 4, fill: "var(--qd-actual)", stroke: "var(--qd-ground)", strokeWidth: 1.5}),
      Plot.text(labels, {...xy, dx: 9, dy: 9, textAnchor: "start", fontSize, fontVariant: "tabular-nums", fill: "currentColor", stroke: "var(--qd-ground)", strokeWidth: 4, text: (point: ConcentrationPoint) => format.message("concentration.label", {percent: format.percent(point.percent / 100, 0), revenue: shareText(told, point, {format})})}),
      Plot.dot(named, {...xy, r: 12, fill: "currentColor", fillOpacity: 0, title: (point: ConcentrationPoint) => tipOf(told, point, options)})
    ]
  });
}

/** Shares that the table has beside those named. */
const listed = (percent: number): boolean => isNamed(percent) || percent % 10 === 0 || percent === 2;

function twinOf(told: ConcentrationTold, caption: string, {format, document}: ConcentrationOptions): HTMLElement {
  return table(
    {
      caption,
      columns: [
        {label: format.message("concentration.column.share")}, {label: format.message("concentration.column.customers"), numeric: true},
        {label: format.message("concentration.column.revenue"), unit: format.unit("currency"), numeric: true}, {label: format.message("concentration.column.revenue_share"), unit: "%", numeric: true}
      ],
      rows: told.points.filter(({percent}) => listed(percent)).map(({percent, customers, revenue}): TableCell[] => [
        {text: format.message("concentration.top", {percent: format.percent(percent / 100, 0)}), sort: percent}, {text: countText(customers, {format}), sort: customers},
        {text: format.value(revenue, "currency", {precise: true, bare: true}), sort: revenue}, {text: format.value(revenue / told.revenue, "percent", {bare: true, digits: 1}), sort: revenue / told.revenue}
      ])
    },
    {format, document}
  );
}
