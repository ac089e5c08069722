// <kpi-funnel-times funnel="lead_to_cash"></kpi-funnel-times>: how long each step takes.

import {funnelTimes} from "../components/funnel/funnelTimes.js";
import {funnelId} from "./attributes.js";
import {defineElement} from "./definition.js";
import {funnelLook, funnelQuestion} from "./funnels.js";

export const kpiFunnelTimesElement = defineElement({
  name: "kpi-funnel-times",
  attributes: {funnel: funnelId()},
  questions: () => [],
  funnels: ({funnel}, state, context) => [{...funnelQuestion(funnel, state, context), times: true}],
  render: (_answers, _attributes, _state, context, [told] = []) => funnelTimes({times: [], histogram: [], ...told!}, funnelLook(told!, context))
});
