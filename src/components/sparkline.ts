// The shape of a trend in a card: no axis, no numbers, bleeding to the card's edges. The part period is hollow.

import type {AnswerRow} from "../query/question.js";
import {element, svgElement} from "./element.js";
import {findLast, findLastIndex} from "./last.js";
import type {ComponentOptions, MetricFace} from "./options.js";

export interface SparklineOptions extends ComponentOptions {
  readonly metric: MetricFace;
  readonly width?: number;
  readonly height?: number;
}

/**
 * Returns an SVG of consecutive periods, oldest first, or an empty span of the same height for fewer than two values.
 * A missing value is a gap; equal values are a level line in the middle.
 */
export function sparkline(rows: readonly AnswerRow[], {metric, format, document, width = 280, height = 44}: SparklineOptions): Element {
  const known = rows.flatMap(({value}) => (value === null ? [] : [value]));
  if (known.length < 2) return element(document, "span", {class: "qd-sparkline", "aria-hidden": "true"});
  const low = Math.min(...known);
  const high = Math.max(...known);
  const inset = 6;
  const x = (i: number) => round((i * (width - inset)) / (rows.length - 1));
  const y = (value: number) => round(high === low ? height / 2 : height - inset - ((value - low) / (high - low)) * (height - 2 * inset));
  const points = rows.map(({value, period}, i) => (value === null ? null : {x: x(i), y: y(value), part: period.part}));
  const lastAt = findLastIndex(points, (point) => point !== null);
  const last = points[lastAt]!;
  const closed = points.map((point) => (point?.part ? null : point));
  const before = findLast(points.slice(0, lastAt), (point) => point !== null);
  const label = format.message("sparkline.label", {
    metric: format.metric(metric.id),
    count: rows.length,
    first: format.value(rows.find(({value}) => value !== null)!.value, metric.unit),
    last: format.value(rows[lastAt]!.value, metric.unit),
    low: format.value(low, metric.unit),
    high: format.value(high, metric.unit),
    part: last.part ? "yes" : "no"
  });
  return svgElement(
    document,
    "svg",
    {class: "qd-sparkline", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label},
    runs(closed).map((run) => [
      svgElement(document, "path", {class: "qd-spark-area", d: `M${run[0]!.x},${height}L${run.map((p) => `${p.x},${p.y}`).join("L")}${run.at(-1) === last && lastAt === rows.length - 1 ? `H${width}V${height}` : `V${height}`}Z`}),
      svgElement(document, "path", {class: "qd-spark-line", d: `M${run.map((p) => `${p.x},${p.y}`).join("L")}`})
    ]),
    last.part && before && svgElement(document, "path", {class: "qd-spark-part", d: `M${before.x},${before.y}L${last.x},${last.y}`}),
    svgElement(document, "circle", {class: last.part ? "qd-spark-end qd-part" : "qd-spark-end", cx: last.x, cy: last.y, r: 3})
  );
}

const round = (value: number) => Math.round(value * 10) / 10;

function runs<T>(points: readonly (T | null)[]): T[][] {
  const found: T[][] = [];
  let run: T[] | null = null;
  for (const point of points) {
    if (point === null) run = null;
    else if (run) run.push(point);
    else found.push((run = [point]));
  }
  return found;
}
