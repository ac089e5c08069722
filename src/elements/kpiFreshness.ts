// <kpi-freshness></kpi-freshness>: how old the newest records are. Made at build.

import {freshnessTable} from "../components/freshness.js";
import {defineElement} from "./definition.js";

export const kpiFreshnessElement = defineElement({
  name: "kpi-freshness",
  attributes: {},
  questions: () => [],
  render: (_answers, _attributes, _state, {manifest, format, document}) => freshnessTable(manifest.quality ?? {checks: [], freshness: [], reconcile: []}, {format, document})
});
