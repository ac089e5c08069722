// Customers without a contract: lost after their segment's gap between orders, and back with the next order.

import {usualLoss} from "../../metrics/purchases.js";
import {parsePeriod} from "../calendar.js";
import {carriedFilters} from "../carried.js";
import {smallOnes} from "../cohort/hide.js";
import type {Manifest} from "../manifest.js";
import {dateOf} from "../periodKey.js";
import {filterSql} from "../predicate.js";
import type {Filter, Statement} from "../question.js";
import {recordIds} from "../recordIds.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import type {StudyOptions} from "../studies.js";
import {lapsedMart, type LapsedEntry, type LapsedQuestion, type LapsedSegment, type LapsedTold} from "./question.js";

const statement = ({text, params}: Sql): Statement => ({sql: text, params});
const has = (mart: string, {marts}: Pick<Manifest, "marts">): boolean => marts.some(({name}) => name === mart);

interface Scope {
  readonly day: string;
  readonly filters: readonly Filter[];
  readonly manifest: Pick<Manifest, "marts" | "loss">;
}

/** The spans of customers who never had a paid subscription; a lapse that lies ahead is none. */
function spans({day, filters, manifest}: Scope): Sql {
  const free = has("fct_mrr_span", manifest) ? [sql`customer not in (select customer from fct_mrr_span)`] : [];
  return sql`own as (
  select *, lag(valid_from) over (partition by customer order by valid_from) as before, lag(active) over (partition by customer order by valid_from) as was_active
  from ${identifier(lapsedMart)} as f where ${join([sql`valid_from <= ${day}::date`, ...free, ...filters.map((filter) => sql`(${filterSql(filter)})`)], " and ")}
)`;
}

/** Returns the statement of the segments: who is a customer on the day, and who of them is lost. */
export function segmentsStatement(scope: Scope): Statement {
  const {under} = scope.manifest.loss ?? usualLoss;
  const alive = has("fct_customer_value", scope.manifest);
  return statement(sql`with ${spans(scope)}
select own.segment, cast(count(*) filter (where own.valid_to > ${scope.day}::date) as double) as customers,
  cast(count(*) filter (where own.valid_to > ${scope.day}::date and active = 0) as double) as lost,
  cast(quantile_disc(own.valid_from - before, 0.5) filter (where active = 0 and was_active = 1) as double) as days,
  ${alive ? sql`cast(count(*) filter (where own.valid_to > ${scope.day}::date and p_alive < ${under}::double) as double) as unlikely, cast(count(p_alive) as double) as judged` : sql`cast(0 as double) as unlikely, cast(0 as double) as judged`}
from own ${alive ? sql`left join (select customer, p_alive from fct_customer_value) as value using (customer)` : sql``}
group by own.segment having count(*) filter (where own.valid_to > ${scope.day}::date) > 0 order by own.segment nulls last`);
}

/** A loss begins with a span of its own and ends with the next order. */
const lossTable = (scope: Scope): Sql => sql`${spans(scope)},
edges as (
  select customer, valid_from, active, was_active, lead(valid_from) over (partition by customer order by valid_from) as next_from
  from own where was_active is null or active <> was_active
),
losses as (
  select customer, valid_from as lost_on, next_from as back_on from edges where active = 0 and was_active = 1
)`;

const within = (name: string, {start, end}: LapsedTold["days"]): Sql => sql`(${identifier(name)} >= ${start}::date and ${identifier(name)} < ${end}::date)`;

/** Returns the statement of how many were lost and came back in the days. */
export const lossCounts = (scope: Scope, days: LapsedTold["days"]): Statement => statement(sql`with ${lossTable(scope)}
select cast(count(*) filter (where ${within("lost_on", days)}) as double) as lost, cast(count(*) filter (where ${within("back_on", days)}) as double) as back from losses`);

/** Returns the statement of the log of losses and returns in the days. */
export const lossLog = (scope: Scope, days: LapsedTold["days"], limit: number): Statement => statement(sql`with ${lossTable(scope)}
select cast(customer as double) as customer, strftime(lost_on, '%Y-%m-%d') as lost_on, strftime(back_on, '%Y-%m-%d') as back_on
from losses where ${within("lost_on", days)} or ${within("back_on", days)}
order by losses.back_on desc nulls last, losses.lost_on desc, losses.customer limit ${integer(limit)}`);

/** Returns the answers, in order. Throws a QuestionError for a period, dimension or member that the report does not know. */
export const askLapsed = (questions: readonly LapsedQuestion[], options: StudyOptions): Promise<LapsedTold[]> => Promise.all(questions.map((question) => askOne(question, options)));

async function askOne({period: key, months, filters: asked, limit}: LapsedQuestion, options: StudyOptions): Promise<LapsedTold> {
  const {manifest, run} = options;
  const {filters, notApplied} = carriedFilters(lapsedMart, asked, manifest);
  const period = parsePeriod(key, manifest);
  const last = dateOf(period.end).subtract({days: 1}).toString();
  const day = last < manifest.asOf ? last : manifest.asOf;
  const longer = dateOf(period.end).subtract({months}).toString();
  const days = {start: longer < period.start ? longer : period.start, end: period.end};
  const scope = {day, filters, manifest};
  const isListed = manifest.minGroup === undefined;
  const [rows, [counts], lines] = await Promise.all([run(segmentsStatement(scope)), run(lossCounts(scope, days)), isListed ? run(lossLog(scope, days, limit)) : []]);
  const found = rows.map((row): LapsedSegment => ({
    segment: row["segment"] as string | null, days: row["days"] === null ? null : Number(row["days"]), customers: Number(row["customers"]), lost: Number(row["lost"]),
    unlikely: Number(row["judged"]) > 0 ? Number(row["unlikely"]) : null
  }));
  const least = manifest.minGroup ?? 1;
  const small = smallOnes(new Map(found.map(({segment, customers}) => [segment, customers])), least);
  const told = (value: number) => (value < least ? 0 : value);
  const records = await recordIds(lapsedMart, "customer", lines.map((row) => Number(row["customer"])), options);
  return {
    day, days, asOf: manifest.asOf, notApplied, rule: manifest.loss ?? usualLoss, hasModel: found.some(({unlikely}) => unlikely !== null),
    segments: found.map((one) => (small.has(one.segment) ? {segment: one.segment, days: null, customers: 0, lost: 0, unlikely: null, suppressed: true as const} : one)),
    lost: told(Number(counts?.["lost"] ?? 0)), back: told(Number(counts?.["back"] ?? 0)),
    log: !isListed ? null : lines.map((row): LapsedEntry => ({
      customer: Number(row["customer"]), record: records.get(Number(row["customer"])) ?? null, lostOn: String(row["lost_on"]), backOn: row["back_on"] as string | null
    }))
  };
}
