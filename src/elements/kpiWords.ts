// <kpi-words key="section.leads"></kpi-words>: a text of the locale files, so that a page reads in the report's language.

import {text} from "./attributes.js";
import {defineElement} from "./definition.js";

export const kpiWordsElement = defineElement({
  name: "kpi-words",
  attributes: {key: text("a key of src/format/locales")},
  questions: () => [],
  render: (_answers, {key}, _state, {format, document}) => document.createTextNode(format.message(key))
});
