// How a KPI stands in the period that is asked about: against its own past, and against its target.

import {totalRow, trendRows} from "../components/rows.js";
import {heldAgainst, type Accrual} from "../format/pace.js";
import type {Metric} from "../metrics/define.js";
import {missesTarget, readSeries, rulesOf, standingOf, verdictOf, type SeriesPoint, type Standing, type Verdict} from "../query/explain/series.js";
import type {Manifest} from "../query/manifest.js";
import type {Answer, AnswerRow} from "../query/question.js";
import {baselineOf, toleranceOf} from "../query/rules.js";

export interface MetricStanding {
  readonly metric: Metric;
  readonly row: AnswerRow | undefined;
  readonly stands: Standing;
  readonly verdict: Verdict;
  /** The period in its series, where it signals for better or worse. */
  readonly point: SeriesPoint | null;
  /** What the number is held against: its target, or the part of it that is due. */
  readonly held: number | null;
  /** The target is missed by more than the tolerance; null without one. */
  readonly missed: boolean | null;
}

/** Returns the standing. The answer has the metric's total in the period, and a trend that ends with it. */
export function standingIn(answer: Answer, metric: Metric, manifest: Pick<Manifest, "rules">): MetricStanding {
  const row = totalRow(answer, metric.id);
  const kpi = metric.variantOf ?? metric.id;
  const series = readSeries(trendRows(answer, metric.id), rulesOf(metric, baselineOf(kpi, manifest)));
  const verdict = verdictOf(series, answer.period.key, metric.direction);
  const held = row ? heldAgainst(row, metric as Accrual).value : null;
  const target = {value: row?.value ?? null, target: held, direction: metric.direction, tolerance: toleranceOf(kpi, manifest)};
  return {
    metric, row, verdict, held,
    stands: row?.value == null ? "unknown" : standingOf(verdict, target),
    point: verdict === "worse" || verdict === "better" ? series.points.find(({period}) => period.key === answer.period.key)! : null,
    missed: missesTarget(target)
  };
}
