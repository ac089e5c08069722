// What is read from a triangle: the cell that its title tells of, the same of the year before, and two groups of cohorts
// set beside one another.

import type {CohortGrain} from "../../metrics/cohort.js";
import type {CalendarRules} from "../manifest.js";
import {dateOf, unitAfter, unitContaining} from "../periodKey.js";
import type {Period} from "../question.js";
import {rateDifference, type RateDifference} from "../funnel/compare.js";
import {wilson} from "../wilson.js";
import type {CohortAnswer, CohortCell, CohortLine} from "./answer.js";
import type {CohortRange} from "./view.js";

/** Customers below which a cohort is not told of in a title. */
export const leastCustomers = 10;

/** The age that a title tells of, where some cohort is so old; else a younger one. */
const usualAge: Readonly<Record<CohortGrain, number>> = {day: 7, week: 8, month: 6, quarter: 2, year: 1};
/** Periods of a year. */
const perYear: Readonly<Record<CohortGrain, number>> = {day: 364, week: 52, month: 12, quarter: 4, year: 1};

/** A cell and its line. */
export interface Place {
  readonly line: CohortLine;
  readonly cell: CohortCell;
}

export interface CohortLead extends Place {
  /** The same age of the cohort a year before; of lines by a dimension, and where there is none, absent. */
  readonly before?: Place;
  /** The average of all at that age. */
  readonly average?: CohortCell;
}

const told = ({state, value, suppressed}: CohortCell): boolean => state === "whole" && value !== null && !suppressed;
const cellAt = (line: CohortLine, age: number): CohortCell | undefined => line.cells.find(({period}) => period === age);

/** Returns the period of a line by start, by its key. */
export function linePeriod(key: string, {choices: {grain}}: Pick<CohortAnswer, "choices">, calendar: CalendarRules): Period {
  const {key: name, start, end} = unitContaining(grain, dateOf(key), calendar);
  return {key: name, grain, start: start.toString(), end: end.toString(), part: false, census: end.subtract({days: 1}).toString()};
}

/**
 * Returns the cell that a title tells of: the latest cohort (of members that with most customers) that all of has the usual
 * age, or the nearest younger one; truncated and small cohorts only where there are no others. Null where no cell is whole.
 */
export function leadOf(answer: CohortAnswer, calendar: CalendarRules): CohortLead | null {
  const {choices: {grain, key}} = answer;
  const lines = key === "start" ? [...answer.lines].reverse() : answer.lines;
  const sound = lines.filter(({size, isTruncated}) => size >= leastCustomers && !isTruncated);
  for (const candidates of [sound, lines.filter(({size}) => size > 0)]) {
    const ages = [...new Set(candidates.flatMap(({cells}) => cells.map(({period}) => period)))].sort((a, b) => b - a);
    const wanted = ages.find((age) => age <= usualAge[grain] && age > 0 && candidates.some((line) => told(cellAt(line, age) ?? {state: "later", value: null} as CohortCell)));
    if (wanted === undefined) continue;
    const line = candidates.find((one) => cellAt(one, wanted) && told(cellAt(one, wanted)!))!;
    const average = answer.average.find(({period}) => period === wanted);
    const before = key === "start" ? yearBefore(answer, line, wanted, calendar) : undefined;
    return {line, cell: cellAt(line, wanted)!, ...(before && {before}), ...(average && told(average) && {average})};
  }
  return null;
}

function yearBefore({lines, choices: {grain}}: CohortAnswer, {key}: CohortLine, age: number, calendar: CalendarRules): Place | undefined {
  const start = unitAfter(grain, dateOf(key), -perYear[grain], calendar).start.toString();
  const line = lines.find((one) => one.key === start);
  const cell = line && cellAt(line, age);
  return line && cell && told(cell) && line.size >= leastCustomers && !line.isTruncated ? {line, cell} : undefined;
}

/** Returns the newest cohort of which a curve of some length can be drawn: four ages that have a number, two where none has four. */
export function currentLine({lines, choices: {key}}: CohortAnswer): CohortLine | undefined {
  const drawn = (least: number) => lines.filter(({cells, suppressed}) => !suppressed && cells.filter(({state, value}) => state === "whole" && value !== null).length >= least);
  return [drawn(4), drawn(2)].map((own) => (key === "start" ? own.at(-1) : own[0])).find((line) => line !== undefined);
}

/** Cohorts of a group at one age, added up. */
export interface CohortGroup {
  readonly range: CohortRange;
  /** Cohorts that all of has the age. */
  readonly cohorts: number;
  readonly active: number;
  readonly observed: number;
  readonly value: number | null;
  readonly interval?: readonly [number, number];
}

export interface CohortComparison {
  readonly age: number;
  readonly a: CohortGroup;
  readonly b: CohortGroup;
  /** Null where one of the two has nobody, or cohorts are in both; `differs` is null where one has too few. */
  readonly difference: RateDifference | null;
  /** Some cohorts are in both: then they have no difference that chance could explain. */
  readonly overlap: boolean;
}

/** Measures that say of how many customers something holds. */
export const isOfCustomers = ({choices: {measure}}: Pick<CohortAnswer, "choices">): boolean => ["on", "on_or_after", "bracketed", "repeat"].includes(measure);

/** Returns the ages at which some cohorts are whole, the youngest first. */
export const wholeAges = ({average}: Pick<CohortAnswer, "average">): number[] => average.filter(({state, period}) => state === "whole" && period > 0).map(({period}) => period);

/**
 * Returns two groups of cohorts side by side: of whole cells, customers for whom the measure holds of those who are that
 * old, and the interval of the difference. The later half of what is whole beside the earlier one where none is named; beside one that is named, those before it.
 * Null for measures of money, lines by a dimension, and where fewer than two cohorts are whole.
 */
export function compareGroups(answer: CohortAnswer, {a, b, age: asked}: {readonly a?: CohortRange | undefined; readonly b?: CohortRange | undefined; readonly age?: number | undefined}, calendar: CalendarRules): CohortComparison | null {
  if (answer.choices.key !== "start" || !isOfCustomers(answer)) return null;
  const ages = wholeAges(answer);
  const age = asked !== undefined && ages.includes(asked) ? asked : leadOf(answer, calendar)?.cell.period;
  if (age === undefined) return null;
  const whole = answer.lines.flatMap((line) => {
    const cell = cellAt(line, age);
    return cell && told(cell) && !line.isTruncated ? [{line, cell}] : [];
  });
  if (whole.length < 2) return null;
  const half = Math.floor(whole.length / 2);
  const range = (places: readonly Place[]): CohortRange => [places[0]!.line.key, places.at(-1)!.line.key];
  const group = (own: CohortRange): CohortGroup => {
    const inside = whole.filter(({line: {key}}) => own[0] <= key && key <= own[1]);
    const active = inside.reduce((all, {cell}) => all + cell.active!, 0);
    const observed = inside.reduce((all, {cell}) => all + cell.observed, 0);
    return {range: own, cohorts: inside.length, active, observed, value: observed > 0 ? active / observed : null, ...(observed > 0 && {interval: wilson(active, observed)})};
  };
  // Beside one group that is named stand the cohorts before it, where there are none those after it.
  const [before, after] = [whole.filter(({line: {key}}) => a && key < a[0]), whole.filter(({line: {key}}) => a && key > a[1])];
  const others = !a ? whole.slice(0, half) : before.length > 0 ? before : after.length > 0 ? after : whole;
  const [first, second] = [group(a ?? range(whole.slice(half))), group(b ?? range(others))];
  const rate = ({active, observed, value}: CohortGroup) => ({value, n: observed, numerator: active, denominator: observed});
  const overlap = first.range[0] <= second.range[1] && second.range[0] <= first.range[1];
  return {age, a: first, b: second, overlap, difference: overlap ? null : rateDifference(rate(first), rate(second), leastCustomers)};
}
