// <kpi-health></kpi-health>: how many customers are in each band of health, what they pay, and what the score is made of.

import {healthBands} from "../components/health/healthBands.js";
import {toldOf} from "../query/studies.js";
import {defineElement} from "./definition.js";
import {healthLook, healthStudy, markedPeriod, noScores} from "./health.js";

export const kpiHealthElement = defineElement({
  name: "kpi-health",
  attributes: {},
  questions: () => [],
  studies: (_attributes, state, context) => healthStudy(state, context),
  marked: (_attributes, state, context) => [markedPeriod(state, context)],
  render(_answers, _attributes, state, context, _funnels, studied) {
    const [told] = toldOf("health", studied);
    return told ? healthBands(told, healthLook(state, context)) : noScores(context);
  }
});
