// When customers leave: the share of those still there who leave in a month, by how long they have been there.

import * as Plot from "@observablehq/plot";
import type {HazardBand, SurvivalTold} from "../../query/survival/question.js";
import {chart} from "../chart.js";
import {countText} from "../countText.js";
import {emptyState} from "../emptyState.js";
import {swatch} from "../funnel/patterns.js";
import {type PlotSize, finishPlot, plots} from "../plot.js";
import {type TableCell, table} from "../table.js";
import type {SurvivalOptions} from "./survivalCurves.js";

/** Losses from which on a band may be named as that of the most. */
const fewest = 5;

/** Returns the figure; a note in its place where too few customers are known to draw anything. */
export function hazardBars(told: SurvivalTold, options: SurvivalOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room} = options;
  const {total, asOf, notApplied} = told;
  const bands = wider(total.hazard);
  if (total.suppressed || bands.length === 0) return emptyState({why: "no_rows", ...(total.suppressed && {detail: format.reason("suppressed")}), format, document});
  const finding = hazardFinding(bands, options);
  const subtitle = format.message("survival.hazard.subtitle", {count: total.customers, left: total.losses, as_of: format.date(asOf)});
  const words = {label: finding, description: bands.map((band) => tipOf(band, options)).join("; ")};
  const drawings = plots((size) => finishPlot(draw(bands, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const notes = [format.message("survival.hazard.note"), ...(notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(notApplied.map((id) => format.dimension(id)), "or")})] : [])];
  const keys = [{swatch: swatch("var(--qd-small)", document), text: format.message("survival.hazard.key")}, {swatch: swatch("currentColor", document), text: format.message("survival.key.interval")}];
  return chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(bands, subtitle, options), interactive, heading, format, document});
}

/** Bands put together to some two dozen at most. */
function wider(bands: readonly HazardBand[]): HazardBand[] {
  const each = Math.ceil(bands.length / 24);
  return Array.from({length: Math.ceil(bands.length / each)}, (_, k) => bands.slice(k * each, (k + 1) * each)).map((some) => {
    if (some.length === 1) return some[0]!;
    const [losses, months] = [some.reduce((sum, band) => sum + band.losses, 0), some.reduce((sum, band) => sum + band.months, 0)];
    const [rate, factor] = [months > 0 ? losses / months : 0, Math.exp(1.959963984540054 / Math.sqrt(losses))];
    return {from: some[0]!.from, to: some.at(-1)!.to, customers: some[0]!.customers, losses, months, rate, low: losses > 0 ? rate / factor : null, high: losses > 0 ? rate * factor : null};
  });
}

/** "12", "13–15": which months as a customer. */
function nameOf({from, to}: HazardBand, {month}: Pick<SurvivalOptions, "month">): string {
  const [first, last] = [Math.round(from / month) + 1, Math.round(to / month)];
  return first === last ? `${last}` : `${first}–${last}`;
}

/** "Most leave in month 12: 4.1% of those still there; on the whole 1.7% a month" */
function hazardFinding(bands: readonly HazardBand[], options: SurvivalOptions): string {
  const {format} = options;
  const [losses, months] = [bands.reduce((sum, band) => sum + band.losses, 0), bands.reduce((sum, band) => sum + band.months, 0)];
  const mean = months > 0 ? losses / months : 0;
  const most = bands.filter((band) => band.losses >= fewest && band.low !== null && band.low > mean).sort((a, b) => b.rate - a.rate)[0];
  return format.message("survival.hazard.finding", {clear: most ? "yes" : "no", band: most ? nameOf(most, options) : "", rate: most ? format.percent(most.rate, 1) : "", mean: format.percent(mean, 1)});
}

const tipOf = (band: HazardBand, options: SurvivalOptions): string => options.format.message("survival.hazard.tip", {band: nameOf(band, options), rate: options.format.percent(band.rate, 1), losses: band.losses, count: band.customers});

function draw(bands: readonly HazardBand[], {width, height, fontSize, name}: PlotSize, options: SurvivalOptions): SVGSVGElement | HTMLElement {
  const {format, document} = options;
  const high = Math.max(...bands.map(({rate}) => rate), 0.001) * 1.9;
  const every = Math.max(1, Math.ceil(bands.length / (name === "narrow" ? 5 : 12)));
  const x = (band: HazardBand) => nameOf(band, options);
  return Plot.plot({
    document, width, height: height + 30, marginTop: 14, marginBottom: 48, marginLeft: 50, marginRight: 12,
    x: {domain: bands.map(x), label: null, padding: 0.25}, y: {domain: [0, high], label: null},
    marks: [
      Plot.gridY({ticks: 4, stroke: "var(--qd-grid)", strokeOpacity: 1}),
      Plot.axisY({ticks: 4, tickSize: 0, fontSize, color: "var(--qd-quiet)", tickFormat: (rate: number) => format.percent(rate, 1)}),
      Plot.barY(bands, {x, y: "rate", fill: "var(--qd-small)"}),
      Plot.ruleX(bands.filter((band) => band.low !== null), {x, y1: (band: HazardBand) => band.low!, y2: (band: HazardBand) => Math.min(high, band.high!), stroke: "currentColor", strokeWidth: 1.5}),
      Plot.ruleY([0], {stroke: "var(--qd-baseline)"}),
      Plot.axisX(bands.filter((_, k) => k % every === 0).map(x), {tickSize: 0, tickPadding: 6, fontSize, color: "var(--qd-quiet)"}),
      Plot.text([format.message("survival.hazard.axis")], {frameAnchor: "bottom", dy: 42, fontSize, fill: "var(--qd-quiet)"}),
      Plot.barY(bands, {x, y1: 0, y2: high, fill: "currentColor", fillOpacity: 0, title: (band: HazardBand) => tipOf(band, options)})
    ]
  });
}

function twinOf(bands: readonly HazardBand[], caption: string, options: SurvivalOptions): HTMLElement {
  const {format, document} = options;
  const percent = (value: number | null): TableCell => ({text: value === null ? "–" : format.value(value, "percent", {bare: true, digits: 2}), sort: value});
  return table({
    caption,
    columns: [{label: format.message("survival.hazard.axis")}, ...["customers", "left"].map((key) => ({label: format.message(`survival.column.${key}`), numeric: true})), ...["rate", "low", "high"].map((key) => ({label: format.message(`survival.column.${key}`), unit: "%", numeric: true}))],
    rows: bands.map((band): TableCell[] => [
      {text: nameOf(band, options), sort: band.from}, {text: countText(band.customers, {format}), sort: band.customers}, {text: countText(band.losses, {format}), sort: band.losses}, percent(band.rate), percent(band.low), percent(band.high)
    ])
  }, {format, document});
}
