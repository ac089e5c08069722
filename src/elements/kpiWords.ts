// <kpi-words key="section.leads"></kpi-words>: a text of the locale files, so that a page reads in the report's language;
// with focus="label" the name of the goal that the settings have the report focus on, where they do.

import {oneOf, optional, text} from "./attributes.js";
import {defineElement} from "./definition.js";

export const kpiWordsElement = defineElement({
  name: "kpi-words",
  attributes: {key: text("a key of src/format/locales"), focus: optional(oneOf("part of a goal", ["label"]))},
  questions: () => [],
  render(_answers, {key, focus}, _state, {manifest, format, document}) {
    const goal = focus && manifest.rules?.focus;
    return document.createTextNode(format.message(goal ? `goal.${goal}.${focus}` : key));
  }
});
