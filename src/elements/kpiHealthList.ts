// <kpi-health-list list="at_risk" rows="10"></kpi-health-list>: customers at risk by what is at stake; fell_1 and fell_3: whose score fell most over a month, over three.

import {healthCsv, healthList, saveHealth, type HealthListOptions} from "../components/health/healthList.js";
import {playFor} from "../metrics/playbook.js";
import {healthLists, type HealthListId} from "../query/health/question.js";
import {ownPlayOf} from "../query/rules.js";
import type {ReaderState} from "../query/state.js";
import {toldOf} from "../query/studies.js";
import {count, oneOf, optional} from "./attributes.js";
import {defineElement, type ReportContext} from "./definition.js";
import {download} from "./download.js";
import {healthLook, healthStudy, markedPeriod, noScores} from "./health.js";

/** Most lines of a file. */
const mostSaved = 100_000;

const actionOf = (metric: string, {manifest, format}: Pick<ReportContext, "manifest" | "format">): string =>
  ownPlayOf(metric, manifest)?.action ?? format.message(`play.${playFor(metric)!.id}.action`);

const actionsOf = (context: ReportContext): HealthListOptions["actions"] => ({red: actionOf("health_score", context), silent: actionOf("renewal_rate", context)});

/** Hands the reader the whole list; undefined at build. */
function saving(id: HealthListId, state: ReaderState, context: ReportContext): (() => void) | undefined {
  const {askStudies, document, format, onFailure} = context;
  if (!askStudies) return undefined;
  const save = async () => {
    const [all] = toldOf("health", await askStudies(healthStudy(state, context, {id, limit: mostSaved})));
    if (all?.list) download(document, `${id}.csv`, new Blob([healthCsv(all.list, {format, actions: actionsOf(context)})], {type: "text/csv"}));
  };
  return () => void save().catch(onFailure);
}

export const kpiHealthListElement = defineElement({
  name: "kpi-health-list",
  attributes: {list: optional(oneOf("list", healthLists)), rows: optional(count(100))},
  questions: () => [],
  studies: ({list = "at_risk", rows = 10}, state, context) => healthStudy(state, context, {id: list, limit: rows}),
  marked: (_attributes, state, context) => [markedPeriod(state, context)],
  render(_answers, {list: id = "at_risk"}, state, context, _funnels, studied) {
    const [told] = toldOf("health", studied);
    if (!told) return noScores(context);
    const save = saving(id, state, context);
    return healthList(told, told.list ?? null, {...healthLook(state, context), actions: actionsOf(context), ...(save && {save})});
  },
  enliven(host, {list: id = "at_risk"}, state, context) {
    const place = host.querySelector(".qd-room:empty");
    const save = saving(id, state, context);
    if (place && save) place.append(saveHealth(Number(place.getAttribute("data-count")), save, context));
  }
});
