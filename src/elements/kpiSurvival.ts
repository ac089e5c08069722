// <kpi-survival by="plan"></kpi-survival>: how long customers stay; show="hazard": when they leave; show="worth": what a stay is worth.

import {hazardBars} from "../components/churn/hazardBars.js";
import {survivalCurves} from "../components/churn/survivalCurves.js";
import {survivalWorth} from "../components/churn/survivalWorth.js";
import {emptyState} from "../components/emptyState.js";
import {yearlyDiscount} from "../metrics/customerValue.js";
import {lifetimeNeeds, monthDays} from "../metrics/survival.js";
import {toldOf} from "../query/studies.js";
import {isSurvivalFed, survivingAt} from "../query/survival/question.js";
import {marginOf, marginQuestion, stayWorth} from "../query/survival/worth.js";
import {dimensionId, oneOf, optional} from "./attributes.js";
import {defineElement, hasDimension} from "./definition.js";

/** Points of a curve, as many as a drawing can show. */
const points = 120;

export const kpiSurvivalElement = defineElement({
  name: "kpi-survival",
  attributes: {by: optional(dimensionId()), show: optional(oneOf("part of the study", ["curves", "hazard", "worth"]))},
  // Sales name no plan, and those of few customers tell little: the margin is of all.
  questions({show}, _state, {manifest}) {
    const question = show === "worth" && isSurvivalFed(manifest) ? marginQuestion(manifest) : null;
    return question === null ? [] : [question];
  },
  studies: ({by}, {filters}, context) =>
    (isSurvivalFed(context.manifest) && (by === undefined || hasDimension(by, context)) ? [{study: "survival", question: {id: "customers", filters, points, ...(by !== undefined && {by})}}] : []),
  render([margin], {show}, _state, context, _funnels, studied) {
    const {document, format, onChange, room} = context;
    const [told] = toldOf("survival", studied);
    if (!told) return emptyState({why: "not_in_data", columns: [...lifetimeNeeds], format, document});
    const options = {format, document, month: monthDays, survivingAt, heading: "h3", interactive: onChange !== undefined, ...(room && {room})} as const;
    if (show === "worth") return survivalWorth(told, {format, document, heading: "h3", month: monthDays, margin: marginOf(margin), discount: yearlyDiscount, worthOf: stayWorth, survivingAt});
    return show === "hazard" ? hazardBars(told, options) : survivalCurves(told, options);
  }
});
