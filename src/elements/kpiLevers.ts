// <kpi-levers by="owner" months="12"></kpi-levers>: who needs which help: the lever (number of deals, win rate, size, speed) in
// which each lies furthest behind the others.

import {emptyState} from "../components/emptyState.js";
import {leverList} from "../components/leverList.js";
import {floorOf} from "../components/options.js";
import {monthsUpTo} from "../query/calendar.js";
import {whyNoDimension} from "../query/catalogue.js";
import {leverMetrics, readLevers} from "../query/explain/levers.js";
import {count, dimensionId, optional} from "./attributes.js";
import {defineElement, faceOf, hasDimension, periodOf, stateQuestion} from "./definition.js";
import {withMaking} from "./withMaking.js";

const ids = Object.values(leverMetrics);

export const kpiLeversElement = defineElement({
  name: "kpi-levers",
  attributes: {by: dimensionId(), months: optional(count(60)), max: optional(count(1000))},
  questions({by, months = 12}, state, context) {
    if (!hasDimension(by, context)) return [];
    return [{metrics: ids, by: [by], ...stateQuestion(state, context), period: monthsUpTo(periodOf(state, context), months, context.manifest), compare: []}];
  },
  render([answer], {by, max}, _state, context) {
    const {format, document, manifest, onChange} = context;
    if (!answer) return emptyState({why: whyNoDimension(by, manifest), columns: [format.dimension(by)], format, document});
    const {rate, size, cycle} = leverMetrics;
    const metrics = {rate: faceOf(rate, context), size: faceOf(size, context), cycle: faceOf(cycle, context)};
    const floor = floorOf(metrics.rate);
    const levers = readLevers(answer.rows, {floor});
    return withMaking(leverList(answer, {metrics, levers, by, floor, ...(max !== undefined && {max}), interactive: onChange !== undefined, format, document}), ids, context);
  }
});
