// <kpi-replay></kpi-replay>: the forecasts of the last twelve months, replayed as of their first days, beside what was won.

import {replayChart} from "../components/replayChart.js";
import {
  forecastReplayed, forecastReplayedBestCase, forecastReplayedCommit, forecastReplayedInPeriod, forecastReplayedOutcome, forecastReplayedPipeline
} from "../metrics/forecastReplayed.js";
import {count, optional} from "./attributes.js";
import {defineElement, faceOf, stateQuestion} from "./definition.js";
import {withMaking} from "./withMaking.js";

const asked = [
  forecastReplayedOutcome, forecastReplayed, forecastReplayedInPeriod, forecastReplayedCommit, forecastReplayedBestCase, forecastReplayedPipeline
].map(({id}) => id);

export const kpiReplayElement = defineElement({
  name: "kpi-replay",
  attributes: {count: optional(count(60))},
  questions({count: months = 12}, state, context) {
    const {period, filters} = stateQuestion(state, context);
    return [{metrics: asked, period, ...(filters && {filters}), trend: {grain: "month", count: months}}];
  },
  render([answer], _attributes, _state, context) {
    const {format, document} = context;
    const [won, stages, inPeriod, commit, ...others] = asked.map((id) => faceOf(id, context));
    return withMaking(replayChart(answer!, {
      won: won!, stages: stages!, inPeriod: inPeriod!, commit: commit!, others,
      happened: {events: context.manifest.events ?? []},
      heading: "h3",
      interactive: context.onChange !== undefined,
      ...(context.room && {room: context.room}),
      format,
      document
    }), [forecastReplayed.id, forecastReplayedInPeriod.id], context);
  }
});
