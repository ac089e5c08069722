import {csvText, type CsvValue} from "../../src/format/csv.js";
import type {KpiDocument, KpiRow} from "./document.js";

/** Returns a document as CSV, one line a row, numbers unrounded. Text that a spreadsheet would run begins with an apostrophe. */
export function kpiCsv(document: KpiDocument): string {
  const targets = document.rows.some(({of}) => of !== undefined);
  const units = new Map<string, string>(document.metrics.map(({id, unit}) => [id, unit]));
  const lines = document.rows.map((row): Readonly<Record<string, CsvValue>> => ({
    id: row.id,
    ...(targets && {of: row.of}),
    role: row.role,
    period: row.period.key,
    start: row.period.start,
    end: row.period.end,
    part: row.period.part,
    ...Object.fromEntries(document.by.map((dimension) => [dimension, row.members[dimension] ?? null])),
    total: row.total,
    value: row.value,
    unit: units.get(unitBy(row, units)),
    n: row.reason === "suppressed" ? null : row.n,
    numerator: row.numerator,
    denominator: row.denominator,
    low: row.interval?.[0],
    high: row.interval?.[1],
    drawn: row.drawn,
    coverage: row.coverage,
    undated: row.undated,
    unrated: row.unrated,
    in_progress: row.in_progress,
    window_days: row.window?.days,
    censored: row.censored,
    estimator: row.estimator,
    top: row.top,
    empty: row.empty,
    target: row.target,
    pace: row.pace,
    ...(targets && {actual: row.actual, met: row.met, headroom: row.headroom, ahead: row.ahead, ahead_days: row.ahead_days, landing_low: row.range?.[0], landing_high: row.range?.[1], allocated: row.allocated, out_of_reach: row.out_of_reach}),
    reason: row.reason,
    as_of: document.as_of
  }));
  const header = Object.keys(lines[0] ?? {});
  return csvText(header, lines.map((line) => header.map((name) => line[name])));
}

/** A target number may have the unit of its KPI. */
const unitBy = ({id, of}: KpiRow, units: ReadonlyMap<string, string>): string => (of !== undefined && units.get(id) === "of_kpi" ? of : id);
