// <kpi-what-if></kpi-what-if>: what net revenue retention and revenue would be in twelve months if fewer customers left.

import {emptyState} from "../components/emptyState.js";
import {enlivenWhatIf, whatIfFigure, type WhatIfOptions} from "../components/health/whatIfFigure.js";
import {findMetric, missingData} from "../query/catalogue.js";
import {whatIf} from "../query/whatIf.js";
import {totalRow} from "../components/rows.js";
import {defineElement, stateQuestion, type ReportContext} from "./definition.js";

const ids = ["logo_churn_trailing_12_months", "nrr_trailing_12_months", "mrr"] as const;
const look = ({format, document, manifest, onChange}: ReportContext): WhatIfOptions => ({format, document, heading: "h3", asOf: manifest.asOf, project: whatIf, interactive: onChange !== undefined});

export const kpiWhatIfElement = defineElement({
  name: "kpi-what-if",
  attributes: {},
  questions: (_attributes, state, context) => [{...stateQuestion(state, context), metrics: [...ids], compare: []}],
  render([answer], _attributes, _state, context) {
    const {format, document, manifest, catalogue} = context;
    const missing = ids.map((id) => missingData(findMetric(id, catalogue), manifest)).find((one) => one !== null);
    if (missing) return emptyState({...missing, format, document});
    const [churn, nrr, mrr] = ids.map((id) => totalRow(answer!, id)?.value ?? null) as [number | null, number | null, number | null];
    return churn === null || nrr === null || mrr === null ? emptyState({why: "no_rows", format, document}) : whatIfFigure({churn, nrr, mrr}, {...look(context), asOf: answer!.period.census});
  },
  enliven(host, _attributes, _state, context) {
    const figure = host.querySelector(".qd-what-if");
    if (figure) enlivenWhatIf(figure, look(context));
  }
});
