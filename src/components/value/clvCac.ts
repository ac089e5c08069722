// What customers brought in their first year over what they cost, by member: profit with its interval, the cost as a tick, ranked by the ratio.

import {plainText} from "../../format/text.js";
import type {DimensionId} from "../../metrics/define.js";
import type {Answer, AnswerRow} from "../../query/question.js";
import {chart, type KeyEntry} from "../chart.js";
import {countText} from "../countText.js";
import {svgElement} from "../element.js";
import {emptyState, whyEmpty} from "../emptyState.js";
import {swatch} from "../funnel/patterns.js";
import {type MetricFace, breakdownOf, missingData} from "../options.js";
import {finishPlot, plots} from "../plot.js";
import {rankPlot, type RankBar} from "../product/rankPlot.js";
import {memberRows, rowAt, totalRow} from "../rows.js";
import {makeSortable, table, type TableCell} from "../table.js";
import type {ValueViewOptions} from "./frame.js";

export interface ClvCacOptions extends ValueViewOptions {
  readonly metrics: {readonly profit: MetricFace; readonly cost: MetricFace; readonly ratio: MetricFace; readonly payback: MetricFace};
  /** Dimensions that the reader filters by and the cost does not know: nothing here is filtered by them. */
  readonly unfiltered?: readonly DimensionId[];
  /** Days for which profit is counted, for the words. */
  readonly days: number;
}

/** Customers below which a number is grey, is not ranked and makes no title. */
const leastCustomers = 30;

interface Line {
  readonly name: string;
  readonly member: string | null;
  readonly profit: AnswerRow;
  readonly cost: AnswerRow | undefined;
  readonly ratio: AnswerRow | undefined;
  readonly payback: AnswerRow | undefined;
  readonly small: boolean;
}

/** Returns the figure; a note in its place where no member has a profit that can be told. */
export function clvCac(answer: Answer, options: ClvCacOptions): HTMLElement {
  const {metrics, format, document, heading = "h3", interactive = false, room, days} = options;
  const missing = missingData(answer, metrics.profit);
  if (missing) return emptyState({...missing, format, document});
  const dimension = breakdownOf(answer, "clvCac");
  const lines = linesOf(answer, dimension, options);
  const told = lines.filter(({profit}) => profit.value !== null);
  if (told.length === 0) return emptyState({why: whyEmpty(lines.map(({profit}) => profit)), format, document});
  const isSplit = hasCost(answer, dimension, options);
  // Cost without a member serves all of them: beside one customer it says nothing.
  const drawn = told.filter(({member}) => !isSplit || member !== null);
  const shown = drawn.length > 0 ? drawn : told;
  const finding = findingOf(answer, {lines, shown, isSplit}, dimension, options);
  const subtitle = format.message("clv_cac.subtitle", {dimension: format.dimension(dimension, "sentence"), unit: format.unit("currency") || "none", days, period: format.period(answer.period), split: isSplit ? "yes" : "no", as_of: format.date(answer.asOf)});
  const bars = shown.map((line): RankBar => ({
    name: line.name, said: saidOf(line, isSplit, options), value: Math.max(0, line.profit.value ?? 0), small: line.small,
    ...(line.profit.interval && {interval: line.profit.interval.map((end) => Math.max(0, end)) as [number, number]}),
    ...(isSplit && line.cost?.value != null && {usual: line.cost.value}), tip: tipOf(line, isSplit, options)
  }));
  const words = {label: finding, description: bars.map(({name, said}) => `${name}: ${said}`).join("; ")};
  const drawings = plots((size) => finishPlot(rankPlot(bars, size, document), size, words), {document, live: interactive, ...(room && {room})});
  const tick = (path: string, stroke: string, width: number): SVGSVGElement => svgElement(document, "svg", {class: "qd-square", viewBox: "0 0 12 12", "aria-hidden": "true"}, svgElement(document, "path", {d: path, stroke, "stroke-width": width}));
  const keys: KeyEntry[] = [
    {swatch: swatch("var(--qd-actual)", document), text: format.message("clv_cac.key.profit")},
    {swatch: tick("M0,6H12", "currentColor", 1.5), text: format.message("clv_cac.key.interval")},
    ...(isSplit ? [{swatch: tick("M6,0V12", "var(--qd-signal)", 2.5), text: format.message("clv_cac.key.cost")}] : []),
    ...(shown.some(({small}) => small) ? [{swatch: swatch("var(--qd-small)", document), text: format.message("mark.small")}] : [])
  ];
  return chart({
    finding, subtitle, drawings, marks: [], keys, notes: notesOf(answer, lines, isSplit, dimension, options), twin: () => twinOf(answer, lines, isSplit, dimension, subtitle, options), interactive, heading, format, document
  });
}

/** Whether what customers cost is known by the members. */
const hasCost = (answer: Answer, dimension: DimensionId, {metrics: {cost}}: ClvCacOptions): boolean =>
  missingData(answer, cost) === null && !answer.notApplied.some((item) => item.metric === cost.id && item.dimension === dimension);

/** Members, the best ratio first (of members without a cost the best profit), then small ones. */
function linesOf(answer: Answer, dimension: DimensionId, options: ClvCacOptions): Line[] {
  const {metrics, format} = options;
  const isSplit = hasCost(answer, dimension, options);
  const rank = ({profit, ratio}: Line): number => (isSplit ? ratio?.value : profit.value) ?? -Infinity;
  return memberRows(answer, metrics.profit.id).map((profit): Line => {
    const of = (metric: MetricFace) => rowAt(answer, {...profit, metric: metric.id});
    // A ratio beside the cost would give a profit away that is not told.
    const ifTold = (metric: MetricFace) => (profit.value === null ? undefined : of(metric));
    const member = profit.members[0] ?? null;
    return {name: plainText(format.member(dimension, member)), member, profit, cost: of(metrics.cost), ratio: ifTold(metrics.ratio), payback: ifTold(metrics.payback), small: profit.value !== null && profit.n < leastCustomers};
  }).sort((a, b) => Number(a.small) - Number(b.small) || compare(rank(b), rank(a)) || compare(b.profit.n, a.profit.n));
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

const ratioText = (value: number | null | undefined, {format}: Pick<ClvCacOptions, "format">): string => format.value(value ?? null, "ratio", {digits: 1});

/** Months until the cost is brought back; of members that brought a loss there are none. */
const monthsText = ({payback, profit}: Pick<Line, "payback" | "profit">, {format}: Pick<ClvCacOptions, "format">): string =>
  profit.value !== null && profit.value <= 0 ? format.message("clv_cac.never") : format.message("clv_cac.months", {known: payback?.value == null ? "no" : "yes", months: format.value(payback?.value ?? null, "ratio", {digits: 1})});

const saidOf = (line: Line, isSplit: boolean, options: ClvCacOptions): string =>
  isSplit
    ? options.format.message("clv_cac.said", {ratio: ratioText(line.ratio?.value, options), months: monthsText(line, options)})
    : options.format.value(line.profit.value, "currency");

function tipOf(line: Line, isSplit: boolean, options: ClvCacOptions): string {
  const {format} = options;
  const money = (value: number | null | undefined) => format.value(value ?? null, "currency", {precise: true});
  const [low, high] = line.profit.interval ?? [null, null];
  return [
    line.name,
    format.message("clv_cac.tip.profit", {profit: money(line.profit.value), low: money(low), high: money(high), n: countText(line.profit.n, {format})}),
    ...(isSplit ? [format.message("clv_cac.tip.cost", {cost: money(line.cost?.value), ratio: ratioText(line.ratio?.value, options), months: monthsText(line, options)})] : [])
  ].join("\n");
}

/** Share of the cost that no member is named for; above half, what a member's ratio leaves out is more than what it holds. */
function unnamedShare(answer: Answer, lines: readonly Line[], {metrics}: ClvCacOptions): number {
  const [whole, unnamed] = [totalRow(answer, metrics.cost.id), lines.find(({member}) => member === null)?.cost];
  return whole?.numerator && unnamed?.numerator ? unnamed.numerator / whole.numerator : 0;
}

interface Drawn {
  readonly lines: readonly Line[];
  readonly shown: readonly Line[];
  readonly isSplit: boolean;
}

function findingOf(answer: Answer, {lines, shown, isSplit}: Drawn, dimension: DimensionId, options: ClvCacOptions): string {
  const {format, metrics} = options;
  const sound = shown.filter(({small}) => !small);
  const [best] = sound;
  if (!best) return format.message("clv_cac.finding.small", {dimension: format.dimension(dimension, "sentence")});
  const money = (row: AnswerRow | undefined) => format.value(row?.value ?? null, "currency");
  if (!isSplit) {
    const worst = sound.at(-1)!;
    return format.message("clv_cac.finding.profit", {one: sound.length === 1 ? "yes" : "no", best: best.name, profit: money(best.profit), worst: worst.name, least: money(worst.profit)});
  }
  const all = totalRow(answer, metrics.ratio.id);
  const share = unnamedShare(answer, lines, options);
  if (share > 0.5 && all?.value != null) {
    const told = {all: ratioText(all.value, options), share: format.percent(share), dimension: format.dimension(dimension, "sentence"), best: best.name, ratio: ratioText(best.ratio?.value, options)};
    return format.message("clv_cac.finding.unnamed", told);
  }
  return format.message("clv_cac.finding.ratio", {best: best.name, profit: money(best.profit), cost: money(best.cost), ratio: ratioText(best.ratio?.value, options), whole: all?.value == null ? "no" : "yes", all: ratioText(all?.value, options)});
}

function notesOf(answer: Answer, lines: readonly Line[], isSplit: boolean, dimension: DimensionId, options: ClvCacOptions): string[] {
  const {format, metrics, days, unfiltered = []} = options;
  const name = format.dimension(dimension, "sentence");
  const share = unnamedShare(answer, lines, options);
  const missing = missingData(answer, metrics.cost);
  const others = answer.notApplied.filter((item) => item.dimension !== dimension && item.metric === metrics.profit.id).map((item) => item.dimension);
  const untouched = [...new Set([...unfiltered, ...others])];
  return [
    format.message("clv_cac.note.year", {days, split: isSplit ? "yes" : "no"}),
    ...(missing ? [format.message("clv_cac.note.no_cost")] : isSplit ? [] : [format.message("clv_cac.note.unsplit", {dimension: name})]),
    ...(isSplit && share > 0 ? [format.message("clv_cac.note.unnamed", {dimension: name, share: format.percent(share), ratio: ratioText(totalRow(answer, metrics.ratio.id)?.value, options)})] : []),
    ...(lines.some(({small}) => small) ? [format.message("clv_cac.note.small", {least: leastCustomers})] : []),
    ...(untouched.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(untouched.map((id) => format.dimension(id)), "or")})] : [])
  ];
}

function twinOf(answer: Answer, lines: readonly Line[], isSplit: boolean, dimension: DimensionId, caption: string, options: ClvCacOptions): HTMLElement {
  const {format, document, interactive = false, metrics} = options;
  const say = (key: string) => format.message(`clv_cac.column.${key}`);
  const unit = format.unit("currency");
  const money = (value: number | null | undefined, muted: boolean): TableCell => ({text: format.value(value ?? null, "currency", {precise: true, bare: true}), sort: value ?? null, muted});
  const cells = ({name, profit, cost, ratio, payback, small}: Omit<Line, "member">): TableCell[] => [
    {text: name}, {text: profit.value === null ? "–" : countText(profit.n, {format}), sort: profit.value === null ? null : profit.n, ...(small && {note: format.message("mark.small")})},
    {...money(profit.value, small), ...(profit.value === null && {note: format.reason(profit.reason)})}, money(profit.interval?.[0], small), money(profit.interval?.[1], small),
    ...(isSplit ? [{text: cost?.value == null ? "–" : countText(cost.n, {format}), sort: cost?.value == null ? null : cost.n}, money(cost?.value, false), {text: ratioText(ratio?.value, options), sort: ratio?.value ?? null, muted: small}, {text: monthsText({payback, profit}, options), sort: payback?.value ?? null, muted: small}] : [])
  ];
  const total = totalRow(answer, metrics.profit.id);
  const of = (metric: MetricFace) => totalRow(answer, metric.id);
  const made = table(
    {
      caption,
      columns: [
        {label: format.dimension(dimension)}, {label: say("n"), numeric: true}, {label: say("profit"), unit, numeric: true, opens: true}, {label: say("low"), unit, numeric: true}, {label: say("high"), unit, numeric: true},
        ...(isSplit ? [{label: say("won"), numeric: true, opens: true}, {label: say("cost"), unit, numeric: true}, {label: say("ratio"), numeric: true}, {label: say("payback"), numeric: true}] : [])
      ],
      rows: lines.map(cells),
      ...(total && {total: cells({name: format.message("table.total"), profit: total, cost: of(metrics.cost), ratio: of(metrics.ratio), payback: of(metrics.payback), small: false})}),
      max: 12
    },
    {format, document}
  );
  if (interactive) makeSortable(made, {format, document});
  return made;
}
