// What moved a number, factor by factor: each metric of a chain brings the next, and their product is the last.

import * as Plot from "@observablehq/plot";
import {shorten, unbroken} from "../format/text.js";
import type {Answer} from "../query/question.js";
import type {DriverShare} from "../query/explain/why.js";
import {chart, subtitleOf} from "./chart.js";
import {element} from "./element.js";
import {emptyState} from "./emptyState.js";
import {type ComponentOptions, type MetricFace, missingData} from "./options.js";
import {type PlotSize, finishPlot, plots} from "./plot.js";
import {totalRow} from "./rows.js";
import {table} from "./table.js";

export interface DriverChartOptions extends ComponentOptions {
  readonly chain: readonly MetricFace[];
  readonly against: "previous" | "last_year";
  /** Null where the change has no split. */
  readonly shares: readonly DriverShare[] | null;
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

/** Returns the figure; a note in its place where a metric of the chain has no value. */
export function driverChart(answer: Answer, options: DriverChartOptions): HTMLElement {
  const {chain, against, shares, format, document, heading, interactive = false, room} = options;
  const metric = chain.at(-1)!;
  for (const one of chain) {
    const missing = missingData(answer, one);
    if (missing) return emptyState({...missing, format, document});
  }
  if (!shares) return element(document, "p", {class: "qd-empty"}, format.message("why.none.chain", {metric: format.metric(metric.id)}));
  const [row, reference] = [totalRow(answer, metric.id)!, totalRow(answer, metric.id, against)!];
  const moved = format.change(row, reference, metric);
  const change = row.value! - reference.value!;
  const lead = moved.variance.movement === "flat" ? undefined : [...shares].sort((a, b) => Math.abs(b.change) - Math.abs(a.change)).find((share) => Math.sign(share.change) === Math.sign(change));
  const finding = format.message("why.finding", {
    metric: format.metric(metric.id),
    movement: moved.variance.movement,
    value: format.value(row.value, metric.unit),
    change: unbroken(moved.text),
    reference: format.periodBeside(reference.period, answer.period),
    lead: lead ? "some" : "none",
    member: lead ? nameOf(lead, options) : "",
    effect: lead ? unbroken(effect(lead.change, options)) : "",
    by: "none"
  });
  const words = {label: finding, description: shares.map((share) => `${nameOf(share, options)}: ${effect(share.change, options)}`).join("; ")};
  const drawings = plots((size) => finishPlot(driverPlot(shares, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const subtitle = subtitleOf(answer, metric, {format}, {period: format.period(answer.period)});
  const twin = () =>
    table(
      {
        caption: subtitle,
        columns: [{label: format.message("why.column.factor")}, {label: format.message(`mark.${against}`), numeric: true}, {label: format.period(answer.period), numeric: true}, {label: format.message("why.column.change"), numeric: true, opens: true}],
        rows: shares.map((share) => [{text: nameOf(share, options)}, {text: level(share.before, share, options), sort: share.before}, {text: level(share.after, share, options), sort: share.after}, {text: effect(share.change, options), sort: share.change}]),
        total: [{text: format.metric(metric.id)}, {text: format.value(reference.value, metric.unit, {precise: true})}, {text: format.value(row.value, metric.unit, {precise: true})}, {text: effect(change, options)}]
      },
      {format, document}
    );
  return chart({finding, subtitle, drawings, marks: [], notes: [format.message("why.kind.chain")], twin, interactive, format, document, ...(heading && {heading})});
}

/** "New leads", "Revenue won per opportunities won". */
function nameOf({metric, per}: DriverShare, {format}: DriverChartOptions): string {
  return per === null ? format.metric(metric) : format.message("why.factor", {metric: format.metric(metric), per: format.metric(per, "sentence")});
}

/** Money by a count is money; what else is divided is a plain ratio. */
function level(value: number, {metric, per}: DriverShare, {chain, format}: DriverChartOptions): string {
  const unit = chain.find(({id}) => id === metric)!.unit;
  return format.value(value, per === null || unit === "currency" ? unit : "ratio", {precise: true});
}

const effect = (value: number, {format, chain}: DriverChartOptions): string => format.change({value}, {value: 0}, chain.at(-1)!).absolute;

function driverPlot(shares: readonly DriverShare[], size: PlotSize, options: DriverChartOptions): SVGSVGElement | HTMLElement {
  const {chain, format, document} = options;
  const {width, fontSize, name} = size;
  const metric = chain.at(-1)!;
  // A factor's name is long: where there is little room it stands above its bar.
  const above = name === "narrow" || name === "medium";
  const letters = above ? 60 : 52;
  const bars = shares.map((share, i) => ({...share, key: String(i), name: nameOf(share, options), text: effect(share.change, options), tone: format.change({value: share.change}, {value: 0}, metric).tone}));
  type Bar = (typeof bars)[number];
  const left = above ? 12 : Math.min(letters, Math.max(...bars.map((bar) => [...bar.name].length))) * fontSize * 0.58 + 10;
  const reach = Math.max(...bars.map(({text}) => text.length)) * fontSize * 0.6 + 10;
  const [low, high] = [Math.min(0, ...bars.map(({change}) => change)), Math.max(0, ...bars.map(({change}) => change))];
  const span = (high - low || 1) / Math.max(40, width - left - 12 - 2 * reach);
  const key = (bar: Bar) => bar.key;
  return Plot.plot({
    document,
    width,
    height: bars.length * (above ? 44 : 30) + 12,
    marginLeft: left,
    marginRight: 12,
    marginTop: 6,
    marginBottom: 6,
    x: {axis: null, domain: [low - reach * span, high + reach * span]},
    y: {type: "band", domain: bars.map(key), padding: above ? 0.5 : 0.26, axis: null},
    marks: [
      Plot.barX(bars, {y: key, x: (bar: Bar) => bar.change, fill: (bar: Bar) => (bar.tone === "neutral" ? "var(--qd-actual)" : `var(--qd-${bar.tone})`)}),
      Plot.ruleX([0], {stroke: "var(--qd-baseline)"}),
      Plot.text(bars, {y: key, text: (bar: Bar) => shorten(bar.name, letters), frameAnchor: "left", ...(above ? {textAnchor: "start", dy: -18} : {textAnchor: "end", dx: -8}), fontSize, fill: "currentColor"}),
      ...([-1, 1] as const).map((side) => Plot.text(bars.filter(({change}) => (side < 0 ? change < 0 : change >= 0)), {y: key, x: (bar: Bar) => bar.change, text: (bar: Bar) => bar.text, textAnchor: side < 0 ? "end" : "start", dx: side * 6, fontSize, fontVariant: "tabular-nums", fontWeight: 600, fill: "currentColor"})),
      Plot.barX(bars, {y: key, x1: low, x2: high || 1, fill: "currentColor", fillOpacity: 0, title: (bar: Bar) => `${bar.name}\n${bar.text}`})
    ]
  });
}
