// <kpi-filters dimensions="region team"></kpi-filters>: what a reader may choose on the page; where none is named,
// all those that leads and deals have, and the report's own.

import {filterBar} from "../components/filterBar.js";
import {dimensionIds, optional} from "./attributes.js";
import {isPickedByReaders} from "../query/catalogue.js";
import {defineElement, periodOf} from "./definition.js";
import {periodsOffered} from "./choices.js";

export const kpiFiltersElement = defineElement({
  name: "kpi-filters",
  attributes: {dimensions: optional(dimensionIds())},
  questions: () => [],
  render(_answers, {dimensions}, state, context) {
    const {manifest, format, document, onChange} = context;
    const offered = dimensions ? dimensions.flatMap((id) => manifest.dimensions.filter((dimension) => dimension.id === id)) : manifest.dimensions.filter(isPickedByReaders);
    return filterBar({dimensions: offered, periods: periodsOffered(manifest), period: periodOf(state, context), state}, {format, document, ...(onChange && {onChange})});
  }
});
