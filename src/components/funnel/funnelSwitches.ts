// How funnels are counted, broken down and set beside one another: native selects, one for each choice.

import type {Funnel, FunnelCredit, FunnelMode} from "../../metrics/funnel.js";
import {funnelStepName} from "../../format/funnelWords.js";
import {plainText} from "../../format/text.js";
import type {DimensionInfo} from "../../query/manifest.js";
import type {FunnelView} from "../../query/funnel/view.js";
import {element} from "../element.js";
import type {ComponentOptions} from "../options.js";

export interface FunnelSwitchesData {
  /** The funnels that the choices apply to. */
  readonly funnels: readonly Funnel[];
  /** What they can be broken down by, the usual one first. */
  readonly dimensions: readonly DimensionInfo[];
  readonly modes: readonly FunnelMode[];
  /** Days. */
  readonly windows: readonly number[];
  readonly view: FunnelView;
}

export interface FunnelSwitchesOptions extends ComponentOptions {
  /** Told of every choice. Without it (at build) the controls are there, but disabled. */
  readonly onChange?: (view: FunnelView) => void;
}

interface Choice {
  readonly value: string;
  readonly text: string;
  readonly view: Partial<FunnelView>;
}

const syncs = new WeakMap<Element, (view: FunnelView) => void>();

/** Returns the controls. `updateFunnelSwitches` shows another view in them without losing the focus. */
export function funnelSwitches(data: FunnelSwitchesData, options: FunnelSwitchesOptions): HTMLElement {
  const {format, document, onChange} = options;
  let view = data.view;
  const disabled = onChange === undefined;
  const lists = {mode: modeChoices(data, options), window: windowChoices(data, options), credit: credits(data, options), by: breakdowns(data, options), beside: besides(options), step: stepChoices(data, options)};
  type Kind = keyof typeof lists;
  const kinds = (Object.keys(lists) as Kind[]).filter((kind) => lists[kind].length > 1);
  const control = (kind: string) => element(document, "select", {name: `funnel-${kind}`, disabled, autocomplete: "off"});
  const selects = new Map(kinds.map((kind) => [kind, control(kind)]));
  const pair = [control("pair"), control("pair")] as const;
  const label = (key: string, select: HTMLSelectElement) => element(document, "label", {}, element(document, "span", {}, format.message(`funnels.choose.${key}`)), select);
  const pairLabels = [label("first", pair[0]), label("second", pair[1])];
  const dimension = () => data.dimensions.find(({id}) => id === (view.by ?? data.dimensions[0]?.id));
  const choose = (next: FunnelView) => {
    sync(next);
    onChange?.(next);
  };

  for (const [kind, select] of selects) {
    select.append(...lists[kind].map(({value, text}) => element(document, "option", {value}, text)));
    select.addEventListener("change", () => choose({...view, ...lists[kind].find(({value}) => value === select.value)!.view}));
  }
  for (const select of pair) select.addEventListener("change", () => {
    const members = pair.map(({value}) => dimension()?.members[Number(value)]);
    choose({...view, beside: undefined, pair: pair.every(({value}) => value !== "") && members[0] !== members[1] ? members.map((member) => member ?? null) : undefined});
  });

  function sync(next: FunnelView): void {
    view = next;
    for (const [kind, select] of selects) mark(select, valueOf(kind, next));
    const own = dimension();
    pairLabels.forEach((one) => (one.hidden = !own || next.beside !== undefined));
    if (!own) return;
    pair.forEach((select, i) => {
      const usual = element(document, "option", {value: ""}, format.message(i === 0 ? "funnels.choose.largest" : "funnels.choose.next"));
      select.replaceChildren(usual, ...own.members.map((member, k) => element(document, "option", {value: k}, format.member(own.id, member))));
      const at = next.pair ? own.members.indexOf(next.pair[i] ?? null) : -1;
      mark(select, at < 0 ? "" : String(at));
    });
  }

  const form = element(
    document,
    "form",
    {class: "qd-filters qd-switches", "aria-label": format.message("funnels.choices")},
    element(document, "div", {class: "qd-controls"}, kinds.flatMap((kind) => [label(kind, selects.get(kind)!), ...(kind === "beside" ? pairLabels : [])]))
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  sync(view);
  syncs.set(form, sync);
  return form;
}

/** Shows a view in controls made by `funnelSwitches`, without telling their onChange. */
export function updateFunnelSwitches(form: Element, view: FunnelView): void {
  const sync = syncs.get(form);
  if (!sync) throw new Error("updateFunnelSwitches: this element was not made by funnelSwitches");
  sync(view);
}

const creditText = (credit: FunnelCredit): string => (typeof credit === "object" ? `step ${credit.step}` : credit);
const windowText = (window: number | null): string => (window === null ? "none" : String(window));

function valueOf(kind: "mode" | "window" | "credit" | "by" | "beside" | "step", {mode, window, credit, by, beside, step}: FunnelView): string {
  switch (kind) {
    case "mode": return mode ?? "";
    case "window": return window === undefined ? "" : windowText(window);
    case "credit": return credit === undefined ? "" : creditText(credit);
    case "by": return by ?? "";
    case "beside": return beside ?? "";
    case "step": return step ?? "";
  }
}

/** As declared: in words where all funnels declare the same. */
function declared(funnels: readonly Funnel[], wordsOf: (funnel: Funnel) => string, {format}: ComponentOptions): string {
  const [first, ...others] = [...new Set(funnels.map(wordsOf))];
  return first === undefined || others.length > 0 ? format.message("funnels.declared") : format.message("funnels.declared_as", {what: first});
}

const modeChoices = ({funnels, modes}: FunnelSwitchesData, options: ComponentOptions): Choice[] => [
  {value: "", text: declared(funnels, ({mode}) => options.format.message(`funnel.mode.${mode}`), options), view: {mode: undefined}},
  ...modes.map((mode): Choice => ({value: mode, text: options.format.message(`funnel.mode.${mode}`), view: {mode}}))
];

function windowChoices({funnels, windows, view}: FunnelSwitchesData, options: ComponentOptions): Choice[] {
  const {format} = options;
  const text = (window: number | null) => (window === null ? format.message("funnel.window.none") : format.message("funnel.window", {days: window}));
  const days = [...new Set([...windows, ...(view.window == null ? [] : [view.window])])].sort((a, b) => a - b);
  return [
    {value: "", text: declared(funnels, ({window}) => text(window), options), view: {window: undefined}},
    ...[...days, null].map((window): Choice => ({value: windowText(window), text: text(window), view: {window}}))
  ];
}

function credits({funnels}: FunnelSwitchesData, options: ComponentOptions): Choice[] {
  const {format} = options;
  const text = (credit: FunnelCredit, funnel?: Funnel) => {
    const step = typeof credit === "object" ? funnel?.steps.find(({id}) => id === credit.step) : undefined;
    return step ? format.message("funnel.credit.step", {step: plainText(funnelStepName(step, format))}) : format.message(`funnel.credit.${typeof credit === "object" ? "first" : credit}`);
  };
  const steps = inner(funnels).map(({step, funnel}): Choice => ({value: creditText({step: step.id}), text: text({step: step.id}, funnel), view: {credit: {step: step.id}}}));
  return [
    {value: "", text: declared(funnels, (funnel) => text(funnel.credit, funnel), options), view: {credit: undefined}},
    ...(["first", "last", "all"] as const).map((credit): Choice => ({value: credit, text: text(credit), view: {credit}})),
    ...steps
  ];
}

/** Steps that are neither the first nor the last of their funnel, each id once. */
function inner(funnels: readonly Funnel[]) {
  const all = funnels.flatMap((funnel) => funnel.steps.slice(1, -1).map((step) => ({step, funnel})));
  return all.filter(({step}, i) => all.findIndex((other) => other.step.id === step.id) === i);
}

/** A dimension of its own puts away the members that were compared. */
const breakdowns = ({dimensions}: FunnelSwitchesData, {format}: ComponentOptions): Choice[] =>
  dimensions.map(({id}, i): Choice => ({value: i === 0 ? "" : id, text: format.dimension(id), view: {by: i === 0 ? undefined : id, pair: undefined}}));

const besides = ({format}: ComponentOptions): Choice[] => [
  {value: "", text: format.message("funnels.beside.members"), view: {beside: undefined}},
  ...(["previous", "last_year"] as const).map((beside): Choice => ({value: beside, text: format.message(`funnels.beside.${beside}`), view: {beside, pair: undefined}}))
];

function stepChoices({funnels}: FunnelSwitchesData, {format}: ComponentOptions): Choice[] {
  const all = funnels.flatMap((funnel) => funnel.steps.slice(0, -1).map((step) => ({step, funnel})));
  const once = all.filter(({step}, i) => all.findIndex((other) => other.step.id === step.id) === i);
  return [{value: "", text: format.message("funnels.choose.leak"), view: {step: undefined}}, ...once.map(({step}): Choice => ({value: step.id, text: plainText(funnelStepName(step, format)), view: {step: step.id}}))];
}

/** The attribute as well as the property, so that the choice is in the HTML that the build writes. */
function mark(select: HTMLSelectElement, value: string): void {
  for (const option of select.options) option.toggleAttribute("selected", option.value === value);
  select.value = value;
}
