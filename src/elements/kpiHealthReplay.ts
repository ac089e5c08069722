// <kpi-health-replay></kpi-health-replay>: whether the bands of health told who left, scored as of the days past.

import {healthReplay} from "../components/health/healthReplay.js";
import {toldOf} from "../query/studies.js";
import {defineElement} from "./definition.js";
import {healthLook, healthStudy, markedPeriod, noScores} from "./health.js";

export const kpiHealthReplayElement = defineElement({
  name: "kpi-health-replay",
  attributes: {},
  questions: () => [],
  studies: (_attributes, state, context) => healthStudy(state, context),
  marked: (_attributes, state, context) => [markedPeriod(state, context)],
  render(_answers, _attributes, state, context, _funnels, studied) {
    const [told] = toldOf("health", studied);
    return told ? healthReplay(told, healthLook(state, context)) : noScores(context);
  }
});
