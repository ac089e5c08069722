// The frame of every chart: finding as title, what it shows below, the drawings, the key, the table twin.

import type {Answer} from "../query/question.js";
import {element, svgElement} from "./element.js";
import {type ComponentOptions, type MetricFace} from "./options.js";

export type Mark = "actual" | "last_year" | "previous" | "target" | "pace" | "part" | "small" | "usual" | "signal" | "signal_better" | "signal_worse";

export interface KeyEntry {
  readonly swatch: SVGSVGElement;
  readonly text: string;
}

export interface ChartFrame extends ComponentOptions {
  readonly finding: string;
  readonly subtitle: string;
  /** From `plots`. */
  readonly drawings: Element;
  /** Marks that need a key: those beside the actual ones. */
  readonly marks: readonly Mark[];
  /** Further entries of the key, with swatches of their own. */
  readonly keys?: readonly KeyEntry[];
  readonly notes: readonly string[];
  /** Makes the table twin: at once where no script runs, else when it is opened for the first time. */
  readonly twin: () => Element;
  readonly interactive?: boolean;
  readonly heading?: "h2" | "h3" | "h4";
}

/** Returns the figure. The table twin is folded, opens with the keyboard, and is complete without a script. */
export function chart({finding, subtitle, drawings, marks, keys = [], notes, twin, interactive = false, heading = "h2", format, document}: ChartFrame): HTMLElement {
  const folded = element(document, "details", {class: "qd-twin"}, element(document, "summary", {}, format.message("chart.table")), !interactive && twin());
  if (interactive) folded.addEventListener("toggle", () => folded.append(twin()), {once: true});
  return element(
    document,
    "figure",
    {class: "qd-chart"},
    element(document, "figcaption", {}, element(document, heading, {class: "qd-finding"}, finding), element(document, "p", {class: "qd-subtitle"}, subtitle)),
    drawings,
    marks.length + keys.length > 0 &&
      element(
        document,
        "ul",
        {class: "qd-key", "aria-label": format.message("chart.key")},
        (marks.length > 0 ? (["actual", ...marks] as const) : []).map((mark) => element(document, "li", {}, svgElement(document, "svg", {class: "qd-swatch", viewBox: "0 0 12 12", "aria-hidden": "true"}, svgElement(document, "rect", {"data-mark": mark, x: 1, y: 1, width: 10, height: 10})), " ", format.message(`mark.${mark}`))),
        keys.map(({swatch, text}) => element(document, "li", {}, swatch, " ", text))
      ),
    notes.length > 0 && element(document, "p", {class: "qd-caveats"}, notes.join(" · ")),
    folded
  );
}

/** Returns "Revenue won in € by month, November 2025 – October 2026; as of 22 November 2026". */
export function subtitleOf(answer: Answer, metric: MetricFace, {format}: Pick<ComponentOptions, "format">, what: {readonly by?: string; readonly grain?: string; readonly period: string}): string {
  return format.message("chart.subtitle", {
    metric: format.metric(metric.id),
    unit: format.unit(metric.unit) || "none",
    by: what.by ?? "none",
    grain: what.grain ?? "none",
    period: what.period,
    as_of: format.date(answer.asOf)
  });
}
