// <kpi-funnel-breakdown funnel="lead_to_cash" max="8"></kpi-funnel-breakdown>: one small funnel for each member of what the
// reader breaks it down by.

import {funnelBreakdown} from "../components/funnel/funnelBreakdown.js";
import {count, funnelId, optional} from "./attributes.js";
import {defineElement} from "./definition.js";
import {funnelLook, funnelQuestion} from "./funnels.js";

export const kpiFunnelBreakdownElement = defineElement({
  name: "kpi-funnel-breakdown",
  attributes: {funnel: funnelId(), max: optional(count(24))},
  questions: () => [],
  funnels: ({funnel}, state, context) => [funnelQuestion(funnel, state, context)],
  render: (_answers, {max}, _state, context, [told] = []) => funnelBreakdown(told!, {...funnelLook(told!, context), ...(max !== undefined && {max})})
});
