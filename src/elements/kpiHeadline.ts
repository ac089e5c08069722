// <kpi-headline metrics="revenue_won win_rate"></kpi-headline>: the page's title says the first finding, a paragraph the others.

import {element} from "../components/element.js";
import {headline} from "../components/headline.js";
import {focusPlace, metricIds} from "./attributes.js";
import {defineElement, faceOf, stateQuestion} from "./definition.js";

export const kpiHeadlineElement = defineElement({
  name: "kpi-headline",
  attributes: {metrics: metricIds(), focus: focusPlace()},
  questions: ({metrics}, state, context) => [{metrics, ...stateQuestion(state, context)}],
  render([answer], {metrics}, _state, context) {
    const {format, document, manifest} = context;
    const told = metrics.filter((id) => !answer!.missing.some(({metric}) => metric === id));
    const say = (ids: readonly string[]) => headline(answer!, {metrics: ids.map((id) => faceOf(id, context)), format, document});
    const sentences = [...say(told).childNodes];
    // The first sentence says when; the others go on from it.
    const first = say(told.slice(0, 1)).childNodes.length;
    const title = element(document, "h1", {}, told.length > 0 ? sentences.slice(0, first) : manifest.title);
    const subtitle = element(document, "p", {class: "qd-subtitle"}, `${manifest.title} · ${format.period(answer!.period)} · ${format.message("site.as_of", {date: format.date(answer!.asOf)})}`);
    return element(document, "div", {class: "qd-title"}, title, subtitle, told.length > 1 && element(document, "p", {class: "qd-headline"}, sentences.slice(first)));
  }
});
