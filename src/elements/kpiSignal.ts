// <kpi-signal metric="win_rate"></kpi-signal>: is the number more than routine variation?

import {signalChart} from "../components/signalChart.js";
import type {Metric} from "../metrics/define.js";
import {findMetric} from "../query/catalogue.js";
import type {Manifest} from "../query/manifest.js";
import type {Grain, Period} from "../query/question.js";
import {readSeries, rulesOf, verdictOf, type Series} from "../query/explain/series.js";
import {baselineOf} from "../query/rules.js";
import {trendRows} from "../components/rows.js";
import {findLast} from "../components/last.js";
import {timeNotesIn} from "../components/timeNotes.js";
import {happenedTo} from "./actions.js";
import {count, grain, oneMetric, optional} from "./attributes.js";
import {defineElement, faceOf, periodOf, stateQuestion, trendOf} from "./definition.js";
import {withMaking} from "./withMaking.js";

/** Enough for a baseline of two years and a year that is judged against it. */
export const seriesLength = {day: 60, week: 104, month: 36, quarter: 20, year: 10, fiscal_quarter: 20, fiscal_year: 10} as const;

const shortest = {day: 1, week: 7, month: 28, quarter: 90, year: 365, fiscal_quarter: 90, fiscal_year: 365} as const;
const longest = 240;

/** Returns the trend that series of the metrics need: from the first day of a baseline that the settings fix, where that is earlier. */
export function seriesTrend(metrics: readonly Metric[], period: Period, grain: Grain, manifest: Pick<Manifest, "rules">): {readonly grain: Grain; readonly count: number} {
  const first = metrics.flatMap(({id, variantOf}) => {
    const baseline = baselineOf(variantOf ?? id, manifest);
    return baseline && "from" in baseline ? [baseline.from] : [];
  }).sort()[0];
  const needed = first === undefined ? 0 : Math.ceil((Date.parse(period.end) - Date.parse(first)) / 86_400_000 / shortest[grain]);
  return {grain, count: Math.min(longest, Math.max(seriesLength[grain], needed))};
}

export const kpiSignalElement = defineElement({
  name: "kpi-signal",
  attributes: {...oneMetric(), grain: optional(grain()), count: optional(count(240))},
  questions({metric, ...wanted}, state, context) {
    const {period, filters} = stateQuestion(state, context);
    const {grain: of} = trendOf(periodOf(state, context), wanted.grain);
    const trend = seriesTrend([findMetric(metric, context.catalogue)], periodOf(state, context), of, context.manifest);
    return [{metrics: [metric], period, ...(filters && {filters}), trend: {grain: of, count: wanted.count ?? trend.count}}];
  },
  render([answer], {metric}, _state, context) {
    const {format, document, catalogue, manifest} = context;
    const declared = findMetric(metric, catalogue);
    const series = readSeries(trendRows(answer!, metric), rulesOf(declared, baselineOf(declared.variantOf ?? metric, manifest)));
    return withMaking(signalChart(answer!, {
      metric: faceOf(metric, context),
      series,
      told: toldOf(series, answer!.period.key, declared.direction),
      happened: timeNotesIn(happenedTo(metric, answer!.question.filters, context), series.points.map(({period}) => period)),
      heading: "h3",
      interactive: context.onChange !== undefined,
      ...(context.room && {room: context.room}),
      format,
      document
    }), [metric], context);
  }
});

/** The period asked where it counts, else the last that does. */
function toldOf(series: Series, key: string, direction: "up" | "down" | "context") {
  const counted = series.points.filter((point) => point.counted);
  const point = counted.find(({period}) => period.key === key) ?? counted.at(-1) ?? findLast(series.points, ({value}) => value !== null);
  return point ? {point, verdict: verdictOf(series, point.period.key, direction)} : null;
}
