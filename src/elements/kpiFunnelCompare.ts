// <kpi-funnel-compare funnel="lead_to_cash"></kpi-funnel-compare>: two members beside one another, or two periods.

import {funnelCompare} from "../components/funnel/funnelCompare.js";
import {emptyState} from "../components/emptyState.js";
import type {FunnelRow} from "../query/funnel/answer.js";
import {lastYearPeriod, parsePeriod, previousPeriod} from "../query/calendar.js";
import type {Period} from "../query/question.js";
import type {ReaderState} from "../query/state.js";
import {funnelId} from "./attributes.js";
import {defineElement, periodOf, type ReportContext} from "./definition.js";
import {funnelLook, funnelQuestion} from "./funnels.js";

/** The two periods that a reader sets beside one another; of everything the last whole year and the one before. Null where the earlier one is not known. */
function periodsBeside(state: ReaderState, context: ReportContext): readonly [Period, Period] | null {
  const {manifest} = context;
  const chosen = periodOf(state, context);
  const period = chosen.grain === "all" ? parsePeriod("closed:year", manifest) : chosen;
  const before = (state.funnel?.beside === "last_year" ? lastYearPeriod : previousPeriod)(period, manifest);
  return before && [period, before];
}

/** Members of the answer in the reader's order, else those with most entries. */
function membersBeside(rows: readonly FunnelRow[], pair: readonly (string | null)[] = []): readonly (FunnelRow | undefined)[] {
  const members = rows.filter(({total}) => !total);
  const chosen = pair.map((member) => members.find((row) => row.member === member));
  if (chosen.length === 2) return chosen;
  const known = members.filter(({member, suppressed}) => member !== null && !suppressed);
  return [known[0], known[1]];
}

export const kpiFunnelCompareElement = defineElement({
  name: "kpi-funnel-compare",
  attributes: {funnel: funnelId()},
  questions: () => [],
  funnels({funnel}, state, context) {
    if (state.funnel?.beside === undefined) return [funnelQuestion(funnel, state, context)];
    return (periodsBeside(state, context) ?? [periodOf(state, context)]).map((period) => {
      const {id, choices: {by: _, ...choices}} = funnelQuestion(funnel, state, context, period);
      return {id, choices};
    });
  },
  render(_answers, _attributes, state, context, told = []) {
    const {format, document} = context;
    const [first, second] = told;
    if (state.funnel?.beside === undefined) {
      const {by, rows} = first!;
      const [a, b] = membersBeside(rows, state.funnel?.pair);
      const name = (row: FunnelRow | undefined) => (row && by !== null ? format.member(by, row.member) : "–");
      return funnelCompare(first!, {...funnelLook(first!, context), pair: [{name: name(a), row: a}, {name: name(b), row: b}], members: true});
    }
    if (!second) return emptyState({why: "no_rows", detail: format.message("funnels.compare.no_period"), format, document});
    const name = (period: Period) => format.period(period);
    const pair = [first!, second].map(({period, rows}) => ({name: name(period), row: rows[0]})) as [{name: string; row: FunnelRow | undefined}, {name: string; row: FunnelRow | undefined}];
    return funnelCompare(first!, {...funnelLook(first!, context), pair, members: false, entered: format.list(pair.map((one) => one.name), "or")});
  }
});
