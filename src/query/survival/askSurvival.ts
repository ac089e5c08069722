// The door to how long customers stay: the build, the browser and the terminal ask here.

import {yearlyDiscount} from "../../metrics/customerValue.js";
import {horizons, leastAtRisk, lifetimeMart, lifetimeNeeds, monthDays, survivals} from "../../metrics/survival.js";
import {carriedFilters} from "../carried.js";
import {smallOnes} from "../cohort/hide.js";
import {checkDimensions} from "../filters.js";
import type {Run} from "../question.js";
import {QuestionError} from "../questionError.js";
import type {StudyOptions} from "../studies.js";
import {chiSquareTail, quadraticForm} from "./chiSquare.js";
import {isSurvivalFed, type DiscountedStay, type HazardBand, type LogRank, type RestrictedMean, type SurvivalCurve, type SurvivalPoint, type SurvivalQuestion, type SurvivalTold} from "./question.js";
import {curveStatement, discountedStatement, hazardStatement, logRankStatement, meansStatement, sumsStatement, type Chosen} from "./statements.js";

type Row = Awaited<ReturnType<Run>>[number];

/** Returns the answers, in order. Throws a QuestionError where no source feeds lifetimes, and for dimensions and members that the report does not know. */
export const askSurvivals = (questions: readonly SurvivalQuestion[], options: StudyOptions): Promise<SurvivalTold[]> => Promise.all(questions.map((question) => askSurvival(question, options)));

/** Returns the answer. Throws as `askSurvivals` does. */
export async function askSurvival(question: SurvivalQuestion, {manifest, run}: StudyOptions): Promise<SurvivalTold> {
  const {id, by: asked, filters: picked = [], horizon: wanted} = question;
  if (!survivals.includes(id)) throw new QuestionError({code: "unknown_choice", value: id, message: `unknown survival: ${JSON.stringify(id)}`, allowed: survivals});
  if (!isSurvivalFed(manifest)) throw new QuestionError({code: "unknown_choice", value: id, message: `no source feeds the survival ${JSON.stringify(id)}: it needs ${lifetimeNeeds.join(" or ")}`, allowed: []});
  checkDimensions({by: asked === undefined ? [] : [asked], filters: []}, manifest.dimensions);
  const {filters, notApplied} = carriedFilters(lifetimeMart, picked, manifest);
  const carried = manifest.marts.find(({name}) => name === lifetimeMart)?.columns.some(({name}) => name === asked) ?? false;
  const by = carried ? asked : undefined;
  const chosen: Chosen = {...(by !== undefined && {by}), filters};
  const least = Math.max(question.least ?? leastAtRisk, manifest.minGroup ?? 1);
  const summed = await run(sumsStatement(chosen, least));
  const sums = summed.filter((row) => row["is_total"] !== null);
  const total = sums.find((row) => row["is_total"]);
  const end = numberOf(total?.["until"]);
  const months = bandMonths(end ?? 0);
  const horizon = wanted ?? (end === null ? null : (horizons.find((count) => count * monthDays <= end) ?? 0) * monthDays || end);
  const reached = horizon === null || end === null ? [] : wanted !== undefined ? [wanted / monthDays] : horizons.filter((count) => count * monthDays <= end);
  const [points, means, discounts, hazard, tests] = await Promise.all([
    run(curveStatement(chosen)), horizon === null ? [] : run(meansStatement(chosen, horizon)), reached.length === 0 ? [] : run(discountedStatement(chosen, reached, yearlyDiscount)), run(hazardStatement(chosen, months)), by === undefined ? [] : run(logRankStatement(chosen))
  ]);
  const marks = end === null ? [] : points.filter((row) => row["is_total"] && row["is_mark"] && Number(row["age"]) <= end).map((row) => Number(row["age"]));
  const smallest = manifest.minGroup ?? 1;
  const lines = sums.map((row) => curveOf(row, {points, means, discounts, hazard}, {horizon, marks, least, smallest, most: question.points ?? Infinity}));
  const all = lines.find((_, k) => sums[k]!["is_total"]) ?? none(null);
  const members = lines.filter((_, k) => !sums[k]!["is_total"]);
  const small = smallOnes(new Map(members.map(({member, customers}) => [member, customers])), smallest);
  const isHidden = filters.length > 0 && all.customers < smallest;
  const hide = (line: SurvivalCurve): SurvivalCurve => (isHidden || small.has(line.member) ? {...none(line.member), suppressed: true} : line);
  const few = (count: number) => (count < smallest ? 0 : count);
  return {
    id, asOf: manifest.asOf, least, late: few(Number(total?.["late"] ?? 0)), leftOut: few(Number(summed[0]?.["left_out"] ?? 0)), horizon, marks,
    total: isHidden ? {...none(null), suppressed: true} : all,
    ...(by !== undefined && {by, logRank: isHidden ? null : testOf(tests, small)}),
    curves: members.map(hide), notApplied: [...new Set([...notApplied, ...(asked === undefined || carried ? [] : [asked])])]
  };
}

const numberOf = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

const none = (member: string | null): SurvivalCurve => ({member, customers: 0, losses: 0, end: null, median: null, medianLow: null, medianHigh: null, mean: null, discounted: null, monthlyValue: null, points: [], atRisk: [], hazard: []});

/** Bands of one month up to three years: renewals stand out. */
const bandMonths = (end: number): number => [1, 3, 6].find((months) => end <= months * 36 * monthDays) ?? 12;

interface Limits {
  readonly horizon: number | null;
  readonly marks: readonly number[];
  readonly least: number;
  readonly smallest: number;
  readonly most: number;
}

function curveOf(sums: Row, rows: {readonly points: readonly Row[]; readonly means: readonly Row[]; readonly discounts: readonly Row[]; readonly hazard: readonly Row[]}, {horizon, marks, least, smallest, most}: Limits): SurvivalCurve {
  const own = (all: readonly Row[]) => all.filter((row) => row["is_total"] === sums["is_total"] && row["member"] === sums["member"]);
  const end = numberOf(sums["until"]);
  const placed = own(rows.points).filter((row) => end !== null && Number(row["age"]) <= end);
  const points = placed.filter((row) => Number(row["losses"]) > 0).map((row): SurvivalPoint => ({
    age: Number(row["age"]), atRisk: Number(row["at_risk"]), losses: Number(row["losses"]), surviving: Number(row["surviving"]), low: numberOf(row["low"]), high: numberOf(row["high"])
  }));
  const atMarks = new Map(placed.filter((row) => row["is_mark"]).map((row) => [Number(row["age"]), Number(row["at_risk"])]));
  const [mean] = own(rows.means);
  return {
    member: (sums["member"] as string | null) ?? null, customers: Number(sums["customers"]), losses: Number(sums["losses"]), end,
    median: numberOf(sums["median"]), medianLow: numberOf(sums["low"]), medianHigh: numberOf(sums["high"]),
    mean: mean && end !== null && horizon !== null && horizon <= end ? meanOf(mean, horizon) : null,
    discounted: discountedOf(own(rows.discounts).find((row) => end !== null && Number(row["months"]) * monthDays <= end)),
    monthlyValue: numberOf(sums["monthly_value"]),
    points: thinned(apart(points, smallest), most), atRisk: marks.map((age) => atMarks.get(age) ?? 0).map((count) => (count < smallest ? 0 : count)),
    hazard: own(rows.hazard).map(bandOf).filter((band) => end !== null && band.from < end && band.customers >= least && (band.losses === 0 || band.losses >= smallest))
  };
}

function meanOf(row: Row, horizon: number): RestrictedMean {
  const value = Number(row["mean"]);
  const off = 1.959963984540054 * Math.sqrt(Number(row["variance"]));
  return {value, low: Math.max(0, value - off), high: Math.min(horizon, value + off)};
}

/** The interval is that of the area, as the mean's is: of whom the data happen to hold, at the same discount. */
function discountedOf(row: Row | undefined): DiscountedStay | null {
  if (!row) return null;
  const [horizon, value] = [Number(row["months"]) * monthDays, Number(row["mean"])];
  const off = 1.959963984540054 * Math.sqrt(Number(row["variance"]));
  return {horizon, value, low: Math.max(0, value - off), high: Math.min(horizon, value + off)};
}

/** The interval is that of a Poisson count, on the scale of its logarithm. */
function bandOf(row: Row): HazardBand {
  const [losses, months] = [Number(row["losses"]), Number(row["months"])];
  const rate = months > 0 ? losses / months : 0;
  const factor = Math.exp(1.959963984540054 / Math.sqrt(losses));
  return {from: Number(row["since"]), to: Number(row["upto"]), customers: Number(row["customers"]), losses, months, rate, low: losses > 0 ? rate / factor : null, high: losses > 0 ? rate * factor : null};
}

/** Points between which fewer than a group were last seen would tell of single customers. */
function apart(points: readonly SurvivalPoint[], smallest: number): SurvivalPoint[] {
  if (smallest <= 1) return [...points];
  const kept: SurvivalPoint[] = [];
  for (const point of points) if (kept.length === 0 || kept.at(-1)!.atRisk - point.atRisk >= smallest) kept.push(point);
  return kept;
}

/** Evenly, with the last: each is as it was. */
function thinned(points: readonly SurvivalPoint[], most: number): readonly SurvivalPoint[] {
  if (points.length <= most) return points;
  return Array.from({length: most}, (_, k) => points[Math.ceil(((k + 1) * points.length) / most) - 1]!);
}

function testOf(rows: readonly Row[], hidden: ReadonlySet<string | null>): LogRank | null {
  const lines = [...new Set(rows.map((row) => Number(row["line"])))];
  const groups = lines.map((line) => rows.find((row) => Number(row["line"]) === line)!).map((row) => ({member: (row["member"] as string | null) ?? null, observed: Number(row["observed"]), expected: Number(row["expected"])}));
  const covariances = lines.map((line) => rows.filter((row) => Number(row["line"]) === line).map((row) => Number(row["covariance"])));
  const {value, rank} = quadraticForm(groups.map(({observed, expected}) => observed - expected), covariances);
  if (rank === 0) return null;
  return {chiSquare: value, df: rank, p: chiSquareTail(value, rank), groups: groups.filter(({member}) => !hidden.has(member))};
}
