// <kpi-value-model show="held_out"></kpi-value-model>: what customers are expected to be worth, and how well the model of it
// predicts; show="models" sets it beside the other models.

import {emptyState} from "../components/emptyState.js";
import {totalRow} from "../components/rows.js";
import {expectedValue} from "../components/value/expectedValue.js";
import {noEstimateWords} from "../components/value/frame.js";
import {heldOutMonths} from "../components/value/heldOutMonths.js";
import {heldOutRepeats} from "../components/value/heldOutRepeats.js";
import {valueModels, type ValueModelLine} from "../components/value/valueModels.js";
import {findMetric, missingData} from "../query/catalogue.js";
import type {Answer} from "../query/question.js";
import type {ReaderState} from "../query/state.js";
import {toldOf, type StudyAnswer} from "../query/studies.js";
import {isSurvivalFed} from "../query/survival/question.js";
import {marginOf, marginQuestion, stayWorth} from "../query/survival/worth.js";
import {isValueFed, valueNeeds} from "../query/value/question.js";
import {oneOf, optional} from "./attributes.js";
import {defineElement, stateQuestion, type ReportContext} from "./definition.js";

/** What is expected; what was held out, month by month; the same by repeats; all models beside one another. */
const views = ["expected", "held_out", "repeats", "models"] as const;

/** Models that are a metric's. */
const metrics = {historic: "clv_historic", simple: "clv_simple", simple_subscription: "clv_simple_subscription"} as const;

const fedMetrics = ({manifest, catalogue}: ReportContext) => Object.entries(metrics).filter(([, id]) => missingData(findMetric(id, catalogue), manifest) === null) as [keyof typeof metrics, string][];

export const kpiValueModelElement = defineElement({
  name: "kpi-value-model",
  attributes: {show: optional(oneOf("view", views))},
  questions({show}, state, context) {
    if (show !== "models") return [];
    const [ids, margin] = [fedMetrics(context).map(([, id]) => id), isSurvivalFed(context.manifest) ? marginQuestion(context.manifest) : null];
    return [...(margin ? [margin] : []), ...(ids.length > 0 ? [{...stateQuestion(state, context), metrics: ids, compare: []}] : [])];
  },
  // The fit and what is held out are of all customers, whatever is filtered.
  studies({show = "expected"}, {filters}, {manifest}) {
    const isFiltered = (show === "expected" || show === "models") && filters.length > 0;
    return [
      ...(isValueFed(manifest) ? [{study: "value" as const, question: isFiltered ? {filters} : {}}] : []),
      ...(show === "models" && isSurvivalFed(manifest) ? [{study: "survival" as const, question: {id: "customers" as const, filters, points: 120}}] : [])
    ];
  },
  render(answers, {show = "expected"}, _state: ReaderState, context, _funnels, studied) {
    const {format, document, onChange, room} = context;
    const options = {format, document, heading: "h3" as const, interactive: onChange !== undefined, ...(room && {room})};
    if (show === "models") return valueModels(linesOf(answers, studied ?? [], context), options);
    const [told] = toldOf("value", studied);
    if (!told) return emptyState({why: "not_in_data", columns: [...valueNeeds], format, document});
    return show === "expected" ? expectedValue(told, options) : show === "held_out" ? heldOutMonths(told, options) : heldOutRepeats(told, options);
  }
});

function linesOf(answers: readonly Answer[], studied: readonly StudyAnswer[], context: ReportContext): ValueModelLine[] {
  const {format} = context;
  const plain = answers.at(-1);
  const ofMetrics = fedMetrics(context).map(([id, metric]): ValueModelLine => {
    const row = plain && totalRow(plain, metric);
    const value = row?.value ?? null;
    return {id, value, customers: row?.n ?? null, ...(value === null && {reason: format.reason(row?.reason ?? "no_rows")}), ...(row?.interval && {interval: row.interval})};
  });
  const [value] = toldOf("value", studied);
  const [survival] = toldOf("survival", studied);
  const expected = value?.expected;
  const [each] = expected && expected.customers > 0 && expected.value[1] !== null ? [expected.value[1] / expected.customers] : [null];
  const margin = marginOf(answers[0]);
  const worth = survival && !survival.total.suppressed ? stayWorth(survival.total, margin) : null;
  return [
    ...ofMetrics,
    ...(value ? [{
      id: "model" as const, value: each, customers: expected?.customers ?? null,
      ...(each === null && {reason: value.reason !== null ? noEstimateWords(value.reason, value, {format}) : format.message(value.isHidden ? "value.hidden" : "value.note.no_margin")})
    }] : []),
    ...(survival ? [{
      id: "survival" as const, value: worth?.value ?? null, customers: survival.total.suppressed ? null : survival.total.customers,
      ...(worth ? {interval: [worth.low, worth.high] as const, months: worth.months, isRevenue: margin === null} : {reason: survival.total.suppressed ? format.reason("suppressed") : format.message(survival.total.monthlyValue === null && survival.total.customers > 0 ? "survival.worth.no_value" : "survival.worth.few", {least: survival.least})})
    }] : [])
  ];
}
