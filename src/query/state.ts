// What a reader chose on a page, as plain data, and its one spelling in links and in prebuilt answers.

import type {Cohort} from "../metrics/cohort.js";
import type {Funnel} from "../metrics/funnel.js";
import {rfmSegments, type RfmSegmentId} from "../metrics/rfm.js";
import {cellKey, cohortKeys, printCohortView, readCohortPair, tidyCohortView, type CohortView} from "./cohort/view.js";
import {funnelKeys, stepKey, printFunnelView, readFunnelPair, tidyFunnelView, type FunnelView} from "./funnel/view.js";
import type {DimensionInfo} from "./manifest.js";
import {nearest} from "./nearest.js";
import type {Filter} from "./question.js";

export type Comparison = "previous" | "last_year" | "target";

export interface ReaderState {
  /** Period key; the report's default period where absent. */
  readonly period?: string;
  /** Which comparison leads in cards and tables; "previous" where absent. */
  readonly compare?: Comparison;
  readonly filters: readonly Filter[];
  /** How funnels are counted and laid out; as they are declared where absent. */
  readonly funnel?: FunnelView;
  /** How cohorts are counted and laid out; as they are declared where absent. */
  readonly cohort?: CohortView;
  /** Segment by recency, frequency and value whose customers are listed. */
  readonly rfm?: RfmSegmentId;
  /** Names of definitions by the id of their KPI, where a page lets readers choose; the report's own where absent. */
  readonly variants?: ReaderVariants;
}

export type ReaderVariants = Readonly<Record<string, string>>;

/** Key of a link that names one, "logo_churn:stripe". */
export const variantKey = "kpi-variant";

/** Key of a link that names such a segment; no dimension has a hyphen in its id. */
export const segmentKey = "rfm-segment";

/** What a link may say in this report. */
export interface StateContext {
  readonly dimensions: readonly Pick<DimensionInfo, "id" | "members">[];
  /** Whether a text is the key of a period: src/query/calendar.ts says so. */
  readonly isPeriod: (key: string) => boolean;
  /** The report's funnels, whose steps a link may name. */
  readonly funnels?: readonly Funnel[];
  /** The report's cohorts, which a link may name. */
  readonly cohorts?: readonly Pick<Cohort, "id">[];
  /** Names of the definitions that a KPI has, by its id. */
  readonly variants?: Readonly<Record<string, readonly string[]>>;
}

/** One value of a link that means nothing here: shown to the reader, left out of the state. */
export interface UnreadValue {
  readonly key: string;
  readonly value: string;
  /** The allowed value that looks most like it, if any does. */
  readonly nearest?: string;
}

export interface ReadState {
  readonly state: ReaderState;
  readonly unread: readonly UnreadValue[];
  /** Pairs whose key is not ours (a campaign tag, another tool's setting): printed back untouched, in their order. */
  readonly rest: readonly (readonly [string, string])[];
}

export const comparisons: readonly Comparison[] = ["previous", "last_year", "target"];

/**
 * Returns the state that a query string (with or without "?") spells. A dimension may be repeated, `?region=West&region=North`;
 * an empty value, `?region=`, stands for the records without one. Values that do not exist come back as `unread`.
 */
export function parseState(query: string, context: StateContext): ReadState {
  const unread: UnreadValue[] = [];
  const rest: [string, string][] = [];
  const chosen = new Map<string, (string | null)[]>();
  const dimensions = new Map(context.dimensions.map((dimension) => [dimension.id as string, dimension]));
  let period: string | undefined;
  let compare: Comparison | undefined;
  let funnel: FunnelView = {};
  let cohort: CohortView = {};
  let rfm: RfmSegmentId | undefined;
  let variants: ReaderVariants = {};
  for (const [key, value] of new URLSearchParams(query)) {
    const dimension = dimensions.get(key);
    if (dimension) {
      const member = value === "" ? null : value;
      if (dimension.members.includes(member)) chosen.set(key, [...(chosen.get(key) ?? []), member]);
      else unread.push(unreadValue(key, value, dimension.members.filter((text) => text !== null)));
    } else if (key === "period") {
      if (context.isPeriod(value)) period = value;
      else unread.push(unreadValue(key, value, []));
    } else if (key === "compare") {
      const known = comparisons.find((name) => name === value);
      if (known) compare = known;
      else unread.push(unreadValue(key, value, comparisons));
    } else if (funnelKeys.includes(key)) {
      const read = readFunnelPair(funnel, key, value, context);
      if (read.allowed) unread.push(unreadValue(key, value, read.allowed));
      else funnel = read.view;
    } else if (cohortKeys.includes(key)) {
      const read = readCohortPair(cohort, key, value, context);
      if (read.allowed) unread.push(unreadValue(key, value, read.allowed));
      else cohort = read.view;
    } else if (key === segmentKey) {
      rfm = rfmSegments.find((id) => id === value) ?? rfm;
      if (rfm !== value) unread.push(unreadValue(key, value, rfmSegments));
    } else if (key === variantKey) {
      const pairs = Object.entries(context.variants ?? {}).flatMap(([kpi, names]) => names.map((name) => [kpi, name] as const));
      const pair = pairs.find(([kpi, name]) => `${kpi}:${name}` === value);
      if (pair) variants = {...variants, [pair[0]]: pair[1]};
      else unread.push(unreadValue(key, value, pairs.map((one) => one.join(":"))));
    } else rest.push([key, value]);
  }
  const filters = [...chosen].map(([dimension, values]) => ({dimension, values}));
  return {state: tidyState({period, compare, filters, funnel, cohort, rfm, variants}), unread, rest};
}

/** Returns the query string of a state, "?" included, "" for the default state. Equal states print alike. */
export function printState(state: ReaderState, rest: ReadState["rest"] = []): string {
  const tidy = tidyState(state);
  const pairs: [string, string][] = [];
  if (tidy.period !== undefined) pairs.push(["period", tidy.period]);
  if (tidy.compare !== undefined) pairs.push(["compare", tidy.compare]);
  for (const {dimension, values} of tidy.filters) for (const value of values) pairs.push([dimension, value ?? ""]);
  if (tidy.funnel) pairs.push(...printFunnelView(tidy.funnel));
  if (tidy.cohort) pairs.push(...printCohortView(tidy.cohort));
  if (tidy.rfm !== undefined) pairs.push([segmentKey, tidy.rfm]);
  for (const [kpi, name] of Object.entries(tidy.variants ?? {})) pairs.push([variantKey, `${kpi}:${name}`]);
  const text = new URLSearchParams([...pairs, ...rest.map(([key, value]): [string, string] => [key, value])]).toString();
  return text === "" ? "" : `?${text}`;
}

/**
 * Returns the state after a reader has chosen a mark or a row, and whether it is chosen then: choosing it once more
 * takes it back. With `add` a member joins or leaves those that are chosen already, else it replaces them. Undefined
 * where the text means nothing in this report.
 */
export function togglePick(state: ReaderState, pick: string, context: StateContext, {add = false} = {}): ReaderState | undefined {
  const {state: picked, unread, rest} = parseState(pick, context);
  if (unread.length > 0 || rest.length > 0) return undefined;
  if (picked.period !== undefined) return tidyState({...state, period: state.period === picked.period ? undefined : picked.period});
  if (picked.funnel?.step !== undefined) return tidyState({...state, funnel: {...state.funnel, step: state.funnel?.step === picked.funnel.step ? undefined : picked.funnel.step}});
  if (picked.cohort?.cell !== undefined) return tidyState({...state, cohort: {...state.cohort, cell: state.cohort?.cell === picked.cohort.cell ? undefined : picked.cohort.cell}});
  if (picked.rfm !== undefined) return tidyState({...state, rfm: state.rfm === picked.rfm ? undefined : picked.rfm});
  const [filter] = picked.filters;
  if (!filter) return undefined;
  const {dimension, values: [member = null]} = filter;
  const before = state.filters.find((one) => one.dimension === dimension)?.values ?? [];
  const had = before.includes(member);
  const values = add ? (had ? before.filter((value) => value !== member) : [...before, member]) : had && before.length === 1 ? [] : [member];
  return tidyState({...state, filters: [...state.filters.filter((one) => one.dimension !== dimension), {dimension, values}]});
}

/** Returns whether the state holds what a mark or a row stands for. */
export function isPicked({period, filters, funnel, cohort, rfm}: ReaderState, pick: string): boolean {
  const [[key = "", value = ""] = []] = new URLSearchParams(pick);
  if (key === cellKey) return cohort?.cell === value;
  if (key === segmentKey) return rfm === value;
  return key === stepKey ? funnel?.step === value : key === "period" ? period === value : filters.some(({dimension, values}) => dimension === key && values.includes(value === "" ? null : value));
}

/** Returns a text that is equal for equal states, in whatever order filters and values were chosen. */
export function stateKey(state: ReaderState): string {
  return printState(state);
}

/** Returns filters in one order: dimensions and values sorted, null last, nothing twice, empty filters gone. */
export function tidyFilters(filters: readonly Filter[]): Filter[] {
  return filters
    .map(({dimension, values}) => ({dimension, values: [...new Set(values)].sort(byText)}))
    .filter(({values}) => values.length > 0)
    .sort((a, b) => byText(a.dimension, b.dimension));
}

function tidyState({period, compare, filters, funnel = {}, cohort = {}, rfm, variants = {}}: {readonly [Key in keyof ReaderState]: (Key extends "funnel" ? FunnelView : ReaderState[Key]) | undefined} & Pick<ReaderState, "filters">): ReaderState {
  const view = tidyFunnelView(funnel);
  const cohorts = tidyCohortView(cohort);
  const named = Object.entries(variants).sort(([a], [b]) => byText(a, b));
  return {...(period !== undefined && {period}), ...(compare !== undefined && {compare}), filters: tidyFilters(filters), ...(view && {funnel: view}), ...(cohorts && {cohort: cohorts}), ...(rfm !== undefined && {rfm}), ...(named.length > 0 && {variants: Object.fromEntries(named)})};
}

const byText = (a: string | null, b: string | null) =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;

function unreadValue(key: string, value: string, allowed: readonly string[]): UnreadValue {
  const near = value === "" ? undefined : nearest(value, allowed);
  return near === undefined ? {key, value} : {key, value, nearest: near};
}
