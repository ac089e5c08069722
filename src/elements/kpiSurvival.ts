// <kpi-survival by="plan"></kpi-survival>: how long customers stay; <kpi-survival show="hazard"></kpi-survival>: when they leave.

import {hazardBars} from "../components/churn/hazardBars.js";
import {survivalCurves} from "../components/churn/survivalCurves.js";
import {emptyState} from "../components/emptyState.js";
import {lifetimeNeeds, monthDays} from "../metrics/survival.js";
import {toldOf} from "../query/studies.js";
import {isSurvivalFed, survivingAt} from "../query/survival/question.js";
import {dimensionId, oneOf, optional} from "./attributes.js";
import {defineElement, hasDimension} from "./definition.js";

/** Points of a curve, as many as a drawing can show. */
const points = 120;

export const kpiSurvivalElement = defineElement({
  name: "kpi-survival",
  attributes: {by: optional(dimensionId()), show: optional(oneOf("part of the study", ["curves", "hazard"]))},
  questions: () => [],
  studies: ({by}, {filters}, context) =>
    (isSurvivalFed(context.manifest) && (by === undefined || hasDimension(by, context)) ? [{study: "survival", question: {id: "customers", filters, points, ...(by !== undefined && {by})}}] : []),
  render(_answers, {show}, _state, context, _funnels, studied) {
    const {document, format, onChange, room} = context;
    const [told] = toldOf("survival", studied);
    if (!told) return emptyState({why: "not_in_data", columns: [...lifetimeNeeds], format, document});
    const options = {format, document, month: monthDays, survivingAt, heading: "h3", interactive: onChange !== undefined, ...(room && {room})} as const;
    return show === "hazard" ? hazardBars(told, options) : survivalCurves(told, options);
  }
});
