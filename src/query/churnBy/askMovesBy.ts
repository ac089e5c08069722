// The waterfall of recurring revenue by what customers were: each is in one member from its start bar to its end bar, so that nothing
// goes from one to another and the bars of the members are those of all.

import type {MovementPart} from "../../metrics/define.js";
import {mrrStart} from "../../metrics/subscriptions.js";
import {waterfalls} from "../../metrics/waterfalls.js";
import {compileContext} from "../ask.js";
import type {CompileContext} from "../batch.js";
import {parsePeriod} from "../calendar.js";
import type {Waterfall, WaterfallAnswer, WaterfallBar} from "../explain/waterfall.js";
import {checkDimensions, scopeOf} from "../filters.js";
import type {Filter, Statement} from "../question.js";
import {QuestionError} from "../questionError.js";
import {identifier, join, sql, type Sql} from "../sql.js";
import {partOf} from "../statements/movement.js";
import type {StudyOptions} from "../studies.js";
import type {Days} from "../timeRule.js";
import {batchOf, limitsFor, memberOf, standingTables} from "./askChurnBy.js";
import {churnTraits, type ChurnTrait} from "./question.js";

const {start, moves, end} = waterfalls.mrr;
const bars = [{move: "start", metric: start, sign: 1 as const}, ...moves, {move: "end", metric: end, sign: 1 as const}];

/** Returns whether customers can be told apart by it: as of a day, where dimensions are as of each record. */
export const isChurnTrait = (name: string): name is ChurnTrait => (churnTraits as readonly string[]).includes(name);

/** Returns the statement of the bars: one row a member. Who was there before is as on the day before, who came as on the last day. */
export function movesByStatement(by: ChurnTrait, days: Days, filters: readonly Filter[], limits: readonly number[], context: CompileContext): Statement {
  const cells = bars.map(({move}, k) => {
    const {who, value} = partOf(move as MovementPart);
    return sql`cast(coalesce(sum(${value}) filter (where ${who}), 0) as double) as ${identifier(`value_${k}`)}, cast(count(*) filter (where ${who}) as double) as ${identifier(`n_${k}`)}, cast(count(*) filter (where ${who} and unrated > 0) as double) as ${identifier(`unrated_${k}`)}`;
  });
  const {text, params} = sql`with ${standingTables(by, batchOf(days, filters), context)},
placed as (
  select *, ${memberOf(by, limits, sql`size`)} as member from standing
)
select member, ${join(cells, ",\n  ")}
from placed group by 1 order by 1 nulls last`;
  return {sql: text, params};
}

/** Returns the waterfall, all together first. Throws a QuestionError as `askWaterfall` does, and where single customers are not told. */
export async function askMovesBy({by, period: key, filters: asked}: {readonly by: ChurnTrait; readonly period: string; readonly filters: readonly Filter[]}, {manifest, run}: StudyOptions): Promise<WaterfallAnswer & {readonly limits: readonly number[]}> {
  if (manifest.minGroup !== undefined) throw new QuestionError({code: "unknown_dimension", value: by, message: `the waterfall "mrr" is not broken down by ${JSON.stringify(by)} where small groups are hidden`, allowed: []});
  checkDimensions({filters: asked}, manifest.dimensions);
  const {filters} = scopeOf(mrrStart, {filters: asked}, manifest.dimensions);
  const period = parsePeriod(key, manifest);
  const days = {start: period.start, end: period.end};
  const context = compileContext(manifest);
  const limits = await limitsFor(by, days, context, run);
  const rows = await run(movesByStatement(by, days, filters, limits, context));
  const members = rows.map((row): Waterfall => waterfallOf(row["member"] as string | null, bars.map((_, k) => ({value: Number(row[`value_${k}`]), n: Number(row[`n_${k}`]), unrated: Number(row[`unrated_${k}`])}))));
  const sum = (k: number, of: "value" | "n" | "unrated") => rows.reduce((all, row) => all + Math.round(Number(row[`${of}_${k}`]) * 100), 0) / 100;
  const all = waterfallOf(null, bars.map((_, k) => ({value: sum(k, "value"), n: sum(k, "n"), unrated: sum(k, "unrated")})));
  const ranked = by === "plan" ? members.sort((a, b) => b.bars[0]!.n - a.bars[0]!.n) : members;
  return {period, missing: [], limits, waterfalls: [{...all, member: null}, ...ranked]};
}

function waterfallOf(member: string | null, cells: readonly {readonly value: number; readonly n: number; readonly unrated: number}[]): Waterfall {
  const cents = cells.map(({value}) => Math.round(value * 100));
  return {
    member: {value: member},
    bars: bars.map(({move, metric, sign}, k): WaterfallBar => ({move, metric: metric.id, sign, value: cells[k]!.value, n: cells[k]!.n, ...(cells[k]!.unrated > 0 && {unrated: cells[k]!.unrated})})),
    residual: (cents.at(-1)! - cents.slice(0, -1).reduce((sum, value, k) => sum + bars[k]!.sign * value, 0)) / 100
  };
}
