// No number without a meaning: every metric that an element of a page names has an entry on the definitions page.

import {kpiDefinitionsElement, definedMetrics} from "../../src/elements/kpiDefinitions.js";
import type {ReportContext} from "../../src/elements/definition.js";
import {findMetric} from "../../src/query/catalogue.js";
import {PageError, type Page} from "../site/pages.js";

/**
 * Throws a PageError for each element that shows a metric without an entry: one that <kpi-definitions> leaves out on the
 * page of definitions, or that has no words. Where no page has the element, words are enough. Parts of other metrics
 * cannot be named at all.
 */
export function assertDefined(pages: readonly Page[], report: Pick<ReportContext, "manifest" | "catalogue" | "format">): void {
  const lists = pages.flatMap(({elements}) => elements.filter(({definition}) => definition === kpiDefinitionsElement).map(({attributes}) => attributes["metrics"] as readonly string[] | undefined));
  const defined = new Set((lists.length > 0 ? lists : [undefined]).flatMap((metrics) => definedMetrics(metrics, report).map(({id}) => id)));
  const problems = pages.flatMap(({elements}) => elements.flatMap(({attributes, tag, place}) => {
    const shown = [attributes["metric"], attributes["metrics"]].flat().filter((id) => typeof id === "string");
    const lacking = shown.filter((id) => !defined.has(findMetric(id, report.catalogue).variantOf ?? id));
    return lacking.map((id) => `${place}: ${tag}: “${id}” has no entry on the definitions page. Name it in <kpi-definitions>, or write metric.${id}.label and metric.${id}.definition in src/format/locales`);
  }));
  if (problems.length > 0) throw new PageError(problems);
}
