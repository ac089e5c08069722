// <kpi-ledger></kpi-ledger>: what became of every row of every file. Made at build.

import {ledger} from "../components/ledger.js";
import {defineElement} from "./definition.js";

export const kpiLedgerElement = defineElement({
  name: "kpi-ledger",
  attributes: {},
  questions: () => [],
  render: (_answers, _attributes, _state, {manifest, format, document}) => ledger(manifest.files, manifest.quality ?? {}, {format, document})
});
