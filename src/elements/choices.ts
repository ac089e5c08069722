// What a page offers, and which of it has its answers ready in the page's own file or in one beside it.

import {funnelModes, type FunnelCredit} from "../metrics/funnel.js";
import {parsePeriod, periodChoices} from "../query/calendar.js";
import {isPickedByReaders} from "../query/catalogue.js";
import {cohortOffer, shownCohorts} from "../query/cohort/resolve.js";
import {cohortBases, cohortForms, printCohortView, type CohortView} from "../query/cohort/view.js";
import {printFunnelView, windowsOffered, type FunnelView} from "../query/funnel/view.js";
import type {Manifest} from "../query/manifest.js";
import type {Period} from "../query/question.js";
import type {ReaderState} from "../query/state.js";
import {funnelDimensions} from "./funnels.js";

/** Returns the periods of the filter bar, newest first within each grain: months and quarters, the years, everything. */
export function periodsOffered(manifest: Manifest): Period[] {
  const {months, quarters} = periodChoices(manifest);
  return [parsePeriod("all", manifest), ...months, ...quarters, ...yearsOffered(manifest)];
}

/** Years that hold records, newest first. */
function yearsOffered(manifest: Manifest): Period[] {
  const last = Number(manifest.asOf.slice(0, 4));
  const first = Math.max(Number(manifest.firstDay.slice(0, 4)), last - 4);
  return Array.from({length: Math.max(0, last - first) + 1}, (_, i) => parsePeriod(String(last - i), manifest));
}

export type ReadyKind = "default" | "month" | "quarter" | "region" | "team";

/** States that are answered ahead or left to the engine together. */
export interface ReadyGroup {
  readonly kind: ReadyKind;
  readonly states: readonly ReaderState[];
}

/**
 * Returns the states that are answered ahead, by what they are worth: the default view, then each single choice of a
 * month, a quarter (newest first, each a group), of regions and of teams. Where a page's file would be too heavy, groups
 * are left out from the end. Comparisons need none of their own: every answer carries them all.
 */
export function readyGroups(manifest: Manifest): ReadyGroup[] {
  const {months, quarters} = periodChoices(manifest);
  const periods = (kind: ReadyKind, keys: readonly Period[]) => keys.map(({key}): ReadyGroup => ({kind, states: [{period: key, filters: []}]}));
  const members = (kind: "region" | "team"): ReadyGroup => ({
    kind,
    states: manifest.dimensions.filter(({id}) => id === kind).flatMap(({id, members}) => members.slice(0, 40).map((member): ReaderState => ({filters: [{dimension: id, values: [member]}]})))
  });
  return [{kind: "default" as const, states: [{filters: []}]}, ...periods("month", months), ...periods("quarter", quarters), members("region"), members("team")].filter(({states}) => states.length > 0);
}

/** Single choices whose answers stand in one file, by the control that they are made in. */
export interface ChoicePack {
  readonly kind: string;
  readonly states: readonly ReaderState[];
}

/** Most members of a dimension whose answers are made ready. */
const mostMembers = 40;

/**
 * Returns which file holds the answers of a state in which a single thing is chosen: the grain of its period, the dimension
 * of its only member, or the key of the funnel's or the cohort's view; undefined where more is chosen, or nothing.
 */
export function choiceKind({period, filters, funnel, cohort: {a: _a, b: _b, age: _age, cell: _cell, ...cohort} = {}}: ReaderState, manifest: Manifest): string | undefined {
  const views = new Set([...printFunnelView(funnel ?? {}), ...printCohortView(cohort)].map(([key]) => key));
  const kinds = [
    ...(period === undefined ? [] : [parsePeriod(period, manifest).grain as string]),
    ...filters.map(({dimension, values}) => (values.length === 1 ? dimension : undefined)),
    ...views
  ];
  return kinds.length === 1 ? kinds[0] : undefined;
}

const periodPack = (kind: string, keys: readonly Period[]): ChoicePack => ({kind, states: keys.map(({key}) => ({period: key, filters: []}))});

/** Single members, besides those of dimensions that have very many. */
const memberPacks = ({dimensions}: Manifest): ChoicePack[] => dimensions.filter((dimension) => isPickedByReaders(dimension) && dimension.members.length <= mostMembers)
  .map(({id, members}) => ({kind: id, states: members.map((member) => ({filters: [{dimension: id, values: [member]}]}))}));

/** Returns every single choice that a page of funnels offers. */
export function funnelChoices(manifest: Manifest): ChoicePack[] {
  const {months, quarters} = periodChoices(manifest);
  const {funnels = []} = manifest;
  const views = (kind: string, own: readonly FunnelView[]): ChoicePack => ({kind: `funnel-${kind}`, states: own.map((funnel) => ({filters: [], funnel}))});
  const steps = (from: number) => [...new Set(funnels.flatMap((funnel) => funnel.steps.slice(from, -1).map(({id}) => id)))];
  const credits: FunnelCredit[] = ["first", "last", "all", ...steps(1).map((step) => ({step}))];
  return [
    periodPack("month", months), periodPack("quarter", quarters), periodPack("year", yearsOffered(manifest)),
    ...memberPacks(manifest),
    views("mode", funnelModes.map((mode) => ({mode}))),
    views("window", [...windowsOffered, null].map((window) => ({window}))),
    views("credit", credits.map((credit) => ({credit}))),
    views("by", funnelDimensions(funnels, {manifest}).slice(1).map((by) => ({by}))),
    views("beside", [{beside: "previous"}, {beside: "last_year"}]),
    views("step", steps(0).map((step) => ({step})))
  ].filter(({states}) => states.length > 0);
}

/** Returns the single choices that a page of cohorts offers, but for months and quarters: few cohorts begin in one, and there are many. */
export function cohortChoices(manifest: Manifest): ChoicePack[] {
  const [shown, ...others] = shownCohorts(manifest);
  if (!shown) return [];
  const {measures, grains, spans, firsts, dimensions} = cohortOffer(shown, manifest);
  const views = (kind: string, own: readonly CohortView[]): ChoicePack => ({kind: `cohort-${kind}`, states: own.map((cohort) => ({filters: [], cohort}))});
  return [
    periodPack("year", yearsOffered(manifest)), ...memberPacks(manifest),
    views("of", others.map(({id}) => ({cohort: id}))),
    views("measure", measures.map((measure) => ({measure}))),
    views("grain", grains.map((grain) => ({grain}))),
    views("key", dimensions.map((key) => ({key}))),
    views("form", cohortForms.map((form) => ({form}))),
    views("base", cohortBases.map((base) => ({base}))),
    views("span", spans.map((span) => ({span}))),
    views("first", firsts.map((first) => ({first}))),
    views("by", dimensions.slice(1).map((by) => ({by})))
  ].filter(({states}) => states.length > 0);
}
