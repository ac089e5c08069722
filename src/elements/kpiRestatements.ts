// <kpi-restatements></kpi-restatements>: numbers that were published and have changed since, and why. Made at build.

import {restatementTable} from "../components/snapshots/restatementTable.js";
import {parsePeriod} from "../query/calendar.js";
import {defineElement} from "./definition.js";

export const kpiRestatementsElement = defineElement({
  name: "kpi-restatements",
  attributes: {},
  questions: () => [],
  render(_answers, _attributes, _state, {manifest, catalogue, format, document, definitionHref}) {
    // A KPI that is no more has no words.
    const restated = (manifest.archive?.restated ?? []).filter(({metric}) => catalogue.some(({id}) => id === metric));
    return restatementTable({months: manifest.archive?.months.length ?? 0, restated, periodOf: (key) => parsePeriod(key, manifest), unitOf: (metric) => catalogue.find(({id}) => id === metric)!.unit, hrefOf: definitionHref}, {format, document});
  }
});
