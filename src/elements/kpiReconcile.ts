// <kpi-reconcile></kpi-reconcile>: the CRM's own totals beside ours. Made at build.

import {reconcileTable} from "../components/reconcileTable.js";
import {parsePeriod} from "../query/calendar.js";
import {findMetric} from "../query/catalogue.js";
import {defineElement} from "./definition.js";

export const kpiReconcileElement = defineElement({
  name: "kpi-reconcile",
  attributes: {},
  questions: () => [],
  render: (_answers, _attributes, _state, {manifest, catalogue, format, document}) =>
    reconcileTable(manifest.quality?.reconcile ?? [], {format, document, period: (key) => format.period(parsePeriod(key, manifest)), unit: (metric) => findMetric(metric, catalogue).unit})
});
