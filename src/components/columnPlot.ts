// Columns over time, from zero, each with its number where there is room for it.

import * as Plot from "@observablehq/plot";
import type {AnswerRow} from "../query/question.js";
import type {ComponentOptions, MetricFace} from "./options.js";
import type {PlotSize} from "./plot.js";
import {isSmall, nWords} from "./rows.js";
import {happenedIn, timeMarks, timeRoom, type TimeNote} from "./timeNotes.js";

export interface ColumnPoint {
  readonly row: AnswerRow;
  readonly lastYear?: AnswerRow | undefined;
}

export interface ColumnPlotOptions extends ComponentOptions {
  readonly metric: MetricFace;
  readonly size: PlotSize;
  readonly notes?: readonly TimeNote[];
}

/** Returns the Plot of consecutive periods; periods without a value keep their place. */
export function columnPlot(points: readonly ColumnPoint[], {metric, format, document, size, notes = []}: ColumnPlotOptions): SVGSVGElement | HTMLElement {
  const {width, fontSize} = size;
  const keys = points.map(({row}) => row.period.key);
  const numbers = points.flatMap(({row, lastYear}) => [row.value, row.target ?? null, lastYear?.value ?? null].filter((value) => value !== null));
  const low = Math.min(0, ...numbers);
  const high = Math.max(0, ...numbers);
  const step = width / points.length;
  const roomy = step >= 52;
  const every = Math.max(1, Math.ceil((size.name === "narrow" ? 30 : 38) / step));
  const byKey = new Map(points.map(({row}) => [row.period.key, row]));
  const ticks = keys.filter((_, i) => (points.length - 1 - i) % every === 0);
  const drawn = points.filter(({row}) => row.value !== null);
  const at = (point: ColumnPoint) => point.row.period.key;
  const height = (point: ColumnPoint) => point.row.value!;
  const gap = Math.min(5, step * 0.12);
  const most = Math.max(...drawn.map(height));
  const last = drawn.length - 1;
  const labelled = drawn.filter((point, i) => roomy || i === last || (point.row.value === most && last - i > 2));
  return Plot.plot({
    document,
    width,
    height: size.height,
    marginTop: 22 + timeRoom(notes),
    marginBottom: 46,
    marginLeft: 0,
    marginRight: 0,
    x: {type: "band", domain: keys, padding: 0.42, paddingOuter: 0.21, label: null},
    y: {axis: null, domain: low === high ? [0, 1] : [low, high]},
    marks: [
      Plot.barY(points.filter((point) => point.lastYear?.value != null), {x: at, y: (point: ColumnPoint) => point.lastYear!.value, fill: "var(--qd-last-year)", insetLeft: -gap, insetRight: gap}),
      Plot.barY(drawn.filter(({row}) => !row.period.part), {x: at, y: height, fill: (point: ColumnPoint) => (isSmall(point.row, metric) ? "var(--qd-small)" : "var(--qd-actual)")}),
      Plot.barY(drawn.filter(({row}) => row.period.part), {x: at, y: height, fill: "var(--qd-part)", stroke: "var(--qd-actual)", strokeDasharray: "3,2", insetLeft: 0.5, insetRight: 0.5}),
      Plot.barY(points.filter(({row}) => row.target != null), {x: at, y: (point: ColumnPoint) => point.row.target, fill: "none", stroke: "var(--qd-target)", strokeWidth: 1, insetLeft: -gap + 0.5, insetRight: -gap + 0.5}),
      Plot.ruleY([0], {stroke: "var(--qd-baseline)"}),
      ...timeMarks(notes, fontSize),
      Plot.text(labelled, {x: at, y: (point: ColumnPoint) => Math.max(point.row.value!, point.row.target ?? 0, point.lastYear?.value ?? 0), text: (point: ColumnPoint) => format.value(point.row.value, metric.unit), dy: -7, lineAnchor: "bottom", fontSize, fontVariant: "tabular-nums", fill: "currentColor"}),
      Plot.text(points.filter(({row}) => row.value === null), {x: at, y: 0, text: ["–"], dy: -6, fontSize, fill: "var(--qd-quiet)"}),
      Plot.axisX({
        ticks,
        tickSize: 0,
        tickPadding: 6,
        fontSize,
        lineHeight: 1.2,
        tickFormat: (key: string) => {
          const {period} = byKey.get(key)!;
          return format.tick(period, key === ticks[0]) + (period.part ? `\n${format.message("tick.part")}` : "");
        },
        color: "var(--qd-quiet)"
      }),
      Plot.barY(points, {x: at, y1: low, y2: high === low ? 1 : high, fill: "currentColor", fillOpacity: 0, insetLeft: -gap, insetRight: -gap, title: (point: ColumnPoint) => tip(point)})
    ]
  });

  function tip({row, lastYear}: ColumnPoint): string {
    const lines = [`${format.period(row.period)}: ${row.value === null ? format.reason(row.reason) || "–" : format.value(row.value, metric.unit, {precise: true})}`, nWords(row, format)];
    if (lastYear && lastYear.value !== null) lines.push(`${format.message("mark.last_year")}: ${format.value(lastYear.value, metric.unit, {precise: true})}`);
    if (row.target != null) lines.push(`${format.message("mark.target")}: ${format.value(row.target, metric.unit, {precise: true})}`);
    return [...lines, happenedIn(notes, row.period.key)].filter((line) => line !== "").join("\n");
  }
}
