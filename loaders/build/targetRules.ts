// What is known of the KPIs and periods that goals are set for, as tables beside the canonical ones: target_rule, and
// target_reference, which settleTargets fills.

import {metrics} from "../../src/metrics/index.js";
import {growsWithPeriod} from "../../src/metrics/targets.js";
import type {CalendarRules} from "../../src/query/manifest.js";
import {readKey, type Span} from "../../src/query/periodKey.js";
import {QuestionError} from "../../src/query/questionError.js";
import type {Native} from "../native.js";

const adding = new Set(metrics.filter(growsWithPeriod).map(({id}) => id));

/**
 * Creates the tables. target_rule: for each KPI and period of the goals the first day, the day after the last, and whether
 * goals for it add up; a period that cannot be read has no row. target_reference: empty.
 */
export async function createTargetRules(native: Native, calendar: CalendarRules): Promise<void> {
  await native.exec(`create or replace table target_rule (metric varchar, period varchar, first_day date, past_day date, adds boolean);
    create or replace table target_reference (metric varchar, period varchar, level varchar, member varchar, value double)`);
  for (const {metric, period} of await native.run({sql: "select distinct metric, period from target", params: []})) {
    const span = spanOf(String(period), calendar);
    if (span) await native.exec("insert into target_rule values (?, ?, ?::date, ?::date, ?::boolean)", [String(metric), String(period), span.start.toString(), span.end.toString(), String(adding.has(String(metric)))]);
  }
}

/** Returns the days of a period as targets.csv spells it, or null for none. */
export function spanOf(period: string, calendar: CalendarRules): Span | null {
  try {
    return readKey(period, calendar);
  } catch (error) {
    if (error instanceof QuestionError) return null;
    throw error;
  }
}
