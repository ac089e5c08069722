// <kpi-filters dimensions="region team"></kpi-filters>: what a reader may choose on the page; where none is named,
// all dimensions but the stage, which says how a deal stands rather than which deals are meant.

import {filterBar} from "../components/filterBar.js";
import {dimensionIds, optional} from "./attributes.js";
import {defineElement, periodOf} from "./definition.js";
import {periodsOffered} from "./choices.js";

export const kpiFiltersElement = defineElement({
  name: "kpi-filters",
  attributes: {dimensions: optional(dimensionIds())},
  questions: () => [],
  render(_answers, {dimensions}, state, context) {
    const {manifest, format, document, onChange} = context;
    const offered = dimensions ? dimensions.flatMap((id) => manifest.dimensions.filter((dimension) => dimension.id === id)) : manifest.dimensions.filter(({id}) => id !== "stage");
    return filterBar({dimensions: offered, periods: periodsOffered(manifest), period: periodOf(state, context), state}, {format, document, ...(onChange && {onChange})});
  }
});
