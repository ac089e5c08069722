// <kpi-quality></kpi-quality>: the title of the data quality page. Made at build; a reader's choice does not change it.

import {qualityTitle} from "../components/qualityTitle.js";
import {defineElement} from "./definition.js";

export const kpiQualityElement = defineElement({
  name: "kpi-quality",
  attributes: {},
  questions: () => [],
  render: (_answers, _attributes, _state, {manifest, format, document}) => qualityTitle(manifest, {format, document})
});
