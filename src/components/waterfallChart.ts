// What came and went between two days: bars that begin where the one before ends, from the stock at the start to that
// at the end.

import * as Plot from "@observablehq/plot";
import {shorten} from "../format/text.js";
import {barName} from "../format/waterfallWords.js";
import type {WaterfallId} from "../metrics/waterfalls.js";
import type {Answer} from "../query/question.js";
import type {Waterfall, WaterfallAnswer, WaterfallBar} from "../query/explain/waterfall.js";
import {chart, subtitleOf} from "./chart.js";
import {emptyState} from "./emptyState.js";
import {type ComponentOptions, type MetricFace, missingData, notAppliedWords} from "./options.js";
import {type PlotSize, finishPlot, plots} from "./plot.js";
import {type TableCell, table} from "./table.js";

export interface WaterfallChartOptions extends ComponentOptions {
  /** The metric whose definition covers all bars. */
  readonly metric: MetricFace;
  readonly of: WaterfallId;
  readonly waterfall: WaterfallAnswer;
  /** What is good for the business, by move; a bar that is not named stands for neither. */
  readonly tones: Readonly<Record<string, "good" | "bad">>;
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

interface Step {
  readonly bar: WaterfallBar;
  readonly key: string;
  readonly name: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly fill: string;
}

const isStock = ({move}: WaterfallBar): boolean => move === "start" || move === "end";

/** Returns the figure; a note in its place where the bars are not fed or there is nothing to show. Bars of 0 are left out of the drawing, not of the table. */
export function waterfallChart(answer: Answer, options: WaterfallChartOptions): HTMLElement {
  const {metric, of, waterfall, format, document, heading, interactive = false, room} = options;
  const missing = missingData(answer, metric) ?? waterfall.missing[0];
  if (missing) return emptyState({...missing, format, document});
  const [total] = waterfall.waterfalls;
  const members = waterfall.waterfalls.slice(1);
  if (!total || total.bars.some(({value}) => value === null)) return emptyState({why: "no_rows", format, document});
  const steps = stepsOf(total, options);
  if (steps.every(({bar}) => bar.value === 0)) return emptyState({why: "no_rows", format, document});
  const finding = findingOf(total, options);
  const words = {label: finding, description: steps.map(({name, text}) => `${name}: ${text}`).join("; ")};
  const drawings = plots((size) => finishPlot(waterfallPlot(steps, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const by = answer.question.by?.[0];
  const subtitle = subtitleOf(answer, metric, {format}, {...(by !== undefined && {by: format.dimension(by, "sentence")}), period: format.period(waterfall.period)});
  const value = ({value, sign, n, unrated}: WaterfallBar): TableCell => ({
    text: format.value(value === null ? null : sign * value, metric.unit, {precise: true, bare: true}),
    sort: value === null ? null : sign * value,
    ...(unrated && {note: format.message(`waterfall.${of}.unrated`, {count: unrated})}),
    ...(value === null && {muted: true, note: format.value(n, "count", {precise: true})})
  });
  const twin = () =>
    table(
      {
        caption: subtitle,
        columns: [
          {label: format.message("waterfall.part")},
          {label: format.message("table.value"), unit: format.unit(metric.unit), numeric: true},
          {label: format.message("table.n"), numeric: true},
          ...members.map(({member}) => ({label: by === undefined ? "" : format.member(by, member!.value), numeric: true}))
        ],
        rows: total.bars.map((bar, k) => [{text: barName(of, bar, options)}, value(bar), {text: format.value(bar.n, "count", {precise: true}), sort: bar.n, muted: true}, ...members.map(({bars}) => value(bars[k]!))])
      },
      {format, document}
    );
  const base = baseOf(steps);
  const notes = [...(base > 0 ? [format.message("waterfall.cut", {value: format.value(base, metric.unit)})] : []), ...(of === "mrr" ? [format.message("waterfall.mrr.rates")] : []), ...notAppliedWords(answer, metric, format)];
  return chart({finding, subtitle, drawings, marks: [], notes, twin, interactive, format, document, ...(heading && {heading})});
}

/** "+€1,200", "−€300" */
const moveText = ({value, sign}: WaterfallBar, {metric, format}: Pick<WaterfallChartOptions, "metric" | "format">): string =>
  `${sign * value! < 0 ? "\u2212" : "+"}${format.value(Math.abs(value!), metric.unit)}`;

function stepsOf({bars}: Waterfall, {metric, of, format, tones}: WaterfallChartOptions): Step[] {
  let level = 0;
  return bars.filter((bar) => isStock(bar) || bar.value !== 0).map((bar, i): Step => {
    const from = isStock(bar) ? 0 : level;
    level = isStock(bar) ? bar.value! : level + bar.sign * bar.value!;
    const tone = tones[bar.move];
    const amount = format.value(bar.value, metric.unit);
    return {bar, key: String(i), name: barName(of, bar, {format}), text: isStock(bar) ? amount : moveText(bar, {metric, format}), from, to: level, fill: isStock(bar) ? "var(--qd-actual)" : tone ? `var(--qd-${tone})` : "var(--qd-small)"};
  });
}

/** "Due in October 2026: €2.1M open at the start, €1.3M at the end; most of all Pushed out: −€0.6M" */
function findingOf({bars}: Waterfall, {metric, of, waterfall, format}: WaterfallChartOptions): string {
  const moves = bars.filter((bar) => !isStock(bar) && bar.value !== 0).sort((a, b) => Math.abs(b.value!) - Math.abs(a.value!));
  const [start, end, most] = [bars[0]!, bars.at(-1)!, moves[0]];
  return format.message(`waterfall.${of}.finding`, {
    period: format.period(waterfall.period),
    start: format.value(start.value, metric.unit),
    end: format.value(end.value, metric.unit),
    most: most ? "some" : "none",
    move: most ? barName(of, most, {format}) : "",
    value: most ? moveText(most, {metric, format}) : ""
  });
}

/**
 * Returns where the drawing begins: 0, unless all that came and went is so little of what stands that its bars would not be
 * seen. Then the bars of both stocks are cut, and drawn so.
 */
function baseOf(steps: readonly Step[]): number {
  const levels = steps.flatMap((step) => (isStock(step.bar) ? [step.to] : [step.from, step.to]));
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  if (low <= 0 || high - low > 0.2 * high) return 0;
  const raw = low - Math.max(high - low, 0.01 * high);
  const unit = 10 ** Math.floor(Math.log10((high - low || high) / 2));
  return Math.max(0, Math.floor(raw / unit) * unit);
}

function waterfallPlot(drawn: readonly Step[], {width, fontSize, name}: PlotSize, {metric, format, document}: WaterfallChartOptions): SVGSVGElement | HTMLElement {
  const base = baseOf(drawn);
  const steps = drawn.map((step) => (isStock(step.bar) ? {...step, from: base} : step));
  const letters = name === "narrow" ? 15 : 24;
  const left = Math.min(letters, Math.max(...steps.map((step) => [...step.name].length))) * fontSize * 0.6 + 12;
  const reach = Math.max(...steps.map(({text}) => text.length)) * fontSize * 0.6 + 12;
  const low = Math.min(base, ...steps.flatMap(({from, to}) => [from, to]));
  const high = Math.max(...steps.flatMap(({from, to}) => [from, to]), low + 1);
  const scale = (high - low) / Math.max(40, width - left - 12 - 2 * reach);
  const band = name === "narrow" ? 27 : 30;
  const key = (step: Step) => step.key;
  // A text stands outside its bar, on the side to which the bar goes.
  const leftwards = ({from, to}: Step) => to < from;
  const joints = steps.slice(1).map((step, i) => ({...step, before: steps[i]!.key, at: step.bar.move === "end" ? step.to : step.from}));
  return Plot.plot({
    document,
    width,
    height: steps.length * band + 12,
    marginLeft: left,
    marginRight: 12,
    marginTop: 6,
    marginBottom: 6,
    x: {axis: null, domain: [low - (low < 0 ? reach * scale : 0), high + reach * scale]},
    y: {type: "band", domain: steps.map(key), padding: 0.3, axis: null},
    marks: [
      Plot.barX(steps, {y: key, x1: "from", x2: "to", fill: "fill"}),
      Plot.link(joints, {x1: "at", x2: "at", y1: "before", y2: key, stroke: "var(--qd-baseline)", strokeWidth: 1}),
      ...(base === 0 ? [Plot.ruleX([0], {stroke: "var(--qd-baseline)"})] : [Plot.text(steps.filter(({bar}) => isStock(bar)), {y: key, x: () => base, text: () => "//", dx: 14, fontSize: fontSize + 4, fontWeight: 700, fill: "var(--qd-ground)"})]),
      ...[600, 400].map((fontWeight) => Plot.text(steps.filter(({bar}) => isStock(bar) === (fontWeight === 600)), {y: key, text: (step: Step) => shorten(step.name, letters), frameAnchor: "left", textAnchor: "end", dx: -8, fontSize, fontWeight, fill: "currentColor"})),
      Plot.text(steps.filter((step) => !leftwards(step)), {y: key, x: "to", text: "text", textAnchor: "start", dx: 6, fontSize, fontVariant: "tabular-nums", fontWeight: 600, fill: "currentColor"}),
      Plot.text(steps.filter(leftwards), {y: key, x: "from", text: "text", textAnchor: "start", dx: 6, fontSize, fontVariant: "tabular-nums", fontWeight: 600, fill: "currentColor"}),
      Plot.barX(steps, {y: key, x1: low, x2: high, fill: "currentColor", fillOpacity: 0, insetTop: -4, insetBottom: -4, title: ({name: full, text, bar}: Step) => `${full}: ${text} (${format.message("n", {n: format.value(bar.n, "count", {precise: true})})})\n${format.message(`metric.${bar.metric}.definition`)}`})
    ]
  });
}
