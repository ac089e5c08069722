// How a reader has cohorts counted and laid out, and its one spelling in links.

import {cohortFirsts, cohortGrains, cohortMeasures, cohortSpans, type Cohort, type CohortFirst, type CohortGrain, type CohortKey, type CohortMeasure, type CohortSpan} from "../../metrics/cohort.js";
import type {DimensionId} from "../../metrics/define.js";
import type {DimensionInfo} from "../manifest.js";
import type {CohortBase, CohortForm} from "./plan.js";

/** First and last day on which the first and the last cohort of a group begin. */
export type CohortRange = readonly [from: string, to: string];

/** What a reader chose; as the cohort declares it where absent. */
export interface CohortView {
  /** Which of the report's cohorts the elements show that name none. */
  readonly cohort?: string | undefined;
  readonly measure?: CohortMeasure | undefined;
  readonly grain?: CohortGrain | undefined;
  readonly key?: CohortKey | undefined;
  readonly span?: CohortSpan | undefined;
  readonly first?: CohortFirst | undefined;
  readonly base?: CohortBase | undefined;
  readonly form?: CohortForm | undefined;
  /** What the small multiples are broken down by. */
  readonly by?: DimensionId | undefined;
  /** The cell whose customers are listed, as printCell spells it. */
  readonly cell?: string | undefined;
  /** The two groups of cohorts that are set beside one another, and at which age. */
  readonly a?: CohortRange | undefined;
  readonly b?: CohortRange | undefined;
  readonly age?: number | undefined;
}

interface ViewContext {
  readonly dimensions: readonly Pick<DimensionInfo, "id">[];
  readonly cohorts?: readonly Pick<Cohort, "id">[];
}

/** Key of a cell that a reader picks. */
export const cellKey = "cohort-cell";
/** Keys of a link; no dimension has a hyphen in its id. */
export const cohortKeys: readonly string[] = ["cohort-of", "cohort-measure", "cohort-grain", "cohort-key", "cohort-span", "cohort-first", "cohort-base", "cohort-form", "cohort-by", cellKey, "cohort-a", "cohort-b", "cohort-age"];

export const cohortBases: readonly CohortBase[] = ["first", "previous"];
export const cohortForms: readonly CohortForm[] = ["share", "absolute"];

/** Returns how a cell is spelled: its age and the key of its line, "6:2025-01-01". */
export const printCell = (period: number, line: string): string => `${period}:${line}`;

/** Returns the cell that a text spells; undefined for none. */
export function readCell(text: string): {readonly period: number; readonly line: string} | undefined {
  const [, period, line] = /^(\d{1,3}):(.*)$/s.exec(text) ?? [];
  return period === undefined ? undefined : {period: Number(period), line: line!};
}

const rangeForm = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/;

/** Returns the view with one pair of a link in it; the allowed values where the pair means nothing. */
export function readCohortPair(view: CohortView, key: string, value: string, {dimensions, cohorts = []}: ViewContext): {readonly view: CohortView; readonly allowed?: undefined} | {readonly allowed: readonly string[]} {
  const oneOf = <T extends string>(allowed: readonly T[], put: (found: T) => CohortView) => {
    const found = allowed.find((one) => one === value);
    return found === undefined ? {allowed} : {view: put(found)};
  };
  const ids = dimensions.map(({id}) => id);
  switch (key) {
    case "cohort-of": return oneOf(cohorts.map(({id}) => id), (cohort) => ({...view, cohort}));
    case "cohort-measure": return oneOf(cohortMeasures, (measure) => ({...view, measure}));
    case "cohort-grain": return oneOf(cohortGrains, (grain) => ({...view, grain}));
    case "cohort-key": return oneOf(["start", ...ids], (own) => ({...view, key: own}));
    case "cohort-span": return oneOf(cohortSpans, (span) => ({...view, span}));
    case "cohort-first": return oneOf(cohortFirsts, (first) => ({...view, first}));
    case "cohort-base": return oneOf(cohortBases, (base) => ({...view, base}));
    case "cohort-form": return oneOf(cohortForms, (form) => ({...view, form}));
    case "cohort-by": return oneOf(ids, (by) => ({...view, by}));
    case cellKey: return readCell(value) ? {view: {...view, cell: value}} : {allowed: []};
    case "cohort-age": return /^\d{1,3}$/.test(value) ? {view: {...view, age: Number(value)}} : {allowed: []};
    default: {
      const [, from, to] = rangeForm.exec(value) ?? [];
      if (from === undefined || from > to!) return {allowed: []};
      return {view: {...view, [key === "cohort-a" ? "a" : "b"]: [from, to!]}};
    }
  }
}

/** Returns the pairs of a link that spell the view, in one order. */
export function printCohortView({cohort, measure, grain, key, span, first, base, form, by, cell, a, b, age}: CohortView): [string, string][] {
  const range = (own: CohortRange | undefined) => own?.join("..");
  const values: readonly [string, string | undefined][] = [
    ["cohort-of", cohort], ["cohort-measure", measure], ["cohort-grain", grain], ["cohort-key", key], ["cohort-span", span], ["cohort-first", first],
    ["cohort-base", base], ["cohort-form", form], ["cohort-by", by], [cellKey, cell], ["cohort-a", range(a)], ["cohort-b", range(b)], ["cohort-age", age === undefined ? undefined : String(age)]
  ];
  return values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

/** Returns the view without what is not chosen; undefined where nothing is. */
export function tidyCohortView(view: CohortView): CohortView | undefined {
  const chosen = Object.entries(view).filter(([, value]) => value !== undefined);
  return chosen.length > 0 ? Object.fromEntries(chosen) : undefined;
}
