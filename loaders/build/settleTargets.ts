// Goals that are set against what was reached in another period: 10 % more than last year. The metric layer says what was
// reached, and the marts that hold goals are made once more.

import {ask} from "../../src/query/ask.js";
import type {Manifest} from "../../src/query/manifest.js";
import {dateOf, unitAfter, unitContaining, type Span} from "../../src/query/periodKey.js";
import {parsePeriod} from "../../src/query/calendar.js";
import type {Grain} from "../../src/query/question.js";
import {QuestionError} from "../../src/query/questionError.js";
import {boundValues} from "../marts.js";
import {quoteIdentifier, type Native} from "../native.js";
import {readModels} from "./martModel.js";
import {spanOf} from "./targetRules.js";

/** Models over goals, in their order. */
const over = ["fct_target", "fct_month"];

interface Relative {
  readonly metric: string;
  readonly period: string;
  readonly level: string;
  readonly member: string | null;
  readonly relativeTo: string;
}

/**
 * Fills target_reference with what was reached in the periods that goals are relative to, and makes the marts of goals
 * anew. A period that is not over, or of which the data know nothing, gives no value: such a goal is none yet.
 * `manifestOf` is called only where there are relative goals.
 */
export async function settleTargets(native: Native, {asOf, currency}: {readonly asOf: string; readonly currency: string}, manifestOf: () => Promise<Manifest>): Promise<void> {
  const rows = await native.run({sql: `select distinct target.metric, period, level, coalesce(dim_owner.owner, nullif(member, '')) as member, relative_to as "relativeTo"
    from target left join dim_owner on level = 'owner' and member = dim_owner.user_id where relative_to is not null order by all`, params: []}) as unknown as Relative[];
  if (rows.length === 0) return;
  const manifest = await manifestOf();
  for (const row of rows) {
    const value = await reached(row, native, manifest);
    if (value !== null) await native.exec("insert into target_reference values (?, ?, ?, nullif(?, ''), ?::double)", [row.metric, row.period, row.level, row.member ?? "", String(value)]);
  }
  for (const {name, sql} of (await readModels()).filter(({name}) => over.includes(name))) await native.exec(`create or replace table ${quoteIdentifier(name)} as ${sql}`, boundValues(sql, {asOf, currency}));
}

async function reached({metric, period, level, member, relativeTo}: Relative, native: Native, manifest: Manifest): Promise<number | null> {
  const span = spanOf(period, manifest.calendar);
  const key = span && referenceKey(span, relativeTo, manifest);
  if (!key) return null;
  try {
    if (parsePeriod(key, manifest).part) return null;
    const filters = level === "company" ? [] : [{dimension: level, values: [member]}];
    const {rows, notApplied} = await ask({metrics: [metric], period: key, filters}, {manifest, run: native.run});
    return notApplied.length > 0 ? null : rows.find(({total}) => total)?.value ?? null;
  } catch (error) {
    // A KPI, member or period that the report does not know: the check of targets says so.
    if (error instanceof QuestionError) return null;
    throw error;
  }
}

function referenceKey({grain, start}: Span, relativeTo: string, {calendar}: Manifest): string | null {
  if (relativeTo === "previous") return unitAfter(grain as Grain, start, -1, calendar).key;
  if (relativeTo === "last_year") return unitContaining(grain as Grain, dateOf(start.toString()).subtract({years: 1}), calendar).key;
  return spanOf(relativeTo, calendar)?.key ?? null;
}
