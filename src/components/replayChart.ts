// Forecasts replayed as of past days beside what was won: a column a month, and a mark for each way to forecast it.

import * as Plot from "@observablehq/plot";
import type {Answer, AnswerRow} from "../query/question.js";
import {chart, type KeyEntry} from "./chart.js";
import {type Attributes, svgElement} from "./element.js";
import {emptyState, whyEmpty} from "./emptyState.js";
import {type ComponentOptions, type MetricFace, missingData, notAppliedWords} from "./options.js";
import {finishPlot, type PlotSize, plots} from "./plot.js";
import {nWords, trendRows} from "./rows.js";
import {makeSortable, table, type TableCell} from "./table.js";
import {type Happened, happenedIn, timeMarks, timeRoom, type TimeNote, timeNotesIn, timeNoteWords} from "./timeNotes.js";

export interface ReplayChartOptions extends ComponentOptions {
  /** What was won. */
  readonly won: MetricFace;
  /** The two forecasts that the finding compares: by the share ever won from a stage, and by what is won before the month ends. */
  readonly stages: MetricFace;
  readonly inPeriod: MetricFace;
  readonly commit: MetricFace;
  /** Further forecasts, for the table. */
  readonly others: readonly MetricFace[];
  /** What happened to the company, drawn on the axis of time. */
  readonly happened?: Happened;
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

interface Month {
  readonly won: AnswerRow;
  readonly stages: AnswerRow;
  readonly inPeriod: AnswerRow;
  readonly commit: AnswerRow;
  readonly others: readonly AnswerRow[];
}

/** Returns the figure; a note in its place where nothing can be replayed. The answer is a trend by month of all the metrics. */
export function replayChart(answer: Answer, options: ReplayChartOptions): HTMLElement {
  const {won, stages, inPeriod, commit, others, format, document, heading, interactive = false, room} = options;
  const missing = missingData(answer, stages);
  if (missing) return emptyState({...missing, format, document});
  const [wonRows, stageRows, periodRows, commitRows, ...otherRows] = [won, stages, inPeriod, commit, ...others].map(({id}) => trendRows(answer, id));
  const months = stageRows!
    .map((row, k): Month => ({won: wonRows![k]!, stages: row, inPeriod: periodRows![k]!, commit: commitRows![k]!, others: otherRows.map((rows) => rows[k]!)}))
    .filter(({stages: {n, period}}) => n > 0 && !period.part);
  if (!months.length) return emptyState({why: whyEmpty(stageRows!), format, document});
  const committed = months.some(({commit: {value}}) => value !== null);
  const shown = others.filter((_, k) => months.some((month) => month.others[k]!.value !== null));
  const bias = ({won: {value: actual}}: Month, {value}: AnswerRow) => (actual && value !== null ? (value - actual) / actual : null);
  const money = (value: number | null) => format.value(value, "currency");
  const finding = findingOf(months, options);
  const happened = timeNotesIn(options.happened ?? {}, months.map(({won: {period}}) => period));
  const words = {label: finding, description: months.map(({won: {value, period}, stages: ever, inPeriod: before}) => `${format.period(period)}: ${money(before.value)}, ${money(ever.value)}, ${money(value)}`).join("; ")};
  const drawings = plots((size) => finishPlot(replayPlot(months, size, {...options, notes: happened}), size, words), {document, live: interactive, ...(room && {room})});
  const [first, last] = [months[0]!.won.period, months.at(-1)!.won.period];
  const subtitle = format.message("replay.subtitle", {unit: format.unit("currency") || "none", period: first === last ? format.period(first) : format.message("period.span", {first: format.period(first), last: format.period(last)}), as_of: format.date(answer.asOf)});
  const cell = (row: AnswerRow): TableCell => ({text: format.value(row.value, "currency", {precise: true, bare: true}), sort: row.value, note: row.value === null ? format.reason(row.reason) : ""});
  const twin = () => {
    const unit = format.unit("currency");
    const made = table({
      caption: subtitle,
      columns: [
        {label: format.message("table.period")},
        {label: format.message("replay.key.won"), unit, numeric: true},
        {label: format.message("table.n"), numeric: true},
        ...[inPeriod, stages].flatMap(({id}) => [{label: format.metric(id), unit, numeric: true}, {label: format.message("replay.bias"), numeric: true}]),
        ...[...(committed ? [commit] : []), ...shown].map(({id}) => ({label: format.metric(id), unit, numeric: true})),
        ...(happened.length > 0 ? [{label: format.message("actions.column")}] : [])
      ],
      rows: months.map((month) => [
        {text: format.period(month.won.period), sort: month.won.period.start},
        cell(month.won),
        {text: format.value(month.won.n, "count", {precise: true}), sort: month.won.n, muted: true},
        ...[month.inPeriod, month.stages].flatMap((row) => [cell(row), {text: format.value(bias(month, row), "percent"), sort: bias(month, row)}]),
        ...(committed ? [cell(month.commit)] : []),
        ...shown.map((face) => cell(month.others[others.indexOf(face)]!)),
        ...(happened.length > 0 ? [{text: happenedIn(happened, month.won.period.key)}] : [])
      ])
    }, {format, document});
    if (interactive) makeSortable(made, {format, document});
    return made;
  };
  const keys: KeyEntry[] = [
    {swatch: sign(document, "rect", {x: 1, y: 1, width: 10, height: 10, fill: "var(--qd-actual)"}), text: format.message("replay.key.won")},
    {swatch: sign(document, "path", {d: "M0,6H12", stroke: "var(--qd-signal)", "stroke-width": 3}), text: format.message("replay.key.in_period")},
    {swatch: sign(document, "path", {d: "M0,6H12", stroke: "currentColor", "stroke-width": 1.5}), text: format.message("replay.key.stages")},
    ...(committed ? [{swatch: sign(document, "circle", {cx: 6, cy: 6, r: 4, fill: "var(--theme-background)", stroke: "currentColor", "stroke-width": 1.5}), text: format.message("replay.key.commit")}] : [])
  ];
  const notes = [format.message("replay.note"), ...timeNoteWords(happened, format), ...notAppliedWords(answer, stages, format)];
  return chart({finding, subtitle, drawings, marks: [], keys, notes, twin, interactive, format, document, ...(heading && {heading})});
}

const sign = (document: Document, name: "rect" | "path" | "circle", drawn: Attributes): SVGSVGElement =>
  svgElement(document, "svg", {class: "qd-square", viewBox: "0 0 12 12", "aria-hidden": "true"}, svgElement(document, name, drawn));

/**
 * "Forecasting what is won by the month’s end came nearer: off by 27% of what was won, the stages alone by 159%". How far a
 * forecast was off: its misses, month by month and to either side, added up, over what was won.
 */
function findingOf(months: readonly Month[], {format}: ReplayChartOptions): string {
  const sum = (of: (month: Month) => number) => months.reduce((total, month) => total + of(month), 0);
  const won = sum((month) => month.won.value ?? 0);
  const off = (which: "stages" | "inPeriod") => sum((month) => Math.abs((month[which].value ?? 0) - (month.won.value ?? 0))) / won;
  if (!(won > 0)) return format.message("finding.replay_nothing", {count: months.length});
  const [stages, period] = [format.percent(off("stages")), format.percent(off("inPeriod"))];
  const nearer = stages === period ? "none" : off("inPeriod") < off("stages") ? "period" : "stages";
  return format.message("finding.replay", {count: months.length, nearer, stages, period});
}

type Mark = "won" | "stages" | "inPeriod" | "commit";

function replayPlot(months: readonly Month[], {width, height, fontSize, name}: PlotSize, {won, stages, inPeriod, commit, format, document, notes}: ReplayChartOptions & {readonly notes: readonly TimeNote[]}): SVGSVGElement | HTMLElement {
  const step = width / months.length;
  const gap = Math.min(7, step * 0.16);
  const roomy = step >= 52;
  const every = Math.max(1, Math.ceil((name === "narrow" ? 30 : 38) / step));
  const key = ({won: {period}}: Month) => period.key;
  const byKey = new Map(months.map((month) => [key(month), month]));
  const keys = months.map(key);
  const ticks = keys.filter((_, i) => (months.length - 1 - i) % every === 0);
  const known = (of: Mark) => months.filter((month) => month[of].value !== null);
  const value = (of: Mark) => (month: Month) => month[of].value!;
  const high = Math.max(1, ...(["won", "stages", "inPeriod", "commit"] as const).flatMap((of) => known(of).map(value(of))));
  return Plot.plot({
    document,
    width,
    height,
    marginTop: 22 + timeRoom(notes),
    marginBottom: 46,
    marginLeft: 0,
    marginRight: 0,
    x: {type: "band", domain: keys, padding: 0.42, paddingOuter: 0.21, label: null},
    y: {axis: null, domain: [0, high]},
    marks: [
      Plot.barY(known("won"), {x: key, y: value("won"), fill: "var(--qd-actual)"}),
      Plot.ruleY([0], {stroke: "var(--qd-baseline)"}),
      ...timeMarks(notes, fontSize),
      Plot.tickY(known("stages"), {x: key, y: value("stages"), stroke: "currentColor", strokeWidth: 1.5, insetLeft: -gap, insetRight: -gap}),
      Plot.tickY(known("inPeriod"), {x: key, y: value("inPeriod"), stroke: "var(--theme-background)", strokeWidth: 6, insetLeft: -gap - 1, insetRight: -gap - 1}),
      Plot.tickY(known("inPeriod"), {x: key, y: value("inPeriod"), stroke: "var(--qd-signal)", strokeWidth: 3, insetLeft: -gap, insetRight: -gap}),
      Plot.dot(known("commit"), {x: key, y: value("commit"), r: 4, fill: "var(--theme-background)", stroke: "currentColor", strokeWidth: 1.5}),
      // Each number beside its own mark: that of the forecast above it and the column, what was won at the foot of its column.
      Plot.text(roomy ? known("inPeriod") : [], {x: key, y: (month: Month) => Math.max(month.inPeriod.value!, month.won.value ?? 0), text: (month: Month) => format.value(month.inPeriod.value, "currency"), dy: -7, lineAnchor: "bottom", fontSize, fontVariant: "tabular-nums", fill: "var(--qd-signal)", stroke: "var(--theme-background)", strokeWidth: 4}),
      Plot.text(roomy ? known("won").filter((month) => month.won.value! > high * 0.12) : [], {x: key, y: 0, text: (month: Month) => format.value(month.won.value, "currency"), dy: -5, lineAnchor: "bottom", fontSize, fontVariant: "tabular-nums", fill: "var(--theme-background)"}),
      Plot.axisX({ticks, tickSize: 0, tickPadding: 6, fontSize, lineHeight: 1.2, tickFormat: (at: string) => format.tick(byKey.get(at)!.won.period, at === ticks[0]), color: "var(--qd-quiet)"}),
      Plot.barY(months, {x: key, y1: 0, y2: high, fill: "currentColor", fillOpacity: 0, insetLeft: -gap, insetRight: -gap, title: tip})
    ]
  });

  function tip(month: Month): string {
    const line = (face: MetricFace, row: AnswerRow) => `${format.metric(face.id)}: ${row.value === null ? format.reason(row.reason) || "–" : format.value(row.value, "currency", {precise: true})}`;
    return [format.period(month.won.period), `${format.message("replay.key.won")}: ${format.value(month.won.value, won.unit, {precise: true})} (${nWords(month.won, format)})`, line(inPeriod, month.inPeriod), line(stages, month.stages), line(commit, month.commit)].join("\n");
  }
}
