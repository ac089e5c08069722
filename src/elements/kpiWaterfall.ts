// <kpi-waterfall by="team"></kpi-waterfall>: the pipeline due in the period, from its start to its end. The table twin
// holds the members of `by`.

import {emptyState} from "../components/emptyState.js";
import {waterfallChart} from "../components/waterfallChart.js";
import {pipelineWaterfall} from "../metrics/pipelineWaterfall.js";
import {whyNoDimension} from "../query/catalogue.js";
import {readWaterfall, waterfallMetricIds} from "../query/explain/waterfall.js";
import {dimensionId, optional} from "./attributes.js";
import {defineElement, faceOf, hasDimension, stateQuestion} from "./definition.js";
import {withMaking} from "./withMaking.js";

/** Good or bad for the business, by move: a deal that is won leaves the pipeline too. */
const tones = {created: "good", pulled_in: "good", reopened: "good", increased: "good", decreased: "bad", pushed_out: "bad", won: "good", lost: "bad"} as const;

export const kpiWaterfallElement = defineElement({
  name: "kpi-waterfall",
  attributes: {by: optional(dimensionId())},
  questions({by}, state, context) {
    if (by !== undefined && !hasDimension(by, context)) return [];
    const {period, filters} = stateQuestion(state, context);
    return [{metrics: waterfallMetricIds, period, ...(filters && {filters}), ...(by !== undefined && {by: [by]})}];
  },
  render([answer], {by}, _state, context) {
    const {format, document, manifest} = context;
    if (!answer) return emptyState({why: whyNoDimension(by!, manifest), columns: [format.dimension(by!)], format, document});
    return withMaking(waterfallChart(answer, {
      metric: faceOf(pipelineWaterfall.id, context),
      waterfall: readWaterfall(answer),
      tones,
      heading: "h3",
      interactive: context.onChange !== undefined,
      ...(context.room && {room: context.room}),
      format,
      document
    }), [pipelineWaterfall.id], context);
  }
});
