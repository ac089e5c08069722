// <kpi-definitions></kpi-definitions>: what every number means and how it is made, from the declarations themselves. Made
// at build.

import type {DefinitionEntry} from "../components/definitionEntry.js";
import {definitionList} from "../components/definitionList.js";
import {definitionOf} from "../components/definitionWords.js";
import {isCalendar, type Metric} from "../metrics/define.js";
import {targetMetrics, type Defined} from "../metrics/targets.js";
import {playFor} from "../metrics/playbook.js";
import {findMetric, missingData} from "../query/catalogue.js";
import {filledPieces} from "../query/filled.js";
import {ownPlayOf} from "../query/rules.js";
import {chosenId, isListed, variantsOf} from "../query/variants.js";
import {metricIds, optional} from "./attributes.js";
import {defineElement, type ReportContext} from "./definition.js";

type Report = Pick<ReportContext, "catalogue" | "manifest" | "format">;

/** Returns the KPIs that have an entry, all that have words where none are named. */
export function definedMetrics(metrics: readonly string[] | undefined, {catalogue, format}: Report): readonly Defined[] {
  const named = metrics?.map((id) => findMetric(id, catalogue)).map(({id, variantOf}) => findMetric(variantOf ?? id, catalogue));
  return [...new Set<Defined>(named ?? [...catalogue.filter(isListed), ...targetMetrics])].filter((metric) => definitionOf(metric, format) !== undefined);
}

function entryOf(metric: Defined, {catalogue, manifest}: Report): DefinitionEntry {
  const play = playFor(metric.id);
  const own = ownPlayOf(metric.id, manifest);
  return {
    metric,
    variants: variantsOf(metric.id, catalogue),
    chosen: chosenId(metric.id, manifest, catalogue),
    parts: partsOf(metric).filter(({id}) => catalogue.some((one) => one.id === id)),
    missing: missingData(metric, manifest),
    ...(play && {play: play.id}),
    ...(own && {own})
  };
}

/** The numbers that the metric's own is made of, all in the same period. */
function partsOf(metric: Defined): readonly Metric[] {
  if (metric.type === "ratio") return [metric.numerator, metric.denominator];
  return metric.type === "derived" ? Object.values(metric.inputs).flatMap((input) => (isCalendar(input) ? [] : [input])) : [];
}

export const kpiDefinitionsElement = defineElement({
  name: "kpi-definitions",
  attributes: {metrics: optional(metricIds())},
  questions({metrics}, _state, context) {
    const entries = definedMetrics(metrics, context).map((metric) => entryOf(metric, context));
    const shown = entries.filter(({metric, missing}) => !missing && metric.type !== "target").flatMap(({metric, variants, parts}) => [metric, ...variants, ...parts]);
    return shown.length > 0 ? [{metrics: [...new Set(shown.map(({id}) => id))], period: context.manifest.defaultPeriod}] : [];
  },
  render([answer], {metrics}, _state, context) {
    const {format, document, making} = context;
    return definitionList(definedMetrics(metrics, context).map((metric) => entryOf(metric, context)), {
      format, document,
      ...(answer && {answer}),
      ...(making && {
        fileHref: "definitions.json",
        making: (metric: Defined) => {
          const made = making(metric);
          return made && {...made, filled: made.statements.map(filledPieces)};
        }
      })
    });
  }
});
