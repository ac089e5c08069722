// <kpi-hygiene lists="past_close_date no_amount" rows="5"></kpi-hygiene>: records to be mended. Made at build.

import {element} from "../components/element.js";
import {hygieneLists} from "../components/hygieneLists.js";
import {hygieneIds} from "../query/hygiene.js";
import {count, optional, wordsOf} from "./attributes.js";
import {defineElement} from "./definition.js";

export const kpiHygieneElement = defineElement({
  name: "kpi-hygiene",
  attributes: {lists: optional(wordsOf("list", hygieneIds)), rows: optional(count(10))},
  questions: () => [],
  render(_answers, {lists, rows}, _state, {manifest, format, document}) {
    const hygiene = manifest.quality?.hygiene;
    if (!hygiene) return element(document, "p", {class: "qd-quiet"}, format.message("hygiene.none"));
    return hygieneLists(hygiene, {format, document, fileHref: (id) => `/data/hygiene/${id}.csv`, ...(lists && {lists}), ...(rows !== undefined && {rows})});
  }
});
