// Lines over time, labelled at their ends. A missing value is a gap; the part period is a dashed stretch to a hollow dot.

import * as Plot from "@observablehq/plot";
import {shorten} from "../format/text.js";
import type {AnswerRow} from "../query/question.js";
import {labelColor} from "../theme/palette.js";
import type {ComponentOptions, MetricFace} from "./options.js";
import {findLast} from "./last.js";
import {axisRoom, type PlotSize, spread} from "./plot.js";
import {isSmall, nWords} from "./rows.js";
import {happenedIn, timeMarks, timeRoom, type TimeNote} from "./timeNotes.js";

export interface Series {
  readonly rows: readonly AnswerRow[];
  readonly color: string;
  /** Written at the line's end; null for context lines and for a single line. */
  readonly label: string | null;
}

export interface LinePlotOptions extends ComponentOptions {
  readonly metric: MetricFace;
  readonly size: PlotSize;
  /** One year earlier, for each row of a single line. */
  readonly lastYear?: readonly (AnswerRow | null)[];
  readonly notes?: readonly TimeNote[];
}

/** Returns the Plot; context lines lie under the labelled ones. */
export function linePlot(series: readonly Series[], {metric, format, document, size, lastYear = [], notes = []}: LinePlotOptions): SVGSVGElement | HTMLElement {
  const {width, fontSize, name} = size;
  const bare = metric.unit === "days" || metric.unit === "hours" || metric.unit === "seconds" ? "ratio" : metric.unit;
  const single = series.length === 1 && series[0]!.label === null;
  const longest = series.reduce((a, b) => (b.rows.length > a.rows.length ? b : a)).rows;
  const keys = longest.map(({period}) => period.key);
  const byKey = new Map(longest.map(({period}) => [period.key, period]));
  const numbers = [...series.flatMap(({rows}) => rows), ...lastYear].flatMap((row) => (row ? [row.value, single ? (row.target ?? null) : null] : [])).filter((value) => value !== null);
  const [low, high] = domain(numbers);
  const levels = metric.unit === "count" && high - low < 4 ? [0, 1, 2, 3, 4].filter((level) => level >= low && level <= high) : 4;
  const letters = name === "narrow" ? 11 : name === "medium" ? 16 : 22;
  const labels = series.flatMap(({rows, color, label}) => {
    const last = findLast(rows, ({value}) => value !== null);
    return label === null || !last ? [] : [{text: `${shorten(label, letters)} ${format.value(last.value, metric.unit)}`, value: last.value!, color, key: keys.at(-1)!}];
  });
  const height = Math.max(size.height, 70 + labels.length * (fontSize + 4));
  const margin = {top: 18 + timeRoom(notes), bottom: 46, left: axisRoom([low, high], size, (y) => format.value(y, bare, {axis: true})), right: single ? (name === "narrow" ? 40 : 56) : 14 + Math.max(...labels.map(({text}) => text.length), 0) * fontSize * 0.58};
  const pixel = (value: number) => margin.top + (1 - (value - low) / (high - low)) * (height - margin.top - margin.bottom);
  const back = (y: number) => low + (1 - (y - margin.top) / (height - margin.top - margin.bottom)) * (high - low);
  const ends = spread(labels.map(({value}) => pixel(value)), fontSize + 4, margin.top, height - margin.bottom);
  const step = (width - margin.left - margin.right) / Math.max(1, keys.length - 1);
  const every = Math.max(1, Math.ceil((name === "narrow" ? 30 : 38) / step));
  const ticks = keys.filter((_, i) => (keys.length - 1 - i) % every === 0);
  const key = (row: AnswerRow) => row.period.key;
  const value = (row: AnswerRow) => row.value;
  const marks = [...series].reverse().flatMap(({rows, color, label}) => {
    const front = single || label !== null;
    const closed = rows.map((row) => (row.period.part ? {...row, value: null} : row));
    const part = findLast(rows, (row) => row.period.part && row.value !== null);
    const before = part && findLast(rows.slice(0, rows.indexOf(part)), (row) => row.value !== null);
    const last = findLast(rows, (row) => row.value !== null && !row.period.part);
    return [
      Plot.lineY(closed, {x: key, y: value, stroke: color, strokeWidth: front ? 2 : 1, strokeOpacity: front ? 1 : 0.7, strokeLinejoin: "round"}),
      ...(part && before ? [Plot.lineY([before, part], {x: key, y: value, stroke: color, strokeWidth: front ? 1.5 : 1, strokeDasharray: "3,3"})] : []),
      ...(front ? [Plot.dot([...alone(closed), ...rows.filter((row) => isSmall(row, metric) && single)], {x: key, y: value, r: 3, fill: "var(--qd-small)"})] : []),
      ...(front && last ? [Plot.dot([last], {x: key, y: value, r: 3.5, fill: single && isSmall(last, metric) ? "var(--qd-small)" : color})] : []),
      ...(front && part ? [Plot.dot([part], {x: key, y: value, r: 3.5, fill: "var(--qd-ground)", stroke: color, strokeWidth: 1.5})] : [])
    ];
  });
  return Plot.plot({
    document,
    width,
    height,
    marginTop: margin.top,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    marginRight: margin.right,
    x: {type: "point", domain: keys, padding: single ? 0.3 : 0.1, label: null},
    y: {domain: [low, high], label: null},
    marks: [
      Plot.gridY({ticks: levels, stroke: "var(--qd-grid)", strokeOpacity: 1}),
      Plot.axisY({ticks: levels, tickSize: 0, fontSize, color: "var(--qd-quiet)", tickFormat: (y: number) => format.value(y, bare, {axis: true})}),
      low === 0 ? Plot.ruleY([0], {stroke: "var(--qd-baseline)"}) : null,
      Plot.axisX({
        ticks,
        tickSize: 0,
        tickPadding: 6,
        fontSize,
        lineHeight: 1.2,
        color: "var(--qd-quiet)",
        tickFormat: (k: string) => format.tick(byKey.get(k)!, k === ticks[0]) + (byKey.get(k)!.part ? `\n${format.message("tick.part")}` : "")
      }),
      Plot.lineY(lastYear.map((row, i) => ({key: keys[i]!, value: row?.value ?? null})), {x: "key", y: "value", stroke: "var(--qd-last-year)", strokeWidth: 2}),
      single ? Plot.dot(longest.filter(({target}) => target != null), {x: key, y: (row: AnswerRow) => row.target, symbol: dash, r: Math.min(10, step / 3), stroke: "var(--qd-target)", strokeWidth: 1.25}) : null,
      ...timeMarks(notes, fontSize),
      ...marks,
      Plot.text(labels.map((label, i) => ({...label, y: back(ends[i]!)})), {x: "key", y: "y", text: "text", fill: ({color}: {color: string}) => labelColor(color), textAnchor: "start", dx: 9, fontSize, fontVariant: "tabular-nums", fontWeight: 600}),
      ...(single ? extremes(longest).map(({row, below}) => Plot.text([row], {x: key, y: value, text: [format.value(row.value, bare)], textAnchor: row === longest[0] ? "start" : "middle", dy: below ? 13 : -11, fontSize, fontVariant: "tabular-nums", fill: "currentColor", stroke: "var(--qd-ground)", strokeWidth: 4})) : []),
      Plot.ruleX(longest, {x: key, y1: low, y2: high, stroke: "currentColor", strokeOpacity: 0, strokeWidth: Math.max(8, step), title: ({period}: AnswerRow) => tip(period.key)})
    ]
  });

  function tip(at: string): string {
    const lines = series.flatMap(({rows, label}) => {
      const row = rows.find(({period}) => period.key === at);
      if (!row || (label === null && !single)) return [];
      const text = row.value === null ? format.reason(row.reason) || "–" : `${format.value(row.value, metric.unit, {precise: true})} (${nWords(row, format)})`;
      return [label === null ? text : `${shorten(label, 40)}: ${text}`];
    });
    return [format.period(byKey.get(at)!), ...lines, happenedIn(notes, at)].filter((line) => line !== "").join("\n");
  }
}

/** A level stroke as wide as the symbol: the target of one period. */
const dash = {
  draw(context: {moveTo(x: number, y: number): void; lineTo(x: number, y: number): void}, size: number) {
    const half = Math.sqrt(size / Math.PI);
    context.moveTo(-half, 0);
    context.lineTo(half, 0);
  }
};

/** Values with a gap on both sides: a line cannot show them, so they get a dot. */
function alone(rows: readonly AnswerRow[]): AnswerRow[] {
  return rows.filter((row, i) => row.value !== null && (rows[i - 1]?.value ?? null) === null && (rows[i + 1]?.value ?? null) === null);
}

/** First lowest (labelled below), first highest and last row with a value, each once. */
function extremes(rows: readonly AnswerRow[]): {row: AnswerRow; below: boolean}[] {
  const known = rows.filter(({value}) => value !== null);
  if (!known.length) return [];
  const low = known.reduce((a, b) => (b.value! < a.value! ? b : a));
  const high = known.reduce((a, b) => (b.value! > a.value! ? b : a));
  const last = known.at(-1)!;
  const near = (row: AnswerRow) => Math.abs(rows.indexOf(row) - rows.indexOf(last)) > 1;
  return [...new Set([...[low, high].filter(near), last])].map((row) => ({row, below: row === low && low !== high}));
}

/** From zero unless the values lie far from it; always with room, never empty. */
function domain(numbers: readonly number[]): [number, number] {
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const room = (high - low || Math.abs(high) || 1) * 0.12;
  if (low >= 0 && low < 0.6 * high) return [0, high + room];
  if (high === 0 && low === 0) return [0, 1];
  return [low - room, high + room];
}
