// <kpi-signal metric="win_rate"></kpi-signal>: is the number more than routine variation?

import {signalChart} from "../components/signalChart.js";
import {findMetric} from "../query/catalogue.js";
import {readSeries, rulesOf, verdictOf, type Series} from "../query/explain/series.js";
import {baselineOf} from "../query/rules.js";
import {trendRows} from "../components/rows.js";
import {findLast} from "../components/last.js";
import {startsIn} from "../components/startLine.js";
import {actionsOn} from "./actions.js";
import {count, grain, metricId, optional} from "./attributes.js";
import {defineElement, faceOf, periodOf, stateQuestion, trendOf} from "./definition.js";
import {withMaking} from "./withMaking.js";

/** Enough for a baseline of two years and a year that is judged against it. */
export const seriesLength = {day: 60, week: 104, month: 36, quarter: 20, year: 10, fiscal_quarter: 20, fiscal_year: 10} as const;

export const kpiSignalElement = defineElement({
  name: "kpi-signal",
  attributes: {metric: metricId(), grain: optional(grain()), count: optional(count(240))},
  questions({metric, ...wanted}, state, context) {
    const {period, filters} = stateQuestion(state, context);
    const {grain: of} = trendOf(periodOf(state, context), wanted.grain);
    return [{metrics: [metric], period, ...(filters && {filters}), trend: {grain: of, count: wanted.count ?? seriesLength[of]}}];
  },
  render([answer], {metric}, _state, context) {
    const {format, document, catalogue, manifest} = context;
    const declared = findMetric(metric, catalogue);
    const series = readSeries(trendRows(answer!, metric), rulesOf(declared, baselineOf(declared.variantOf ?? metric, manifest)));
    return withMaking(signalChart(answer!, {
      metric: faceOf(metric, context),
      series,
      told: toldOf(series, answer!.period.key, declared.direction),
      starts: startsIn(actionsOn(metric, answer!.question.filters, context), series.points.map(({period}) => period)),
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
