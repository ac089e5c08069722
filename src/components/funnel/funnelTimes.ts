// How long each step takes: a histogram of days for each, with median, middle half and the Kaplan–Meier median.

import * as Plot from "@observablehq/plot";
import {shorten} from "../../format/text.js";
import type {FunnelAnswer, FunnelTimes} from "../../query/funnel/answer.js";
import {chart} from "../chart.js";
import {emptyState} from "../emptyState.js";
import {type PlotSize, finishPlot, plots} from "../plot.js";
import {type TableCell, table} from "../table.js";
import {countText, funnelSubtitle, noFunnel, stepName, type FunnelViewOptions} from "./frame.js";
import {swatch} from "./patterns.js";

/** Widths of bins in days; the first by which the axis has few enough. */
const binWidths = [1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730, 3650];
const mostBins = 40;

/** Returns the figure; a note in its place where nobody got to a second step. */
export function funnelTimes(told: FunnelAnswer, options: FunnelViewOptions): HTMLElement {
  const {format, document, heading, interactive = false, room} = options;
  const empty = noFunnel(told, options);
  if (empty) return empty;
  const reached = told.times.filter(({total, n}) => total && n > 0);
  const times = [...reached.filter((time) => !isWhole(time, told)), ...reached.filter((time) => isWhole(time, told))];
  if (times.length === 0) return emptyState({why: "no_rows", format, document});
  const finding = timesFinding(told, times, options);
  const words = {label: finding, description: times.map((time) => `${pairName(told, time, options)}: ${days(time.median, options)}`).join("; ")};
  const drawings = plots((size) => finishPlot(histograms(told, times, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const subtitle = funnelSubtitle(told, options);
  const keys = [
    {swatch: swatch("var(--qd-actual)", document), text: format.message("funnels.times.median")},
    {swatch: swatch("var(--qd-usual)", document), text: format.message("funnels.times.middle")},
    {swatch: swatch("var(--qd-last-year)", document), text: format.message("funnels.times.bars")},
    ...(times.some(({unbiasedMedian}) => unbiasedMedian !== null) ? [{swatch: swatch("var(--qd-signal)", document), text: format.message("funnels.times.unbiased")}] : [])
  ];
  return chart({finding, subtitle, drawings, marks: [], keys, notes: [format.message("funnels.times.note")], twin: () => twinOf(told, subtitle, options), interactive, format, document, ...(heading && {heading})});
}

type Words = Pick<FunnelViewOptions, "format">;

const days = (value: number | null, {format}: Words): string => format.value(value, "days");
const pairName = (told: FunnelAnswer, {from, to}: Pick<FunnelTimes, "from" | "to">, {format}: Words): string => `${stepName(told, from, {format})} → ${stepName(told, to, {format})}`;
const isWhole = ({from, to}: Pick<FunnelTimes, "from" | "to">, {funnel}: FunnelAnswer): boolean => from === 0 && to === funnel.steps.length - 1;

function timesFinding(told: FunnelAnswer, times: readonly FunnelTimes[], {format}: Words): string {
  const whole = times.find((time) => isWhole(time, told)) ?? times[0]!;
  const parts = times.filter((time) => time !== whole);
  const slowest = parts.reduce<FunnelTimes | null>((best, time) => (best === null || (time.median ?? 0) > (best.median ?? 0) ? time : best), null);
  return format.message("funnels.times.finding", {
    first: stepName(told, whole.from, {format}), last: stepName(told, whole.to, {format}), median: days(whole.median, {format}),
    slowest: slowest ? "some" : "none", pair: slowest ? pairName(told, slowest, {format}) : "", longest: days(slowest?.median ?? null, {format})
  });
}

function histograms(told: FunnelAnswer, times: readonly FunnelTimes[], {width, fontSize, name}: PlotSize, {format, document}: FunnelViewOptions): SVGSVGElement | HTMLElement {
  const narrow = name === "narrow";
  const letters = narrow ? 44 : name === "medium" ? 32 : 44;
  const names = times.map((time) => pairName(told, time, {format}));
  const left = narrow ? 2 : Math.min(letters, Math.max(...names.map((text) => [...text].length))) * fontSize * 0.56 + 12;
  const right = narrow ? 2 : 96;
  const [head, above, tall, gap] = [4, narrow ? 18 : 0, narrow ? 26 : 30, narrow ? 10 : 14];
  const pitch = above + tall + gap;
  const longest = Math.max(1, ...times.flatMap(({p90, unbiasedMedian}) => [(p90 ?? 0) * 1.25, unbiasedMedian ?? 0]));
  const bin = binWidths.find((one) => longest / one <= mostBins) ?? binWidths.at(-1)!;
  const end = Math.ceil(longest / bin + 0.0001) * bin;
  const x = (day: number) => left + (Math.min(day, end) / end) * (width - left - right);
  const base = (i: number) => head + i * pitch + above + tall;
  const columns = times.flatMap(({from, to}, i) => {
    const sums = new Map<number, number>();
    for (const {days, n} of told.histogram.filter((one) => one.from === from && one.to === to && one.days < end)) sums.set(Math.floor(days / bin), (sums.get(Math.floor(days / bin)) ?? 0) + n);
    const most = Math.max(1, ...sums.values());
    return [...sums].map(([k, n]) => ({i, x1: x(k * bin) + 0.5, x2: x((k + 1) * bin) - 0.5, y1: base(i) - (n / most) * (tall - 2)}));
  });
  const rows = times.map((time, i) => ({...time, i, name: names[i]!}));
  type Row = (typeof rows)[number];
  const y2 = ({i}: {i: number}) => base(i);
  const y1 = ({i}: {i: number}) => base(i) - tall;
  // The last one carries the unit: it takes the room of two.
  const parts = Math.max(2, Math.min(6, Math.floor((width - left - right) / (fontSize * 7))));
  const ticks = Array.from({length: parts + 1}, (_, k) => Math.round(((end / parts) * k) / bin) * bin).filter((day, k, all) => all.indexOf(day) === k);
  const height = head + rows.length * pitch + 12;
  const middle = rows.filter(({p25, p75}) => p25 !== null && p75 !== null);
  const medians = rows.filter(({median}) => median !== null);
  const unbiased = rows.filter(({unbiasedMedian}) => unbiasedMedian !== null);
  return Plot.plot({
    document, width, height, margin: 0,
    x: {type: "identity", axis: null}, y: {type: "identity", axis: null},
    marks: [
      Plot.rect(middle, {x1: (row: Row) => x(row.p25!), x2: (row: Row) => Math.max(x(row.p75!), x(row.p25!) + 1), y1, y2, fill: "var(--qd-usual)"}),
      Plot.rect(columns, {x1: "x1", x2: "x2", y1: "y1", y2, fill: "var(--qd-last-year)"}),
      Plot.link(rows, {x1: left, x2: width - right, y1: y2, y2, stroke: "var(--qd-baseline)", strokeWidth: 1}),
      Plot.link(medians, {x1: (row: Row) => x(row.median!), x2: (row: Row) => x(row.median!), y1, y2, stroke: "var(--qd-actual)", strokeWidth: 2.5}),
      Plot.link(unbiased, {x1: (row: Row) => x(row.unbiasedMedian!), x2: (row: Row) => x(row.unbiasedMedian!), y1, y2, stroke: "var(--qd-signal)", strokeWidth: 2.5, strokeDasharray: "4,3"}),
      ...[400, 600].map((fontWeight) => Plot.text(rows.filter((row) => (isWhole(row, told) && rows.length > 1) === (fontWeight === 600)), {x: narrow ? left : left - 8, y: narrow ? (row: Row) => y1(row) - 8 : (row: Row) => base(row.i) - tall / 2, textAnchor: narrow ? "start" : "end", text: ({name: text}: Row) => shorten(text, letters), fontSize, fontWeight, fill: "currentColor"})),
      Plot.text(rows, {x: width - 2, y: narrow ? (row: Row) => y1(row) - 8 : (row: Row) => base(row.i) - tall / 2, textAnchor: "end", text: ({median}: Row) => days(median, {format}), fontSize, fontWeight: 600, fontVariant: "tabular-nums", fill: "currentColor"}),
      ...(["start", "middle", "end"] as const).map((textAnchor, k) => Plot.text(ticks.filter((_, i) => (i === 0 ? 0 : i === ticks.length - 1 ? 2 : 1) === k), {x: (day: number) => x(day), y: height - 6, text: (day: number) => (k === 2 ? format.value(day, "days", {axis: true}) : format.value(day, "count", {precise: true})), textAnchor, fontSize, fill: "var(--qd-quiet)"})),
      Plot.rect(rows, {x1: 0, x2: width, y1: (row: Row) => y1(row) - above, y2, fill: "currentColor", fillOpacity: 0, title: (row: Row) => tipOf(row, row.name, {format})})
    ]
  });
}

function tipOf(time: FunnelTimes, name: string, {format}: Words): string {
  const line = (key: string, value: number | null) => `${format.message(`funnels.times.${key}`)}: ${value === null ? "–" : days(value, {format})}`;
  return [`${name} (${format.message("n", {n: countText(time.n, {format})})})`, line("median", time.median), line("p25", time.p25), line("p75", time.p75), line("p90", time.p90), line("unbiased", time.unbiasedMedian)].join("\n");
}

function twinOf(told: FunnelAnswer, caption: string, {format, document}: FunnelViewOptions): HTMLElement {
  const day = (value: number | null): TableCell => ({text: format.value(value, "days", {precise: true, bare: true}), sort: value});
  const count = (value: number): TableCell => ({text: countText(value, {format}), sort: value, muted: true});
  const numbers = ["p25", "median", "p75", "p90", "mean", "unbiased"] as const;
  return table(
    {
      caption,
      columns: [{label: format.message("funnels.column.steps")}, {label: format.message("table.n"), numeric: true}, ...numbers.map((key) => ({label: format.message(`funnels.times.${key}`), unit: format.unit("days"), numeric: true})), {label: format.message("funnels.times.censored"), numeric: true}, {label: format.message("funnels.times.flagged"), numeric: true}],
      rows: told.times.filter((time) => time.total || isWhole(time, told)).map((time) => [{text: time.total || told.by === null ? pairName(told, time, {format}) : `${pairName(told, time, {format})} · ${format.member(told.by, time.member)}`}, count(time.n), ...numbers.map((key) => day(key === "unbiased" ? time.unbiasedMedian : time[key])), count(time.censored), count(time.flagged)])
    },
    {format, document}
  );
}
