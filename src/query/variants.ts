// KPIs that vendors define differently: one id, several definitions by name, one of them the report's own.

import type {Metric} from "../metrics/define.js";
import {findMetric} from "./catalogue.js";
import {QuestionError} from "./questionError.js";

/** What the settings chose: the name of a variant by the KPI's id. */
export type ChosenVariants = Readonly<Record<string, string>>;

/** Whether readers find the metric in lists: not a part of others, and not another definition of a KPI. */
export const isListed = ({internal, variantOf}: Metric): boolean => !internal && variantOf === undefined;

/** Returns the definitions of a KPI, its declared default first; none where there is only one. */
export function variantsOf(id: string, catalogue: readonly Metric[]): readonly Metric[] {
  const others = catalogue.filter(({variantOf}) => variantOf === id);
  return others.length ? [...catalogue.filter((metric) => metric.id === id), ...others] : [];
}

/**
 * Returns the id of a KPI's definition of that name ("logo_churn", "stripe" give "logo_churn_stripe"); `id` may be that of
 * any of its definitions. Throws where the KPI has no definition of the name, telling those it has.
 */
export function variantId(id: string, name: string, catalogue: readonly Metric[]): string {
  const metric = findMetric(id, catalogue);
  const known = variantsOf(metric.variantOf ?? metric.id, catalogue);
  const found = known.find(({variant}) => variant === name);
  if (found) return found.id;
  const allowed = known.flatMap(({variant}) => variant ?? []);
  throw new QuestionError({
    code: "unknown_variant", value: name, allowed,
    message: allowed.length ? `${JSON.stringify(metric.variantOf ?? id)} has no variant ${JSON.stringify(name)}` : `${JSON.stringify(id)} has no variants`
  });
}

/** Returns the id that stands for a KPI in a report: that of the definition which the settings chose, else its own. */
export const chosenId = (id: string, {variants = {}}: {readonly variants?: ChosenVariants}, catalogue: readonly Metric[]): string =>
  Object.hasOwn(variants, id) ? variantId(id, variants[id]!, catalogue) : id;

/** Returns the id under which goals for the metric are kept: of the definition that stands for a KPI, the KPI's. */
export function goalId({id, variantOf, variant}: Metric, {variants = {}}: {readonly variants?: ChosenVariants}): string {
  return variantOf !== undefined && variants[variantOf] === variant ? variantOf : id;
}

/** Returns the id that a KPI has where readers choose among its definitions: that of the one they chose. */
export function readerId(id: string, variants: ChosenVariants | undefined, manifest: {readonly variants?: ChosenVariants}, catalogue: readonly Metric[]): string {
  const kpi = findMetric(id, catalogue).variantOf ?? id;
  const name = variants?.[kpi];
  return name === undefined || id !== chosenId(kpi, manifest, catalogue) ? id : variantId(kpi, name, catalogue);
}

/** Returns the names of the definitions of each KPI that has several. */
export function variantNames(catalogue: readonly Metric[]): Readonly<Record<string, readonly string[]>> {
  const kpis = [...new Set(catalogue.flatMap(({variantOf}) => variantOf ?? []))];
  return Object.fromEntries(kpis.map((kpi) => [kpi, variantsOf(kpi, catalogue).flatMap(({variant, internal}) => (variant === undefined || internal ? [] : [variant]))]));
}
