// Numbers in full: members down and metrics across, or metrics down where nothing is broken down.

import type {Answer, AnswerRow} from "../query/question.js";
import type {Formatter} from "../format/formatter.js";
import {attainment} from "../format/variance.js";
import {isOrdered} from "../format/members.js";
import {heldAgainst} from "../format/pace.js";
import {noRateWords} from "../format/rates.js";
import {emptyState} from "./emptyState.js";
import {type Comparison, type ComponentOptions, type MetricFace, comparisons, missingData, notAppliedWords} from "./options.js";
import {printPick} from "./pick.js";
import {cellWords, isSmall, memberRows, rowAt, sameMembers, totalRow} from "./rows.js";
import {type TableCell, type TableColumn, makeSortable, table} from "./table.js";
import {element} from "./element.js";

export interface DataTableOptions extends ComponentOptions {
  readonly metrics: readonly MetricFace[];
  /** Comparisons with a column of their own. Default: all that the answer holds for one metric, else the first. */
  readonly compare?: readonly Comparison[];
  /** `value`: largest first, small n and empty last. `answer`: as the members stand. Default: value, stages as they stand. */
  readonly order?: "value" | "answer";
  /** Rows beyond are folded. Default 20. */
  readonly max?: number;
  readonly caption?: string;
  /** Headings sort when pressed; only where a script runs. */
  readonly interactive?: boolean;
}

/** Returns a table with totals computed at their own grain, never summed here; or a note when there are no rows. */
export function dataTable(answer: Answer, options: DataTableOptions): HTMLElement {
  const {metrics, format, document, interactive = false} = options;
  const known = metrics.filter((metric) => !missingData(answer, metric));
  const missing = metrics.flatMap((metric) => missingData(answer, metric) ?? []);
  const by = answer.question.by ?? [];
  if (!known.length) return emptyState({why: missing.every(({why}) => why === "not_published") ? "not_published" : "not_in_data", columns: [...new Set(missing.flatMap(({columns}) => columns))], format, document});
  if (!answer.rows.some((row) => row.role === "current" && row.total !== by.length > 0)) return emptyState({why: "no_rows", format, document});
  const shown = by.length ? byMember(answer, known, options) : byMetric(answer, known, options);
  const absent = [...new Set(missing.map(({why}) => why))].map((why) => `${format.reason(why)}: ${format.list(missing.filter((one) => one.why === why).map(({metric}, k) => format.metric(metric, k ? "sentence" : undefined)))}`);
  const notes = [...new Set(known.flatMap((metric) => notAppliedWords(answer, metric, format).map((words) => `${format.metric(metric.id)}: ${words}`))), ...absent];
  if (notes.length) shown.append(element(document, "p", {class: "qd-caveats"}, notes.join(" · ")));
  if (interactive) makeSortable(shown, {format, document});
  return shown;
}

function byMember(answer: Answer, metrics: readonly MetricFace[], {compare, order, max = 20, caption, interactive, format, document}: DataTableOptions): HTMLElement {
  const by = answer.question.by!;
  const present = compare ?? asked(answer, metrics);
  const lead = metrics[0]!;
  const rows = sorted(memberRows(answer, lead.id), lead, order ?? (by[0] !== undefined && isOrdered(by[0]) ? "answer" : "value"));
  const columns: TableColumn[] = [{label: by.map((id) => format.dimension(id)).join(" · ")}, ...metrics.flatMap((metric) => metricColumns(metric, present, format))];
  const line = (heading: TableCell, like: AnswerRow): TableCell[] => [
    heading,
    ...metrics.flatMap((metric) => {
      const row = rowAt(answer, {metric: metric.id, role: "current", total: like.total, members: like.members});
      return metricCells(answer, row, metric, present, format);
    })
  ];
  const total = totalRow(answer, lead.id);
  const memberLine = (row: AnswerRow) => line({text: row.members.map((member, i) => format.member(by[i]!, member)).join(" · "), ...(by.length === 1 && {pick: printPick(by[0]!, row.members[0]!)})}, row);
  const folded = interactive ? rows.slice(max) : [];
  return table(
    {
      caption: caption ?? format.message("table.caption", {metrics: format.list(metrics.map(({id}, i) => format.metric(id, i ? "sentence" : undefined))), dimension: format.list(by.map((id) => format.dimension(id, "sentence"))), period: format.period(answer.period)}),
      columns,
      rows: rows.slice(0, rows.length - folded.length).map(memberLine),
      ...(total && {total: line({text: format.message("table.total")}, total)}),
      max,
      ...(folded.length > 0 && {later: {count: folded.length, rows: () => folded.map(memberLine)}})
    },
    {format, document}
  );
}

function byMetric(answer: Answer, metrics: readonly MetricFace[], {compare, caption, format, document}: DataTableOptions): HTMLElement {
  const present = compare ?? comparisons.filter((kind) => metrics.some((metric) => has(answer, metric, kind)));
  return table(
    {
      caption: caption ?? format.message("table.caption_metrics", {period: format.period(answer.period)}),
      columns: [
        {label: format.message("table.metric")},
        {label: format.message("table.value"), numeric: true},
        {label: format.message("table.n"), numeric: true},
        ...present.map((kind) => ({label: format.message(`table.${kind}`), numeric: true}))
      ],
      rows: metrics.map((metric) => {
        const row = totalRow(answer, metric.id);
        const [value, n, ...changes] = metricCells(answer, row, metric, present, format, true);
        return [{text: format.metric(metric.id)}, value!, n!, ...changes];
      })
    },
    {format, document}
  );
}

function metricColumns(metric: MetricFace, present: readonly Comparison[], format: Formatter): TableColumn[] {
  const value = {label: format.metric(metric.id), unit: format.unit(metric.unit), numeric: true, opens: true};
  const n = metric.unit === "count" ? [] : [{label: format.message("table.n"), numeric: true}];
  return [value, ...n, ...present.map((kind) => ({label: format.message(`table.${kind}`), numeric: true}))];
}

function metricCells(answer: Answer, row: AnswerRow | undefined, metric: MetricFace, present: readonly Comparison[], format: Formatter, withUnit = false): TableCell[] {
  const counted = withUnit || metric.unit !== "count";
  if (!row) return Array.from({length: 1 + +counted + present.length}, () => ({text: "–", sort: null, note: format.reason("no_rows")}));
  const words = [...(row.value === null ? [format.reason(row.reason)] : cellWords(row, metric, format)), ...noRateWords(answer, row, format)].join(" · ");
  const muted = isSmall(row, metric);
  return [
    {text: `${format.value(row.value, metric.unit, {precise: true, bare: !withUnit})}${row.drawn === undefined ? "" : ` (${format.message("targets.range", {low: format.value(row.interval![0], metric.unit, {bare: !withUnit}), high: format.value(row.interval![1], metric.unit, {bare: !withUnit})})})`}`, sort: row.value, muted, note: words},
    ...(counted ? [{text: row.reason === "suppressed" ? "–" : format.value(row.n, "count", {precise: true}), sort: row.reason === "suppressed" ? null : row.n, muted: true}] : []),
    ...present.map((kind) => changeCell(answer, row, metric, kind, format))
  ];
}

function changeCell(answer: Answer, row: AnswerRow, metric: MetricFace, kind: Comparison, format: Formatter): TableCell {
  const {value: held, paced} = kind === "target" ? heldAgainst(row, metric) : {value: null, paced: false};
  const [passed = 0, whole = 0] = row.period.workdays ?? [];
  const pace = paced ? format.message(`table.pace.${held === null ? "unknown" : "share"}`, {target: format.value(row.target!, metric.unit), passed, whole}) : undefined;
  const reference = kind === "target" ? (row.target === null || row.target === undefined ? undefined : {value: held}) : sameMembers(answer, row, kind);
  if (!reference) return {text: "–", sort: null, muted: true, note: format.message(kind === "target" ? "table.no_target" : "table.no_reference")};
  const change = format.change(row, reference, metric);
  const share = kind === "target" && metric.unit !== "percent" ? attainment(row.value, held) : null;
  const {absolute, relative} = change.variance;
  return {text: share === null ? change.text : format.attainment(share), sort: share ?? relative ?? absolute, tone: change.tone, note: pace ?? (row.value === null || !("reason" in reference) ? change.note : format.reason(reference.reason) || change.note)};
}

function sorted(rows: readonly AnswerRow[], metric: MetricFace, order: "value" | "answer"): AnswerRow[] {
  if (order === "answer") return [...rows];
  const rank = (row: AnswerRow) => (row.value === null ? 2 : isSmall(row, metric) && metric.unit !== "count" ? 1 : 0);
  return [...rows].sort((a, b) => rank(a) - rank(b) || (b.value ?? 0) - (a.value ?? 0));
}

function asked(answer: Answer, metrics: readonly MetricFace[]): Comparison[] {
  const present = comparisons.filter((kind) => metrics.some((metric) => has(answer, metric, kind)));
  return metrics.length > 1 ? present.slice(0, 1) : present;
}

function has(answer: Answer, metric: MetricFace, kind: Comparison): boolean {
  return answer.rows.some((row) => row.metric === metric.id && (kind === "target" ? row.role === "current" && row.target !== null && row.target !== undefined : row.role === kind));
}
