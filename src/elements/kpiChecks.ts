// <kpi-checks></kpi-checks>: the data checks, what fails first. Made at build.

import {checkList} from "../components/checkList.js";
import {defineElement} from "./definition.js";

export const kpiChecksElement = defineElement({
  name: "kpi-checks",
  attributes: {},
  questions: () => [],
  render: (_answers, _attributes, _state, {manifest, format, document}) => checkList(manifest.quality?.checks ?? [], {format, document})
});
