// Two funnels beside one another: the share that reached each step, and by how much they differ.

import * as Plot from "@observablehq/plot";
import {shorten} from "../../format/text.js";
import type {FunnelCounts, FunnelRow, StepResult} from "../../query/funnel/answer.js";
import type {RateDifference} from "../../query/funnel/compare.js";
import {chart} from "../chart.js";
import {emptyState} from "../emptyState.js";
import {type PlotSize, finishPlot, plots} from "../plot.js";
import {type TableCell, table} from "../table.js";
import {countText, funnelSubtitle, noFunnel, stepName, type FunnelViewOptions} from "./frame.js";
import {swatch} from "./patterns.js";

export interface ComparedFunnel {
  /** As readers see it: a member or a period. */
  readonly name: string;
  readonly row: FunnelRow | undefined;
}

export interface FunnelCompareOptions extends FunnelViewOptions {
  readonly pair: readonly [ComparedFunnel, ComparedFunnel];
  /** Two members of what it is broken down by, whose credit is then part of the rule. */
  readonly members: boolean;
  /** When the entries of both entered, where it is not the answer's own period. */
  readonly entered?: string;
}

const fills = ["var(--qd-actual)", "var(--qd-last-year)"] as const;

/** Returns the figure; a note in its place where one of the two has no entries. */
export function funnelCompare(told: FunnelCounts, options: FunnelCompareOptions): HTMLElement {
  const {pair, members, entered, reading, format, document, heading, interactive = false, room} = options;
  const empty = noFunnel(told, options);
  if (empty) return empty;
  const [a, b] = pair.map(({row}) => row);
  if (!reading.chain) return emptyState({why: "no_rows", format, document});
  if (!a || !b || a.suppressed || b.suppressed || a.entered === 0 || b.entered === 0) return emptyState({why: "no_rows", detail: format.message("funnels.compare.none"), format, document});
  const steps = a.steps.slice(1).map((step, k) => ({position: step.position, cells: [step.overall, b.steps[k + 1]!.overall] as const, difference: reading.difference(step.overall, b.steps[k + 1]!.overall)}));
  const finding = compareFinding(told, steps.at(-1)!, options);
  const words = {label: finding, description: steps.map(({position, cells}) => `${stepName(told, position, {format})}: ${cells.map(({value}) => format.value(value, "percent")).join(" / ")}`).join("; ")};
  const drawings = plots((size) => finishPlot(pairs(told, steps, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const subtitle = funnelSubtitle(told, {format, by: members, ...(entered !== undefined && {entered})});
  const keys = pair.map(({name, row}, i) => ({swatch: swatch(fills[i]!, document), text: `${shorten(name, 40)} (${format.message("n", {n: countText(row!.entered - row!.inProgress, {format})})})`}));
  return chart({finding, subtitle, drawings, marks: [], keys, notes: [format.message("funnels.compare.note")], twin: () => twinOf(told, steps, subtitle, options), interactive, format, document, ...(heading && {heading})});
}

interface Compared {
  readonly position: number;
  readonly cells: readonly [StepResult["overall"], StepResult["overall"]];
  readonly difference: RateDifference | null;
}

type Words = Pick<FunnelCompareOptions, "format" | "pair">;

const points = (difference: number, {format}: Pick<FunnelViewOptions, "format">): string => format.change({value: difference}, {value: 0}, {unit: "percent", direction: "up"}).absolute;

function compareFinding(told: FunnelCounts, {cells, difference, position}: Compared, {pair, format}: Words): string {
  const sign = difference?.differs ? Math.sign(difference.difference) : 0;
  return format.message("funnels.compare.finding", {
    a: shorten(pair[0].name, 60), b: shorten(pair[1].name, 60),
    one: format.value(cells[0].value, "percent"), other: format.value(cells[1].value, "percent"),
    last: stepName(told, position, {format}),
    verdict: difference === null ? "unknown" : difference.differs === null ? "small" : sign === 0 ? "same" : "differs",
    difference: difference ? points(difference.difference, {format}) : ""
  });
}

function pairs(told: FunnelCounts, steps: readonly Compared[], {width, fontSize, name: size}: PlotSize, {format, document}: FunnelCompareOptions): SVGSVGElement | HTMLElement {
  const narrow = size === "narrow";
  const letters = narrow ? 40 : size === "medium" ? 16 : 24;
  const names = steps.map(({position}) => stepName(told, position, {format}));
  const left = narrow ? 0 : Math.min(letters, Math.max(...names.map((text) => [...text].length))) * fontSize * 0.58 + 10;
  const right = narrow ? 62 : 176;
  const [above, bar] = [narrow ? 18 : 0, 13];
  const pitch = above + 2 * bar + 12;
  const most = Math.max(0.01, ...steps.flatMap(({cells}) => cells.map(({value, interval}) => Math.max(value ?? 0, Math.min(interval?.[1] ?? 0, 1.3 * (value ?? 0))))));
  const span = Math.max(40, width - left - right - 52);
  const x = (share: number) => left + (Math.min(share, most) / most) * span;
  const bars = steps.flatMap(({cells}, k) => cells.map((cell, i) => ({cell, i, k, y: 4 + k * pitch + above + i * (bar + 1)})));
  type Bar = (typeof bars)[number];
  const known = bars.filter(({cell}) => cell.value !== null);
  const ranged = known.filter(({cell}) => cell.interval);
  const middle = ({y}: Bar) => y + bar / 2;
  const rows = steps.map((step, k) => ({...step, k, top: 4 + k * pitch + above}));
  type Row = (typeof rows)[number];
  const words = ({difference}: Row) => {
    if (!difference) return "–";
    const text = points(difference.difference, {format});
    return narrow ? text : `${text} (${points(difference.interval[0], {format})} … ${points(difference.interval[1], {format})})`;
  };
  const tip = ({position, cells, difference}: Row) => [
    stepName(told, position, {format}), ...cells.map(({value}) => format.value(value, "percent", {precise: true})),
    ...(difference ? [`${points(difference.difference, {format})} (${points(difference.interval[0], {format})} … ${points(difference.interval[1], {format})})`] : [])
  ].join("\n");
  return Plot.plot({
    document, width, height: steps.length * pitch + 2, margin: 0,
    x: {type: "identity", axis: null}, y: {type: "identity", axis: null},
    marks: [
      ...fills.map((fill, i) => Plot.rect(known.filter((one) => one.i === i), {x1: left, x2: ({cell}: Bar) => x(cell.value!), y1: "y", y2: ({y}: Bar) => y + bar, fill})),
      Plot.link(ranged, {x1: ({cell}: Bar) => x(cell.interval![0]), x2: ({cell}: Bar) => x(cell.interval![1]), y1: middle, y2: middle, stroke: "var(--qd-ground)", strokeWidth: 3.5}),
      Plot.link(ranged, {x1: ({cell}: Bar) => x(cell.interval![0]), x2: ({cell}: Bar) => x(cell.interval![1]), y1: middle, y2: middle, stroke: "var(--qd-quiet)", strokeWidth: 1.5}),
      Plot.link([0], {x1: left, x2: left, y1: above, y2: steps.length * pitch - 4, stroke: "var(--qd-baseline)"}),
      Plot.text(rows, {x: narrow ? 0 : left - 8, y: ({top}: Row) => (narrow ? top - 8 : top + bar), text: ({k}: Row) => shorten(names[k]!, letters), textAnchor: narrow ? "start" : "end", fontSize, fill: "currentColor"}),
      Plot.text(known, {x: ({cell}: Bar) => Math.max(x(cell.value!), x(Math.min(most, cell.interval?.[1] ?? 0))), y: middle, text: ({cell}: Bar) => format.value(cell.value, "percent"), dx: 6, textAnchor: "start", fontSize: fontSize - 1, fontVariant: "tabular-nums", fill: "currentColor"}),
      ...[true, false].map((clear) => Plot.text(rows.filter(({difference}) => (difference?.differs === true) === clear), {x: width, y: ({top}: Row) => top + bar, text: words, textAnchor: "end", fontSize, fontVariant: "tabular-nums", fontWeight: clear ? 600 : 400, fill: clear ? "currentColor" : "var(--qd-quiet)"})),
      Plot.rect(rows, {x1: 0, x2: width, y1: ({top}: Row) => top - above, y2: ({top}: Row) => top + 2 * bar + 4, fill: "currentColor", fillOpacity: 0, title: tip})
    ]
  });
}

function twinOf(told: FunnelCounts, steps: readonly Compared[], caption: string, {pair, format, document}: FunnelCompareOptions): HTMLElement {
  const rate = ({value, interval}: StepResult["overall"]): TableCell => ({
    text: format.value(value, "percent", {precise: true}), sort: value,
    ...(interval && {note: format.message("caveat.interval", {low: format.percent(interval[0], 1), high: format.percent(interval[1], 1)})})
  });
  const [a, b] = pair;
  return table(
    {
      caption,
      columns: [{label: format.message("funnels.column.step")}, {label: a.name, numeric: true}, {label: b.name, numeric: true}, {label: format.message("funnels.compare.difference"), numeric: true}, {label: format.message("funnels.compare.from"), numeric: true}, {label: format.message("funnels.compare.to"), numeric: true}],
      rows: steps.map(({position, cells, difference}) => [
        {text: stepName(told, position, {format})}, rate(cells[0]), rate(cells[1]),
        ...[difference?.difference, difference?.interval[0], difference?.interval[1]].map((value): TableCell => ({text: value === undefined ? "–" : points(value, {format}), sort: value ?? null}))
      ])
    },
    {format, document}
  );
}
