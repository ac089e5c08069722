// What cohorts measure and how they are laid out: native selects, one for each choice.

import {cohortName} from "../../format/cohortWords.js";
import type {Cohort} from "../../metrics/cohort.js";
import type {CohortOffer} from "../../query/cohort/plan.js";
import type {CohortView} from "../../query/cohort/view.js";
import {element} from "../element.js";
import type {ComponentOptions} from "../options.js";

export interface CohortSwitchesData {
  /** Those that the reader may choose between; one where the elements of the page name theirs. */
  readonly cohorts: readonly Cohort[];
  /** The one that is shown, and what it offers. */
  readonly cohort: Cohort;
  readonly offer: CohortOffer;
  readonly bases: readonly string[];
  readonly forms: readonly string[];
  /** The measure where the reader chose none. */
  readonly usual: string;
  readonly view: CohortView;
}

export interface CohortSwitchesOptions extends ComponentOptions {
  /** Told of every choice. Without it (at build) the controls are there, but disabled. */
  readonly onChange?: (view: CohortView) => void;
}

interface Choice {
  readonly value: string;
  readonly text: string;
}

const kinds = ["cohort", "measure", "grain", "key", "form", "base", "span", "first", "by"] as const;
type Kind = (typeof kinds)[number];

/** Another cohort, grain or key has other lines: what was chosen of the old ones goes. */
const unplaced = {cell: undefined, a: undefined, b: undefined, age: undefined} as const;
const lays: readonly Kind[] = ["cohort", "grain", "key", "span", "first"];

/** Returns the controls. */
export function cohortSwitches(data: CohortSwitchesData, {format, document, onChange}: CohortSwitchesOptions): HTMLElement {
  const {cohorts, cohort, offer, bases, forms, usual, view} = data;
  const words = (kind: string, values: readonly string[], declared: string): Choice[] => values.map((value) => ({value: value === declared ? "" : value, text: format.message(`cohorts.${kind}.${value}`)}));
  const dimensions = offer.dimensions.map((id) => ({value: id, text: format.dimension(id)}));
  const start = cohort.key === "start" ? "" : "start";
  const lists: Record<Kind, readonly Choice[]> = {
    cohort: cohorts.map((one, i) => ({value: i === 0 ? "" : one.id, text: cohortName(one, format)})),
    measure: words("measure", offer.measures, usual),
    grain: words("grain", offer.grains, cohort.grain),
    key: [{value: start, text: format.message("cohorts.key.start")}, ...dimensions.map(({value, text}) => ({value: value === cohort.key ? "" : value, text}))],
    form: words("form", forms, "share"),
    base: words("base", bases, "first"),
    span: words("span_choice", offer.spans, cohort.span),
    first: words("first", offer.firsts, cohort.first),
    by: dimensions.map((one, i) => (i === 0 ? {...one, value: ""} : one))
  };
  const shown = kinds.filter((kind) => lists[kind].length > 1);
  const control = (kind: Kind) => {
    const chosen = view[kind] ?? "";
    const select = element(document, "select", {name: kind === "cohort" ? "cohort-of" : `cohort-${kind}`, disabled: onChange === undefined, autocomplete: "off"}, lists[kind].map(({value, text}) => element(document, "option", {value, selected: value === chosen}, text)));
    select.addEventListener("change", () => onChange?.(kind === "cohort" ? {cohort: select.value || undefined} : {...view, ...(lays.includes(kind) && unplaced), [kind]: select.value || undefined}));
    return element(document, "label", {}, element(document, "span", {}, format.message(`cohorts.choose.${kind}`)), select);
  };
  const form = element(document, "form", {class: "qd-filters qd-switches", "aria-label": format.message("cohorts.choices")}, element(document, "div", {class: "qd-controls"}, shown.map(control)));
  form.addEventListener("submit", (event) => event.preventDefault());
  return form;
}

/** Shows another view, of another cohort perhaps, in controls made by `cohortSwitches`; the focus stays on its choice. */
export function updateCohortSwitches(form: Element, data: CohortSwitchesData, options: CohortSwitchesOptions): void {
  const {activeElement} = options.document;
  const focused = form.contains(activeElement) ? activeElement?.getAttribute("name") : undefined;
  form.replaceChildren(...cohortSwitches(data, options).childNodes);
  if (focused != null) form.querySelector<HTMLElement>(`select[name="${focused}"]`)?.focus();
}
