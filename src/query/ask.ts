// The one door to the numbers: the terminal, the build and the browser all ask here.

import type {Metric} from "../metrics/define.js";
import {beforeRecords, isCovered, lastYearPeriod, parsePeriod, previousPeriod, trendPeriods} from "./calendar.js";
import {catalogueOf, findMetric, missingData} from "./catalogue.js";
import {compile, type CompileContext} from "./compile.js";
import {composeCell} from "./compose.js";
import {cubeChoice} from "./cubeChoice.js";
import {chancesStatement, drawnCell, drawnPart, readChances, type Chances} from "./drawn.js";
import {checkDimensions, scopeOf, type Scope} from "./filters.js";
import type {Manifest} from "./manifest.js";
import {emptyMeasure, type ResultRow} from "./measure.js";
import {isMeasured, partsOf, type Moment} from "./parts.js";
import {planWants, ruleOf, totalKey, wantOf, wantsOf, type Plan, type Want} from "./plan.js";
import type {Answer, AnswerRow, Cell, MissingData, Period, Question, Role, Run} from "./question.js";
import {suppressSmall} from "./suppress.js";
import {goalId} from "./variants.js";
import {goalOf, readGoals, targetStatement, type Goals} from "./targets.js";

export interface AskOptions {
  readonly manifest: Manifest;
  readonly run: Run;
  /** All metrics that may be asked for; the declared ones and those of custom measures where absent. */
  readonly catalogue?: readonly Metric[];
}

interface Asked {
  readonly question: Question;
  readonly period: Period;
  readonly moments: readonly {readonly role: Role; readonly period: Period}[];
  readonly metrics: readonly {readonly metric: Metric; readonly scope: Scope; readonly missing: MissingData | null}[];
}

/**
 * Returns the answer to one question: for each metric and role, the total row first, then one row for every member that
 * has records in any of the asked periods. Throws a QuestionError for anything that the report does not know.
 */
export async function ask(question: Question, options: AskOptions): Promise<Answer> {
  const [answer] = await askMany([question], options);
  return answer!;
}

/** Returns the answers to several questions, in their order. Questions share statements wherever they can. */
export async function askMany(questions: readonly Question[], options: AskOptions): Promise<Answer[]> {
  return Promise.all(askEach(questions, options));
}

/** Returns what askMany returns, each answer as soon as the statements that it rests on have been run. */
export function askEach(questions: readonly Question[], {manifest, run, catalogue = catalogueOf(manifest)}: AskOptions): Promise<Answer>[] {
  const asked = questions.map((question) => resolve(question, manifest, catalogue));
  const wants = asked.map(({metrics, moments}) => metrics.flatMap(({metric, scope, missing}) =>
    missing ? [] : moments.filter(({period}) => !beforeRecords(period, manifest)).flatMap(({period}) => wantsOf(metric, period, scope, manifest))));
  const context = compileContext(manifest);
  const plan = planWants(wants.flat(), cubeChoice(manifest, catalogue, context));
  const goalWants = asked.flatMap(({metrics, moments}) => metrics.map(({metric, scope}) => ({metric: goalId(metric, manifest), scope, periods: moments.map(({period}) => period)})));
  const targets = targetStatement(goalWants, manifest);
  // Every answer waits for the goals: they are few, and first.
  const goals = targets ? run(targets).then(readGoals) : readGoals([]);
  const batches = plan.batches.map((batch) => run(compile(batch, context)));
  return asked.map(async (one, k) => {
    // Of thousands of batches each answer rests on a few: its results have places for those alone.
    const needed = [...new Set(wants[k]!.map(plan.placeOf))];
    const [rows, known, drawn] = await Promise.all([Promise.all(needed.map((place) => batches[place]!)), goals, chancesOf(one, {run, manifest, context})]);
    const results: (readonly ResultRow[])[] = [];
    needed.forEach((place, i) => (results[place] = rows[i]!));
    return answerOf(one, {plan, results, goals: known, drawn, manifest});
  });
}

/** What the asked numbers of the current period that are drawn rest on, by metric. */
async function chancesOf({metrics, period}: Asked, {run, manifest, context}: Pick<AskOptions, "run" | "manifest"> & {readonly context: CompileContext}): Promise<ReadonlyMap<string, Chances>> {
  const found = metrics.flatMap(({metric, scope, missing}) => {
    const part = missing || beforeRecords(period, manifest) ? null : drawnPart(metric);
    return part ? [run(chancesStatement(part, period, scope, context)).then((rows) => [metric.id, readChances(rows, scope.by.length, totalKey)] as const)] : [];
  });
  return new Map(await Promise.all(found));
}

/** Returns what compiling rests on, from the manifest. */
export function compileContext({asOf, windows, calendar, marts, unrated}: Manifest): CompileContext {
  const types = new Map(marts.flatMap(({name, columns}) => columns.map((column) => [`${name}.${column.name}`, column.type])));
  return {asOf, windows, calendar, unrated: unrated !== undefined, typeOf: (mart, column) => types.get(`${mart}.${column}`)};
}

function resolve(question: Question, manifest: Manifest, catalogue: readonly Metric[]): Asked {
  checkDimensions(question, manifest.dimensions);
  const metrics = [...new Set(question.metrics)].map((id) => findMetric(id, catalogue));
  const period = parsePeriod(question.period, manifest);
  const references = [...new Set(question.compare ?? [])].flatMap((role) => {
    const reference = role === "previous" ? previousPeriod(period, manifest) : lastYearPeriod(period, manifest);
    return reference ? [{role, period: reference}] : [];
  });
  const trend = question.trend ? trendPeriods(period, question.trend, manifest) : [];
  return {
    question, period,
    moments: [{role: "current", period}, ...references, ...trend.map((one) => ({role: "trend" as const, period: one}))],
    metrics: metrics.map((metric) => ({metric, scope: scopeOf(metric, question, manifest.dimensions), missing: missingData(metric, manifest)}))
  };
}

interface Results {
  readonly plan: Plan;
  readonly results: readonly (readonly ResultRow[])[];
  readonly goals: Goals;
  readonly drawn: ReadonlyMap<string, Chances>;
  readonly manifest: Manifest;
}

const roleOrder: readonly Role[] = ["current", "previous", "last_year", "trend"];
const unknown = (missing: MissingData | null): Cell => ({value: null, n: 0, reason: missing?.why ?? "not_in_data"});

function answerOf({question, period, moments, metrics}: Asked, results: Results): Answer {
  const {manifest, goals, drawn} = results;
  const ordered = [...moments].sort((a, b) => roleOrder.indexOf(a.role) - roleOrder.indexOf(b.role));
  const tables = metrics.map(({metric, scope, missing}) => ({
    metric, scope, missing,
    cells: ordered.map(({role, period: at}) => ({
      role, period: at,
      of: missing || beforeRecords(at, manifest) ? null : cellsOf(metric, at, scope, results)
    }))
  }));
  const members = membersSeen(tables.flatMap(({scope, cells}) => (scope.by.length ? cells.flatMap(({of}) => (of ? [...of.cells.keys()] : [])) : [])), question, manifest);
  const rows = tables.flatMap(({metric, scope, missing, cells}) => cells.flatMap(({role, period: at, of}) => {
    const countsOf = ({total, members, n}: AnswerRow) => of?.counts?.get(total ? totalKey : JSON.stringify(members)) ?? [n];
    const told = !of || !isReference(role) || isKnown(metric, at, scope, manifest);
    const own = [totalKey, ...(scope.by.length ? members : [])].map((key): AnswerRow => {
      const own = key === totalKey ? [] : (JSON.parse(key) as (string | null)[]);
      const goal = goalOf(goals, goalId(metric, manifest), at, scope, own, manifest);
      const cell = of ? of.cells.get(key) ?? of.otherwise : unknown(missing);
      return {metric: metric.id, role, period: at, members: own, total: key === totalKey, ...(told ? cell : untold(cell)), ...(manifest.measuredWindows?.[metric.id] && {window: manifest.measuredWindows[metric.id]}), ...(role === "current" && drawnCell(cell.value, drawn.get(metric.id)?.get(key))), ...(goal === null ? {} : {target: goal.target, ...(goal.allocated !== null && {allocated: goal.allocated})})};
    });
    return manifest.minGroup === undefined ? own : suppressSmall(own, {least: manifest.minGroup, narrowed: scope.filters.length > 0, countsOf});
  }));
  return {
    asOf: manifest.asOf, question, period, rows,
    notApplied: metrics.flatMap(({metric, scope, missing}) => (missing ? [] : scope.notApplied.map((dimension) => ({metric: metric.id, dimension})))),
    missing: metrics.flatMap(({missing}) => missing ?? []),
    ...(manifest.unrated && rows.some(({unrated}) => unrated) && {unrated: manifest.unrated})
  };
}

const isReference = (role: Role) => role === "previous" || role === "last_year";

/** A reference that began before the data would make any change look large: it has no value, and says why. */
const untold = ({n}: Cell): Cell => ({value: null, n, reason: "incomplete"});

/** Whether the data cover all days that the metric's number for the period rests on. */
const isKnown = (metric: Metric, period: Period, scope: Scope, manifest: Manifest): boolean =>
  wantsOf(metric, period, scope, manifest).every((want) => isCoveredWant(want, manifest));

/** Of a stock, its one day must be known; of a movement, the day before the first; of two periods, the former. */
function isCoveredWant({leaf, days}: Want, {firstDays, firstDay}: Manifest): boolean {
  const rule = ruleOf(leaf);
  const first = firstDays?.[`${leaf.mart}.${"from" in rule ? rule.from : rule.time}`] ?? firstDay;
  if (rule.kind === "census") return first < days.end;
  if (rule.kind === "movement" && rule.flow) return days.before !== undefined && isCovered(days.before, first);
  return rule.kind === "movement" ? first < days.start : isCovered(days, first);
}

/** Keys of all member rows, in the display order of the report's dimensions; a member it does not list comes last. */
function membersSeen(keys: readonly string[], {by = []}: Question, {dimensions}: Manifest): string[] {
  const position = by.map((dimension) => {
    const order = new Map((dimensions.find(({id}) => id === dimension)?.members ?? []).map((member, k) => [member, k]));
    return (member: string | null) => order.get(member) ?? (member === null ? Infinity : order.size);
  });
  const seen = [...new Set(keys)].filter((key) => key !== totalKey).map((key) => ({key, members: JSON.parse(key) as (string | null)[]}));
  const compare = (a: (string | null)[], b: (string | null)[]) => {
    for (const [k, at] of position.entries()) {
      const [x, y] = [a[k]!, b[k]!];
      const difference = at(x) === at(y) ? (x === y ? 0 : (x ?? "") < (y ?? "") ? -1 : 1) : at(x) - at(y);
      if (difference) return difference;
    }
    return 0;
  };
  return seen.sort((a, b) => compare(a.members, b.members)).map(({key}) => key);
}

/** Cells by member key, and that of a member which has no records. */
interface CellTable {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly otherwise: Cell;
  /** Of what is calculated from several numbers, where small groups have none: the records behind it and behind each of them, by member key. */
  readonly counts?: ReadonlyMap<string, readonly number[]>;
}

const nowhere: ReadonlyMap<string, Cell> = new Map();

/** Cells of a metric for one period; members without records in any part are not among them. */
function cellsOf(metric: Metric, moment: Moment, scope: Scope, results: Results): CellTable {
  if (isMeasured(metric)) {
    const want = wantOf(metric, moment, scope, results.manifest);
    const otherwise = emptyMeasure(metric);
    return want.trailing && !isCoveredWant(want, results.manifest)
      ? {cells: nowhere, otherwise: untold(otherwise)}
      : {cells: results.plan.cells(want, results.results), otherwise};
  }
  const tables = partsOf(metric, moment, results.manifest).map((part): CellTable =>
    ("metric" in part ? cellsOf(part.metric, part.moment, scope, results) : {cells: nowhere, otherwise: part.cell}));
  const at = (key: string) => ({cells, otherwise}: CellTable) => cells.get(key) ?? otherwise;
  const compose = (cellOf: (table: CellTable) => Cell) => composeCell(metric, tables.map(cellOf), at(totalKey)(tables[0]!));
  const keys = new Set(tables.flatMap(({cells}) => [...cells.keys()]));
  const composed = {cells: new Map([...keys].map((key) => [key, compose(at(key))])), otherwise: compose(({otherwise}) => otherwise)};
  if (results.manifest.minGroup === undefined || metric.type === "ratio" || metric.type === "share") return composed;
  const countsAt = (key: string) => tables.flatMap((table) => table.counts?.get(key) ?? at(key)(table).n);
  return {...composed, counts: new Map([...composed.cells].map(([key, {n}]) => [key, [n, ...countsAt(key)]]))};
}
