// Ranked bars with words above them, so that long names have room on a phone: value, interval, and what is usual.

import * as Plot from "@observablehq/plot";
import {shorten} from "../../format/text.js";
import type {PlotSize} from "../plot.js";

export interface RankBar {
  readonly name: string;
  /** At the right end of the name's line. */
  readonly said: string;
  readonly value: number;
  readonly interval?: readonly [low: number, high: number];
  /** What the value would be anyway: a tick. */
  readonly usual?: number;
  readonly small: boolean;
  readonly tip: string;
}

const step = 44;
const thick = 10;

/** Returns the drawing; the bars share one scale, which ends at the largest value, interval or usual one. */
export function rankPlot(bars: readonly RankBar[], {width, fontSize}: PlotSize, document: Document): SVGSVGElement | HTMLElement {
  const top = Math.max(...bars.flatMap(({value, interval, usual}) => [value, interval?.[1] ?? 0, usual ?? 0])) || 1;
  const x = (value: number) => (value / top) * (width - 2);
  const places = bars.map((bar, i) => ({bar, base: i * step + 20}));
  type Place = (typeof places)[number];
  const under = ({base}: Place) => base + thick + 4;
  // A tenth of the width is kept free of the words on the right.
  const room = (said: string) => Math.max(12, Math.floor((width - said.length * fontSize * 0.56 - 16) / (fontSize * 0.54)));
  const ranged = places.filter(({bar}) => bar.interval);
  const fill = ({bar}: Place) => (bar.small ? "var(--qd-small)" : "var(--qd-actual)");
  return Plot.plot({
    document, width, height: bars.length * step, margin: 0,
    x: {type: "identity", axis: null}, y: {type: "identity", axis: null},
    marks: [
      Plot.rect(places, {x1: 0, x2: ({bar}: Place) => Math.max(1, x(bar.value)), y1: ({base}: Place) => base, y2: ({base}: Place) => base + thick, fill}),
      Plot.link(ranged, {x1: ({bar}: Place) => x(bar.interval![0]), x2: ({bar}: Place) => x(bar.interval![1]), y1: under, y2: under, stroke: "currentColor", strokeWidth: 1.5}),
      Plot.link(places.filter(({bar}) => bar.usual !== undefined), {x1: ({bar}: Place) => x(bar.usual!), x2: ({bar}: Place) => x(bar.usual!), y1: ({base}: Place) => base - 3, y2: ({base}: Place) => base + thick + 6, stroke: "var(--qd-signal)", strokeWidth: 2.5}),
      Plot.text(places, {x: 0, y: ({base}: Place) => base - 9, text: ({bar}: Place) => shorten(bar.name, room(bar.said)), textAnchor: "start", fontSize, fill: "currentColor"}),
      Plot.text(places, {x: width, y: ({base}: Place) => base - 9, text: ({bar}: Place) => bar.said, textAnchor: "end", fontSize, fontVariant: "tabular-nums", fill: ({bar}: Place) => (bar.small ? "var(--qd-quiet)" : "currentColor")}),
      Plot.rect(places, {x1: 0, x2: width, y1: ({base}: Place) => base - 18, y2: ({base}: Place) => base + step - 20, fill: "currentColor", fillOpacity: 0, title: ({bar}: Place) => bar.tip})
    ]
  });
}
