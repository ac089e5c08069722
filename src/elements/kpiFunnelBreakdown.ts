// <kpi-funnel-breakdown funnel="lead_to_cash" max="8"></kpi-funnel-breakdown>: one small funnel for each member of what the
// reader breaks it down by. What is chosen of it is marked among the others; other choices filter.

import {funnelBreakdown} from "../components/funnel/funnelBreakdown.js";
import {count, funnelId, optional} from "./attributes.js";
import {defineElement} from "./definition.js";
import type {ReaderState} from "../query/state.js";
import {funnelLook, funnelQuestion} from "./funnels.js";

const chosenOf = ({filters}: ReaderState, by: string | null | undefined) => filters.find(({dimension}) => dimension === by)?.values ?? [];

export const kpiFunnelBreakdownElement = defineElement({
  name: "kpi-funnel-breakdown",
  attributes: {funnel: funnelId(), max: optional(count(24))},
  questions: () => [],
  funnels({funnel}, state, context) {
    const {by} = funnelQuestion(funnel, state, context).choices;
    return [funnelQuestion(funnel, {...state, filters: state.filters.filter(({dimension}) => dimension !== by)}, context)];
  },
  marked: ({funnel, max = 8}, state, context) => {
    const {by} = funnelQuestion(funnel, state, context).choices;
    return context.manifest.dimensions.some(({id, members}) => id === by && members.length > max) ? chosenOf(state, by) : [];
  },
  render: (_answers, {max}, state, context, [told] = []) => funnelBreakdown(told!, {...funnelLook(told!, context), chosen: chosenOf(state, told!.by), ...(max !== undefined && {max})})
});
