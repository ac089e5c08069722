// A measure by member: bars from zero, largest first, with n and the change beside each.

import * as Plot from "@observablehq/plot";
import {shorten} from "../format/text.js";
import {isOrdered} from "../format/members.js";
import {heldAgainst} from "../format/pace.js";
import type {Answer, AnswerRow} from "../query/question.js";
import {chart, subtitleOf, type Mark} from "./chart.js";
import {dataTable} from "./dataTable.js";
import {emptyState, whyEmpty} from "./emptyState.js";
import {type ComponentOptions, type MetricFace, breakdownOf, missingData, notAppliedWords} from "./options.js";
import {printPick} from "./pick.js";
import {type PlotSize, finishPlot, pickable, plots} from "./plot.js";
import {isSmall, memberRows, nWords, sameMembers, totalRow} from "./rows.js";

export interface BarChartOptions extends ComponentOptions {
  readonly metric: MetricFace;
  readonly compare?: "previous" | "last_year";
  /** Bars drawn; the table holds all. Default 12. */
  readonly max?: number;
  /** Members that a reader has chosen: drawn, however far down they stand. */
  readonly chosen?: readonly (string | null)[];
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

interface Bar {
  readonly row: AnswerRow;
  readonly key: string;
  readonly name: string;
  readonly small: boolean;
  readonly before: AnswerRow | undefined;
  /** Its target, or the part of it that was due. */
  readonly held: number | null;
}

/** Returns the figure; a note in its place when no member has a value. */
export function barChart(answer: Answer, options: BarChartOptions): HTMLElement {
  const {metric, format, document, compare = "previous", max = 12, chosen = [], heading, interactive = false, room} = options;
  const missing = missingData(answer, metric);
  if (missing) return emptyState({...missing, format, document});
  const dimension = breakdownOf(answer, "barChart");
  const rows = memberRows(answer, metric.id);
  if (!rows.some(({value}) => value !== null)) return emptyState({why: whyEmpty(rows), format, document});
  const rank = (row: AnswerRow) => (row.value === null ? 2 : isSmall(row, metric) && metric.unit !== "count" ? 1 : 0);
  const ordered = isOrdered(dimension) ? rows : [...rows].sort((a, b) => rank(a) - rank(b) || (b.value ?? 0) - (a.value ?? 0));
  const bars = drawnOf(ordered, max, chosen).map((row, i): Bar => ({row, key: String(i), name: format.member(dimension, row.members[0]!), small: isSmall(row, metric), before: sameMembers(answer, row, compare), held: heldAgainst(row, metric).value}));
  const finding = barFinding(answer, ordered, metric, format);
  const words = {label: finding, description: bars.map(({name, row}) => `${name}: ${format.value(row.value, metric.unit)}`).join("; ")};
  const drawings = plots((size) => pickable(finishPlot(barPlot(bars, size, {metric, format, document, compare}), size, words), bars.map(({row}) => printPick(dimension, row.members[0]!))), {document, live: interactive, ...(room && {room})});
  const marks: Mark[] = [];
  if (bars.some(({before}) => before?.value != null)) marks.push(compare);
  if (bars.some(({held}) => held !== null)) marks.push(bars.some(({row}) => heldAgainst(row, metric).paced) ? "pace" : "target");
  if (bars.some(({small}) => small)) marks.push("small");
  const notes = [...(ordered.length > bars.length ? [format.message("chart.first_of", {shown: bars.length, count: ordered.length})] : []), ...notAppliedWords(answer, metric, format)];
  const subtitle = subtitleOf(answer, metric, {format}, {by: format.dimension(dimension, "sentence"), period: format.period(answer.period)});
  const twin = () => dataTable(answer, {metrics: [metric], format, document, max: Infinity, interactive, caption: subtitle});
  return chart({finding, subtitle, drawings, marks, notes, twin, interactive, format, document, ...(heading && {heading})});
}

/** The first so many, with those chosen further down in place of the last. */
function drawnOf(ordered: readonly AnswerRow[], max: number, chosen: readonly (string | null)[]): readonly AnswerRow[] {
  const beyond = ordered.slice(max).filter(({members}) => chosen.includes(members[0]!)).slice(0, max);
  return [...ordered.slice(0, max - beyond.length), ...beyond];
}

function barPlot(bars: readonly Bar[], size: PlotSize, {metric, format, document, compare}: ComponentOptions & {metric: MetricFace; compare: "previous" | "last_year"}): SVGSVGElement | HTMLElement {
  const {width, fontSize, name} = size;
  const letters = name === "narrow" ? 14 : name === "medium" ? 22 : 30;
  const left = Math.min(letters, Math.max(...bars.map((bar) => [...bar.name].length))) * fontSize * 0.6 + 10;
  const changes = bars.some(({before}) => before);
  const [forN, forChange] = name === "narrow" ? [38, 56] : [48, 84];
  const right = forN + (changes ? forChange : 0);
  const numbers = bars.flatMap(({row, before, held}) => [row.value, held, before?.value ?? null]).filter((value) => value !== null);
  const low = Math.min(0, ...numbers);
  const high = Math.max(0, ...numbers);
  const reach = Math.max(...bars.map(({row}) => format.value(row.value, metric.unit).length)) * fontSize * 0.6 + 10;
  const inner = width - left - right;
  const key = (bar: Bar) => bar.key;
  const band = name === "narrow" ? 24 : 27;
  const change = (bar: Bar) => (bar.before ? format.change(bar.row, bar.before, metric) : null);
  const side = {frameAnchor: "right", textAnchor: "end", fontSize, fontVariant: "tabular-nums"} as const;
  return Plot.plot({
    document,
    width,
    height: bars.length * band + 26,
    marginLeft: left,
    marginRight: right,
    marginTop: 22,
    marginBottom: 4,
    x: {axis: null, domain: [low, low === high ? 1 : high + ((high - low) * reach) / Math.max(40, inner - reach)]},
    y: {type: "band", domain: bars.map(key), padding: 0.22, axis: null},
    marks: [
      Plot.barX(bars.filter(({before}) => before?.value != null), {y: key, x: (bar: Bar) => bar.before!.value, fill: "var(--qd-last-year)"}),
      Plot.barX(bars.filter(({row}) => row.value !== null), {y: key, x: (bar: Bar) => bar.row.value, fill: (bar: Bar) => (bar.small ? "var(--qd-small)" : "var(--qd-actual)"), insetTop: changes ? 4 : 1, insetBottom: changes ? 4 : 1}),
      Plot.tickX(bars.filter(({held}) => held !== null), {y: key, x: (bar: Bar) => bar.held, stroke: "var(--qd-target)", strokeWidth: 2}),
      Plot.ruleX([0], {stroke: "var(--qd-baseline)"}),
      Plot.text(bars, {y: key, text: (bar: Bar) => shorten(bar.name, letters), frameAnchor: "left", textAnchor: "end", dx: -8, fontSize, fill: (bar: Bar) => (bar.small ? "var(--qd-quiet)" : "currentColor")}),
      Plot.text(bars, {y: key, x: (bar: Bar) => Math.max(bar.row.value ?? 0, bar.before?.value ?? 0, bar.held ?? 0, 0), text: (bar: Bar) => format.value(bar.row.value, metric.unit), textAnchor: "start", dx: 6, fontSize, fontVariant: "tabular-nums", fontWeight: 600, fill: (bar: Bar) => (bar.small ? "var(--qd-quiet)" : "currentColor")}),
      Plot.text(bars, {...side, y: key, dx: forN, text: (bar: Bar) => format.value(bar.row.n, "count", {precise: true}), fill: "var(--qd-quiet)"}),
      Plot.text([format.message("table.n")], {...side, frameAnchor: "top-right", dx: forN, dy: -16, fill: "var(--qd-quiet)"}),
      ...(changes
        ? [
            Plot.text(bars, {...side, y: key, dx: right, text: (bar: Bar) => change(bar)?.text ?? "–", fill: (bar: Bar) => `var(--qd-${change(bar)?.tone ?? "neutral"})`}),
            Plot.text([name === "narrow" ? "Δ" : format.message(`table.${compare}`)], {...side, frameAnchor: "top-right", dx: right, dy: -16, fill: "var(--qd-quiet)"})
          ]
        : []),
      Plot.barX(bars, {y: key, x1: low, x2: high || 1, fill: "currentColor", fillOpacity: 0, insetTop: -3, insetBottom: -3, title: tip})
    ]
  });

  function tip({name: full, row, before}: Bar): string {
    const lines = [shorten(full, 120), row.value === null ? format.reason(row.reason) || "–" : `${format.value(row.value, metric.unit, {precise: true})} (${nWords(row, format)})`];
    if (before && before.value !== null) lines.push(`${format.message(`mark.${compare}`)}: ${format.value(before.value, metric.unit, {precise: true})}`);
    if (row.target != null) lines.push(`${format.message("mark.target")}: ${format.value(row.target, metric.unit, {precise: true})}`);
    return lines.join("\n");
  }
}

function barFinding(answer: Answer, ordered: readonly AnswerRow[], metric: MetricFace, format: BarChartOptions["format"]): string {
  const dimension = answer.question.by![0]!;
  const sound = ordered.filter((row) => row.value !== null && (!isSmall(row, metric) || metric.unit === "count")).sort((a, b) => b.value! - a.value!);
  const total = totalRow(answer, metric.id)?.value ?? null;
  const top = sound[0];
  const bottom = sound.at(-1);
  const name = (row: AnswerRow) => format.member(dimension, row.members[0]!);
  const [only, ...others] = ordered;
  // A reader's filter may leave one member: there is nothing to rank.
  if (only && others.length === 0) return format.message("finding.one", {member: name(only), metric: format.metric(metric.id, "sentence"), value: format.value(only.value, metric.unit)});
  if (!top || !bottom) return format.message("finding.members", {metric: format.metric(metric.id), dimension: format.dimension(dimension, "sentence"), count: ordered.length});
  const values = {member: name(top), metric: format.metric(metric.id, "sentence"), value: format.value(top.value, metric.unit)};
  const isShare = metric.additivity !== undefined && metric.additivity !== "none" && total !== null && total > 0 && bottom.value! >= 0;
  const named = sound.find(({members: [member]}) => member !== null);
  if (isShare && top.members[0] === null && named) {
    return format.message("finding.unnamed", {...values, dimension: format.dimension(dimension, "sentence"), share: format.percent(top.value! / total), member: name(named), value: format.value(named.value, metric.unit)});
  }
  if (isShare) return format.message("finding.share", {...values, share: format.percent(top.value! / total)});
  if (top === bottom) return format.message("finding.one", values);
  return format.message("finding.spread", {...values, metric: format.metric(metric.id), low_member: name(bottom), low: format.value(bottom.value, metric.unit)});
}
