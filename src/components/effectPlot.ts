// Parts of a change as bars to both sides of no change, each with its name and its effect.

import * as Plot from "@observablehq/plot";
import {shorten} from "../format/text.js";
import type {ComponentOptions, MetricFace} from "./options.js";
import type {PlotSize} from "./plot.js";

export interface EffectBar {
  readonly name: string;
  /** What the bar is for, in full. */
  readonly tip: string;
  /** In the unit of the metric. */
  readonly change: number;
}

export interface EffectPlotOptions extends ComponentOptions {
  /** The metric whose change is taken apart. */
  readonly metric: MetricFace;
  readonly size: PlotSize;
  /** Most letters of a name that are drawn, and the room for one. */
  readonly letters: number;
  readonly letterWidth: number;
  /** Height of a bar with its room, and the share of it that stays empty. */
  readonly band: number;
  readonly padding: number;
  /** Names stand above their bars, for long ones in little room. */
  readonly above?: boolean;
}

/** A part of a change with its sign, in the unit of the metric: "−2.1 pp", "+€94.2K". */
export const effectText = (value: number, {format, metric}: Pick<EffectPlotOptions, "format" | "metric">): string => format.change({value}, {value: 0}, metric).absolute;

/** Returns the Plot of the bars, in their order from the top. */
export function effectPlot(effects: readonly EffectBar[], options: EffectPlotOptions): SVGSVGElement | HTMLElement {
  const {metric, size, letters, letterWidth, band, padding, above = false, format, document} = options;
  const {width, fontSize} = size;
  const bars = effects.map((effect, i) => ({...effect, key: String(i), text: effectText(effect.change, options), tone: format.change({value: effect.change}, {value: 0}, metric).tone}));
  type Bar = (typeof bars)[number];
  const left = above ? 12 : Math.min(letters, Math.max(...bars.map((bar) => [...bar.name].length))) * fontSize * letterWidth + 10;
  const reach = Math.max(...bars.map(({text}) => text.length)) * fontSize * 0.6 + 10;
  const [low, high] = [Math.min(0, ...bars.map(({change}) => change)), Math.max(0, ...bars.map(({change}) => change))];
  const span = (high - low || 1) / Math.max(40, width - left - 12 - 2 * reach);
  const key = (bar: Bar) => bar.key;
  return Plot.plot({
    document,
    width,
    height: bars.length * band + 12,
    marginLeft: left,
    marginRight: 12,
    marginTop: 6,
    marginBottom: 6,
    x: {axis: null, domain: [low - reach * span, high + reach * span]},
    y: {type: "band", domain: bars.map(key), padding, axis: null},
    marks: [
      Plot.barX(bars, {y: key, x: (bar: Bar) => bar.change, fill: (bar: Bar) => (bar.tone === "neutral" ? "var(--qd-actual)" : `var(--qd-${bar.tone})`)}),
      Plot.ruleX([0], {stroke: "var(--qd-baseline)"}),
      Plot.text(bars, {y: key, text: (bar: Bar) => shorten(bar.name, letters), frameAnchor: "left", ...(above ? {textAnchor: "start", dy: -18} : {textAnchor: "end", dx: -8}), fontSize, fill: "currentColor"}),
      ...([-1, 1] as const).map((side) => Plot.text(bars.filter(({change}) => (side < 0 ? change < 0 : change >= 0)), {y: key, x: (bar: Bar) => bar.change, text: (bar: Bar) => bar.text, textAnchor: side < 0 ? "end" : "start", dx: side * 6, fontSize, fontVariant: "tabular-nums", fontWeight: 600, fill: "currentColor"})),
      Plot.barX(bars, {y: key, x1: low, x2: high || 1, fill: "currentColor", fillOpacity: 0, title: ({tip, text}: Bar) => `${tip}\n${text}`})
    ]
  });
}
