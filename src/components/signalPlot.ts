// A KPI as a process: its course, the band of what is usual, and the periods that stand out from it.

import * as Plot from "@observablehq/plot";
import type {Series, SeriesPoint} from "../query/explain/series.js";
import {findLast} from "./last.js";
import type {ComponentOptions, MetricFace} from "./options.js";
import {axisRoom, type PlotSize} from "./plot.js";
import {nWords} from "./rows.js";
import {happenedIn, timeMarks, timeRoom, type TimeNote} from "./timeNotes.js";

export interface SignalPlotOptions extends ComponentOptions {
  readonly metric: MetricFace;
  readonly size: PlotSize;
  readonly notes?: readonly TimeNote[];
}

/** Returns the Plot: a part period or an open window is a hollow dot outside the line, a signal a large one. */
export function signalPlot({points, limits}: Series, {metric, notes = [], format, document, size}: SignalPlotOptions): SVGSVGElement | HTMLElement {
  const {width, fontSize, name} = size;
  const bare = metric.unit === "days" || metric.unit === "hours" || metric.unit === "seconds" ? "ratio" : metric.unit;
  const keys = points.map(({period}) => period.key);
  const byKey = new Map(points.map((point) => [point.period.key, point]));
  const numbers = points.flatMap(({value, lower, upper}) => [value, lower, upper]).filter((value) => value !== null);
  const [low, high] = domainOf(numbers);
  const key = ({period}: SeriesPoint) => period.key;
  const value = ({value}: SeriesPoint) => value;
  const text = (point: SeriesPoint) => format.value(point.value, bare);
  const left = axisRoom([low, high], size, (y) => format.value(y, bare, {axis: true}));
  const end = points.at(-1);
  const right = end?.counted && end.value !== null ? 14 + text(end).length * fontSize * 0.62 : 24;
  const step = (width - left - right) / Math.max(1, keys.length - 1);
  const every = Math.max(1, Math.ceil((name === "narrow" ? 30 : 38) / step));
  const ticks = keys.filter((_, i) => (keys.length - 1 - i) % every === 0);
  const closed = points.map((point) => (point.counted ? point : {...point, value: null}));
  const open = points.filter(({counted, value}) => !counted && value !== null);
  const signals = points.filter(({signal}) => signal !== null);
  const last = findLast(closed, (point) => point.value !== null);
  const away = (point: SeriesPoint) => !last || (points.indexOf(last) - points.indexOf(point)) * step > 48;
  const labelled = [...new Set([...(last ? [last] : []), ...signals.filter(away).slice(-1)])];
  const middle = limits ? points.filter(({expected}) => expected !== null) : [];
  return Plot.plot({
    document,
    width,
    height: size.height,
    marginTop: 20 + timeRoom(notes),
    marginBottom: 46,
    marginLeft: left,
    marginRight: right,
    x: {type: "point", domain: keys, padding: 0.3, label: null},
    y: {domain: [low, high], label: null},
    marks: [
      Plot.gridY({ticks: 4, stroke: "var(--qd-grid)", strokeOpacity: 1}),
      Plot.axisY({ticks: 4, tickSize: 0, fontSize, color: "var(--qd-quiet)", tickFormat: (y: number) => format.value(y, bare, {axis: true})}),
      low === 0 ? Plot.ruleY([0], {stroke: "var(--qd-baseline)"}) : null,
      Plot.axisX({ticks, tickSize: 0, tickPadding: 6, fontSize, lineHeight: 1.2, color: "var(--qd-quiet)", tickFormat: (k: string) => format.tick(byKey.get(k)!.period, k === ticks[0]) + (byKey.get(k)!.period.part ? `\n${format.message("tick.part")}` : "")}),
      Plot.areaY(middle, {x: key, y1: ({lower}: SeriesPoint) => lower, y2: ({upper}: SeriesPoint) => upper, fill: "var(--qd-usual)"}),
      Plot.lineY(middle, {x: key, y: ({expected}: SeriesPoint) => expected, stroke: "var(--qd-quiet)", strokeWidth: 1, strokeDasharray: "4,3"}),
      ...timeMarks(notes, fontSize),
      Plot.lineY(closed, {x: key, y: value, stroke: "var(--qd-actual)", strokeWidth: 2}),
      Plot.dot(closed.filter(({value}) => value !== null), {x: key, y: value, r: name === "narrow" ? 1.5 : 2, fill: "var(--qd-actual)"}),
      Plot.dot(open, {x: key, y: value, r: 3.5, fill: "var(--qd-ground)", stroke: "var(--qd-actual)", strokeWidth: 1.5}),
      // Worse has another shape than better: grey print has one grey for both.
      Plot.dot(signals.filter((point) => !isWorse(point)), {x: key, y: value, r: 5, fill: toneColor, stroke: "var(--qd-ground)", strokeWidth: 1}),
      Plot.dot(signals.filter(isWorse), {x: key, y: value, r: 5.5, symbol: "diamond2", fill: toneColor, stroke: "var(--qd-ground)", strokeWidth: 1}),
      ...labelled.map((point) => Plot.text([point], {x: key, y: value, text: [text(point)], ...placeOf(point), fontSize, fontVariant: "tabular-nums", fontWeight: 600, fill: "currentColor", stroke: "var(--qd-ground)", strokeWidth: 4})),
      Plot.ruleX(points, {x: key, y1: low, y2: high, stroke: "currentColor", strokeOpacity: 0, strokeWidth: Math.max(8, step), title: tip})
    ]
  });

  /** Beside the end of the line; elsewhere on the side to which the line does not go on. */
  function placeOf(point: SeriesPoint): {textAnchor: "start" | "middle"; dx?: number; dy?: number} {
    if (point === end) return {textAnchor: "start", dx: 9};
    const at = points.indexOf(point);
    const beside = [points[at - 1]?.value, points[at + 1]?.value].filter((value) => typeof value === "number");
    const isValley = beside.length > 0 && point.value! < beside.reduce((sum, value) => sum + value, 0) / beside.length;
    return {textAnchor: "middle", dy: isValley && point.value! - low > 0.15 * (high - low) ? 15 : -12};
  }

  function isWorse({signal}: SeriesPoint): boolean {
    return metric.direction !== "context" && (signal!.side === "high") !== (metric.direction === "up");
  }

  function toneColor(point: SeriesPoint): string {
    return metric.direction === "context" ? "var(--qd-signal)" : isWorse(point) ? "var(--qd-bad)" : "var(--qd-good)";
  }

  function tip(point: SeriesPoint): string {
    const lines = [format.period(point.period), point.value === null ? "–" : `${format.value(point.value, metric.unit, {precise: true})} (${nWords(point, format)})`];
    if (point.lower !== null && point.upper !== null) lines.push(format.message("signal.usual", {low: format.value(point.lower, metric.unit), high: format.value(point.upper, metric.unit)}));
    if (point.signal) lines.push(format.message(`signal.rule.${point.signal.rule}`, {side: point.signal.side}));
    return [...lines, happenedIn(notes, point.period.key)].filter((line) => line !== "").join("\n");
  }
}

/** From zero unless the values lie far from it; always with room, never empty. */
function domainOf(numbers: readonly number[]): [number, number] {
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const room = (high - low || Math.abs(high) || 1) * 0.12;
  if (low === 0 && high === 0) return [0, 1];
  return low >= 0 && low < 0.6 * high ? [0, high + room] : [low - room, high + room];
}
