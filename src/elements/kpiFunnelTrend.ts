// <kpi-funnel-trend funnel="lead_to_cash"></kpi-funnel-trend>: conversion by month of entry.

import {funnelTrend} from "../components/funnel/funnelTrend.js";
import {funnelId} from "./attributes.js";
import {defineElement} from "./definition.js";
import {funnelLook, trendQuestion} from "./funnels.js";

export const kpiFunnelTrendElement = defineElement({
  name: "kpi-funnel-trend",
  attributes: {funnel: funnelId()},
  questions: () => [],
  funnels: ({funnel}, state, context) => [trendQuestion(funnel, state, context)],
  render: (_answers, _attributes, _state, context, [told] = []) => funnelTrend(told!, {...funnelLook(told!, context), happened: {events: context.manifest.events ?? []}})
});
