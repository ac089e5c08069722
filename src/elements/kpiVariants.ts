// <kpi-variants metrics="logo_churn nrr"></kpi-variants>: which definition of these KPIs the cards with switch="variant" show.

import {variantSwitches, updateVariantSwitches, type VariantChoice} from "../components/variantSwitches.js";
import {missingData} from "../query/catalogue.js";
import {chosenId, variantsOf} from "../query/variants.js";
import {metricIds} from "./attributes.js";
import {defineElement, type ReportContext} from "./definition.js";

/** KPIs that have several definitions with data, the report's own first. */
function choicesOf(metrics: readonly string[], {manifest, catalogue, format}: ReportContext): VariantChoice[] {
  return metrics.flatMap((id): VariantChoice[] => {
    const kpi = catalogue.find((metric) => metric.id === id)?.variantOf ?? id;
    const own = chosenId(kpi, manifest, catalogue);
    const known = variantsOf(kpi, catalogue).filter((metric) => metric.variant !== undefined && !metric.internal && missingData(metric, manifest) === null);
    const names = [...known.filter((metric) => metric.id === own), ...known.filter((metric) => metric.id !== own)].map(({variant}) => ({name: variant!, text: format.message(`variant.${variant}`)}));
    return names.length > 1 ? [{kpi, label: format.metric(kpi), names}] : [];
  });
}

export const kpiVariantsElement = defineElement({
  name: "kpi-variants",
  attributes: {metrics: metricIds()},
  questions: () => [],
  render(_answers, {metrics}, {variants = {}}, context) {
    const {format, document, onVariants} = context;
    return variantSwitches(choicesOf(metrics, context), {chosen: variants, format, document, ...(onVariants && {onChange: onVariants})});
  },
  update: (form, {variants = {}}) => updateVariantSwitches(form, variants)
});
