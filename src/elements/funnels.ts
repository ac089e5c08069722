// What the elements of a funnel share: the question that a reader's view of it asks, and the words around the answer.

import type {DimensionId} from "../metrics/define.js";
import {funnelMart, type Funnel} from "../metrics/funnel.js";
import type {FunnelCounts} from "../query/funnel/answer.js";
import {biggestLeak, rateDifference} from "../query/funnel/compare.js";
import {isChain} from "../query/funnel/plan.js";
import {findFunnel} from "../query/funnel/askFunnel.js";
import type {FunnelQuestion} from "../query/funnel/question.js";
import {usualDimensions} from "../query/funnel/view.js";
import {trendPeriods} from "../query/calendar.js";
import type {Cell, Period} from "../query/question.js";
import type {ReaderState} from "../query/state.js";
import type {FunnelViewOptions} from "../components/funnel/frame.js";
import {periodOf, type ReportContext} from "./definition.js";

/** Returns the dimensions that one of the funnels can be broken down by, the usual ones first. */
export function funnelDimensions(funnels: readonly Funnel[], {manifest}: Pick<ReportContext, "manifest">): DimensionId[] {
  const carried = new Set(funnels.flatMap(({entity}) => manifest.marts.find(({name}) => name === funnelMart[entity])?.columns.map(({name}) => name) ?? []));
  const found = manifest.dimensions.map(({id}) => id).filter((id) => carried.has(id));
  return [...usualDimensions.filter((id) => found.includes(id)), ...found.filter((id) => !usualDimensions.includes(id))].filter((id) => id !== "stage");
}

/** Returns the question of a funnel in a reader's state, broken down by what the reader chose or the usual. */
export function funnelQuestion(id: string, state: ReaderState, context: ReportContext, period: Pick<Period, "key"> = periodOf(state, context)): FunnelQuestion {
  const funnel = findFunnel(id, context.manifest);
  const {mode, window, credit, by = funnelDimensions([funnel], context)[0]} = state.funnel ?? {};
  const hasCredit = credit !== undefined && (typeof credit !== "object" || funnel.steps.some((step) => step.id === credit.step));
  return {
    id,
    choices: {
      period: period.key,
      ...(state.filters.length > 0 && {filters: state.filters}),
      ...(by !== undefined && {by}),
      ...(mode !== undefined && {mode}),
      ...(window !== undefined && {window}),
      ...(hasCredit && {credit})
    }
  };
}

/** Returns the same question over as many months as show a year and the same month a year before, if the period is shorter. */
export function trendQuestion(id: string, state: ReaderState, context: ReportContext): FunnelQuestion {
  const {manifest} = context;
  const period = periodOf(state, context);
  const first = period.grain === "all" ? undefined : trendPeriods(period, {grain: "month", count: 13}, manifest)[0];
  const question = funnelQuestion(id, state, context);
  if (!first || first.start >= period.start) return question;
  const {by: _, ...choices} = question.choices;
  return {id, choices: {...choices, period: `${first.start}..${period.census}`}};
}

/** Returns what every chart of a funnel is given beside its answer. */
export function funnelLook({funnel, rows}: FunnelCounts, {format, document, onChange, room}: ReportContext): FunnelViewOptions {
  const total = rows.find((row) => row.total);
  const reading = {chain: isChain(funnel), leak: total ? biggestLeak(total) : null, difference: (a: Cell, b: Cell) => rateDifference(a, b)};
  return {reading, format, document, heading: "h3", interactive: onChange !== undefined, ...(room && {room})};
}
