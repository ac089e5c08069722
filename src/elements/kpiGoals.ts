// <kpi-goals></kpi-goals>: what the business may want, and the KPIs that serve it, in the report's default period. Made at
// build with every goal; a script shows the one that is chosen.

import {goalList, type GoalEntry} from "../components/goalList.js";
import {goals, type BusinessGoal} from "../metrics/goals.js";
import {playFor} from "../metrics/playbook.js";
import {findMetric, missingData} from "../query/catalogue.js";
import {ownPlayOf} from "../query/rules.js";
import {chosenId} from "../query/variants.js";
import {defineElement, faceOf, pageHref, periodOf, trendOf, type ReportContext} from "./definition.js";
import {seriesTrend} from "./kpiSignal.js";
import {standingIn} from "./standing.js";

const metricsOf = ({kpis}: BusinessGoal, {catalogue, manifest}: ReportContext) => kpis.map((id) => findMetric(chosenId(id, manifest, catalogue), catalogue));

export const kpiGoalsElement = defineElement({
  name: "kpi-goals",
  attributes: {},
  questions(_attributes, _state, context) {
    const fed = goals.flatMap((goal) => metricsOf(goal, context)).filter((metric) => !missingData(metric, context.manifest));
    const period = periodOf({filters: []}, context);
    return fed.length > 0 ? [{metrics: [...new Set(fed.map(({id}) => id))], period: context.manifest.defaultPeriod, compare: ["previous", "last_year"], trend: seriesTrend(fed, period, trendOf(period).grain, context.manifest)}] : [];
  },
  render([answer], _attributes, _state, context) {
    const {manifest, format, document, definitionHref} = context;
    const {focus} = manifest.rules ?? {};
    const entries = goals.map((goal): GoalEntry => ({
      id: goal.id,
      isFocus: goal.id === focus,
      kpis: metricsOf(goal, context).map((metric) => {
        const kpi = metric.variantOf ?? metric.id;
        const missing = missingData(metric, manifest);
        return {
          kpi, face: faceOf(metric.id, context), missing,
          standing: answer && !missing ? standingIn(answer, metric, manifest) : null,
          play: playFor(kpi)?.id,
          own: ownPlayOf(kpi, manifest)
        };
      }),
      pages: goal.pages.map((page) => ({page, href: pageHref(page, context)}))
    }));
    return goalList(entries.sort((a, b) => Number(b.isFocus) - Number(a.isFocus)), {...(answer && {answer}), definitionHref, format, document});
  }
});
