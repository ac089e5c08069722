// <kpi-value-model show="held_out"></kpi-value-model>: what customers are expected to be worth, and how well the model of it predicts.

import {emptyState} from "../components/emptyState.js";
import {expectedValue} from "../components/value/expectedValue.js";
import {heldOutMonths} from "../components/value/heldOutMonths.js";
import {heldOutRepeats} from "../components/value/heldOutRepeats.js";
import {toldOf} from "../query/studies.js";
import {isValueFed, valueNeeds} from "../query/value/question.js";
import {oneOf, optional} from "./attributes.js";
import {defineElement} from "./definition.js";

/** What is expected; what was held out, month by month; the same by repeats. */
const views = ["expected", "held_out", "repeats"] as const;

export const kpiValueModelElement = defineElement({
  name: "kpi-value-model",
  attributes: {show: optional(oneOf("view", views))},
  questions: () => [],
  // The fit and what is held out are of all customers, whatever is filtered.
  studies: ({show = "expected"}, {filters}, {manifest}) => (isValueFed(manifest) ? [{study: "value", question: show === "expected" && filters.length > 0 ? {filters} : {}}] : []),
  render(_answers, {show = "expected"}, _state, {format, document, onChange, room}, _funnels, studied) {
    const [told] = toldOf("value", studied);
    if (!told) return emptyState({why: "not_in_data", columns: [...valueNeeds], format, document});
    const options = {format, document, heading: "h3" as const, interactive: onChange !== undefined, ...(room && {room})};
    return show === "expected" ? expectedValue(told, options) : show === "held_out" ? heldOutMonths(told, options) : heldOutRepeats(told, options);
  }
});
