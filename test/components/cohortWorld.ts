// A triangle worked up by rule: cohorts of 15 months, of which the first is truncated and the last still runs.

import {purchasesCohort} from "../../src/metrics/cohorts.js";
import type {CohortAnswer, CohortCell, CohortLine} from "../../src/query/cohort/answer.js";
import type {CohortReading} from "../../src/components/cohort/frame.js";
import {currentLine, leadOf, linePeriod} from "../../src/query/cohort/reading.js";
import {wilson} from "../../src/query/wilson.js";
import type {CalendarRules} from "../../src/query/manifest.js";

export const calendar = {weekStart: 1, fiscalYearStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []} as unknown as CalendarRules;

export const months = 15;
/** "2025-09-01" and on, to November 2026. */
const key = (i: number) => new Date(Date.UTC(2025, 8 + i, 1)).toISOString().slice(0, 10);

/** Of a cohort at an age: all at the start, then fewer, and the younger cohorts keep more. */
export const activeAt = (i: number, age: number, size: number): number => (age === 0 ? size : Math.round(size * (0.2 + 0.02 * i) * 0.95 ** age));
export const sizeOf = (i: number): number => 100 + 10 * i;

const share = (active: number, observed: number, period: number, state: CohortCell["state"]): CohortCell => {
  const [low, high] = wilson(active, observed);
  return {period, state, active, observed, value: active / observed, low, high};
};
const later = (period: number): CohortCell => ({period, state: "later", active: null, observed: 0, value: null});

function line(i: number, member: string | null = null, scale = 1): CohortLine {
  const size = sizeOf(i) * scale;
  const begun = months - i;
  const cells = Array.from({length: months}, (_, age) => (age >= begun ? later(age) : share(activeAt(i, age, size), size, age, age === begun - 1 ? "part" : "whole")));
  return {key: key(i), member, size, base: size * 50, isCurrent: i === months - 1, isTruncated: i === 0, cells};
}

function averageOf(lines: readonly CohortLine[]): CohortCell[] {
  return Array.from({length: months - 1}, (_, age) => {
    const whole = lines.map(({cells}) => cells[age]!).filter(({state}) => state === "whole");
    return share(whole.reduce((sum, {active}) => sum + active!, 0), whole.reduce((sum, {observed}) => sum + observed, 0), age, "whole");
  });
}

const lines = Array.from({length: months}, (_, i) => line(i));
const segment = (member: string | null, scale: number) => {
  const own = lines.map((_, i) => line(i, member, scale));
  return {member, size: own.reduce((sum, {size}) => sum + size, 0), average: averageOf(own), lines: own};
};

export const triangle: CohortAnswer = {
  cohort: purchasesCohort,
  choices: {
    measure: "on", grain: "month", key: "start", span: "calendar", first: "ever", base: "first", form: "share", brackets: [], by: null, filters: [],
    range: {key: "2025-09..2026-11", grain: "range", start: "2025-09-01", end: "2026-11-23", part: true, census: "2026-11-22"}
  },
  unit: "share", asOf: "2026-11-22", lines, average: averageOf(lines), notApplied: [], source: "tally"
};

/** Broken down by source: one has a name that is markup. */
export const hostile = '<img src=x onerror=alert(1)>"\u202e';
export const segmented: CohortAnswer = {...triangle, choices: {...triangle.choices, by: "source"}, segments: [segment("Web", 2), {...segment(hostile, 1), average: averageOf(lines).map((cell) => ({...cell, value: cell.value! / 2, low: cell.low! / 2, high: cell.high! / 2}))}, {member: null, size: 0, average: [], lines: [], suppressed: true}]};

/** Gross profit beside what winning a customer cost: paid back from age 3 on. */
export const paying: CohortAnswer = {
  ...triangle,
  choices: {...triangle.choices, measure: "payback", form: "absolute"},
  unit: "money",
  lines: lines.map((one, i) => ({...one, cac: 100, paybackPeriod: i < months - 4 ? 3 : null, cells: one.cells.map((cell) => (cell.value === null ? cell : {period: cell.period, state: cell.state, active: cell.active, observed: cell.observed, value: 25 + 25 * cell.period}))})),
  average: averageOf(lines).map(({period, observed, active}) => ({period, state: "whole" as const, observed, active, value: 25 + 25 * period}))
};

export const readingOf = (answer: CohortAnswer): CohortReading => ({lead: leadOf(answer, calendar), current: currentLine(answer), periodOf: (start) => linePeriod(start, answer, calendar)});
