// One small curve for each segment, all on one scale, beside the average of all.

import * as Plot from "@observablehq/plot";
import {shorten} from "../../format/text.js";
import type {CohortAnswer, CohortSegment} from "../../query/cohort/answer.js";
import {chart} from "../chart.js";
import {swatch} from "../funnel/patterns.js";
import {type PlotSize, finishPlot, plots} from "../plot.js";
import {type TableCell, table} from "../table.js";
import {curvePoints, startIsAll} from "./cohortCurves.js";
import {ageName, ageShort, bareText, cohortSubtitle, countText, noCohort, noteOf, unitText, valueText, type CohortViewOptions} from "./frame.js";

export interface CohortSegmentsOptions extends CohortViewOptions {
  /** Panels drawn; the table holds all segments. Default 8. */
  readonly max?: number;
}

/** Customers below which a segment is grey and not ranked. */
const floor = 10;

/** Returns the figure; a note in its place where it is not broken down or no segment has a curve. */
export function cohortSegments(answer: CohortAnswer, options: CohortSegmentsOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room, max = 8} = options;
  const empty = noCohort(answer, options);
  if (empty) return empty;
  const {choices: {by}} = answer;
  const skips = startIsAll(answer);
  const known = (answer.segments ?? []).filter(({suppressed}) => !suppressed);
  const drawn = known.filter(({average}) => curvePoints(average, skips).length > 1);
  if (by === null || drawn.length === 0) return noteOf(format.message("cohorts.segments.none"), document);
  const shown = drawn.slice(0, max);
  const finding = segmentsFinding(answer, drawn, by, options);
  const subtitle = cohortSubtitle(answer, {format}, by);
  const last = ({average}: CohortSegment) => curvePoints(average, skips).at(-1)!;
  const words = {label: finding, description: shown.map((one) => `${format.member(by, one.member)}: ${valueText(answer, last(one).value, {format})}`).join("; ")};
  const drawings = plots((size) => finishPlot(panels(answer, shown, by, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const hidden = (answer.segments ?? []).length - known.length;
  const notes = [
    ...(drawn.length > shown.length ? [format.message("chart.first_of", {shown: shown.length, count: drawn.length})] : []),
    ...(hidden > 0 ? [format.message("cohorts.note.suppressed", {count: hidden})] : [])
  ];
  const keys = [
    {swatch: swatch("var(--qd-actual)", document), text: format.message("cohorts.segments.own")},
    {swatch: swatch("var(--qd-context)", document), text: format.message("cohorts.segments.all")},
    ...(shown.some(({size}) => size < floor) ? [{swatch: swatch("var(--qd-small)", document), text: format.message("mark.small")}] : [])
  ];
  return chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(answer, known, by, subtitle, options), interactive, heading, format, document});
}

/** Those of enough customers, at the age that the title of the triangle tells of. */
function segmentsFinding(answer: CohortAnswer, segments: readonly CohortSegment[], by: string, {format, reading: {lead}}: CohortViewOptions): string {
  const age = lead?.cell.period;
  const sound = segments.flatMap(({member, size, average}) => {
    const cell = average.find(({period, state, value}) => period === age && state === "whole" && value !== null);
    return cell && size >= floor ? [{name: format.member(by, member), cell}] : [];
  }).sort((a, b) => b.cell.value! - a.cell.value!);
  const [best, worst] = [sound[0], sound.at(-1)];
  if (!best || !worst || best === worst) return format.message("cohorts.segments.few", {dimension: format.dimension(by, "sentence")});
  // Where the intervals lie apart chance does not explain it.
  const apart = best.cell.low === undefined || worst.cell.high === undefined || best.cell.low > worst.cell.high;
  return format.message("cohorts.segments.finding", {
    apart: apart ? "yes" : "no", best: best.name, worst: worst.name, high: valueText(answer, best.cell.value, {format}), low: valueText(answer, worst.cell.value, {format}),
    age: ageName(answer, best.cell, {format}), dimension: format.dimension(by, "sentence")
  });
}

function panels(answer: CohortAnswer, shown: readonly CohortSegment[], by: string, {width, fontSize, name: size}: PlotSize, {format, document}: CohortViewOptions): SVGSVGElement | HTMLElement {
  const skips = startIsAll(answer);
  const columns = Math.min(shown.length, {narrow: 1, medium: 2, wide: 3, full: 4}[size]);
  const gap = 30;
  const wide = (width - gap * (columns - 1)) / columns;
  const [head, body, foot] = [22, 84, 24];
  const tall = head + body + foot + 12;
  const all = curvePoints(answer.average, skips);
  const curves = shown.map((segment) => ({segment, points: curvePoints(segment.average, skips)}));
  const points = [...all, ...curves.flatMap((one) => one.points)];
  const top = Math.max(0, ...points.map(({value}) => value)) || 1;
  const low = Math.min(0, ...points.map(({value}) => value));
  const ages = points.map(({age}) => age);
  const [youngest, oldest] = [Math.min(...ages), Math.max(...ages, Math.min(...ages) + 1)];
  const right = 46;
  const x = (i: number, age: number) => (i % columns) * (wide + gap) + ((age - youngest) / (oldest - youngest)) * (wide - right);
  const y = (i: number, value: number) => Math.floor(i / columns) * tall + head + (1 - (value - low) / (top - low)) * body;
  const path = (i: number, own: typeof all) => own.map(({age, value}) => ({x: x(i, age), y: y(i, value)}));
  const places = curves.map(({segment, points: own}, i) => ({segment, own, i, last: own.at(-1)!}));
  const line = (own: readonly {x: number; y: number}[], stroke: string, strokeWidth: number) => Plot.line(own, {x: "x", y: "y", stroke, strokeWidth});
  type PanelPlace = (typeof places)[number];
  const left = ({i}: PanelPlace) => (i % columns) * (wide + gap);
  const above = ({i}: PanelPlace) => Math.floor(i / columns) * tall;
  const isSmall = ({segment}: PanelPlace) => segment.size < floor;
  return Plot.plot({
    document, width, height: Math.ceil(shown.length / columns) * tall - 6, margin: 0,
    x: {type: "identity", axis: null}, y: {type: "identity", axis: null},
    marks: [
      Plot.link(places, {x1: left, x2: (place: PanelPlace) => left(place) + wide - right, y1: ({i}: PanelPlace) => y(i, 0), y2: ({i}: PanelPlace) => y(i, 0), stroke: "var(--qd-baseline)", strokeWidth: 1}),
      ...places.flatMap((place) => [line(path(place.i, all), "var(--qd-context)", 2), line(path(place.i, place.own), isSmall(place) ? "var(--qd-small)" : "var(--qd-actual)", 2.25)]),
      Plot.text(places, {x: left, y: (place: PanelPlace) => above(place) + 10, text: ({segment}: PanelPlace) => shorten(format.member(by, segment.member), size === "narrow" ? 30 : 22), textAnchor: "start", fontSize, fontWeight: 600, fill: "currentColor"}),
      Plot.text(places, {x: (place: PanelPlace) => left(place) + wide, y: (place: PanelPlace) => above(place) + 10, text: ({segment}: PanelPlace) => format.message("n", {n: countText(segment.size, {format})}), textAnchor: "end", fontSize: fontSize - 1, fontVariant: "tabular-nums", fill: "var(--qd-quiet)"}),
      Plot.text(places, {x: ({i, last}: PanelPlace) => x(i, last.age) + 6, y: ({i, last}: PanelPlace) => y(i, last.value), text: ({last}: PanelPlace) => valueText(answer, last.value, {format}), textAnchor: "start", fontSize, fontWeight: 600, fontVariant: "tabular-nums", fill: "currentColor", stroke: "var(--qd-ground)", strokeWidth: 4}),
      Plot.text(places, {x: left, y: (place: PanelPlace) => above(place) + head + body + 12, text: () => ageShort(answer, points.find(({age}) => age === youngest)!.cell, {format}), textAnchor: "start", fontSize: fontSize - 1, fill: "var(--qd-quiet)"}),
      Plot.text(places, {x: (place: PanelPlace) => left(place) + wide - right, y: (place: PanelPlace) => above(place) + head + body + 12, text: () => ageShort(answer, points.find(({age}) => age === Math.max(...ages))!.cell, {format}), textAnchor: "end", fontSize: fontSize - 1, fill: "var(--qd-quiet)"}),
      Plot.rect(places, {x1: left, x2: (place: PanelPlace) => left(place) + wide, y1: above, y2: (place: PanelPlace) => above(place) + tall - 8, fill: "currentColor", fillOpacity: 0, title: ({segment, own}: PanelPlace) => [`${shorten(format.member(by, segment.member), 80)}: ${countText(segment.size, {format})}`, ...own.slice(0, 12).map(({cell, value}) => `${ageName(answer, cell, {format})}: ${valueText(answer, value, {format})}`)].join("\n")})
    ]
  });
}

function twinOf(answer: CohortAnswer, segments: readonly CohortSegment[], by: string, caption: string, {format, document}: CohortViewOptions): HTMLElement {
  const ages = answer.average;
  const unit = unitText(answer, {format});
  const row = (name: string, size: number, average: CohortSegment["average"]): TableCell[] => [
    {text: name}, {text: countText(size, {format}), sort: size},
    ...ages.map(({period}): TableCell => {
      const value = average.find((cell) => cell.period === period)?.value ?? null;
      return {text: bareText(answer, value, {format}), sort: value, muted: size < floor};
    })
  ];
  return table(
    {
      caption,
      columns: [{label: format.dimension(by)}, {label: format.message("cohorts.column.size"), numeric: true}, ...ages.map((cell) => ({label: ageShort(answer, cell, {format}), numeric: true, ...(unit && {unit})}))],
      rows: segments.map(({member, size, average}) => row(format.member(by, member), size, average)),
      total: row(format.message("cohorts.segments.all"), answer.lines.reduce((all, {size}) => all + size, 0), answer.average)
    },
    {format, document}
  );
}
