// Whether a month's KPIs, or the rows of its exports, left what is usual for them: who publishes has to say why before it is frozen.

import {trendRows} from "../../src/components/rows.js";
import type {Metric} from "../../src/metrics/define.js";
import {askMany} from "../../src/query/ask.js";
import {findMetric} from "../../src/query/catalogue.js";
import {readSeries, rulesOf} from "../../src/query/explain/series.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Run} from "../../src/query/question.js";
import {baselineOf} from "../../src/query/rules.js";
import type {CheckRules} from "../quality/define.js";
import {judge} from "../report/gate.js";

/** A KPI outside the limits of its own past. */
export interface Drift {
  readonly metric: string;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** A table of a source with many fewer or many more rows than in the snapshot before. */
export interface RowDrift {
  readonly source: string;
  readonly table: string;
  /** The rows then and now: "1200 → 40". */
  readonly rows: string;
  readonly before: string;
}

/** What left what is usual for it. */
export interface Drifted {
  readonly kpis: readonly Drift[];
  readonly rows: readonly RowDrift[];
}

/** Months that make limits and leave some to be judged by them. */
const seriesLength = 36;

/**
 * Returns those of the KPIs that left their limits in the month: outside, and not on that side the month before, since what
 * has moved to another level for good was told then. None of a KPI that is too young for limits.
 */
export async function driftIn(month: string, metrics: readonly string[], {manifest, run, catalogue}: {readonly manifest: Manifest; readonly run: Run; readonly catalogue: readonly Metric[]}): Promise<Drift[]> {
  if (metrics.length === 0) return [];
  const [answer] = await askMany([{metrics, period: month, trend: {grain: "month", count: seriesLength}}], {manifest, run, catalogue});
  return metrics.flatMap((id): Drift[] => {
    const metric = findMetric(id, catalogue);
    const {points} = readSeries(trendRows(answer!, id), rulesOf(metric, baselineOf(metric.variantOf ?? id, manifest)));
    const at = points.findIndex(({period}) => period.key === month);
    const [before, point] = [points[at - 1], points[at]];
    const was = before?.signal?.rule === "outside" && before.signal.side === point?.signal?.side;
    return point?.signal?.rule === "outside" && !was && point.value !== null ? [{metric: id, value: point.value, lower: point.lower!, upper: point.upper!}] : [];
  });
}

/** Returns the tables that the check row_count fails against the snapshot before; none where the settings switch it off or make it a note. */
export function rowDriftIn(manifest: Manifest, before: Pick<Manifest, "asOf" | "files">, rules: CheckRules): RowDrift[] {
  const {checks} = judge(manifest, {rules, last: {asOf: before.asOf, sources: before.files, failed: []}, today: null});
  return checks.filter(({id, status, grade}) => id === "row_count" && status === "failed" && grade !== "note").map(({source = "", table, examples}) => ({source, table, rows: examples[0]?.detail ?? "", before: before.asOf}));
}
