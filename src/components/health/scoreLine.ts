// The scores of one customer as a small line, from 0 to 100 in every row, so that lines compare.

import {svgElement} from "../element.js";
import type {ComponentOptions} from "../options.js";

const [width, height, inset] = [84, 26, 3];

/** Returns the line; undefined for fewer than two scores. A day without a score is a gap. */
export function scoreLine(scores: readonly (number | null)[], {format, document}: ComponentOptions): SVGSVGElement | undefined {
  const known = scores.flatMap((score, i) => (score === null ? [] : [{score, i}]));
  if (known.length < 2) return undefined;
  const x = (i: number) => round(inset + (i * (width - 2 * inset)) / (scores.length - 1));
  const y = (score: number) => round(height - inset - (score / 100) * (height - 2 * inset));
  const [first, last] = [known[0]!, known.at(-1)!];
  const number = (score: number) => format.value(score, "score", {digits: 0});
  const low = Math.min(...known.map(({score}) => score));
  return svgElement(
    document, "svg",
    {class: "qd-score-line", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": format.message("health.line", {count: known.length, first: number(first.score), last: number(last.score), low: number(low)})},
    svgElement(document, "path", {class: "qd-score-scale", d: `M0,${y(0)}H${width}M0,${y(100)}H${width}`}),
    svgElement(document, "path", {class: "qd-spark-line", d: known.map(({score, i}, k) => `${k > 0 && known[k - 1]!.i === i - 1 ? "L" : "M"}${x(i)},${y(score)}`).join("")}),
    svgElement(document, "circle", {class: "qd-spark-end", cx: x(last.i), cy: y(last.score), r: 2.5})
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
