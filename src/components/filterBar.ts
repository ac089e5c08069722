// What a reader may choose: period, comparison, members of each dimension. Native controls only, so the keyboard and
// every assistive tool work; what is chosen also stands in words, for print and for reading.

import type {DimensionInfo} from "../query/manifest.js";
import type {Filter, Grain, Period} from "../query/question.js";
import type {ReaderState} from "../query/state.js";
import {type Child, element} from "./element.js";
import {type Comparison, type ComponentOptions, comparisons} from "./options.js";

export interface FilterBarData {
  readonly dimensions: readonly DimensionInfo[];
  /** Periods on offer, newest first within each grain. */
  readonly periods: readonly Period[];
  /** The period now shown; it joins the list where it is not in it. */
  readonly period: Period;
  readonly state: ReaderState;
}

export interface FilterBarOptions extends ComponentOptions {
  /** Told of every choice. Without it (at build) the controls are there, but disabled. */
  readonly onChange?: (state: ReaderState) => void;
  readonly compare?: readonly Comparison[];
}

const grains: readonly (Grain | "range" | "all")[] = ["all", "range", "day", "week", "month", "quarter", "fiscal_quarter", "year", "fiscal_year"];
const searchable = 12;
const syncs = new WeakMap<Element, (state: ReaderState, period: Period) => void>();

/** Returns the bar. `updateFilterBar` shows another state in it without losing the focus. */
export function filterBar(data: FilterBarData, options: FilterBarOptions): HTMLElement {
  const {format, document, onChange, compare = comparisons} = options;
  const disabled = onChange === undefined;
  let state = data.state;
  const choose = (next: ReaderState, period = currentPeriod()) => {
    sync(next, period);
    onChange?.(next);
  };
  let shown = data.period;
  const currentPeriod = () => shown;

  const periods = element(document, "select", {disabled, name: "period", autocomplete: "off"}, periodOptions(data, options));
  periods.addEventListener("change", () => choose({...state, period: periods.value}, data.periods.find(({key}) => key === periods.value) ?? shown));
  const against = element(document, "select", {disabled, name: "compare", autocomplete: "off"}, compare.map((kind) => element(document, "option", {value: kind}, format.message(`compare.${kind}`))));
  against.addEventListener("change", () => choose({...state, compare: against.value as Comparison}));
  const menus = data.dimensions.map((dimension) => memberMenu(dimension, options, (values) => choose({...state, filters: withFilter(state.filters, dimension, values, data.dimensions)})));
  const words = element(document, "p", {class: "qd-words", "aria-live": "polite"});
  const chips = element(document, "ul", {class: "qd-chips", hidden: true, "aria-label": format.message("filter.chosen")});
  const clear = element(document, "button", {type: "button", class: "qd-clear", disabled, hidden: true}, format.message("filter.clear_all"));
  clear.addEventListener("click", () => {
    choose({...state, filters: []});
    periods.focus();
  });

  function sync(next: ReaderState, period: Period): void {
    state = next;
    shown = period;
    if (![...periods.options].some(({value}) => value === period.key)) periods.prepend(element(document, "option", {value: period.key}, format.period(period)));
    select(periods, period.key);
    select(against, next.compare ?? "previous");
    for (const menu of menus) menu.sync(next.filters.find(({dimension}) => dimension === menu.dimension)?.values ?? []);
    words.textContent = filterWords(next, period, options);
    chips.replaceChildren(...(disabled ? [] : next.filters.flatMap(({dimension, values}) => values.map((value) => chip(dimension, value)))));
    chips.hidden = chips.childElementCount === 0;
    clear.hidden = next.filters.length === 0;
  }

  /** What is chosen, each to be taken back by itself. */
  function chip(id: DimensionInfo["id"], value: string | null): HTMLElement {
    const text = format.message("filter.is", {dimension: format.dimension(id), members: format.member(id, value)});
    const button = element(document, "button", {type: "button", class: "qd-chip", "aria-label": format.message("filter.remove", {filter: text})}, element(document, "bdi", {}, text), element(document, "span", {"aria-hidden": "true"}, " ×"));
    button.addEventListener("click", () => {
      const left = state.filters.find(({dimension}) => dimension === id)!.values.filter((one) => one !== value);
      const info = data.dimensions.find((dimension) => dimension.id === id);
      choose({...state, filters: info ? withFilter(state.filters, info, left, data.dimensions) : state.filters.flatMap((filter) => (filter.dimension !== id ? [filter] : left.length > 0 ? [{dimension: id, values: left}] : []))});
      (chips.querySelector("button") ?? periods).focus();
    });
    return element(document, "li", {}, button);
  }

  const bar = element(
    document,
    "form",
    {class: "qd-filters", "aria-label": format.message("filter.label")},
    element(document, "div", {class: "qd-controls"}, element(document, "label", {}, element(document, "span", {}, format.message("filter.period")), periods), compare.length > 1 && element(document, "label", {}, element(document, "span", {}, format.message("filter.compare")), against), menus.map(({root}) => root), clear),
    chips,
    words
  );
  bar.addEventListener("submit", (event) => event.preventDefault());
  sync(state, shown);
  syncs.set(bar, sync);
  return bar;
}

/** Shows a state in a bar made by `filterBar`, without telling its onChange. */
export function updateFilterBar(bar: Element, state: ReaderState, period: Period): void {
  const sync = syncs.get(bar);
  if (!sync) throw new Error("updateFilterBar: this element was not made by filterBar");
  sync(state, period);
}

/** Returns what is chosen as one line: "October 2026 · Region: East or West · compared with last year". */
export function filterWords(state: ReaderState, period: Period, {format}: Pick<ComponentOptions, "format">): string {
  const filters = state.filters.map(({dimension, values}) => format.message("filter.is", {dimension: format.dimension(dimension), members: format.list(values.map((value) => format.member(dimension, value)), "or")}));
  return [format.period(period), ...filters, format.message("filter.compared", {compare: format.message(`compare.${state.compare ?? "previous"}`)})].join(" · ");
}

function periodOptions({periods, period}: FilterBarData, {format, document}: FilterBarOptions): Child[] {
  const all = periods.some(({key}) => key === period.key) ? periods : [period, ...periods];
  return grains.flatMap((grain) => {
    const group = all.filter((item) => item.grain === grain);
    const items = group.map((item) => element(document, "option", {value: item.key}, format.period(item)));
    return group.length ? [grain === "all" || grain === "range" ? items : element(document, "optgroup", {label: format.message(`grain.${grain}`)}, items)] : [];
  });
}

function memberMenu({id, members}: DimensionInfo, {format, document, onChange}: FilterBarOptions, choose: (values: (string | null)[]) => void) {
  const disabled = onChange === undefined;
  const chosen = element(document, "span", {class: "qd-chosen"});
  const boxes = members.map((member, i) => element(document, "input", {type: "checkbox", value: i, disabled, autocomplete: "off"}));
  const labels = members.map((member, i) => element(document, "label", {}, boxes[i], " ", element(document, "bdi", {}, format.member(id, member))));
  const clear = element(document, "button", {type: "button", class: "qd-clear", disabled}, format.message("filter.clear"));
  const summary = element(document, "summary", {}, element(document, "span", {}, format.dimension(id)), chosen);
  const search = members.length > searchable && element(document, "input", {type: "search", class: "qd-search", disabled, autocomplete: "off", "aria-label": format.message("filter.search", {dimension: format.dimension(id)}), placeholder: format.message("filter.search_short")});
  const picked = () => members.filter((_, i) => boxes[i]!.checked);
  const root = element(document, "details", {class: "qd-menu", name: "qd-menu", "data-dimension": id}, summary, element(document, "fieldset", {}, element(document, "legend", {class: "qd-sr"}, format.dimension(id)), search, element(document, "div", {class: "qd-members"}, labels), clear));
  for (const box of boxes) box.addEventListener("change", () => choose(picked()));
  clear.addEventListener("click", () => choose([]));
  if (search) {
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLocaleLowerCase(format.locale);
      labels.forEach((label, i) => (label.hidden = !format.member(id, members[i]!).toLocaleLowerCase(format.locale).includes(wanted)));
    });
  }
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !root.open) return;
    root.open = false;
    summary.focus();
  });
  return {
    dimension: id,
    root,
    sync(values: readonly (string | null)[]) {
      members.forEach((member, i) => check(boxes[i]!, values.includes(member)));
      root.toggleAttribute("data-active", values.length > 0);
      chosen.textContent = values.length === 0 ? format.message("filter.all") : values.length === 1 ? format.member(id, values[0]!) : format.message("filter.some", {count: values.length, total: members.length});
      clear.hidden = values.length === 0;
    }
  };
}

function withFilter(filters: readonly Filter[], {id}: DimensionInfo, values: readonly (string | null)[], order: readonly DimensionInfo[]): Filter[] {
  const place = (filter: Filter) => order.findIndex((dimension) => dimension.id === filter.dimension);
  return [...filters.filter(({dimension}) => dimension !== id), ...(values.length ? [{dimension: id, values}] : [])].sort((a, b) => place(a) - place(b));
}

/** The attribute as well as the property, so that the choice is in the HTML that the build writes. */
function select(control: HTMLSelectElement, value: string): void {
  for (const option of control.options) option.toggleAttribute("selected", option.value === value);
  control.value = value;
}

function check(box: HTMLInputElement, checked: boolean): void {
  box.toggleAttribute("checked", checked);
  box.checked = checked;
}
