// Churn by what customers were on the day before: each has one plan, tenure and size then, so that the parts are the whole.

import {mrrStart} from "../../metrics/subscriptions.js";
import {compileContext} from "../ask.js";
import {filters as chosen, whereSql, type Batch, type CompileContext} from "../batch.js";
import {parsePeriod} from "../calendar.js";
import {smallOnes} from "../cohort/hide.js";
import {checkDimensions, scopeOf} from "../filters.js";
import {exactColumn} from "../measure.js";
import {dateOf} from "../periodKey.js";
import {column} from "../predicate.js";
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
  if (by === "tenure") return bandOf(sql`(first_day - born)`, limits);
  return sql`case when ${size} > 0 then ${bandOf(size, limits)} end`;
}

/** Returns the statement of the members: one row each, with what became of those who were there. */
export function churnByStatement(by: ChurnTrait, days: Days, filters: readonly Filter[], limits: readonly number[], context: CompileContext): Statement {
  const batch = batchOf(days, filters);
  const amount = exactColumn(mart, mrrStart.value, context);
  const sum = (part: "start" | "churn" | "contraction" | "expansion") => sql`cast(coalesce(sum(${partOf(part).value}) filter (where ${partOf(part).who}), 0) as double)`;
  const hasPlan = by === "plan" && context.typeOf(mart, "plan") !== undefined;
  return statement(sql`with ${heldOf(batch, context)},
plans as (
  select ${column(entity)} as entity, ${hasPlan ? sql`arg_max(${column("plan")}, {'mrr': coalesce(${amount}, 0), 'from': ${column(from)}, 'plan': ${column("plan")}})` : sql`null::varchar`} as plan
  from ${identifier(mart)} as f join period as p on ${column(from)} < p.first_day and ${column(to)} >= p.first_day
  ${whereSql(chosen(batch))}
  group by ${column(entity)}
)
select ${memberOf(by, limits)} as member, cast(count(*) filter (where ${partOf("start").who}) as double) as start, cast(count(*) filter (where ${partOf("churn").who}) as double) as lost,
  ${sum("start")} as mrr_start, ${sum("churn")} as mrr_churn, ${sum("contraction")} as mrr_contraction, ${sum("expansion")} as mrr_expansion
from held left join plans using (entity) where is_there_before group by 1 order by 1 nulls last`);
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
  const rows = told.truncated ? [] : (await run(churnByStatement(by, days, filters, limits, context))).map((row): ChurnByMember => ({
    member: row["member"] as string | null, start: Number(row["start"]), lost: Number(row["lost"]), mrrStart: Number(row["mrr_start"]),
    mrrChurn: Number(row["mrr_churn"]), mrrContraction: Number(row["mrr_contraction"]), mrrExpansion: Number(row["mrr_expansion"])
  }));
  const sum = (of: Exclude<keyof ChurnByMember, "member" | "suppressed">) => rows.reduce((all, row) => all + Math.round(row[of] * 100), 0) / 100;
  const all = {member: null, start: sum("start"), lost: sum("lost"), mrrStart: sum("mrrStart"), mrrChurn: sum("mrrChurn"), mrrContraction: sum("mrrContraction"), mrrExpansion: sum("mrrExpansion")};
  const least = manifest.minGroup ?? 1;
  const small = all.start < least ? new Set(rows.map(({member}) => member)) : smallOnes(new Map(rows.map(({member, start: size}) => [member, size])), least);
  const none = {start: 0, lost: 0, mrrStart: 0, mrrChurn: 0, mrrContraction: 0, mrrExpansion: 0, suppressed: true as const};
  const members = rows.map((row) => (small.has(row.member) ? {member: row.member, ...none} : row));
  return {...told, all: all.start < least ? {member: null, ...none} : all, members: by === "plan" ? members.sort((a, b) => b.start - a.start) : members};
}

/** Returns where bands begin: of what customers pay from its quartiles on the day before. */
export async function limitsFor(by: ChurnTrait, days: Days, context: CompileContext, run: StudyOptions["run"]): Promise<number[]> {
  if (by !== "size") return by === "plan" ? [] : [...tenureLimits];
  const [row] = await run(quartilesStatement(days, context));
  return roundLimits(["low", "middle", "high"].map((name) => Number(row?.[name] ?? 0)));
}
