// An answer as people read it in a terminal, in the report's language.

import type {Formatter} from "../../src/format/formatter.js";
import {plainText} from "../../src/format/text.js";
import {noRateWords} from "../../src/format/rates.js";
import type {Unit} from "../../src/metrics/define.js";
import type {KpiDocument, KpiRow} from "./document.js";

interface Column {
  readonly heading: string;
  readonly cell: (row: KpiRow) => string;
  readonly right?: boolean;
}

/** Returns a document as text: for each id asked its name, period, as-of day, a table and the definition. */
export function kpiTable(document: KpiDocument, format: Formatter, asked: readonly {readonly id: string; readonly of?: string}[]): string {
  return `${asked.map(({id, of}) => section(id, of, document, format)).join("\n\n")}\n`;
}

function section(id: string, of: string | undefined, document: KpiDocument, format: Formatter): string {
  const metric = document.metrics.find((candidate) => candidate.id === id);
  const rows = document.rows.filter((row) => row.id === id && row.of === of);
  const measured = of === undefined ? metric : document.metrics.find((candidate) => candidate.id === of);
  const missing = document.missing.filter((candidate) => candidate.id === (of ?? id));
  const notApplied = document.not_applied.filter((candidate) => candidate.id === (of ?? id)).map(({dimension}) => format.dimension(dimension));
  const filters = document.where.map(({dimension, values}) => format.message("filter.is", {dimension: format.dimension(dimension), members: format.list(values.map((value) => format.member(dimension, value)), "or")}));
  const paced = rows.find(({pace, period}) => pace !== undefined && period.workdays)?.period.workdays;
  const context = [format.period(document.period), ...filters, format.message("site.as_of", {date: format.date(document.as_of)}), ...(document.owner_credit === "current" ? [format.message("note.owner_credit")] : [])];
  return [
    `${plainText(metric!.label)}${of === undefined ? "" : `: ${plainText(measured!.label)}`} (${id}${of === undefined ? "" : ` --of ${of}`})`,
    context.join(" · "),
    "",
    ...(rows.length ? [...grid(rows, columnsOf(rows, document, unitIn(metric, measured), unitIn(measured, measured), format)), ""] : []),
    ...(paced ? [format.message("kpi.part_target", {passed: paced[0], whole: paced[1]})] : []),
    ...rates(rows, document, format),
    ...missing.map(({columns, why}) => `${format.reason(why)}: ${columns.join(", ")}`),
    ...(notApplied.length ? [format.message("caveat.not_applied", {dimensions: format.list([...new Set(notApplied)])})] : []),
    metric!.definition, ...(metric!.edges ? [metric!.edges] : [])
  ].join("\n");
}

/** Which currencies and days lack a rate, for the row that lacks most. */
function rates(rows: readonly KpiRow[], {unrated}: KpiDocument, format: Formatter): string[] {
  const most = Math.max(0, ...rows.map((row) => row.unrated ?? 0));
  return noRateWords({unrated}, {unrated: most}, format);
}

function columnsOf(rows: readonly KpiRow[], document: KpiDocument, unit: Unit | undefined, own: Unit | undefined, format: Formatter): Column[] {
  const say = (key: string) => format.message(key);
  const number = (value: number | null | undefined, of: Unit) => (value === undefined ? "" : format.value(value, of, {precise: true}));
  const has = (name: keyof KpiRow) => rows.some((row) => row[name] !== undefined && row[name] !== null);
  const several = (name: "role" | "period") => new Set(rows.map((row) => JSON.stringify(row[name]))).size > 1;
  const shown: Unit = unit ?? "count";
  /** Numerators of shares are counts unless the share is of money: then the value's own metric says so. */
  const part = (value: number | null | undefined) => (value === undefined ? "" : value === null ? "–" : format.value(value, "count", {precise: true}));
  const optional = (shown: boolean, column: Column): Column[] => (shown ? [column] : []);
  return [
    ...optional(several("role"), {heading: say("kpi.role"), cell: ({role}) => say(`kpi.role.${role}`)}),
    ...optional(several("period"), {heading: say("table.period"), cell: ({period}) => format.period(period)}),
    ...document.by.map((dimension) => ({
      heading: format.dimension(dimension),
      cell: ({total, members}: KpiRow) => (total ? say("table.total") : format.member(dimension, members[dimension] ?? null))
    })),
    {heading: say("table.value"), cell: (row) => number(row.value, shown), right: true},
    ...optional(has("drawn"), {heading: say("kpi.range"), cell: (row) => (row.drawn === undefined ? "" : format.message("targets.range", {low: number(row.interval![0], shown), high: number(row.interval![1], shown)}))}),
    ...optional(has("drawn"), {heading: say("kpi.drawn"), cell: ({drawn}) => number(drawn, "count"), right: true}),
    ...optional(has("of"), {heading: say("kpi.actual"), cell: ({actual}) => number(actual, own ?? "count"), right: true}),
    ...optional(has("numerator"), {heading: say("definition.numerator"), cell: ({numerator}) => part(numerator), right: true}),
    ...optional(has("denominator"), {heading: say("definition.denominator"), cell: ({denominator}) => part(denominator), right: true}),
    {heading: say("table.n"), cell: ({n, reason}) => (reason === "suppressed" ? "–" : format.value(n, "count", {precise: true})), right: true},
    ...optional(has("coverage"), {heading: say("kpi.coverage"), cell: ({coverage}) => number(coverage, "percent"), right: true}),
    ...optional(has("undated"), {heading: say("kpi.undated"), cell: ({undated}) => number(undated, "count"), right: true}),
    ...optional(has("in_progress"), {heading: say("kpi.in_progress"), cell: ({in_progress}) => number(in_progress, "count"), right: true}),
    ...optional(has("window"), {heading: say("kpi.window"), cell: ({window}) => (window ? format.message(window.measured ? "caveat.window_measured" : "caveat.window_declared", {days: window.days, count: window.n}) : "")}),
    ...optional(has("censored"), {heading: say("kpi.censored"), cell: ({censored}) => number(censored, "count"), right: true}),
    ...optional(has("estimator"), {heading: say("kpi.estimator"), cell: ({estimator}) => (estimator ? say(`caveat.estimator.${estimator}`) : "")}),
    ...optional(has("top"), {heading: say("kpi.top"), cell: ({top}) => number(top, "percent"), right: true}),
    ...optional(has("empty"), {heading: say("kpi.empty"), cell: ({empty}) => number(empty, "count"), right: true}),
    ...optional(has("target"), {heading: say("kpi.target"), cell: (row) => number(row.target, row.of === undefined ? shown : own ?? "count"), right: true}),
    ...optional(has("pace"), {heading: say("kpi.pace"), cell: (row) => number(row.pace, shown), right: true}),
    ...optional(has("headroom"), {heading: say("kpi.headroom"), cell: ({headroom}) => number(headroom, own ?? "count"), right: true}),
    ...optional(has("ahead"), {heading: say("kpi.ahead"), cell: ({ahead}) => number(ahead, own ?? "count"), right: true}),
    ...optional(has("ahead_days"), {heading: say("kpi.ahead_days"), cell: ({ahead_days}) => number(ahead_days, "days"), right: true}),
    ...optional(has("range"), {heading: say("kpi.range"), cell: ({range}) => (range ? format.message("targets.range", {low: number(range[0], own ?? "count"), high: number(range[1], own ?? "count")}) : "")}),
    ...optional(has("allocated"), {heading: say("kpi.allocated"), cell: ({allocated}) => number(allocated, own ?? "count"), right: true}),
    ...optional(rows.some(({out_of_reach}) => out_of_reach), {heading: say("kpi.reach"), cell: ({out_of_reach}) => (out_of_reach ? format.message("targets.out_of_reach") : "")}),
    ...optional(has("reason"), {heading: say("kpi.reason"), cell: ({reason}) => format.reason(reason)})
  ];
}

/** Of a target number that has the unit of its KPI, that one. */
const unitIn = (metric: KpiDocument["metrics"][number] | undefined, of: KpiDocument["metrics"][number] | undefined): Unit | undefined => {
  const unit = metric?.unit === "of_kpi" ? of?.unit : metric?.unit;
  return unit === "of_kpi" ? undefined : unit;
};

function grid(rows: readonly KpiRow[], columns: readonly Column[]): string[] {
  const cells = [columns.map(({heading}) => heading), ...rows.map((row) => columns.map(({cell}) => cell(row)))];
  const widths = columns.map((_, k) => Math.max(...cells.map((line) => [...line[k]!].length)));
  const pad = (text: string, k: number) => (columns[k]!.right ? " ".repeat(widths[k]! - [...text].length) + text : text + " ".repeat(widths[k]! - [...text].length));
  return cells.map((line) => line.map(pad).join("  ").trimEnd());
}
