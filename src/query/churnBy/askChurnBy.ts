// Churn by what customers were on the day before: each has one plan, tenure and size then, so that the parts are the whole.

import {renewalRate} from "../../metrics/contracts.js";
import {mrrStart} from "../../metrics/subscriptions.js";
import {compileContext} from "../ask.js";
import {date, filters as chosen, whereSql, type Batch, type CompileContext} from "../batch.js";
import {parsePeriod} from "../calendar.js";
import {missingData} from "../catalogue.js";
import {smallOnes} from "../cohort/hide.js";
import {checkDimensions, scopeOf} from "../filters.js";
import {exactColumn, windowOf} from "../measure.js";
import {dateOf} from "../periodKey.js";
import {column, filterSql} from "../predicate.js";
import type {Filter, Statement} from "../question.js";
import {identifier, join, sql, type Sql} from "../sql.js";
import {heldTables, partOf} from "../statements/movement.js";
import type {StudyOptions} from "../studies.js";
import {ruleOf, type Days, type TimeRule} from "../timeRule.js";
import {tenureLimits, type ChurnByMember, type ChurnByQuestion, type ChurnByTold, type ChurnTrait} from "./question.js";

const {mart, entity, from, to} = mrrStart;
const statement = ({text, params}: Sql): Statement => ({sql: text, params});
/** One batch of all that a period moved. */
export const batchOf = (days: Days, filters: readonly Filter[]): Batch => ({mart, rule: ruleOf(mrrStart), filters, by: [], periods: [days], undated: false, leaves: [mrrStart]});
/** Returns the tables `period` and `held` of it. */
export const heldOf = (batch: Batch, context: CompileContext): Sql => heldTables(batch, batch.rule as TimeRule & {readonly kind: "movement"}, context);
const number = (value: number): Sql => sql`${value}::double`;

/** Returns the statement of the quartiles of what customers paid on the day before. */
export const quartilesStatement = (days: Days, context: CompileContext): Statement => statement(sql`with ${heldOf(batchOf(days, []), context)}
select cast(quantile_disc(before, 0.25) as double) as low, cast(quantile_disc(before, 0.5) as double) as middle, cast(quantile_disc(before, 0.75) as double) as high
from held where is_there_before and before > 0`);

/** Returns limits that are easily said: each rounded down to 1, 2 or 5 and zeros. */
export function roundLimits(values: readonly number[]): number[] {
  const rounded = values.filter((value) => value >= 1).map((value) => {
    const unit = 10 ** Math.floor(Math.log10(value));
    return (value >= 5 * unit ? 5 : value >= 2 * unit ? 2 : 1) * unit;
  });
  return [0, ...new Set(rounded)].sort((a, b) => a - b);
}

/** The place of a value among limits. */
const bandOf = (value: Sql, limits: readonly number[]): Sql => (limits.length < 2 ? sql`'0'` : sql`case ${join([...limits.entries()].slice(1).reverse().map(([k, limit]) => sql`when ${value} >= ${number(limit)} then ${String(k)}`), " ")} else '0' end`);

/** Returns the member of a customer by its plan, the day it came, or the column that holds what it pays. */
export function memberOf(by: ChurnTrait, limits: readonly number[], size: Sql = sql`before`): Sql {
  if (by === "plan") return sql`plan`;
  if (by === "tenure") return sql`case when born is not null then ${bandOf(sql`(first_day - born)`, limits)} end`;
  return sql`case when ${size} > 0 then ${bandOf(size, limits)} end`;
}

/** The plan that a customer's largest subscription has on the day before `day`; null where plans are not in the data. */
export function largestPlan(day: Sql, by: ChurnTrait, context: CompileContext): Sql {
  const amount = exactColumn(mart, mrrStart.value, context);
  if (by !== "plan" || context.typeOf(mart, "plan") === undefined) return sql`null::varchar`;
  return sql`arg_max(${column("plan")}, {'mrr': coalesce(${amount}, 0), 'from': ${column(from)}, 'plan': ${column("plan")}}) filter (where ${column(from)} < ${day} and ${column(to)} >= ${day})`;
}

/** Returns the tables up to `standing`: all who were there at either end, with plan and size of the day before, of those who came of the last day. */
export function standingTables(by: ChurnTrait, batch: Batch, context: CompileContext): Sql {
  return sql`${heldOf(batch, context)},
plans as (
  select ${column(entity)} as entity, ${largestPlan(sql`p.first_day`, by, context)} as plan_before, ${largestPlan(sql`p.past_day`, by, context)} as plan_after
  from ${identifier(mart)} as f join period as p on ${column(from)} < p.past_day and ${column(to)} >= p.first_day
  ${whereSql(chosen(batch))}
  group by ${column(entity)}
),
standing as (
  select held.*, case when is_there_before then plan_before else plan_after end as plan, case when is_there_before then before else after end as size
  from held left join plans using (entity) where is_there_before or is_there_after
)`;
}

/** Returns the statement of the members: one row each, with what became of those who were there, and who came. */
export function churnByStatement(by: ChurnTrait, days: Days, filters: readonly Filter[], limits: readonly number[], context: CompileContext): Statement {
  const sum = (...of: readonly ("start" | "churn" | "contraction" | "expansion" | "new" | "reactivation")[]) =>
    join(of.map((part) => sql`cast(coalesce(sum(${partOf(part).value}) filter (where ${partOf(part).who}), 0) as double)`), " + ");
  return statement(sql`with ${standingTables(by, batchOf(days, filters), context)}
select ${memberOf(by, limits, sql`size`)} as member, cast(count(*) filter (where ${partOf("start").who}) as double) as start, cast(count(*) filter (where ${partOf("churn").who}) as double) as lost,
  ${sum("start")} as mrr_start, ${sum("churn")} as mrr_churn, ${sum("contraction")} as mrr_contraction, ${sum("expansion")} as mrr_expansion, ${sum("new", "reactivation")} as mrr_came
from standing group by 1 order by 1 nulls last`);
}

/** Returns the statement of the contracts that ran out: how many by member, and how many of them were renewed in time. */
export function renewalsByStatement(by: ChurnTrait, days: Days, filters: readonly Filter[], limits: readonly number[], context: CompileContext): Statement {
  const {mart: contracts, time, conversion} = renewalRate;
  const grace = windowOf(renewalRate, context)!;
  const due = [sql`${column(time)} >= ${date(days.start)}`, sql`${column(time)} < ${date(days.end)}`, sql`${column(time)} <= ${date(dateOf(context.asOf).subtract({days: grace}).toString())}`, ...filters.map(filterSql)];
  const amount = exactColumn(mart, mrrStart.value, context);
  return statement(sql`with due as (
  select row_number() over () as contract, ${column("customer")} as holder, ${column(time)} as due_day, coalesce(${column(conversion)} <= ${column(time)} + ${grace}::integer, false) as is_renewed
  from ${identifier(contracts)} as f ${whereSql(due)}
),
placed as (
  select contract, is_renewed, due_day as first_day, min(f."first_day") as born, coalesce(sum(${amount}) filter (where ${column(from)} < due_day and ${column(to)} >= due_day), 0) as size, ${largestPlan(sql`due_day`, by, context)} as plan
  from due left join ${identifier(mart)} as f on ${column(entity)} = holder
  group by contract, is_renewed, due_day
)
select ${memberOf(by, limits, sql`size`)} as member, cast(count(*) as double) as due, cast(count(*) filter (where is_renewed) as double) as renewed from placed group by 1`);
}

/** Returns the answers, in order. Throws a QuestionError for a period, dimension or member that the report does not know. */
export const askChurnBy = (questions: readonly ChurnByQuestion[], options: StudyOptions): Promise<ChurnByTold[]> => Promise.all(questions.map((question) => askOne(question, options)));

async function askOne({by, period: key, months, filters: asked}: ChurnByQuestion, {manifest, run}: StudyOptions): Promise<ChurnByTold> {
  checkDimensions({filters: asked}, manifest.dimensions);
  const {filters, notApplied} = scopeOf(mrrStart, {filters: asked}, manifest.dimensions);
  const period = parsePeriod(key, manifest);
  const start = months === undefined ? period.start : dateOf(period.end).subtract({months}).toString();
  const days = {start, end: period.end};
  const context = compileContext(manifest);
  const limits = await limitsFor(by, days, context, run);
  const told = {by, period, days, asOf: manifest.asOf, limits, notApplied, truncated: months !== undefined && start < manifest.firstDay};
  const contracts = !told.truncated && context.typeOf(renewalRate.mart, renewalRate.conversion) !== undefined && manifest.minGroup === undefined ? scopeOf(renewalRate, {filters: asked}, manifest.dimensions) : null;
  const renewalsTold = contracts !== null && missingData(renewalRate, manifest) === null && contracts.notApplied.length === notApplied.length;
  const [moved, ran] = await Promise.all([
    told.truncated ? [] : run(churnByStatement(by, days, filters, limits, context)),
    renewalsTold ? run(renewalsByStatement(by, days, contracts.filters, limits, context)) : []
  ]);
  const placeOf = (row: Readonly<Record<string, unknown>>): string => JSON.stringify(row["member"] ?? null);
  const found = {moved: new Map(moved.map((row) => [placeOf(row), row])), ran: new Map(ran.map((row) => [placeOf(row), row]))};
  const rows = [...new Map([...moved, ...ran].map((row) => [placeOf(row), row["member"] as string | null] as const))].map(([place, member]): ChurnByMember => {
    const number = (name: string) => Number(found.moved.get(place)?.[name] ?? 0);
    const own = found.ran.get(place);
    return {
      member, start: number("start"), lost: number("lost"), mrrStart: number("mrr_start"), mrrChurn: number("mrr_churn"), mrrContraction: number("mrr_contraction"), mrrExpansion: number("mrr_expansion"),
      mrrCame: manifest.minGroup === undefined ? number("mrr_came") : null,
      renewals: renewalsTold ? {due: Number(own?.["due"] ?? 0), renewed: Number(own?.["renewed"] ?? 0)} : null
    };
  }).sort((a, b) => (a.member === null ? 1 : b.member === null ? -1 : a.member < b.member ? -1 : 1));
  const sum = (of: "start" | "lost" | "mrrStart" | "mrrChurn" | "mrrContraction" | "mrrExpansion" | "mrrCame") => rows.reduce((all, row) => all + Math.round((row[of] ?? 0) * 100), 0) / 100;
  const all = {
    member: null, start: sum("start"), lost: sum("lost"), mrrStart: sum("mrrStart"), mrrChurn: sum("mrrChurn"), mrrContraction: sum("mrrContraction"), mrrExpansion: sum("mrrExpansion"),
    mrrCame: manifest.minGroup === undefined ? sum("mrrCame") : null,
    renewals: renewalsTold ? {due: rows.reduce((count, {renewals}) => count + renewals!.due, 0), renewed: rows.reduce((count, {renewals}) => count + renewals!.renewed, 0)} : null
  };
  const least = manifest.minGroup ?? 1;
  const small = all.start < least ? new Set(rows.map(({member}) => member)) : smallOnes(new Map(rows.map(({member, start: size}) => [member, size])), least);
  const none = {start: 0, lost: 0, mrrStart: 0, mrrChurn: 0, mrrContraction: 0, mrrExpansion: 0, mrrCame: null, renewals: null, suppressed: true as const};
  const members = rows.map((row) => (small.has(row.member) ? {member: row.member, ...none} : row));
  return {...told, all: all.start < least ? {member: null, ...none} : all, members: by === "plan" ? members.sort((a, b) => b.start - a.start) : members};
}

/** Returns where bands begin: of what customers pay from its quartiles on the day before. */
export async function limitsFor(by: ChurnTrait, days: Days, context: CompileContext, run: StudyOptions["run"]): Promise<number[]> {
  if (by !== "size") return by === "plan" ? [] : [...tenureLimits];
  const [row] = await run(quartilesStatement(days, context));
  return roundLimits(["low", "middle", "high"].map((name) => Number(row?.[name] ?? 0)));
}
