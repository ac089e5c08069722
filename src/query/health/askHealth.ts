// How the customers' health stands, what it said of who left, and who is to be looked at. Scores are those of fct_customer_health_span:
// each rests on what was known on its own day.

import {healthHorizon, healthInputs, healthRules, type HealthInput} from "../../metrics/health.js";
import {carriedFilters} from "../carried.js";
import {smallOnes} from "../cohort/hide.js";
import {once} from "../once.js";
import {filterSql} from "../predicate.js";
import type {Filter, Statement} from "../question.js";
import {recordIds} from "../recordIds.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import type {StudyOptions} from "../studies.js";
import {judgeBands} from "./judge.js";
import {
  daysLeftOf, healthGroups, healthKey, healthMart, scoreMonths, type HealthBand, type HealthGroup, type HealthList, type HealthListId,
  type HealthMember, type HealthQuestion, type HealthTold, type InputChange
} from "./question.js";

const statement = ({text, params}: Sql): Statement => ({sql: text, params});
const chosen = (filters: readonly Filter[]): Sql => join([sql`true`, ...filters.map((filter) => sql`(${filterSql(filter)})`)], " and ");
const mart = identifier(healthMart);

/** Returns the statement of how customers stand: one row a band that has any, with how many of it each input is known of and its sum. */
export const bandsStatement = (asOf: string, filters: readonly Filter[]): Statement => statement(sql`select coalesce(band, 'none') as band, cast(count(*) as double) as customers,
  cast(coalesce(sum(mrr), 0) as double) as mrr, cast(count(unrated_currency) as double) as unrated, cast(sum(confidence) as double) as confidence,
  ${join(healthInputs.map((input) => sql`cast(count(${identifier(input)}) as double) as ${identifier(`${input}_known`)}, cast(coalesce(sum(${identifier(input)}), 0) as double) as ${identifier(`${input}_sum`)}`))}
from ${mart} as f where valid_from <= ${asOf}::date and valid_to > ${asOf}::date and ${chosen(filters)} group by coalesce(band, 'none')`);

/**
 * Returns the statement of what became of those scored at the month ends that lie the horizon or more before the as-of day: one
 * row a band. Who left and came back counts as lost where the first of the two falls into the window.
 */
export const replayStatement = (asOf: string, filters: readonly Filter[]): Statement => statement(sql`with scored as (
  select coalesce(band, 'none') as band, customer, valid_from as day, coalesce(left_date <= valid_from + ${integer(healthHorizon)}, false) as is_lost
  from ${mart} as f
  where valid_from <= ${asOf}::date - ${integer(healthHorizon)} and valid_from = last_day(valid_from) and score is not null and ${chosen(filters)}
),
days as (
  select min(day) as first_day, max(day) as last_day, count(distinct day) as days from scored
)
select band, cast(count(*) as double) as scorings, cast(count(distinct customer) as double) as customers, cast(count(*) filter (is_lost) as double) as lost,
  cast(any_value(first_day) as varchar) as first_day, cast(any_value(last_day) as varchar) as last_day, cast(any_value(days) as double) as days
from scored cross join days group by band`);

/** Returns the answers, in order. Throws a QuestionError for a dimension or member that the report does not know. */
export function askHealth(questions: readonly HealthQuestion[], options: StudyOptions): Promise<HealthTold[]> {
  const overviewOf = once<HealthTold>();
  return Promise.all(questions.map(async ({filters, list}) => {
    const told = await overviewOf(healthKey({filters}), () => askOverview(filters, options));
    return list ? {...told, list: await listOf(told, {filters, list}, options)} : told;
  }));
}

async function askOverview(asked: readonly Filter[], {manifest, run}: StudyOptions): Promise<HealthTold> {
  const {asOf} = manifest;
  const {weights} = manifest.health ?? healthRules;
  const {filters, notApplied} = carriedFilters(healthMart, asked, manifest);
  const [rows, past] = await Promise.all([run(bandsStatement(asOf, filters)), run(replayStatement(asOf, filters))]);
  const least = manifest.minGroup ?? 1;
  const sum = (name: string) => rows.reduce((all, row) => all + Number(row[name]), 0);
  const found = healthGroups.flatMap((band) => rows.filter((row) => row["band"] === band).map((row): HealthBand => ({
    band, customers: Number(row["customers"]), mrr: Number(row["mrr"]), confidence: Number(row["confidence"]) / Number(row["customers"])
  })));
  const customers = sum("customers");
  const isHidden = filters.length > 0 && customers < least;
  const small = smallOnes(new Map(found.map((one) => [one.band, one.customers])), least);
  const hide = (one: HealthBand): HealthBand => (isHidden || small.has(one.band) ? {band: one.band, customers: 0, mrr: 0, confidence: 0, suppressed: true} : one);
  return {
    asOf, notApplied, bands: found.map(hide),
    customers: isHidden ? 0 : customers, mrr: isHidden ? 0 : sum("mrr"), unrated: sum("unrated") < least ? 0 : sum("unrated"),
    confidence: isHidden || customers === 0 ? null : sum("confidence") / customers,
    inputs: healthInputs.map((input) => {
      const known = sum(`${input}_known`);
      const isTold = !isHidden && known >= least && (known === customers || customers - known >= least || least === 1);
      return {input, weight: weights[input], known: isTold ? known : 0, mean: isTold && known > 0 ? sum(`${input}_sum`) / known : null};
    }),
    replay: replayOf(past, least)
  };
}

type Rows = Awaited<ReturnType<StudyOptions["run"]>>;

function replayOf(rows: Rows, least: number): HealthTold["replay"] {
  const [first] = rows;
  const outcomes = judgeBands(healthGroups.flatMap((band) => rows.filter((row) => row["band"] === band).map((row) => ({
    band, scorings: Number(row["scorings"]), customers: Number(row["customers"]), lost: Number(row["lost"])
  }))));
  const small = smallOnes(new Map(outcomes.map(({band, customers}) => [band, customers])), least);
  return {
    from: first ? String(first["first_day"]) : null, to: first ? String(first["last_day"]) : null, days: Number(first?.["days"] ?? 0),
    bands: outcomes.map((one) => (small.has(one.band) ? {band: one.band, scorings: 0, customers: 0, lost: 0, rate: null, interval: null, verdict: one.verdict === null ? null : "few" as const, suppressed: true as const} : one))
  };
}

/** Months back to the scores that a list compares with; what changed of those at risk is told over three. */
const monthsBack: Readonly<Record<HealthListId, number>> = {at_risk: 3, fell_1: 1, fell_3: 3};

const inputColumns = (alias: Sql, prefix: string): Sql => join(healthInputs.map((input) => sql`cast(${alias}.${identifier(input)} as double) as ${identifier(`${prefix}${input}`)}`));

/** Returns the statement of a list's customers: who is at risk by what is paid, else who fell by how far. */
export function listStatement(id: HealthListId, {asOf, hasOwner}: {readonly asOf: string; readonly hasOwner: boolean}, filters: readonly Filter[], limit: number): Statement {
  const [monthAgo, quarterAgo] = [1, 3].map((months) => sql`cast(${asOf}::date - to_months(${integer(months)}) as date)`) as [Sql, Sql];
  const then = id === "fell_1" ? sql`a_month` : sql`a_quarter`;
  const at = (day: Sql): Sql => sql`from ${mart} where valid_from <= ${day} and valid_to > ${day}`;
  return statement(sql`with now as (
  select * from ${mart} as f where valid_from <= ${asOf}::date and valid_to > ${asOf}::date and ${chosen(filters)}
),
a_month as (select * ${at(monthAgo)}),
a_quarter as (select * ${at(quarterAgo)}),
listed as (
  select now.customer, now.is_at_risk, now.score, now.mrr, ${then}.score - now.score as fall
  from now left join a_month on a_month.customer = now.customer left join a_quarter on a_quarter.customer = now.customer
  where ${id === "at_risk" ? sql`now.is_at_risk` : sql`now.score < ${then}.score`}
)
select cast(listed.customer as double) as customer, coalesce(now.band, 'none') as band, cast(now.score as double) as score, cast(now.confidence as double) as confidence,
  cast(now.mrr as double) as mrr, now.is_at_risk, ${hasOwner ? sql`now.owner` : sql`null`} as owner, cast(a_month.score as double) as month_score,
  cast(a_quarter.score as double) as quarter_score, cast(${then}.score as double) as then_score, cast(count(*) over () as double) as count, cast(sum(listed.mrr) over () as double) as all_mrr,
  cast(${id === "fell_1" ? monthAgo : quarterAgo} as varchar) as since, ${inputColumns(sql`now`, "now_")}, ${inputColumns(then, "then_")}
from listed join now on now.customer = listed.customer left join a_month on a_month.customer = listed.customer left join a_quarter on a_quarter.customer = listed.customer
order by ${id === "at_risk" ? sql`listed.mrr desc nulls last, listed.score nulls last` : sql`listed.fall desc, listed.mrr desc nulls last`}, listed.customer limit ${integer(limit)}`);
}

/** Returns the statement of the last days of scoring, the newest first. */
export const scoreDaysStatement = (asOf: string): Statement => statement(sql`select distinct cast(valid_from as varchar) as day from ${mart} where valid_from <= ${asOf}::date order by day desc limit ${integer(scoreMonths)}`);

/** Returns the statement of the scores of single customers from a day on. */
export const scoresStatement = (customers: readonly number[], {from, to}: {readonly from: string; readonly to: string}): Statement => statement(sql`select cast(customer as double) as customer, cast(valid_from as varchar) as day, cast(score as double) as score
from ${mart} where customer in (${join(customers.map(integer))}) and valid_from >= ${from}::date and valid_from <= ${to}::date`);

const numberOf = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

async function listOf(told: HealthTold, {filters: asked, list: {id, limit}}: Required<HealthQuestion>, options: StudyOptions): Promise<HealthList | null> {
  const {manifest, run} = options;
  if (manifest.minGroup !== undefined) return null;
  const {filters} = carriedFilters(healthMart, asked, manifest);
  const hasOwner = manifest.marts.find(({name}) => name === healthMart)?.columns.some(({name}) => name === "owner") ?? false;
  const [rows, days] = await Promise.all([run(listStatement(id, {asOf: told.asOf, hasOwner}, filters, limit)), run(scoreDaysStatement(told.asOf))]);
  const months = days.map((row) => String(row["day"])).reverse();
  const customers = rows.map((row) => Number(row["customer"]));
  const [records, scores] = await Promise.all([recordIds(healthMart, "customer", customers, options), scoresOf(customers, months, options)]);
  const {weights} = manifest.health ?? healthRules;
  const [first] = rows;
  return {
    id, months, hasOwner, count: Number(first?.["count"] ?? 0), mrr: Number(first?.["all_mrr"] ?? 0), since: first ? String(first["since"]) : told.asOf,
    entries: rows.map((row, k): HealthMember => {
      const customer = customers[k]!;
      const own = scores.get(customer);
      return {
        customer, record: records.get(customer) ?? null, band: row["band"] as HealthGroup, score: numberOf(row["score"]), confidence: Number(row["confidence"]), mrr: numberOf(row["mrr"]),
        daysLeft: daysLeftOf(numberOf(row["now_renewal"])), why: row["is_at_risk"] === true ? (row["band"] === "red" ? "red" : "silent") : null,
        owner: row["owner"] === null || row["owner"] === undefined ? null : String(row["owner"]),
        before: {month: numberOf(row["month_score"]), quarter: numberOf(row["quarter_score"])},
        fell: changesOf((input, when) => numberOf(row[`${when}_${input}`]), weights, numberOf(row["then_score"])),
        scores: months.map((day) => own?.get(day) ?? null)
      };
    })
  };
}

async function scoresOf(customers: readonly number[], months: readonly string[], {run}: StudyOptions): Promise<Map<number, Map<string, number>>> {
  const found = new Map<number, Map<string, number>>();
  if (customers.length === 0 || months.length === 0) return found;
  for (const row of await run(scoresStatement(customers, {from: months[0]!, to: months.at(-1)!}))) {
    const [customer, score] = [Number(row["customer"]), numberOf(row["score"])];
    if (score === null) continue;
    if (!found.has(customer)) found.set(customer, new Map());
    found.get(customer)!.set(String(row["day"]), score);
  }
  return found;
}

/**
 * Returns the inputs that pulled a score down, the largest pull first: those that fell, by fall times weight, and those of which nothing
 * was known before and that are below the score of then.
 */
export function changesOf(at: (input: HealthInput, when: "now" | "then") => number | null, weights: Readonly<Record<HealthInput, number>>, before: number | null): InputChange[] {
  if (before === null) return [];
  return healthInputs.flatMap((input) => {
    const [from, to] = [at(input, "then"), at(input, "now")];
    return to !== null && weights[input] > 0 && to < (from ?? before) ? [{input, from, to, pull: ((from ?? before) - to) * weights[input]}] : [];
  }).sort((a, b) => b.pull - a.pull).map(({input, from, to}) => ({input, from, to}));
}
