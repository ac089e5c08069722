// <kpi-stages></kpi-stages>: the process in five steps, each leading to its KPIs' definitions. Made at build.

import {processStages, stageAnchor, stageStrip} from "../components/stageStrip.js";
import {missingData} from "../query/catalogue.js";
import {defineElement} from "./definition.js";
import {definedMetrics} from "./kpiDefinitions.js";

export const kpiStagesElement = defineElement({
  name: "kpi-stages",
  attributes: {},
  questions: () => [],
  render(_answers, _attributes, _state, context) {
    const {manifest, definitionHref, format, document} = context;
    const fed = definedMetrics(undefined, context).filter((metric) => !missingData(metric, manifest));
    const counts = Object.fromEntries(processStages.map((stage) => [stage, fed.filter(({processStage}) => processStage === stage).length]));
    return stageStrip({counts, href: (stage) => definitionHref(stageAnchor(stage)), format, document});
  }
});
