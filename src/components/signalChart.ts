// Signal or routine: the chart that says whether a number is more than usual variation.

import type {Answer} from "../query/question.js";
import type {Series, SeriesPoint, Verdict} from "../query/explain/series.js";
import {chart, subtitleOf, type Mark} from "./chart.js";
import {emptyState, whyEmpty} from "./emptyState.js";
import {type ComponentOptions, type MetricFace, missingData, notAppliedWords} from "./options.js";
import {finishPlot, plots} from "./plot.js";
import {trendRows} from "./rows.js";
import {signalPlot} from "./signalPlot.js";
import {happenedIn, timeNoteWords, type TimeNote} from "./timeNotes.js";
import {type TableCell, makeSortable, table} from "./table.js";

export interface SignalChartOptions extends ComponentOptions {
  readonly metric: MetricFace;
  /** The answer's trend, read as a process. */
  readonly series: Series;
  /** The period that the title speaks of, and how it stands. */
  readonly told: {readonly point: SeriesPoint; readonly verdict: Verdict} | null;
  /** The title in its place. */
  readonly finding?: string;
  /** What happened in the periods shown. */
  readonly happened?: readonly TimeNote[];
  /** What their numbers mean is told elsewhere. */
  readonly untold?: boolean;
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

/** Returns the figure; a note in its place when no period has a value. */
export function signalChart(answer: Answer, options: SignalChartOptions): HTMLElement {
  const {metric, series, told, happened = [], format, document, heading, interactive = false, room} = options;
  const missing = missingData(answer, metric);
  if (missing) return emptyState({...missing, format, document});
  if (!told) return emptyState({why: whyEmpty(trendRows(answer, metric.id)), format, document});
  const {points, limits, baseline, seasonal} = series;
  const finding = options.finding ?? signalFinding(told, options);
  const words = {label: finding, description: points.filter(({signal}) => signal).map(({period, value, signal}) => `${format.period(period)}: ${format.value(value, metric.unit)}, ${format.message(`signal.rule.${signal!.rule}`, {side: signal!.side})}`).join("; ")};
  const drawings = plots((size) => finishPlot(signalPlot(series, {metric, notes: happened, format, document, size}), size, words), {document, live: interactive, ...(room && {room})});
  const marks: Mark[] = [];
  if (limits) marks.push("usual");
  const kinds = new Set(points.flatMap(({signal}) => (signal ? [markOf(signal.side, metric.direction)] : [])));
  marks.push(...(["signal", "signal_better", "signal_worse"] as const).filter((mark) => kinds.has(mark)));
  if (points.some(({counted, value}) => !counted && value !== null)) marks.push("part");
  const shown = format.message("period.span", {first: format.period(points[0]!.period), last: format.period(points.at(-1)!.period)});
  const subtitle = subtitleOf(answer, metric, {format}, {grain: answer.question.trend!.grain, period: shown});
  const notes = [
    ...(limits && baseline ? [format.message("signal.baseline", {count: limits.points, from: format.date(baseline.from), to: format.date(baseline.to), firm: limits.firm ? "yes" : "no"})] : []),
    ...(seasonal ? [format.message("signal.seasonal")] : []),
    ...(options.untold ? [] : timeNoteWords(happened, format)),
    ...notAppliedWords(answer, metric, format)
  ];
  const twin = () => {
    const number = (value: number | null): TableCell => ({text: format.value(value, metric.unit, {precise: true, bare: true}), sort: value});
    const made = table(
      {
        caption: subtitle,
        columns: [
          {label: format.message("table.period")},
          {label: format.metric(metric.id), unit: format.unit(metric.unit), numeric: true},
          {label: format.message("table.n"), numeric: true},
          ...(limits ? ["low", "expected", "high"].map((name) => ({label: format.message(`signal.column.${name}`), numeric: true})) : []),
          {label: format.message("signal.column.verdict")},
          ...(happened.length > 0 ? [{label: format.message("actions.column")}] : [])
        ],
        rows: points.map((point) => [
          {text: format.period(point.period), sort: point.period.start},
          number(point.value),
          {text: format.value(point.n, "count", {precise: true}), sort: point.n, muted: true},
          ...(limits ? [number(point.lower), number(point.expected), number(point.upper)] : []),
          {text: format.message(point.signal ? `signal.rule.${point.signal.rule}` : point.counted && limits ? "signal.routine" : "signal.unjudged", {side: point.signal?.side ?? "high"})},
          ...(happened.length > 0 ? [{text: happenedIn(happened, point.period.key)}] : [])
        ])
      },
      {format, document}
    );
    if (interactive) makeSortable(made, {format, document});
    return made;
  };
  return chart({finding, subtitle, drawings, marks, notes, twin, interactive, format, document, ...(heading && {heading})});
}

const markOf = (side: "high" | "low", direction: MetricFace["direction"]): Mark =>
  direction === "context" ? "signal" : (side === "high") === (direction === "up") ? "signal_better" : "signal_worse";

function signalFinding({point, verdict}: NonNullable<SignalChartOptions["told"]>, {metric, series, format}: SignalChartOptions): string {
  const said = {metric: format.metric(metric.id), value: format.value(point.value, metric.unit), period: format.period(point.period)};
  if (verdict === "unjudged" || point.lower === null) return format.message("signal.finding.unjudged", {...said, count: series.points.filter(({counted}) => counted).length});
  const range = {low: format.value(point.lower, metric.unit), high: format.value(point.upper, metric.unit)};
  if (!point.signal) return format.message("signal.finding.routine", {...said, ...range});
  return format.message(`signal.finding.${point.signal.rule}`, {...said, ...range, side: point.signal.side, verdict});
}
