// Groups to lines, cells and averages (kpi-formulas G8, G9): a cell is whole once all of its cohort are that old, and averages
// are weighted, over whole cells only.

import type {CohortMeasure} from "../../metrics/cohort.js";
import {dateOf, daysBetween, unitAfter, unitContaining} from "../periodKey.js";
import type {CalendarRules} from "../manifest.js";
import {wilson} from "../wilson.js";
import type {CellState, CohortCell, CohortLine} from "./answer.js";
import type {CohortPlan} from "./plan.js";
import {hasStock, mostAges} from "./resolve.js";
import {rollingDays} from "./statements.js";
import {addSums, baseOf, isOwnAge, partsAt, type Group, type Parts, type Sums} from "./sums.js";

export interface LineContext {
  readonly plan: CohortPlan;
  readonly calendar: CalendarRules;
  /** First day on which anyone begins. */
  readonly firstDay: string | null;
  /** What it cost to win a customer who began in a period, of all or of a member; null where that is not known. */
  readonly costOf: (period: string, member: string | null | undefined) => number | null;
}

/** A column of the triangle: an age or a bracket of ages. */
interface Column {
  readonly place: number;
  readonly from: number;
  readonly until: number;
}

/** What lies behind the cells of a period of start. */
interface Row {
  readonly period: string;
  readonly sums: Sums;
  readonly ages: Ages;
  readonly cost: number | null;
  readonly isHidden: boolean;
}

const isShareOfCustomers = ({choices: {measure, form, base}}: CohortPlan): boolean =>
  form === "share" && (["on_or_after", "repeat"].includes(measure) || (["on", "bracketed"].includes(measure) && base === "first"));

const customers: readonly CohortMeasure[] = ["on", "on_or_after", "bracketed", "repeat"];

export const unitOf = ({choices: {measure, form}}: CohortPlan): "share" | "money" | "count" => {
  if (customers.includes(measure)) return form === "share" ? "share" : "count";
  return form === "share" && ["grr", "nrr", "payback"].includes(measure) ? "share" : "money";
};

/** Whether the value is the sum, with nothing that it is a share of. */
const isSum = ({choices: {measure, form}}: CohortPlan): boolean => form === "absolute" && measure !== "payback";

/** Ages that the cohort of a period has: `whole`, where all who could begin in it are that old and a whole period has passed; `begun`, of which any day has. */
interface Ages {
  readonly whole: number;
  readonly begun: number;
}

function agesOf(period: string, {plan: {choices: {grain, span}, asOf}, calendar}: Pick<LineContext, "plan" | "calendar">): Ages {
  const [start, edge] = [dateOf(period), dateOf(asOf).add({days: 1})];
  if (span === "rolling") {
    const days = rollingDays[grain];
    // The last who could begin is as old as the period is over.
    const {end} = unitContaining(grain, start, calendar);
    return {whole: Math.max(0, Math.floor((daysBetween(end, edge) + 1) / days)), begun: Math.floor((daysBetween(start, edge) - 1) / days) + 1};
  }
  const running = unitContaining(grain, edge, calendar).start;
  const months = (running.year - start.year) * 12 + running.month - start.month;
  const whole = {day: daysBetween(start, running), week: daysBetween(start, running) / 7, month: months, quarter: months / 3, year: months / 12}[grain];
  return {whole, begun: whole + (running.equals(edge) ? 0 : 1)};
}

function stateOf({ages: {whole, begun}}: Pick<Row, "ages">, {from, until}: Column, {choices: {measure}}: CohortPlan): CellState {
  // Who has not come back by the last whole age still may.
  const needed = measure === "on_or_after" ? until + 1 : until;
  if (needed < whole) return "whole";
  return from < begun ? "part" : "later";
}

/** Ages from the start to the last that has begun; brackets, those that have. */
function columnsOf(periods: readonly string[], context: LineContext): Column[] {
  const {measure, brackets} = context.plan.choices;
  const begun = periods[0] === undefined ? 0 : agesOf(periods[0], context).begun;
  if (measure === "bracketed") return brackets.map(([from, until], place) => ({place, from, until})).filter(({from}) => from < begun);
  return Array.from({length: Math.min(mostAges + 1, begun)}, (_, age) => ({place: age, from: age, until: age}));
}

const blank = (column: Column, state: CellState, observed = 0): CohortCell => ({...named(column), state, active: null, observed, value: null});
const named = ({from, until}: Column): Pick<CohortCell, "period" | "to"> => ({period: from, ...(until !== from && {to: until})});

function valued(column: Column, state: CellState, {active, observed, over, under}: Parts, plan: CohortPlan, divisor: number | null = under): CohortCell {
  const value = over === null || divisor === null || divisor <= 0 ? null : over / divisor;
  const interval = value !== null && isShareOfCustomers(plan) ? wilson(over!, divisor!) : undefined;
  return {...named(column), state, active, observed, value, ...(interval && {low: interval[0], high: interval[1]})};
}

function cellOf(row: Row, column: Column, context: LineContext): CohortCell {
  const {plan} = context;
  const state = stateOf(row, column, context.plan);
  if (row.isHidden) return {...blank(column, state), suppressed: true};
  if (state === "later") return blank(column, state);
  const parts = partsAt(row.sums, column.place, column.until, plan, row.cost);
  // The last day of a running period is not known; of rolling periods only who is that old alone.
  const isKnown = state === "whole" || (plan.choices.span === "rolling" ? isOwnAge(plan) && parts.observed > 0 : !hasStock(plan.cohort));
  return isKnown ? valued(column, state, parts, plan, isSum(plan) ? 1 : parts.under) : blank(column, state, parts.observed);
}

/** Returns the weighted average of whole cells: Σ over ÷ Σ under; of sums, by cohort. */
function averageOf(rows: readonly Row[], column: Column, context: LineContext): CohortCell {
  const {plan} = context;
  const parts = rows
    .filter((row) => !row.isHidden && stateOf(row, column, context.plan) === "whole")
    .map((row) => partsAt(row.sums, column.place, column.until, plan, row.cost))
    .filter(({over, under}) => over !== null && under !== null);
  const sum = (of: (one: Parts) => number) => parts.reduce((all, one) => all + of(one), 0);
  if (parts.length === 0) return blank(column, "later");
  const whole = {active: sum(({active}) => active), observed: sum(({observed}) => observed), over: sum(({over}) => over!), under: sum(({under}) => under!)};
  return valued(column, "whole", whole, plan, isSum(plan) ? parts.length : whole.under);
}

/** Up to the last age that some cohort has whole. */
const trimmed = (cells: readonly CohortCell[]): CohortCell[] => cells.slice(0, 1 + cells.map(({state}) => state).lastIndexOf("whole"));

function lineOf(row: Row, member: string | null, columns: readonly Column[], context: LineContext): CohortLine {
  const {plan, calendar, firstDay} = context;
  const {grain, span, measure, first} = plan.choices;
  const {start, end} = unitContaining(grain, dateOf(row.period), calendar);
  const cells = columns.map((column) => cellOf(row, column, context));
  return {
    key: row.period, member, size: row.isHidden ? 0 : row.sums.size, base: !row.isHidden && row.sums.hasRevenue ? baseOf(row.sums, span) : null,
    isCurrent: end.toString() > plan.asOf && start.toString() <= plan.asOf,
    isTruncated: first === "ever" && firstDay !== null && firstDay >= start.toString() && firstDay < end.toString(),
    cells,
    ...(measure === "payback" && {cac: row.cost, paybackPeriod: row.isHidden ? null : paybackOf(row, columns, context)}),
    ...(row.isHidden && {suppressed: true as const})
  };
}

/** The first whole age at which profit per customer reaches what one cost. */
function paybackOf(row: Row, columns: readonly Column[], context: LineContext): number | null {
  if (row.cost === null) return null;
  const reached = columns.find((column) => {
    const {over, observed} = partsAt(row.sums, column.place, column.until, context.plan, row.cost);
    return stateOf(row, column, context.plan) === "whole" && over !== null && observed > 0 && over / observed >= row.cost!;
  });
  return reached?.from ?? null;
}

/** Returns the lines of one member's periods of start, and their average. */
export function periodLines(groups: readonly Group[], member: string | null, hidden: ReadonlySet<string>, periods: readonly string[], context: LineContext): {readonly lines: CohortLine[]; readonly average: CohortCell[]} {
  const rows = groups.map((sums): Row => ({period: sums.period, sums, ages: agesOf(sums.period, context), cost: context.costOf(sums.period, member), isHidden: hidden.has(sums.period)}));
  const columns = columnsOf(periods, context);
  return {lines: rows.map((row) => lineOf(row, member, columns, context)), average: trimmed(columns.map((column) => averageOf(rows, column, context)))};
}

/** Returns one line a member: the average of its periods of start, and that of all. */
export function memberLines(members: ReadonlyMap<string | null, readonly Group[]>, hidden: ReadonlySet<string | null>, periods: readonly string[], context: LineContext): {readonly lines: CohortLine[]; readonly average: CohortCell[]} {
  const {plan: {choices: {measure, span}}} = context;
  const columns = columnsOf(periods, context);
  const rowsOf = (member: string | null, groups: readonly Group[]): Row[] =>
    groups.map((sums) => ({period: sums.period, sums, ages: agesOf(sums.period, context), cost: context.costOf(sums.period, member), isHidden: hidden.has(member)}));
  const told = [...members].map(([member, groups]) => {
    const rows = rowsOf(member, groups);
    const isHidden = hidden.has(member);
    const sums = addSums(groups);
    const cells = columns.map((column) => (isHidden ? {...averageOf(rows, column, context), suppressed: true as const} : averageOf(rows, column, context)));
    const line: CohortLine = {
      key: member ?? "", member, size: isHidden ? 0 : sums.size, base: !isHidden && sums.hasRevenue ? baseOf(sums, span) : null, isCurrent: false, isTruncated: false, cells,
      ...(measure === "payback" && {...costOfAll(rows), paybackPeriod: paybackOfAverage(cells, rows, context)}),
      ...(isHidden && {suppressed: true as const})
    };
    return {line, rows};
  });
  const bySize = (a: CohortLine, b: CohortLine) => Number(a.member === null) - Number(b.member === null) || b.size - a.size || ((a.member ?? "") < (b.member ?? "") ? -1 : 1);
  return {lines: told.map(({line}) => line).sort(bySize), average: trimmed(columns.map((column) => averageOf(told.flatMap(({rows}) => rows), column, context)))};
}

/** What one of a member's customers cost: of those periods whose cost is known. */
function costOfAll(rows: readonly Row[]): {readonly cac: number | null} {
  const known = rows.filter(({cost}) => cost !== null);
  const size = known.reduce((all, {sums}) => all + sums.size, 0);
  return {cac: size === 0 ? null : known.reduce((all, {cost, sums}) => all + cost! * sums.size, 0) / size};
}

function paybackOfAverage(cells: readonly CohortCell[], rows: readonly Row[], {plan}: LineContext): number | null {
  const {cac} = costOfAll(rows);
  if (cac === null) return null;
  const enough = plan.choices.form === "share" ? 1 : cac;
  return cells.find(({state, value}) => state === "whole" && value !== null && value >= enough)?.period ?? null;
}
