// Segments by recency, frequency and value: what share of the customers each is and of the revenue it brings, and what to do with it.

import * as Plot from "@observablehq/plot";
import {shorten} from "../../format/text.js";
import type {RfmSegmentId} from "../../metrics/rfm.js";
import type {RfmSegment, RfmTold} from "../../query/rfm/question.js";
import {chart} from "../chart.js";
import {countText} from "../countText.js";
import {emptyState} from "../emptyState.js";
import {swatch} from "../funnel/patterns.js";
import type {ComponentOptions} from "../options.js";
import {printPick} from "../pick.js";
import {type PlotSize, finishPlot, pickable, plots} from "../plot.js";
import {type TableCell, table} from "../table.js";

export interface RfmOptions extends ComponentOptions {
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
  /** Whether the reader chose a period, which segments do not follow. */
  readonly hasPeriod?: boolean;
}

/** Customers below which fifths say little. */
const few = 25;

const pickOf = (id: RfmSegmentId): string => printPick("rfm-segment", id);

export const segmentName = (id: RfmSegmentId, {format}: Pick<ComponentOptions, "format">): string => format.message(`rfm.segment.${id}.label`);

/** Returns "all purchases up to 3 November 2026". */
export const rfmSubtitle = ({asOf}: Pick<RfmTold, "asOf">, {format}: Pick<ComponentOptions, "format">): string => format.message("rfm.subtitle", {as_of: format.date(asOf)});

/** Returns what qualifies the numbers of every view of the segments. */
export function rfmNotes({notApplied}: Pick<RfmTold, "notApplied">, {format, hasPeriod = false}: Pick<RfmOptions, "format" | "hasPeriod">): string[] {
  const missed = [...(hasPeriod ? [format.message("rfm.period")] : []), ...notApplied.map((id) => format.dimension(id))];
  return missed.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(missed, "or")})] : [];
}

/** Returns the figure with what to do; a note in its place where there are no customers. */
export function rfmSegments(told: RfmTold, options: RfmOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room} = options;
  const shown = told.segments.filter(({suppressed}) => !suppressed);
  if (shown.length === 0) return emptyState({why: "no_rows", ...(told.segments.length > 0 && {detail: format.reason("suppressed")}), format, document});
  const finding = rfmFinding(told, shown, options);
  const subtitle = rfmSubtitle(told, options);
  const words = {label: finding, description: shown.map((one) => tipOf(told, one, options).join(", ")).join("; ")};
  const drawings = plots((size) => pickable(finishPlot(draw(told, shown, size, options), size, words), shown.map(({id}) => pickOf(id))), {document, live: interactive, ...(room && {room})});
  const keys = [
    {swatch: swatch("var(--qd-context)", document), text: format.message("rfm.share.customers")},
    {swatch: swatch("var(--qd-actual)", document), text: format.message("rfm.share.revenue")}
  ];
  const hidden = told.segments.length - shown.length;
  const notes = [
    ...(told.customers < few ? [format.message("rfm.note.few", {count: told.customers})] : []),
    ...(told.nobody > 0 ? [format.message("rfm.note.nobody", {count: told.nobody})] : []),
    ...(hidden > 0 ? [format.message("rfm.note.suppressed", {count: hidden})] : []),
    ...rfmNotes(told, options)
  ];
  const figure = chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(told, shown, subtitle, options), interactive, heading, format, document});
  figure.querySelector(".qd-twin")!.before(adviceTable(shown, options));
  return figure;
}

const shareOf = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
const percentText = (share: number | null, {format}: Pick<ComponentOptions, "format">): string => (share === null ? "–" : format.percent(share, share > 0 && share < 0.1 ? 1 : 0));
const moneyText = (value: number, {format}: Pick<ComponentOptions, "format">): string => format.value(value, "currency");

/** "Champions are 18% of customers and bring 54% of revenue; 57 who bought well have gone quiet, with €3.1M" */
function rfmFinding(told: RfmTold, shown: readonly RfmSegment[], {format}: RfmOptions): string {
  const first = shown.reduce((best, one) => (one.revenue > best.revenue ? one : best));
  const quiet = shown.filter(({id}) => id === "at_risk" || id === "cannot_lose");
  const sum = (of: "customers" | "revenue") => quiet.reduce((all, one) => all + one[of], 0);
  return format.message("rfm.finding", {
    segment: segmentName(first.id, {format}), customers: percentText(shareOf(first.customers, told.customers), {format}), revenue: percentText(shareOf(first.revenue, told.revenue), {format}),
    quiet: sum("customers"), value: moneyText(sum("revenue"), {format})
  });
}

function tipOf(told: RfmTold, {id, customers, revenue, medianRecency}: RfmSegment, {format}: Pick<ComponentOptions, "format">): string[] {
  return [
    segmentName(id, {format}),
    `${format.message("rfm.share.customers")}: ${percentText(shareOf(customers, told.customers), {format})} (${format.message("n", {n: countText(customers, {format})})})`,
    `${format.message("rfm.share.revenue")}: ${percentText(shareOf(revenue, told.revenue), {format})} (${moneyText(revenue, {format})})`,
    `${format.message("rfm.column.recency")}: ${format.value(medianRecency, "days")}`
  ];
}

function draw(told: RfmTold, shown: readonly RfmSegment[], {width, fontSize, name}: PlotSize, {format, document}: RfmOptions): SVGSVGElement | HTMLElement {
  const letters = name === "narrow" ? 16 : 26;
  const names = shown.map(({id}) => shorten(segmentName(id, {format}), letters));
  const left = Math.max(...names.map((text) => [...text].length)) * fontSize * 0.6 + 12;
  const [right, top, band] = [46, 20, 38];
  const bars = shown.map((segment, i) => ({segment, i, customers: shareOf(segment.customers, told.customers) ?? 0, revenue: Math.max(0, shareOf(segment.revenue, told.revenue) ?? 0)}));
  type Bar = (typeof bars)[number];
  const most = Math.max(...bars.flatMap(({customers, revenue}) => [customers, revenue])) || 1;
  const room = width - left - right - 44;
  const x = (share: number) => left + (share / most) * room;
  const y = ({i}: Bar) => top + i * band;
  const half = (offset: number) => (bar: Bar) => y(bar) + offset;
  const number = {textAnchor: "start", dx: 5, fontSize, fontVariant: "tabular-nums"} as const;
  return Plot.plot({
    document, width, height: top + bars.length * band, margin: 0,
    x: {type: "identity", axis: null}, y: {type: "identity", axis: null},
    marks: [
      Plot.rect(bars, {x1: left, x2: ({customers}: Bar) => x(customers), y1: half(4), y2: half(17), fill: "var(--qd-context)"}),
      Plot.rect(bars, {x1: left, x2: ({revenue}: Bar) => x(revenue), y1: half(18), y2: half(31), fill: "var(--qd-actual)"}),
      Plot.link(bars.slice(0, 1), {x1: left, x2: left, y1: top, y2: top + bars.length * band, stroke: "var(--qd-baseline)"}),
      Plot.text(bars, {x: left, dx: -8, y: half(18), text: ({i}: Bar) => names[i]!, textAnchor: "end", fontSize, fill: "currentColor"}),
      Plot.text(bars, {...number, x: ({customers}: Bar) => x(customers), y: half(11), text: ({customers}: Bar) => percentText(customers, {format}), fill: "var(--qd-quiet)"}),
      Plot.text(bars, {...number, x: ({revenue}: Bar) => x(revenue), y: half(25), text: ({segment}: Bar) => percentText(shareOf(segment.revenue, told.revenue), {format}), fontWeight: 600, fill: "currentColor"}),
      Plot.text(bars, {x: width, y: half(18), text: ({segment}: Bar) => countText(segment.customers, {format}), textAnchor: "end", fontSize, fontVariant: "tabular-nums", fill: "var(--qd-quiet)"}),
      Plot.text([format.message("table.n")], {x: width, y: 8, textAnchor: "end", fontSize, fill: "var(--qd-quiet)"} as Plot.TextOptions),
      Plot.rect(bars, {x1: 0, x2: width, y1: half(1), y2: half(band - 2), fill: "currentColor", fillOpacity: 0, title: ({segment}: Bar) => tipOf(told, segment, {format}).join("\n")})
    ]
  });
}

/** Who they are and what to do with them stands open: it is what segments are for. */
function adviceTable(shown: readonly RfmSegment[], {format, document}: RfmOptions): HTMLElement {
  const advice = table(
    {
      caption: format.message("rfm.advice"),
      columns: [{label: format.message("rfm.column.segment")}, {label: format.message("rfm.column.who")}, {label: format.message("rfm.column.do")}],
      rows: shown.map(({id}): TableCell[] => [{text: segmentName(id, {format}), pick: pickOf(id)}, {text: format.message(`rfm.segment.${id}.who`)}, {text: format.message(`rfm.segment.${id}.do`)}])
    },
    {format, document}
  );
  advice.classList.add("qd-sentences");
  return advice;
}

function twinOf(told: RfmTold, shown: readonly RfmSegment[], caption: string, {format, document}: RfmOptions): HTMLElement {
  const share = (part: number, whole: number): TableCell => {
    const value = shareOf(part, whole);
    return {text: value === null ? "–" : format.value(value, "percent", {bare: true, digits: 1}), sort: value};
  };
  const money = (value: number): TableCell => ({text: format.value(value, "currency", {precise: true, bare: true}), sort: value});
  const count = (value: number): TableCell => ({text: countText(value, {format}), sort: value});
  const number = (value: number): TableCell => ({text: format.value(value, "ratio", {digits: value % 1 === 0 ? 0 : 1}), sort: value});
  const column = (key: string, unit?: string) => ({label: format.message(`rfm.column.${key}`), numeric: true, ...(unit && {unit})});
  return table(
    {
      caption,
      columns: [
        {label: format.message("rfm.column.segment")}, column("customers"), column("customer_share", "%"), column("revenue", format.unit("currency")), column("revenue_share", "%"),
        column("recency"), column("frequency")
      ],
      rows: shown.map((one) => [
        {text: segmentName(one.id, {format})}, count(one.customers), share(one.customers, told.customers), money(one.revenue), share(one.revenue, told.revenue),
        number(one.medianRecency), number(one.medianFrequency)
      ]),
      total: [{text: format.message("rfm.all")}, count(told.customers), share(told.customers, told.customers), money(told.revenue), share(told.revenue, told.revenue), {text: ""}, {text: ""}]
    },
    {format, document}
  );
}
