// Which definition of a KPI is meant: one native select a KPI that has several.

import {element} from "./element.js";
import type {ComponentOptions} from "./options.js";

export interface VariantChoice {
  /** Id of the KPI. */
  readonly kpi: string;
  readonly label: string;
  /** Its definitions, the report's own first. */
  readonly names: readonly {readonly name: string; readonly text: string}[];
}

type Chosen = Readonly<Record<string, string>>;

export interface VariantSwitchesOptions extends ComponentOptions {
  /** What the reader chose: names by KPI. */
  readonly chosen: Chosen;
  /** Told of every choice. Without it (at build) the controls are there, but disabled. */
  readonly onChange?: (chosen: Chosen) => void;
}

const syncs = new WeakMap<Element, (chosen: Chosen) => void>();

/** Returns the controls. `updateVariantSwitches` shows another choice in them without losing the focus. */
export function variantSwitches(choices: readonly VariantChoice[], {chosen: first, onChange, format, document}: VariantSwitchesOptions): HTMLElement {
  let chosen = first;
  const selects = choices.map(({kpi, names}) => {
    const select = element(document, "select", {name: `kpi-variant-${kpi}`, disabled: onChange === undefined, autocomplete: "off"}, ...names.map(({name, text}) => element(document, "option", {value: name}, text)));
    select.addEventListener("change", () => {
      const {[kpi]: _, ...others} = chosen;
      chosen = select.value === names[0]?.name ? others : {...others, [kpi]: select.value};
      onChange?.(chosen);
    });
    return select;
  });
  const sync = (next: Chosen): void => {
    chosen = next;
    choices.forEach(({kpi, names}, k) => {
      for (const option of selects[k]!.options) option.selected = option.value === (next[kpi] ?? names[0]?.name);
    });
  };
  const labels = choices.map(({label}, k) => element(document, "label", {}, element(document, "span", {}, label), selects[k]!));
  const form = element(document, "form", {class: "qd-filters qd-switches", "aria-label": format.message("variants.choices")}, element(document, "div", {class: "qd-controls"}, ...labels));
  form.addEventListener("submit", (event) => event.preventDefault());
  sync(first);
  syncs.set(form, sync);
  return form;
}

/** Shows a choice in controls made by `variantSwitches`, without telling their onChange. */
export function updateVariantSwitches(form: Element, chosen: Chosen): void {
  const sync = syncs.get(form);
  if (!sync) throw new Error("updateVariantSwitches: this element was not made by variantSwitches");
  sync(chosen);
}
