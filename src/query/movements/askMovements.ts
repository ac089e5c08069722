// The ledger behind the waterfall of recurring revenue: the customers that its bars are made of, by the same rows and rules.

import {mrrStart} from "../../metrics/subscriptions.js";
import {waterfalls} from "../../metrics/waterfalls.js";
import {compileContext} from "../ask.js";
import {filters as chosen, whereSql, type Batch, type CompileContext} from "../batch.js";
import {parsePeriod} from "../calendar.js";
import {checkDimensions, scopeOf} from "../filters.js";
import {exactColumn} from "../measure.js";
import {daysOf} from "../plan.js";
import {column} from "../predicate.js";
import type {Filter, Statement} from "../question.js";
import {recordIds} from "../recordIds.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import {heldTables, partOf} from "../statements/movement.js";
import type {StudyOptions} from "../studies.js";
import {ruleOf, type Days, type TimeRule} from "../timeRule.js";
import {mrrMoves, type MovementEntry, type MovementsQuestion, type MovementsTold, type MrrMove} from "./question.js";

const {mart, entity, from, to} = mrrStart;
const statement = ({text, params}: Sql): Statement => ({sql: text, params});

const batchOf = (days: Days, filters: readonly Filter[]): Batch => ({mart, rule: ruleOf(mrrStart), filters, by: [], periods: [days], undated: false, leaves: [mrrStart]});

/** One row a customer and bar, with what it brings to the bar: what it did, and what rates made of it. */
function movedTables(batch: Batch, context: CompileContext): Sql {
  const ofBar = (move: MrrMove) => {
    const {who, value} = partOf(move);
    return sql`select entity, ${move} as move, ${value} as value, before, after, unrated from held where ${who}`;
  };
  return sql`with ${heldTables(batch, batch.rule as TimeRule & {readonly kind: "movement"}, context)},
moved as (
  ${join(mrrMoves.map(ofBar), "\n  union all\n  ")}
)`;
}

/** Returns the statement of what the moves come to. */
export function movementSums(days: Days, filters: readonly Filter[], context: CompileContext): Statement {
  return statement(sql`${movedTables(batchOf(days, filters), context)}
select move, cast(count(*) as double) as count, cast(sum(value) as double) as value from moved group by move`);
}

/** Returns the statement of the customers whose revenue moved, the largest difference first. */
export function movementLines(days: Days, filters: readonly Filter[], limit: number, context: CompileContext): Statement {
  const batch = batchOf(days, filters);
  const hasPlan = context.typeOf(mart, "plan") !== undefined;
  const amount = exactColumn(mart, mrrStart.value, context);
  const planOn = (day: Sql) => (hasPlan ? sql`arg_max(plan, {'mrr': coalesce(${amount}, 0), 'from': ${column(from)}, 'plan': plan}) filter (where ${column(from)} < ${day} and ${column(to)} >= ${day})` : sql`null::varchar`);
  // A span that rates part begins and ends where it would without them. The day after its last is that on which its revenue is gone.
  const began = sql`coalesce(paid_from, ${column(from)})`;
  const gone = sql`coalesce(paid_to, ${column(to)})`;
  const changed = sql`greatest(max(${began}) filter (where ${began} >= p.first_day), max(${gone}) filter (where ${gone} < p.past_day))`;
  return statement(sql`${movedTables(batch, context)},
said as (
  select ${column(entity)} as entity, ${planOn(sql`p.first_day`)} as plan_before, ${planOn(sql`p.past_day`)} as plan_after,
    min(${began}) filter (where ${began} >= p.first_day) as came_on, ${changed} as changed_on
  from ${identifier(mart)} as f join period as p on ${column(from)} < p.past_day and ${column(to)} >= p.first_day
  ${whereSql(chosen(batch))}
  group by ${column(entity)}
)
select cast(entity as double) as customer, move, cast(value as double) as value, cast(before as double) as before, cast(after as double) as after, unrated > 0 as is_unrated,
  plan_before, plan_after, strftime(case when move = 'rates' then past_day - 1 when move in ('new', 'reactivation') then came_on else changed_on end, '%Y-%m-%d') as day
from moved join said using (entity) cross join period
order by abs(value) desc, entity, move limit ${integer(limit)}`);
}

/** Returns the answers, in order. Throws a QuestionError for a period, dimension or member that the report does not know. */
export const askMovements = (questions: readonly MovementsQuestion[], options: StudyOptions): Promise<MovementsTold[]> => Promise.all(questions.map((question) => askOne(question, options)));

const signed = (move: MrrMove, value: number): number => (value === 0 ? 0 : waterfalls.mrr.moves.find((one) => one.move === move)!.sign * value);

async function askOne({period: key, filters: asked, limit}: MovementsQuestion, options: StudyOptions): Promise<MovementsTold> {
  const {manifest, run} = options;
  checkDimensions({filters: asked}, manifest.dimensions);
  const {filters, notApplied} = scopeOf(mrrStart, {filters: asked}, manifest.dimensions);
  const period = parsePeriod(key, manifest);
  const days = daysOf(mrrStart, period, manifest);
  const context = compileContext(manifest);
  // A list of single customers tells what a small group would hide.
  const isListed = manifest.minGroup === undefined;
  const [sums, lines] = await Promise.all(isListed ? [run(movementSums(days, filters, context)), run(movementLines(days, filters, limit, context))] : [[], []]);
  const records = await recordIds(mart, entity, lines.map((row) => Number(row["customer"])), options);
  const sumOf = (move: MrrMove) => sums.find((row) => row["move"] === move);
  return {
    period, asOf: manifest.asOf, notApplied,
    sums: mrrMoves.map((move) => ({move, count: Number(sumOf(move)?.["count"] ?? 0), difference: signed(move, Number(sumOf(move)?.["value"] ?? 0))})),
    entries: !isListed ? null : lines.map((row): MovementEntry => ({
      customer: Number(row["customer"]), record: records.get(Number(row["customer"])) ?? null, move: row["move"] as MrrMove,
      before: Number(row["before"]), after: Number(row["after"]), difference: signed(row["move"] as MrrMove, Number(row["value"])),
      planBefore: row["plan_before"] as string | null, planAfter: row["plan_after"] as string | null, day: String(row["day"]),
      ...(row["is_unrated"] === true && {unrated: true as const})
    }))
  };
}
