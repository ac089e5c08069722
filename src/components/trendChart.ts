// A measure over time: columns for what happens in a period, a line for rates, durations and stocks, a line for each
// member of a breakdown. Actual is solid, last year paler, the target outlined, a part period hollow.

import type {Answer, AnswerRow} from "../query/question.js";
import {chart, subtitleOf, type Mark} from "./chart.js";
import {columnPlot} from "./columnPlot.js";
import {emptyState, whyEmpty} from "./emptyState.js";
import {findLast, findLastIndex} from "./last.js";
import {linePlot, type Series} from "./linePlot.js";
import {type ComponentOptions, type MetricFace, breakdownOf, missingData, notAppliedWords} from "./options.js";
import {printPick} from "./pick.js";
import {finishPlot, pickable, plots} from "./plot.js";
import {isSmall, memberRows, totalRow, trendRows} from "./rows.js";
import {type Happened, happenedIn, timeNoteWords, timeNotesIn} from "./timeNotes.js";
import {mutedColor, memberColors} from "../theme/palette.js";
import {type TableCell, type TableData, makeSortable, table} from "./table.js";

export interface TrendChartOptions extends ComponentOptions {
  readonly metric: MetricFace;
  /** All members of the dimension, so that each keeps its colour under any filter. */
  readonly domain?: readonly (string | null)[];
  /** Last periods shown; earlier ones of the answer serve as last year. Default: all of them. */
  readonly show?: number;
  /** Default: columns for counts and money that happen in a period, else a line. */
  readonly form?: "columns" | "line";
  /** What was done about the number, drawn on the course of the whole, and what else happened. */
  readonly happened?: Happened;
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

const colored = 6;

const pickOf = ({period}: AnswerRow): string => printPick("period", period.key);

/** Returns the figure; a note in its place when no period has a value. Throws when the answer has no trend. */
export function trendChart(answer: Answer, options: TrendChartOptions): HTMLElement {
  const {metric, format, document} = options;
  const missing = missingData(answer, metric);
  if (missing) return emptyState({...missing, format, document});
  if (!answer.question.trend) throw new Error(`trendChart of ${metric.id}: the question asked for no trend`);
  return answer.question.by?.length ? byMember(answer, options) : ofTotal(answer, options);
}

function ofTotal(answer: Answer, options: TrendChartOptions): HTMLElement {
  const {metric, format, document, show, heading, interactive = false, room, form = formOf(metric)} = options;
  const all = trendRows(answer, metric.id);
  const rows = all.slice(-(show ?? all.length));
  if (!rows.some(({value}) => value !== null)) return emptyState({why: whyEmpty(rows), format, document});
  const lastYear = new Map(all.map((row) => [yearLater(row.period.start), row]));
  // A part period stands beside the same elapsed days of last year, which only the answer's comparison holds.
  const before = (row: AnswerRow) => (row.period.part ? totalRow(answer, metric.id, "last_year") : lastYear.get(row.period.start));
  const points = rows.map((row) => ({row, lastYear: show === undefined ? undefined : before(row)}));
  const notes = timeNotesIn(options.happened ?? {}, rows.map(({period}) => period));
  const finding = trendFinding(rows, metric, format);
  const words = {label: finding, description: description(rows, metric, format)};
  const marks: Mark[] = [];
  if (points.some((point) => point.lastYear?.value != null)) marks.push("last_year");
  if (rows.some(({target}) => target != null)) marks.push("target");
  if (rows.some(({period, value}) => period.part && value !== null)) marks.push("part");
  if (rows.some((row) => isSmall(row, metric))) marks.push("small");
  const drawings = plots((size) => pickable(finishPlot(form === "columns" ? columnPlot(points, {metric, format, document, size, notes}) : linePlot([{rows, color: "var(--qd-actual)", label: null}], {metric, format, document, size, lastYear: points.map((point) => point.lastYear ?? null), notes}), size, words), rows.map(pickOf)), {document, live: interactive, ...(room && {room})});
  const cells = () =>
    points.map(({row, lastYear: before}): TableCell[] => [
      {text: format.period(row.period), sort: row.period.start, pick: pickOf(row)},
      value(row, options),
      {text: format.value(row.n, "count", {precise: true}), sort: row.n, muted: true},
      ...(marks.includes("last_year") ? [before ? value(before, options) : blank] : []),
      ...(marks.includes("target") ? [{text: format.value(row.target ?? null, metric.unit, {precise: true, bare: true}), sort: row.target ?? null}] : []),
      ...(notes.length > 0 ? [{text: happenedIn(notes, row.period.key)}] : [])
    ]);
  const title = subtitle(answer, rows, options);
  const twin = () =>
    twinTable(
      {
        caption: title,
        columns: [
          {label: format.message("table.period")},
          {label: format.metric(metric.id), unit: format.unit(metric.unit), numeric: true},
          {label: format.message("table.n"), numeric: true},
          ...marks.filter((mark) => mark === "last_year" || mark === "target").map((mark) => ({label: format.message(`mark.${mark}`), numeric: true})),
          ...(notes.length > 0 ? [{label: format.message("actions.column")}] : [])
        ],
        rows: cells()
      },
      options
    );
  return chart({finding, subtitle: title, drawings, marks, notes: [...timeNoteWords(notes, format), ...notAppliedWords(answer, metric, format)], twin, interactive, format, document, ...(heading && {heading})});
}

function byMember(answer: Answer, options: TrendChartOptions): HTMLElement {
  const {metric, format, document, domain, show, heading, interactive = false, room} = options;
  const dimension = breakdownOf(answer, "trendChart");
  const members = [...new Set(answer.rows.filter((row) => row.metric === metric.id && row.role === "trend" && !row.total).map((row) => row.members[0]!))];
  const lines = members.map((member) => ({member, rows: trendRows(answer, metric.id, member).slice(-(show ?? Infinity))})).filter(({rows}) => rows.some(({value}) => value !== null));
  if (!lines.length) return emptyState({why: whyEmpty(answer.rows), format, document});
  const latest = (rows: readonly AnswerRow[]) => findLast(rows, ({value, period}) => value !== null && !period.part);
  const rank = (row: AnswerRow | undefined) => (!row ? 2 : isSmall(row, metric) && metric.unit !== "count" ? 1 : 0);
  lines.sort((a, b) => rank(latest(a.rows)) - rank(latest(b.rows)) || (latest(b.rows)?.value ?? 0) - (latest(a.rows)?.value ?? 0));
  const inFront = lines.slice(0, colored);
  const colors = memberColors(inFront.map(({member}) => member), domain);
  const drawn = lines.map(({member, rows}, i): Series => ({rows, color: i < colored ? colors.get(member)! : mutedColor, label: i < colored ? format.member(dimension, member) : null}));
  const longest = lines.reduce((a, b) => (b.rows.length > a.rows.length ? b : a)).rows;
  const happened = timeNotesIn({events: options.happened?.events ?? []}, longest.map(({period}) => period));
  const finding = memberFinding(answer, lines, metric, format);
  const words = {label: finding, description: inFront.map(({member, rows}) => `${format.member(dimension, member)}: ${format.value(rows.at(-1)!.value, metric.unit)}`).join("; ")};
  const drawings = plots((size) => pickable(finishPlot(linePlot(drawn, {metric, format, document, size, notes: happened}), size, words), longest.map(pickOf)), {document, live: interactive, ...(room && {room})});
  const hidden = lines.length - inFront.length;
  const title = subtitle(answer, longest, options, format.dimension(dimension, "sentence"));
  const twin = () =>
    twinTable(
      {
        caption: title,
        columns: [{label: format.dimension(dimension)}, ...longest.map(({period}) => ({label: format.period(period), numeric: true}))],
        rows: lines.map(({member, rows}) => [{text: format.member(dimension, member), pick: printPick(dimension, member)}, ...longest.map(({period}) => rows.find((row) => row.period.key === period.key)).map((row) => (row ? value(row, options) : blank))])
      },
      options
    );
  const notes = [...(hidden > 0 ? [format.message("chart.others_grey", {count: hidden})] : []), ...timeNoteWords(happened, format), ...notAppliedWords(answer, metric, format)];
  return chart({finding, subtitle: title, drawings, marks: [], notes, twin, interactive, format, document, ...(heading && {heading})});
}

function twinTable(data: TableData, options: TrendChartOptions): HTMLElement {
  const twin = table(data, options);
  if (options.interactive) makeSortable(twin, options);
  return twin;
}

const blank: TableCell = {text: "–", sort: null};

function value(row: AnswerRow, {metric, format}: TrendChartOptions): TableCell {
  return {text: format.value(row.value, metric.unit, {precise: true, bare: true}), sort: row.value, muted: isSmall(row, metric), note: row.value === null ? format.reason(row.reason) : ""};
}

function formOf({unit, type}: MetricFace): "columns" | "line" {
  return (unit === "count" || unit === "currency") && (type === undefined || type === "simple") ? "columns" : "line";
}

function yearLater(start: string): string {
  return `${+start.slice(0, 4) + 1}${start.slice(4)}`;
}

function subtitle(answer: Answer, rows: readonly AnswerRow[], {metric, format}: TrendChartOptions, by?: string): string {
  const first = rows[0]!.period;
  const last = rows.at(-1)!.period;
  const period = first === last ? format.period(first) : format.message("period.span", {first: format.period(first), last: format.period(last)});
  return subtitleOf(answer, metric, {format}, {grain: answer.question.trend!.grain, period, ...(by !== undefined && {by})});
}

/** The newest whole period with a value against the one before it: neither a part period nor small n is a finding. */
function trendFinding(rows: readonly AnswerRow[], metric: MetricFace, format: TrendChartOptions["format"]): string {
  const at = findLastIndex(rows, ({value, period}) => value !== null && !period.part);
  if (at < 0) return format.message("finding.so_far", {metric: format.metric(metric.id), value: format.value(findLast(rows, ({value}) => value !== null)!.value, metric.unit), period: format.periodBeside(rows.at(-1)!.period)});
  const row = rows[at]!;
  const before = rows[at - 1];
  const change = before && before.value !== null ? format.change(row, before, metric) : null;
  return format.message("finding.trend", {
    metric: format.metric(metric.id),
    value: format.value(row.value, metric.unit),
    period: format.period(row.period),
    movement: change && !change.variance.smallN ? change.variance.movement : "unknown",
    change: change?.text ?? "",
    reference: before ? format.periodBeside(before.period, row.period) : ""
  });
}

function memberFinding(answer: Answer, lines: readonly {member: string | null; rows: readonly AnswerRow[]}[], metric: MetricFace, format: TrendChartOptions["format"]): string {
  const dimension = answer.question.by![0]!;
  const sound = lines.flatMap(({member, rows}) => {
    const row = findLast(rows, ({value, period}) => value !== null && !period.part);
    return row && !isSmall(row, metric) ? [{member, row}] : [];
  });
  const [only, ...others] = lines;
  const alone = only && others.length === 0 ? findLast(only.rows, ({value}) => value !== null) : undefined;
  // A reader's filter may leave one member: there is nothing to rank.
  if (only && alone) return format.message("finding.one", {member: format.member(dimension, only.member), metric: format.metric(metric.id, "sentence"), value: format.value(alone.value, metric.unit)});
  const current = memberRows(answer, metric.id).length;
  if (!sound.length) return format.message("finding.members", {metric: format.metric(metric.id), dimension: format.dimension(dimension, "sentence"), count: Math.max(current, lines.length)});
  const top = sound[0]!;
  return format.message("finding.lead", {member: format.member(dimension, top.member), metric: format.metric(metric.id, "sentence"), value: format.value(top.row.value, metric.unit), period: format.period(top.row.period)});
}

function description(rows: readonly AnswerRow[], metric: MetricFace, format: TrendChartOptions["format"]): string {
  const closed = rows.filter(({value, period}) => value !== null && !period.part);
  if (!closed.length) return "";
  const low = closed.reduce((a, b) => (b.value! < a.value! ? b : a));
  const high = closed.reduce((a, b) => (b.value! > a.value! ? b : a));
  return format.message("chart.range", {low: format.value(low.value, metric.unit), low_period: format.period(low.period), high: format.value(high.value, metric.unit), high_period: format.period(high.period)});
}
