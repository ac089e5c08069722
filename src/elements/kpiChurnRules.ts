// <kpi-churn-rules></kpi-churn-rules>: the rules that the numbers of churn follow, from this report's own values.

import {churnRules} from "../components/churn/rules.js";
import {emptyState} from "../components/emptyState.js";
import {renewalRate} from "../metrics/contracts.js";
import {graceDays, subscribersLostUnpaid, samePeriodLosses, subscribersLost, subscribersStart} from "../metrics/subscriptions.js";
import {missingData} from "../query/catalogue.js";
import {chosenId} from "../query/variants.js";
import {defineElement, stateQuestion, type ReportContext} from "./definition.js";

const churnOf = ({manifest, catalogue}: Pick<ReportContext, "manifest" | "catalogue">): string => chosenId("logo_churn", manifest, catalogue);

/** Three years: each month of the year twice, with the half years around it. */
const months = 36;

export const kpiChurnRulesElement = defineElement({
  name: "kpi-churn-rules",
  attributes: {},
  questions(_attributes, state, context) {
    if (missingData(subscribersStart, context.manifest)) return [];
    const {period, filters} = stateQuestion(state, context);
    return [{metrics: [churnOf(context), subscribersLost.id, subscribersLostUnpaid.id, samePeriodLosses.id], period, ...(filters && {filters}), compare: [], trend: {grain: "month", count: months}}];
  },
  render([answer], _attributes, _state, context) {
    const {format, document, manifest} = context;
    if (!answer) return emptyState({...missingData(subscribersStart, manifest)!, format, document});
    const hasContracts = missingData(renewalRate, manifest) === null;
    return churnRules(answer, {churn: churnOf(context), graceDays: manifest.graceDays ?? graceDays, renewalDays: hasContracts ? renewalRate.window : null, heading: "h3", format, document});
  }
});
