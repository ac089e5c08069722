// The door to cohorts: the terminal, the build and the browser all ask here.

import {cohortMart} from "../../metrics/cohort.js";
import {cac} from "../../metrics/customerValue.js";
import type {DimensionId} from "../../metrics/define.js";
import {ask} from "../ask.js";
import type {Manifest} from "../manifest.js";
import {dateOf, daysBetween, unitContaining, type Span} from "../periodKey.js";
import type {Run} from "../question.js";
import {recordIds} from "../recordIds.js";
import type {CohortAnswer, CohortLine, CohortList, CohortMember, CohortSegment, CohortSpot} from "./answer.js";
import {smallCells, smallOnes} from "./hide.js";
import {memberLines, periodLines, unitOf, type LineContext} from "./lines.js";
import type {CohortChoices, CohortPlan} from "./plan.js";
import {resolved, tallyOf} from "./ready.js";
import {cellsStatement, memberOf, membersStatement} from "./statements.js";
import {addSums, readGroups, type Group} from "./sums.js";
import {talliedCellsStatement} from "./tallies.js";

export {cohortOffer, findCohort, shownCohorts} from "./resolve.js";

export interface CohortOptions {
  readonly manifest: Manifest;
  readonly run: Run;
}

/**
 * Returns what a cohort comes to under a reader's choices: lines by period of start or by member, with their cells, and the
 * weighted average. Throws a QuestionError for a cohort whose data are not fed, and for choices, ranges, dimensions or
 * members that the report does not know.
 */
export async function askCohort(id: string, choices: CohortChoices, options: CohortOptions): Promise<CohortAnswer> {
  const {manifest, run} = options;
  const {plan, notApplied, cohort} = resolved(id, choices, manifest);
  const tally = tallyOf(plan, manifest);
  const [rows, costOf] = await Promise.all([run(tally ? talliedCellsStatement(plan, tally.info, tally.part) : cellsStatement(plan)), costs(plan, options)]);
  const {groups, firstDay} = readGroups(rows);
  const context: LineContext = {plan, calendar: manifest.calendar, firstDay, costOf};
  return {cohort, choices: plan.choices, unit: unitOf(plan), asOf: manifest.asOf, ...told(groups, context, manifest.minGroup ?? 1), notApplied, source: tally ? "tally" : "events"};
}

function told(groups: readonly Group[], context: LineContext, least: number): Pick<CohortAnswer, "lines" | "average" | "segments"> {
  const {key, by} = context.plan.choices;
  const periods = [...new Set(groups.map(({period}) => period))];
  const members = new Map([...new Set(groups.map(({member}) => member))].map((member) => [member, groups.filter((group) => group.member === member)] as const));
  const sizes = new Map([...members].map(([member, own]) => [member, addSums(own).size]));
  if (key !== "start") return memberLines(members, smallOnes(sizes, least), periods, context);
  const whole = periods.map((period): Group => ({period, member: null, ...addSums(groups.filter((group) => group.period === period))}));
  const hidden = smallOnes(new Map(whole.map(({period, size}) => [period, size])), least);
  const all = periodLines(whole, null, hidden, periods, {...context, costOf: (period) => context.costOf(period, undefined)});
  if (by === null) return all;
  const cells = smallCells(new Map([...members].map(([member, own]) => [member, new Map(own.map(({period, size}) => [period, size]))])), least);
  const small = smallOnes(sizes, least);
  const segments = [...members].map(([member, own]): CohortSegment =>
    small.has(member) ? {member, size: 0, average: [], lines: [], suppressed: true} : {member, size: sizes.get(member)!, ...periodLines(own, member, cells.get(member)!, periods, context)});
  return {...all, segments: segments.sort((a, b) => Number(a.member === null) - Number(b.member === null) || b.size - a.size || ((a.member ?? "") < (b.member ?? "") ? -1 : 1))};
}

/** What it cost to win a customer, by period of start and member, as the metric tells it; nothing where it cannot tell it of just these customers. */
async function costs(plan: CohortPlan, {manifest, run}: CohortOptions): Promise<LineContext["costOf"]> {
  const {measure, grain, range, filters} = plan.choices;
  if (measure !== "payback") return () => null;
  const dimension = memberOf(plan);
  const [first, last] = [range.start, range.census].map((day) => unitContaining(grain, dateOf(day), manifest.calendar)) as [Span, Span];
  const months = (last.start.year - first.start.year) * 12 + last.start.month - first.start.month;
  const days = daysBetween(first.start, last.start);
  const count = 1 + {day: days, week: days / 7, month: months, quarter: months / 3, year: months / 12}[grain];
  const answer = await ask({metrics: [cac.id], period: last.key, by: dimension === null ? [] : [dimension], filters, trend: {grain, count}}, {manifest, run});
  const missed = answer.notApplied.map((one) => one.dimension);
  const isTold = filters.every((filter) => !missed.includes(filter.dimension));
  const key = (period: string, member: string | null | undefined) => JSON.stringify([period, member === undefined ? 0 : [member]]);
  const known = new Map(answer.rows.filter(({role}) => role === "trend").map(({period, members, total, value}) => [key(period.start, total ? undefined : members[0] ?? null), value]));
  return (period, member) => (isTold && (member === undefined || !missed.includes(dimension!)) ? known.get(key(period, member)) ?? null : null);
}

/**
 * Returns the customers of a cell, the largest value first: at most `limit`, and how many there are. None where small groups
 * have no numbers. Who has the answer to the same choices gives it as `known`. Throws a QuestionError as askCohort does.
 */
export async function askCohortMembers(
  id: string, {line, member, period, who = "in"}: CohortSpot, choices: CohortChoices, options: CohortOptions, {limit = 1000, known}: {readonly limit?: number; readonly known?: Pick<CohortAnswer, "lines">} = {}
): Promise<CohortList> {
  const {manifest, run} = options;
  if (manifest.minGroup !== undefined) return {count: 0, left: 0, entries: []};
  const {plan} = resolved(id, choices, manifest);
  const answer = known ?? (await askCohort(id, choices, options));
  const {key, grain} = plan.choices;
  const isWhole = (own: CohortLine) => own.cells.find((cell) => cell.period === period)?.state === "whole";
  const lines = key === "start" ? answer.lines.filter((own) => own.key === line) : (await askCohort(id, {...choices, key: "start"}, options)).lines.filter(isWhole);
  const cell = lines[0]?.cells.find((own) => own.period === period);
  if (!cell || cell.state === "later") return {count: 0, left: 0, entries: []};
  const until = cell.to ?? cell.period;
  const next = lines[0]!.cells.find((own) => own.period > until);
  const last = unitContaining(grain, dateOf(lines.at(-1)!.key), manifest.calendar);
  const rows = await run(membersStatement(plan, {
    from: lines[0]!.key, to: last.end.toString(), member: key === "start" ? member : line === "" ? null : line, age: cell.period, until, who, canLeave: next !== undefined && next.state === "whole", limit
  }));
  const customers = rows.map((row) => Number(row["customer"]));
  const records = await recordIds(cohortMart, "customer", customers, options);
  return {
    count: rows.length ? Number(rows[0]!["found"]) : 0,
    left: rows.length ? Number(rows[0]!["found_left"]) : 0,
    entries: rows.map((row, k): CohortMember => ({
      customer: customers[k]!, record: records.get(customers[k]!) ?? null, started: String(row["started"]).slice(0, 10), lastEvent: String(row["last_event"]).slice(0, 10),
      value: row["value"] === null ? null : Number(row["value"]), hasLeft: row["has_left"] === true || row["has_left"] === 1
    }))
  };
}
