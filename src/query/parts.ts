// What a composed number is made of, and over which days each part is taken.

import {isCalendar, type Metric, type ShiftedMetric} from "../metrics/define.js";
import {calendarNumber, lastYearPeriod, movedPeriod, previousPeriod, windowPeriod, type CalendarContext} from "./calendar.js";
import type {Leaf} from "./measure.js";
import type {Cell, Period} from "./question.js";

/** The days of one number. */
export interface Moment extends Period {
  /** They overlap with those of the next period: counted apart. */
  readonly running?: boolean;
  /** They go back behind the period that was asked for: without a value where the data begin later. */
  readonly trailing?: boolean;
}

/** Another metric at its own days, or a number that no data are needed for. */
export type Part = {readonly metric: Metric; readonly moment: Moment} | {readonly cell: Cell};

const measured = ["simple", "balance", "conversion", "movement"] as const;

/** Whether the metric is counted over one mart, not composed of others. */
export const isMeasured = (metric: Metric): metric is Leaf => (measured as readonly string[]).includes(metric.type);

/** Returns the parts of a composed metric in the order of its declaration; none for a measured one. */
export function partsOf(metric: Metric, moment: Moment, context: CalendarContext): Part[] {
  switch (metric.type) {
    case "simple":
    case "balance":
    case "conversion":
    case "movement": return [];
    case "ratio": return [{metric: metric.numerator, moment}, {metric: metric.denominator, moment}];
    case "share": return [{metric: metric.measure, moment}];
    case "derived":
      return Object.values(metric.inputs).map((input) => (isCalendar(input) ? {cell: calendarCell(calendarNumber(moment, input.calendar, context))} : {metric: input, moment}));
    case "cumulative": {
      const trailing = moment.trailing || typeof metric.window === "object";
      return [{metric: metric.measure, moment: {...windowPeriod(moment, metric.window, context), running: true, trailing}}];
    }
    case "shifted": {
      const period = shiftedPeriod(moment, metric.by, context);
      return [period ? {metric: metric.measure, moment: {...period, running: moment.running || typeof metric.by === "object", trailing: true}} : {cell: {value: null, n: 0, reason: "incomplete"}}];
    }
  }
}

/** Of as many records as one likes: how many a number rests on, its other parts tell. */
const calendarCell = (value: number | null): Cell => ({value, n: Infinity, ...(value === null && {reason: "too_early" as const})});

function shiftedPeriod(moment: Moment, by: ShiftedMetric["by"], context: CalendarContext): Period | null {
  if (by === "previous") return previousPeriod(moment, context);
  return by === "last_year" ? lastYearPeriod(moment, context) : movedPeriod(moment, by, context);
}
