// Every element of the page language. A new one: define it in a file of its own, list it here.

import type {Manifest} from "../query/manifest.js";
import type {Metric} from "../metrics/define.js";
import {goals} from "../metrics/goals.js";
import {findMetric, missingData, shippedDimensions} from "../query/catalogue.js";
import {QuestionError} from "../query/questionError.js";
import {treesOf} from "../query/drivers.js";
import {chosenId, variantId} from "../query/variants.js";
import {AttributeError, type Vocabulary} from "./attributes.js";
import type {ElementDefinition} from "./definition.js";
import {kpiActionsElement} from "./kpiActions.js";
import {kpiAttentionElement} from "./kpiAttention.js";
import {kpiBarsElement} from "./kpiBars.js";
import {kpiCardElement} from "./kpiCard.js";
import {kpiChecksElement} from "./kpiChecks.js";
import {kpiChurnByElement} from "./kpiChurnBy.js";
import {kpiLeavingElement} from "./kpiLeaving.js";
import {kpiSurvivalElement} from "./kpiSurvival.js";
import {kpiChurnRulesElement} from "./kpiChurnRules.js";
import {kpiLapsedElement} from "./kpiLapsed.js";
import {kpiClvCacElement} from "./kpiClvCac.js";
import {kpiCohortElement} from "./kpiCohort.js";
import {kpiCohortCompareElement} from "./kpiCohortCompare.js";
import {kpiCohortCurvesElement} from "./kpiCohortCurves.js";
import {kpiCohortMembersElement} from "./kpiCohortMembers.js";
import {kpiCohortSegmentsElement} from "./kpiCohortSegments.js";
import {kpiCohortSwitchesElement} from "./kpiCohortSwitches.js";
import {kpiConcentrationElement} from "./kpiConcentration.js";
import {kpiDefinitionsElement} from "./kpiDefinitions.js";
import {kpiDriversElement} from "./kpiDrivers.js";
import {kpiFiltersElement} from "./kpiFilters.js";
import {kpiFreshnessElement} from "./kpiFreshness.js";
import {kpiComparedElement} from "./kpiCompared.js";
import {kpiFrozenForecastsElement} from "./kpiFrozenForecasts.js";
import {kpiFunnelElement} from "./kpiFunnel.js";
import {kpiFunnelBreakdownElement} from "./kpiFunnelBreakdown.js";
import {kpiFunnelCompareElement} from "./kpiFunnelCompare.js";
import {kpiFunnelDroppedElement} from "./kpiFunnelDropped.js";
import {kpiFunnelSwitchesElement} from "./kpiFunnelSwitches.js";
import {kpiFunnelTimesElement} from "./kpiFunnelTimes.js";
import {kpiFunnelTrendElement} from "./kpiFunnelTrend.js";
import {kpiGoalsElement} from "./kpiGoals.js";
import {kpiHeadlineElement} from "./kpiHeadline.js";
import {kpiHealthElement} from "./kpiHealth.js";
import {kpiHealthListElement} from "./kpiHealthList.js";
import {kpiHealthReplayElement} from "./kpiHealthReplay.js";
import {kpiHygieneElement} from "./kpiHygiene.js";
import {kpiLedgerElement} from "./kpiLedger.js";
import {kpiLeversElement} from "./kpiLevers.js";
import {kpiMilestonesElement} from "./kpiMilestones.js";
import {kpiMovementsElement} from "./kpiMovements.js";
import {kpiNextProductsElement} from "./kpiNextProducts.js";
import {kpiNoteElement} from "./kpiNote.js";
import {kpiQualityElement} from "./kpiQuality.js";
import {kpiReconcileElement} from "./kpiReconcile.js";
import {kpiReplayElement} from "./kpiReplay.js";
import {kpiRfmElement} from "./kpiRfm.js";
import {kpiRfmMembersElement} from "./kpiRfmMembers.js";
import {kpiRestatementsElement} from "./kpiRestatements.js";
import {kpiSnapshotsElement} from "./kpiSnapshots.js";
import {kpiSignalElement} from "./kpiSignal.js";
import {kpiStagesElement} from "./kpiStages.js";
import {kpiTableElement} from "./kpiTable.js";
import {kpiTargetsElement} from "./kpiTargets.js";
import {kpiTrendElement} from "./kpiTrend.js";
import {kpiValueModelElement} from "./kpiValueModel.js";
import {kpiVariantsElement} from "./kpiVariants.js";
import {kpiWaterfallElement} from "./kpiWaterfall.js";
import {kpiWhatIfElement} from "./kpiWhatIf.js";
import {kpiWhiteSpaceElement} from "./kpiWhiteSpace.js";
import {kpiWhyElement} from "./kpiWhy.js";
import {kpiWordsElement} from "./kpiWords.js";

export const elements: readonly ElementDefinition[] = [
  kpiCardElement,
  kpiTrendElement,
  kpiBarsElement,
  kpiTableElement,
  kpiHeadlineElement,
  kpiTargetsElement,
  kpiAttentionElement,
  kpiActionsElement,
  kpiSignalElement,
  kpiWhyElement,
  kpiLeversElement,
  kpiDriversElement,
  kpiWaterfallElement,
  kpiMovementsElement,
  kpiLapsedElement,
  kpiChurnRulesElement,
  kpiLeavingElement,
  kpiSurvivalElement,
  kpiChurnByElement,
  kpiReplayElement,
  kpiFunnelElement,
  kpiFunnelTimesElement,
  kpiFunnelTrendElement,
  kpiFunnelBreakdownElement,
  kpiFunnelCompareElement,
  kpiFunnelDroppedElement,
  kpiFunnelSwitchesElement,
  kpiCohortElement,
  kpiCohortCurvesElement,
  kpiCohortSegmentsElement,
  kpiCohortCompareElement,
  kpiCohortMembersElement,
  kpiCohortSwitchesElement,
  kpiNextProductsElement,
  kpiWhiteSpaceElement,
  kpiValueModelElement,
  kpiClvCacElement,
  kpiRfmElement,
  kpiRfmMembersElement,
  kpiConcentrationElement,
  kpiHealthElement,
  kpiHealthReplayElement,
  kpiHealthListElement,
  kpiWhatIfElement,
  kpiFiltersElement,
  kpiVariantsElement,
  kpiNoteElement,
  kpiStagesElement,
  kpiGoalsElement,
  kpiMilestonesElement,
  kpiDefinitionsElement,
  kpiQualityElement,
  kpiHygieneElement,
  kpiChecksElement,
  kpiReconcileElement,
  kpiFreshnessElement,
  kpiLedgerElement,
  kpiSnapshotsElement,
  kpiRestatementsElement,
  kpiComparedElement,
  kpiFrozenForecastsElement,
  kpiWordsElement
];

/** Returns the definition of an element. Throws an AttributeError naming the nearest. */
export function findElement(name: string): ElementDefinition {
  const found = elements.find((definition) => definition.name === name);
  if (found) return found;
  throw new AttributeError(`there is no element <${name}>`, name, elements.map((definition) => definition.name));
}

function focusOf(manifest: Manifest, catalogue: readonly Metric[]): readonly string[] {
  const goal = goals.find(({id}) => id === manifest.rules?.focus);
  const listed = [...(goal?.kpis ?? []), ...(goal?.supporting ?? [])].filter((id) => catalogue.some((metric) => metric.id === id));
  return listed.map((id) => chosenId(id, manifest, catalogue)).filter((id) => missingData(findMetric(id, catalogue), manifest) === null);
}

/** Returns what attributes may name in a report. */
export function vocabularyOf(manifest: Manifest, catalogue: readonly Metric[]): Vocabulary {
  return {
    metrics: catalogue.filter(({internal}) => !internal).map(({id}) => id),
    variant: (metric, name) => {
      try {
        return name === undefined ? chosenId(metric, manifest, catalogue) : variantId(metric, name, catalogue);
      } catch (error) {
        if (!(error instanceof QuestionError)) throw error;
        const {allowed, value} = error;
        throw new AttributeError(allowed.length ? `${metric} has no variant “${value}”` : `${metric} has no variants`, value, allowed);
      }
    },
    focus: focusOf(manifest, catalogue),
    driven: [...new Set(treesOf(manifest).map(({metric}) => metric))],
    trees: [...new Set(treesOf(manifest).map(({name}) => name))],
    funnels: (manifest.funnels ?? []).map(({id}) => id),
    cohorts: (manifest.cohorts ?? []).map(({id}) => id),
    dimensions: [...new Set([...shippedDimensions, ...manifest.dimensions.map(({id}) => id)])]
  };
}
