// Tallies: the entries of a funnel counted alike beforehand, for some modes and windows, by the dimensions that pages
// filter and break down by. Counts add up, so that periods and members are sums of theirs; times do not.

import type {DimensionId} from "../../metrics/define.js";
import type {Funnel} from "../../metrics/funnel.js";
import {breakpoints} from "../breakpoints.js";
import {shippedDimensions} from "../catalogue.js";
import {uncounted} from "../cubes.js";
import type {Manifest, TallyInfo, TallyPart} from "../manifest.js";
import {column, filterSql} from "../predicate.js";
import type {Statement} from "../question.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import {carriesDimension} from "./fed.js";
import type {FunnelPlan, TallyUse} from "./plan.js";
import {usualDimensions, windowsOffered} from "./view.js";
import {isWalkable} from "./walks.js";
import {entryColumns, lossDay, valueLeft} from "./walkTables.js";

/** Name of a funnel's tally among the marts. */
export const tallyMart = ({id}: Pick<Funnel, "id">): string => `tally_${id}`;

/** Returns the modes and windows that a funnel is counted for beforehand: every window on offer as it is declared, and its window in the other modes that walks tell. */
export function talliedVariants(declared: Funnel): readonly Pick<TallyPart, "mode" | "window">[] {
  if (!isWalkable(declared)) return [];
  const windows = [declared.window, ...windowsOffered.filter((days) => days !== declared.window), ...(declared.window === null ? [] : [null])];
  const modes = (["ordered", "strict", "all_stages", "reached"] as const).filter((mode) => mode !== declared.mode);
  return [...windows.map((window) => ({mode: declared.mode, window})), ...modes.map((mode) => ({mode, window: declared.window}))];
}

/** Returns what the entries of a funnel are counted by, the usual breakdowns first: shipped dimensions of few members. */
export function talliedDimensions(funnel: Pick<Funnel, "entity">, manifest: Pick<Manifest, "marts">): DimensionId[] {
  const carried = shippedDimensions.filter((id) => !uncounted.includes(id) && carriesDimension(funnel, id, manifest));
  return [...usualDimensions.filter((id) => carried.includes(id)), ...carried.filter((id) => !usualDimensions.includes(id))];
}

/**
 * Returns the sets of dimensions that are worth counting by, if they are few rows: all, then with one less each, from the
 * end; then the usual breakdown with each of the others.
 */
export function talliedSets(dimensions: readonly DimensionId[]): DimensionId[][] {
  const [usual, ...others] = dimensions;
  return [...dimensions.map((_, k) => dimensions.slice(0, dimensions.length - k)), ...others.slice(1).map((other) => [usual!, other]), []];
}

/** The edges between which entries are counted beforehand: those of the cubes, and the months of the trend. */
const remembered = new WeakMap<object, ReadonlySet<string>>();

/** Returns whether a period may begin or end on a day. */
export function isTallyEdge(day: string, manifest: Manifest): boolean {
  let edges = remembered.get(manifest);
  if (!edges) remembered.set(manifest, (edges = new Set(breakpoints(manifest))));
  return edges.has(day);
}

/** Returns whether a plan is a sum of what was counted between edges: repeated entries, and members at another step than the entry, do not add up. */
export function isAddable({funnel: {repeat, credit}, by, filters, start, end}: FunnelPlan, isEdge: (day: string) => boolean): boolean {
  const isSimple = (repeat === "first_in_range" || repeat === "first_ever") && (credit === "first" || (by === null && filters.length === 0 && typeof credit !== "object"));
  return isSimple && isEdge(start) && isEdge(end);
}

/** Returns the smallest part that answers a plan; undefined where none does. `isEdge` says of a day whether no tallied day spans it. */
export function tallyChoice({name, parts}: Pick<TallyInfo, "name" | "parts">, plan: FunnelPlan, isEdge: (day: string) => boolean): TallyUse | undefined {
  const {funnel, by, filters} = plan;
  if (!isAddable(plan, isEdge)) return undefined;
  const needed = [...(by === null ? [] : [by]), ...filters.map(({dimension}) => dimension)];
  const fitting = parts.flatMap((one, part) => (one.mode === funnel.mode && one.window === funnel.window && needed.every((dimension) => one.dimensions.includes(dimension)) ? [{part, rows: one.rows}] : []));
  const smallest = fitting.reduce<(typeof fitting)[number] | undefined>((best, one) => (best && best.rows <= one.rows ? best : one), undefined);
  return smallest && {name, part: smallest.part};
}

/** Columns by which entries are alike, besides their dimensions; then their numbers, which add up. */
export const tallyKeys: readonly string[] = ["day", "before", "last_step", "is_lost", "is_excluded", "is_mature"];
export const tallySums = (funnel: Pick<Funnel, "steps">): readonly string[] => ["n", "value", "valued", ...markedSteps(funnel).map(({name}) => name)];

/** Numbers of entries whose step came before its time, or at the same time as the one before: as sums they take a quarter of the rows that masks as keys take. */
const markedSteps = ({steps}: Pick<Funnel, "steps">): readonly {readonly name: string; readonly mask: "early" | "ties"; readonly k: number}[] =>
  steps.flatMap((_, at) => (["early", "ties"] as const).slice(0, at === 0 ? 1 : 2).map((mask) => ({name: `${mask}_${at + 1}`, mask, k: at + 1})));

/**
 * Returns the statement of a funnel's entries, counted alike by all the dimensions, from the walks of its mode. `plan` says
 * the window and as-of. `edges` is a table of every `day` with the one that it is `counted` at. One row for each such day
 * of the entry, that of the entry `before`, members, and outcome, with `n`, the sum and number of values at the last step,
 * and `early_k` and `ties_k`. Entries that follow another of the same counted day count in no period between such days: they are left out.
 */
export function tallyStatement(plan: FunnelPlan, dimensions: readonly DimensionId[], edges: string): Statement {
  const counted = (day: Sql, table: Sql) => sql`coalesce(${table}.counted, ${day})`;
  const [day, before] = [counted(sql`e.day`, sql`entered`), counted(sql`e.before`, sql`earlier`)];
  // Of a mask only the steps that were reached are looked at.
  const marked = markedSteps(plan.funnel).map(({name, mask, k}) => sql`count(*) filter (where last_step >= ${integer(k)} and (${identifier(mask)} & ${integer(2 ** (k - 1))}) > 0) as ${identifier(name)}`);
  const {text, params} = sql`select ${day} as day, case when e.before is not null then ${before} end as before, ${join([
    ...dimensions.map((id) => sql`e.${identifier(id)}`), sql`last_step`, sql`is_lost`, sql`is_excluded`, sql`is_mature`
  ])}, ${join([sql`count(*) as n`, sql`sum(gone) as value`, sql`count(gone) as valued`, ...marked])}
from (select *, ${lossDay(plan)} is not null as is_lost, ${valueLeft(plan)} as gone from (select f.*, ${join(entryColumns(plan))} from ${identifier(plan.walk!)} as f)) as e
left join ${identifier(edges)} as entered on e.day = entered.day left join ${identifier(edges)} as earlier on e.before = earlier.day
where e.before is null or ${before} < ${day}
group by all`;
  return {sql: text, params};
}

/** Returns the select of a plan's entries counted alike, by month and member, from its tally. */
export function talliedSql({tally, funnel, start, end, by, filters}: FunnelPlan): Sql {
  const entered = funnel.repeat === "first_ever" ? sql`f.before is null` : sql`(f.before is null or f.before < ${start}::date)`;
  const conditions = [sql`f.part = ${integer(tally!.part)}`, sql`f.day >= ${start}::date`, sql`f.day < ${end}::date`, entered, ...filters.map((filter) => sql`(${filterSql(filter)})`)];
  return sql`select date_trunc('month', f.day)::date as month, ${by === null ? sql`null::varchar` : column(by)} as member, last_step, is_lost, is_excluded, is_mature,
    ${join(tallySums(funnel).map((name) => sql`sum(f.${identifier(name)}) as ${identifier(name)}`))}
  from ${identifier(tally!.name)} as f where ${join(conditions, " and ")} group by all`;
}
