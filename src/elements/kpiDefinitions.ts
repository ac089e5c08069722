// <kpi-definitions></kpi-definitions>: what every number means, from the declarations themselves. Made at build.

import {definitionList} from "../components/definitionList.js";
import {findMetric, missingData} from "../query/catalogue.js";
import {element} from "../components/element.js";
import {metricIds, optional} from "./attributes.js";
import {defineElement} from "./definition.js";

export const kpiDefinitionsElement = defineElement({
  name: "kpi-definitions",
  attributes: {metrics: optional(metricIds())},
  questions: () => [],
  render(_answers, {metrics}, _state, {catalogue, manifest, format, document, sql, checks}) {
    const listed = metrics ? metrics.map((id) => findMetric(id, catalogue)) : catalogue.filter(({internal}) => !internal);
    const worded = listed.filter(({id}) => format.has(`metric.${id}.definition`));
    const contents = worded.map(({id}) => element(document, "li", {}, element(document, "a", {href: `#${id}`}, format.metric(id))));
    const list = definitionList(worded, {format, document, missing: (metric) => missingData(metric, manifest), ...(sql && {sql}), ...(checks && {checks}), pageHref: ({page}) => `/${page === "index" ? "" : page}`});
    return element(document, "div", {}, element(document, "nav", {class: "qd-contents", "aria-label": format.message("definitions.contents")}, element(document, "ul", {}, contents)), list);
  }
});
