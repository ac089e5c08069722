// <kpi-waterfall of="mrr" by="team"></kpi-waterfall>: recurring revenue, open leads, or the pipeline due in the period, from its
// start to its end. The table twin holds the members of `by`.

import {emptyState} from "../components/emptyState.js";
import {waterfallChart} from "../components/waterfallChart.js";
import {waterfallIds, waterfalls} from "../metrics/waterfalls.js";
import {whyNoDimension} from "../query/catalogue.js";
import {readWaterfall, waterfallQuestions} from "../query/explain/waterfall.js";
import {dimensionId, oneOf, optional} from "./attributes.js";
import {defineElement, faceOf, hasDimension, stateQuestion} from "./definition.js";
import {withMaking} from "./withMaking.js";

export const kpiWaterfallElement = defineElement({
  name: "kpi-waterfall",
  attributes: {by: optional(dimensionId()), of: optional(oneOf("waterfall", waterfallIds))},
  questions({by, of = "pipeline"}, state, context) {
    if (by !== undefined && !hasDimension(by, context)) return [];
    const {period, filters} = stateQuestion(state, context);
    return waterfallQuestions({of, period, ...(filters && {filters}), ...(by !== undefined && {by})}, context.manifest);
  },
  render([answer, before], {by, of = "pipeline"}, _state, context) {
    const {format, document, manifest} = context;
    if (!answer) return emptyState({why: whyNoDimension(by!, manifest), columns: [format.dimension(by!)], format, document});
    const {face, moves} = waterfalls[of];
    return withMaking(waterfallChart(answer, {
      metric: faceOf(face.id, context),
      of,
      waterfall: readWaterfall(answer, of, before),
      tones: Object.fromEntries(moves.flatMap(({move, tone}) => (tone ? [[move, tone]] : []))),
      heading: "h3",
      interactive: context.onChange !== undefined,
      ...(context.room && {room: context.room}),
      format,
      document
    }), [face.id], context);
  }
});
