// <kpi-filters dimensions="region team" period="all"></kpi-filters>: what a reader may choose on the page; where no
// dimension is named, all those that leads and deals have, and the report's own. `period`: what the page shows where the
// reader chose none; else the report's.

import {filterBar, updateFilterBar} from "../components/filterBar.js";
import {dimensionIds, optional, text} from "./attributes.js";
import {isPickedByReaders} from "../query/catalogue.js";
import {defineElement, periodOf} from "./definition.js";
import {periodsOffered} from "./choices.js";

export const kpiFiltersElement = defineElement({
  name: "kpi-filters",
  attributes: {dimensions: optional(dimensionIds()), period: optional(text("the key of a period: 2026, 2026-Q3, closed:month, all"))},
  questions: () => [],
  render(_answers, {dimensions}, state, context) {
    const {manifest, format, document, onChange} = context;
    const offered = dimensions ? dimensions.flatMap((id) => manifest.dimensions.filter((dimension) => dimension.id === id)) : manifest.dimensions.filter(isPickedByReaders);
    return filterBar({dimensions: offered, periods: periodsOffered(manifest), period: periodOf(state, context), state}, {format, document, ...(onChange && {onChange})});
  },
  update: (bar, state, context) => updateFilterBar(bar, state, periodOf(state, context))
});
