// What the triangle says as curves over age: earlier cohorts grey, the current one and the average in front.

import * as Plot from "@observablehq/plot";
import {shorten} from "../../format/text.js";
import type {CohortAnswer, CohortCell, CohortLine} from "../../query/cohort/answer.js";
import {chart} from "../chart.js";
import {emptyState} from "../emptyState.js";
import {type PlotSize, finishPlot, plots, spread} from "../plot.js";
import {type TableCell, table} from "../table.js";
import {ageName, ageShort, bareText, cohortSubtitle, countText, lineName, noCohort, unitText, valueText, type CohortViewOptions} from "./frame.js";
import {swatch} from "../funnel/patterns.js";

interface Point {
  readonly age: number;
  readonly cell: CohortCell;
  readonly value: number;
}

/** Returns the points of a line that have a number; without the start where it is all of the cohort. */
export function curvePoints(cells: readonly CohortCell[], skipsStart: boolean): Point[] {
  return cells.filter(({value, state, suppressed, period}) => value !== null && state !== "later" && !suppressed && !(skipsStart && period === 0)).map((cell) => ({age: cell.period, cell, value: cell.value!}));
}

/** Whether everyone is there at the start: then it says nothing, and flattens what follows. */
export const startIsAll = ({unit, lines}: Pick<CohortAnswer, "unit" | "lines">): boolean =>
  unit === "share" && lines.some(({cells}) => cells.length > 1) && lines.every(({cells: [first]}) => !first || first.period > 0 || first.value === null || first.value > 0.999);

/** What winning a customer cost, on the scale of the answer: all of it where shares are shown. */
const costOf = ({choices: {measure, form}}: CohortAnswer, line: CohortLine | undefined): number | null => (measure !== "payback" ? null : form === "share" ? 1 : line?.cac ?? null);

/** Where the profit of a customer has reached what winning one cost. */
const paidPoint = ({cells, paybackPeriod}: CohortLine, skipsStart: boolean): Point | undefined => curvePoints(cells, skipsStart).find(({age}) => age === paybackPeriod);

/** Returns the figure; a note in its place where no curve can be drawn. */
export function cohortCurves(answer: CohortAnswer, options: CohortViewOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room, reading} = options;
  const empty = noCohort(answer, options);
  if (empty) return empty;
  const skips = startIsAll(answer);
  const average = curvePoints(answer.average, skips);
  if (average.length < 2 && answer.lines.every(({cells}) => curvePoints(cells, skips).length < 2)) return emptyState({why: "immature", format, document});
  const {current} = reading;
  const finding = curvesFinding(answer, average, options);
  const subtitle = cohortSubtitle(answer, {format});
  const words = {label: finding, description: average.map(({cell, value}) => `${ageName(answer, cell, {format})}: ${valueText(answer, value, {format})}`).join("; ")};
  const drawings = plots((size) => finishPlot(draw(answer, average, size, options), size, words), {document, live: interactive, ...(room && {room})});
  const cost = costOf(answer, current);
  const paid = current && paidPoint(current, skips);
  const keys = [
    {swatch: swatch("var(--qd-actual)", document), text: format.message("cohorts.curves.average")},
    ...(current ? [{swatch: swatch("var(--qd-series-1)", document), text: lineName(answer, current, options)}] : []),
    {swatch: swatch("var(--qd-context)", document), text: format.message("cohorts.curves.earlier")},
    ...(cost === null ? [] : [{swatch: swatch("var(--qd-signal)", document), text: format.message("cohorts.curves.cost")}]),
    ...(paid ? [{swatch: swatch("var(--qd-signal)", document), text: format.message("cohorts.curves.paid", {age: ageName(answer, paid.cell, {format})})}] : [])
  ];
  const notes = skips ? [format.message("cohorts.note.start")] : [];
  return chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(answer, subtitle, options), interactive, heading, format, document});
}

/** "On average 23% at month 3 and 18% at month 12"; of payback when it is paid back. */
function curvesFinding(answer: CohortAnswer, average: readonly Point[], {format, reading: {current, lead}}: CohortViewOptions): string {
  if (answer.choices.measure === "payback") {
    const paid = current?.paybackPeriod;
    const reached = answer.lines.filter(({paybackPeriod}) => paybackPeriod != null).length;
    return format.message("cohorts.curves.payback", {known: paid != null ? "yes" : reached > 0 ? "some" : "no", age: paid == null ? "" : ageName(answer, {period: paid}, {format}), count: reached, all: answer.lines.length});
  }
  const last = average.at(-1);
  const first = average.find(({age}) => age === lead?.cell.period) ?? average[0];
  if (!last || !first) return format.message("cohorts.finding.none");
  return format.message("cohorts.curves.finding", {
    both: first.age < last.age ? "yes" : "no",
    early: valueText(answer, first.value, {format}), early_age: ageName(answer, first.cell, {format}), late: valueText(answer, last.value, {format}), late_age: ageName(answer, last.cell, {format})
  });
}

function draw(answer: CohortAnswer, average: readonly Point[], {width, height, fontSize, name}: PlotSize, options: CohortViewOptions): SVGSVGElement | HTMLElement {
  const {format, document, reading: {current}} = options;
  const skips = startIsAll(answer);
  const curves = answer.lines.filter(({suppressed}) => !suppressed).map((line) => ({line, points: curvePoints(line.cells, skips)})).filter(({points}) => points.length > 0);
  const front = curves.find(({line}) => line === current);
  const cost = costOf(answer, current);
  const paid = front && paidPoint(front.line, skips);
  const all = [...curves.flatMap(({points}) => points), ...average];
  const values = [...all.map(({value}) => value), ...(cost === null ? [] : [cost])];
  const [low, high] = [Math.min(0, ...values), (Math.max(0, ...values) || 1) * 1.06];
  const ages = [...new Set(all.map(({age}) => age))].sort((a, b) => a - b);
  const [youngest, oldest] = [ages[0] ?? 0, ages.at(-1) ?? 1];
  const whole = (points: readonly Point[]) => points.filter(({cell}) => cell.state === "whole");
  const labels = [
    ...(front ? [{text: `${shorten(lineName(answer, front.line, options), name === "narrow" ? 10 : 16)} ${valueText(answer, whole(front.points).at(-1)?.value ?? null, {format})}`, at: whole(front.points).at(-1), color: "var(--qd-label-1)"}] : []),
    ...(average.length > 0 ? [{text: `${format.message("cohorts.average_short")} ${valueText(answer, average.at(-1)!.value, {format})}`, at: average.at(-1), color: "currentColor"}] : [])
  ].filter(({at}) => at !== undefined);
  const margin = {top: 14, bottom: 30, left: name === "narrow" ? 40 : 50, right: 16 + Math.max(0, ...labels.map(({text}) => [...text].length)) * fontSize * 0.58};
  const tall = height + 40;
  const pixel = (value: number) => margin.top + (1 - (value - low) / (high - low)) * (tall - margin.top - margin.bottom);
  const back = (y: number) => low + (1 - (y - margin.top) / (tall - margin.top - margin.bottom)) * (high - low);
  const places = spread(labels.map(({at}) => pixel(at!.value)), fontSize + 4, margin.top, tall - margin.bottom);
  const step = (width - margin.left - margin.right) / Math.max(1, oldest - youngest);
  const every = [1, 2, 3, 6, 12, 24].find((each) => each * step >= (name === "narrow" ? 32 : 38)) ?? 30;
  const ticks = ages.filter((age) => age % every === 0);
  const short = (age: number) => ageShort(answer, all.find((point) => point.age === age)?.cell ?? {period: age}, {format});
  const xy = {x: "age", y: "value"} as const;
  const dashed = (points: readonly Point[]) => (points.some(({cell}) => cell.state === "part") ? points.slice(Math.max(0, points.findIndex(({cell}) => cell.state === "part") - 1)) : []);
  return Plot.plot({
    document, width, height: tall,
    marginTop: margin.top, marginBottom: margin.bottom, marginLeft: margin.left, marginRight: margin.right,
    x: {domain: [youngest, Math.max(oldest, youngest + 1)], label: null}, y: {domain: [low, high], label: null},
    marks: [
      Plot.gridY({ticks: 4, stroke: "var(--qd-grid)", strokeOpacity: 1}),
      Plot.axisY({ticks: 4, tickSize: 0, fontSize, color: "var(--qd-quiet)", tickFormat: (y: number) => (answer.unit === "share" ? format.value(y, "percent", {axis: true}) : valueText(answer, y, {format}))}),
      Plot.ruleY([0], {stroke: "var(--qd-baseline)"}),
      Plot.axisX(ticks, {tickSize: 0, tickPadding: 6, fontSize, color: "var(--qd-quiet)", tickFormat: short}),
      ...curves.filter((one) => one !== front).map(({points}) => Plot.lineY(whole(points), {...xy, stroke: "var(--qd-context)", strokeWidth: 1.25})),
      ...(cost === null ? [] : [Plot.ruleY([cost], {stroke: "var(--qd-signal)", strokeWidth: 1.75, strokeDasharray: "6,3"})]),
      Plot.lineY(average, {...xy, stroke: "var(--qd-actual)", strokeWidth: 3}),
      ...(front ? [Plot.lineY(dashed(front.points), {...xy, stroke: "var(--qd-series-1)", strokeWidth: 1.75, strokeDasharray: "3,3"}), Plot.lineY(whole(front.points), {...xy, stroke: "var(--qd-series-1)", strokeWidth: 2.25}), Plot.dot(whole(front.points).slice(-1), {...xy, r: 3.5, fill: "var(--qd-series-1)"})] : []),
      ...(paid ? [Plot.dot([paid], {...xy, r: 5.5, fill: "var(--qd-ground)", stroke: "var(--qd-signal)", strokeWidth: 2.5})] : []),
      ...labels.map(({text, color, at}, i) => Plot.text([text], {x: at!.age, y: back(places[i]!), stroke: "var(--qd-ground)", strokeWidth: 4, text: (label: string) => label, textAnchor: "start", dx: 8, fontSize, fontWeight: 600, fontVariant: "tabular-nums", fill: color})),
      Plot.ruleX(ages, {x: (age: number) => age, y1: low, y2: high, stroke: "currentColor", strokeOpacity: 0, strokeWidth: Math.max(6, step), title: (age: number) => tipOf(answer, age, average, front, options)})
    ]
  });
}

function tipOf(answer: CohortAnswer, age: number, average: readonly Point[], front: {readonly line: CohortLine; readonly points: readonly Point[]} | undefined, options: CohortViewOptions): string {
  const {format} = options;
  const at = (points: readonly Point[]) => points.find((point) => point.age === age);
  const [mean, own] = [at(average), front && at(front.points)];
  const any = mean ?? own;
  return [
    any ? ageName(answer, any.cell, {format}) : ageName(answer, {period: age}, {format}),
    ...(mean ? [`${format.message("cohorts.average_short")}: ${valueText(answer, mean.value, {format})}`] : []),
    ...(own ? [`${lineName(answer, front!.line, options)}: ${valueText(answer, own.value, {format})}${own.cell.state === "part" ? ` (${format.message("cohorts.partly")})` : ""}`] : [])
  ].join("\n");
}

function twinOf(answer: CohortAnswer, caption: string, options: CohortViewOptions): HTMLElement {
  const {format, document} = options;
  const ages = answer.lines[0]!.cells;
  const number = (cell: CohortCell | undefined): TableCell => ({text: bareText(answer, cell?.value ?? null, {format}), sort: cell?.value ?? null, muted: cell?.state === "part", ...(cell?.state === "part" && {note: format.message("cohorts.partly")})});
  const unit = unitText(answer, {format});
  return table(
    {
      caption,
      columns: [
        {label: answer.choices.key === "start" ? format.message("cohorts.column.start") : format.dimension(answer.choices.key)}, {label: format.message("cohorts.column.size"), numeric: true},
        ...ages.map((cell) => ({label: ageShort(answer, cell, {format}), numeric: true, ...(unit && {unit})}))
      ],
      rows: answer.lines.map((line): TableCell[] => [{text: lineName(answer, line, options), sort: line.key}, {text: line.suppressed ? "–" : countText(line.size, {format}), sort: line.size}, ...ages.map((_, k) => number(line.cells[k]))]),
      total: [{text: format.message("cohorts.average")}, {text: countText(answer.lines.reduce((all, {size}) => all + size, 0), {format})}, ...ages.map(({period}) => number(answer.average.find((cell) => cell.period === period)))]
    },
    {format, document}
  );
}
