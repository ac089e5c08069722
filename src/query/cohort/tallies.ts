// Tallies: a cohort's cells counted beforehand, by the dimensions that pages filter and break down by. Sums of customers add
// up; the second start of a customer, an age of its own, or a bracket of ages does not: those are found event by event.

import {cohortGrains, type Cohort, type CohortGrain} from "../../metrics/cohort.js";
import type {DimensionId} from "../../metrics/define.js";
import type {CalendarContext} from "../calendar.js";
import type {CohortTallyInfo, Manifest} from "../manifest.js";
import {dateOf, unitAfter, unitContaining} from "../periodKey.js";
import {column, filterSql} from "../predicate.js";
import type {Statement} from "../question.js";
import {identifier, integer, join, sql} from "../sql.js";
import type {CohortPlan} from "./plan.js";
import {cohortOffer, fedCohort, usualBrackets, usualCohorts} from "./resolve.js";
import {cellsSql, cellSums, memberOf, readingSql} from "./statements.js";

/** Name of a cohort's tally among the marts. */
export const cohortTallyMart = ({id}: Pick<Cohort, "id">): string => `tally_cohort_${id}`;

/** The periods that cells are counted by beforehand: shorter ones have few events. */
export const talliedGrains = (cohort: Cohort, manifest: Manifest): CohortGrain[] => cohortGrains.filter((grain) => grain !== "day" && grain !== "week" && cohortOffer(cohort, manifest).grains.includes(grain));

/** First day of the oldest cohort that is shown where the reader named no range. */
export const usualStart = (grain: CohortGrain, {asOf, calendar}: CalendarContext): string =>
  unitAfter(grain, unitContaining(grain, dateOf(asOf), calendar).start, 1 - usualCohorts[grain], calendar).start.toString();

/** Returns the sets of dimensions that are worth counting by: two, one, none. */
export const talliedCohortSets = (dimensions: readonly DimensionId[]): DimensionId[][] =>
  [...dimensions.flatMap((id, k) => dimensions.slice(k + 1).map((other) => [id, other])), ...dimensions.map((id) => [id]), []];

/** Returns the statement of all cells of a cohort, by all the dimensions. */
export function cohortTallyStatement(declared: Cohort, grain: CohortGrain, dimensions: readonly DimensionId[], manifest: Manifest): Statement {
  const cohort = fedCohort(declared, manifest)!;
  const {asOf, calendar} = manifest;
  const plan: CohortPlan = {
    cohort, start: "0001-01-01", end: "9999-12-31", asOf, weekStart: calendar.weekStart,
    choices: {measure: "on", grain, key: "start", span: "calendar", first: "ever", base: "first", form: "share", brackets: usualBrackets, by: null, filters: [], range: {key: "all", grain: "all", start: "0001-01-01", end: "9999-12-31", part: false, census: asOf}}
  };
  const {text, params} = cellsSql(plan, dimensions);
  return {sql: text, params};
}

/** Returns the position of the smallest part of a tally that answers a plan; undefined where none does. */
export function cohortTallyChoice({parts}: Pick<CohortTallyInfo, "parts">, plan: CohortPlan): number | undefined {
  const {grain, span, first, measure, filters} = plan.choices;
  if (span !== "calendar" || first !== "ever" || measure === "bracketed") return undefined;
  const member = memberOf(plan);
  const needed = [...(member === null ? [] : [member]), ...filters.map(({dimension}) => dimension)];
  const fitting = parts.flatMap((one, part) => (one.grain === grain && (one.from === null || one.from <= plan.start) && needed.every((id) => one.dimensions.includes(id)) ? [{part, rows: one.rows}] : []));
  return fitting.reduce<(typeof fitting)[number] | undefined>((best, one) => (best && best.rows <= one.rows ? best : one), undefined)?.part;
}

/** Returns the statement of a plan's cells, from its tally. */
export function talliedCellsStatement(plan: CohortPlan, {name, firstDay}: Pick<CohortTallyInfo, "name" | "firstDay">, part: number): Statement {
  const dimension = memberOf(plan);
  const cells = sql`select period, age, ${dimension === null ? sql`null::varchar` : column(dimension)} as member, ${join(cellSums.map(identifier))}
from ${identifier(name)} as f
where part = ${integer(part)} and period >= ${plan.start}::date and period < ${plan.end}::date ${join(plan.choices.filters.map((filter) => sql`and (${filterSql(filter)})`), " ")}`;
  return readingSql(cells, sql`${firstDay}`, sql`cast(member as varchar)`);
}
