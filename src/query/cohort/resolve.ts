// What a report offers of its cohorts, and a reader's choices decided and checked against that.

import {cohortEvents, cohortFirsts, cohortGrains, cohortMart, cohortMeasures, cohortSpans, isStock, type Cohort, type CohortEvent, type CohortGrain, type CohortMeasure} from "../../metrics/cohort.js";
import {cac} from "../../metrics/customerValue.js";
import type {DimensionId} from "../../metrics/define.js";
import {parsePeriod, type CalendarContext} from "../calendar.js";
import {missingData, shippedDimensions} from "../catalogue.js";
import {checkDimensions} from "../filters.js";
import type {Manifest} from "../manifest.js";
import {dateOf, unitAfter, unitContaining} from "../periodKey.js";
import type {Period} from "../question.js";
import {QuestionError} from "../questionError.js";
import type {Bracket, CohortChoices, CohortOffer, CohortPlan} from "./plan.js";

/** Returns the report's cohort of that id. Throws a QuestionError naming the nearest and all there are. */
export function findCohort(id: string, {cohorts = []}: Pick<Manifest, "cohorts">): Cohort {
  const cohort = cohorts.find((candidate) => candidate.id === id);
  if (cohort) return cohort;
  throw new QuestionError({code: "unknown_cohort", value: id, message: `unknown cohort: ${JSON.stringify(id)}`, allowed: cohorts.map((candidate) => candidate.id)});
}

type Fed = Pick<Manifest, "fed" | "marts">;

const needsFed = (needs: readonly string[], {fed}: Pick<Manifest, "fed">): boolean => needs.every((need) => need.split("|").some((column) => fed.includes(column)));
const isEventFed = (event: CohortEvent, manifest: Fed): boolean => needsFed(cohortEvents[event], manifest) && manifest.marts.some(({name}) => name === cohortMart);

/** Returns the cohort with only those events that some source feeds; null where its start, or all that counts as being back, is not among them. */
export function fedCohort(cohort: Cohort, manifest: Fed): Cohort | null {
  const fed = (events: readonly CohortEvent[]) => events.filter((event) => isEventFed(event, manifest));
  const [returns, money] = [fed(cohort.returns), fed(cohort.money)];
  return isEventFed(cohort.start, manifest) && returns.length > 0 ? {...cohort, returns, money} : null;
}

/** Returns the report's cohorts that its data feed. */
export const shownCohorts = (manifest: Fed & Pick<Manifest, "cohorts">): Cohort[] => (manifest.cohorts ?? []).filter((cohort) => fedCohort(cohort, manifest));

/** Whether what counts is known at the ends of months only. */
export const hasStock = ({returns, money}: Pick<Cohort, "returns" | "money">): boolean => [...returns, ...money].some(isStock);

const carries = (dimension: DimensionId, {marts}: Pick<Manifest, "marts">): boolean =>
  marts.some(({name, columns}) => name === cohortMart && columns.some((column) => column.name === dimension));

/** Returns what a reader may choose of a cohort; nothing where its data are not fed. */
export function cohortOffer(cohort: Cohort, manifest: Fed & Pick<Manifest, "dimensions" | "withheld">): CohortOffer {
  const fed = fedCohort(cohort, manifest);
  if (!fed) return {measures: [], grains: [], spans: [], firsts: [], dimensions: []};
  const stock = hasStock(fed);
  const hasMargin = fed.money.includes("purchase") && needsFed(["order_line.cost_amount"], manifest);
  const offers = (measure: CohortMeasure): boolean => {
    switch (measure) {
      case "repeat": return !stock;
      // Of a stock the months add up to what was paid only where a period is a month; they are monthly values.
      case "revenue_per_customer": return fed.money.length > 0 && !stock;
      case "grr": case "nrr": return fed.money.length > 0;
      case "margin": return hasMargin;
      case "payback": return hasMargin && missingData(cac, manifest) === null;
      default: return true;
    }
  };
  return {
    measures: cohortMeasures.filter(offers),
    grains: stock ? ["month", "quarter", "year"] : cohortGrains,
    spans: stock ? ["calendar"] : cohortSpans,
    firsts: cohortFirsts,
    dimensions: shippedDimensions.filter((id) => carries(id, manifest) && manifest.dimensions.some((info) => info.id === id))
  };
}

/** How many cohorts are shown where the reader named no range. */
export const usualCohorts: Readonly<Record<CohortGrain, number>> = {day: 31, week: 26, month: 24, quarter: 12, year: 10};
/** Most cohorts, and most ages of one. */
export const mostCohorts = 120;
export const mostAges = 60;

export const usualBrackets: readonly Bracket[] = [[0, 0], [1, 3], [4, 6], [7, 12], [13, 24]];

/** Measures of which a share of the age before makes sense: others add up over ages. */
const stepwise: readonly CohortMeasure[] = ["on", "on_or_after", "bracketed", "grr", "nrr"];

/**
 * Returns a cohort as it is to be run, and what its events do not carry; null where its data are not fed. Throws a
 * QuestionError for a choice that the report does not offer, and for a range, dimension or member that it does not know.
 */
export function resolveCohort(declared: Cohort, choices: CohortChoices, manifest: Manifest): {readonly plan: CohortPlan; readonly notApplied: DimensionId[]} | null {
  const cohort = fedCohort(declared, manifest);
  if (!cohort) return null;
  const offer = cohortOffer(declared, manifest);
  const of = <T extends string>(name: string, wanted: T | undefined, usual: T, offered: readonly T[]): T => {
    if (wanted === undefined) return offered.includes(usual) ? usual : offered[0]!;
    if (offered.includes(wanted)) return wanted;
    throw new QuestionError({code: "unknown_choice", value: wanted, message: `${declared.id}: no ${name} ${JSON.stringify(wanted)}`, allowed: offered});
  };
  const grain = of("grain", choices.grain, cohort.grain, offer.grains);
  const measure = of("measure", choices.measure, "on", offer.measures);
  const {by = null, filters = [], key = cohort.key} = choices;
  const picked = filters.filter(({values}) => values.length > 0);
  const asked = [...(by === null ? [] : [by]), ...(key === "start" ? [] : [key])];
  checkDimensions({by: [...new Set(asked)], filters}, manifest.dimensions);
  const notApplied = [...new Set([...asked, ...picked.map(({dimension}) => dimension)])].filter((dimension) => !carries(dimension, manifest));
  const applied = <T extends string>(dimension: T): boolean => !notApplied.includes(dimension as DimensionId);
  const shownKey = key === "start" || !applied(key) ? "start" : key;
  const range = wholePeriods(choices.range, grain, manifest);
  return {
    notApplied,
    plan: {
      cohort, start: range.start, end: range.end, asOf: manifest.asOf, weekStart: manifest.calendar.weekStart,
      choices: {
        measure, grain, key: shownKey, range,
        span: of("span", choices.span, cohort.span, offer.spans),
        first: of("first", choices.first, cohort.first, offer.firsts),
        base: stepwise.includes(measure) ? choices.base ?? "first" : "first",
        form: choices.form ?? "share",
        brackets: checkedBrackets(choices.brackets ?? usualBrackets),
        by: shownKey === "start" && by !== null && applied(by) ? by : null,
        filters: picked.filter(({dimension}) => applied(dimension))
      }
    }
  };
}

function checkedBrackets(brackets: readonly Bracket[]): readonly Bracket[] {
  const wrong = brackets.find(([a, b], k) => !Number.isInteger(a) || !Number.isInteger(b) || a < 0 || b < a || (k > 0 && a <= brackets[k - 1]![1]));
  if (!wrong && brackets.length > 0) return brackets;
  throw new QuestionError({code: "unknown_choice", value: wrong?.join("-") ?? "", message: `brackets of ages rise and do not overlap, such as 0-0, 1-3, 4-6: ${JSON.stringify(brackets)}`});
}

/** The periods that a range touches, the latest where none is named; a cohort is never cut in two. */
function wholePeriods(key: string | undefined, grain: CohortGrain, context: CalendarContext): Period {
  const {calendar, asOf} = context;
  const last = unitContaining(grain, dateOf(asOf), calendar);
  const asked = key === undefined ? undefined : parsePeriod(key, context);
  const final = asked ? unitContaining(grain, dateOf(asked.census), calendar) : last;
  const earliest = unitAfter(grain, final.start, 1 - (asked ? mostCohorts : usualCohorts[grain]), calendar);
  const begun = unitContaining(grain, dateOf(asked && asked.start > context.firstDay ? asked.start : context.firstDay), calendar);
  const latest = begun.start.toString() > earliest.start.toString() ? begun : earliest;
  const first = latest.start.toString() > final.start.toString() ? final : latest;
  return parsePeriod(first.key === final.key ? first.key : `${first.key}..${final.key}`, context);
}
