import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {breakpoints} from "../../src/query/breakpoints.js";
import {beforeRecords, lastYearPeriod, parsePeriod, periodsOfGrain, previousPeriod, windowStart} from "../../src/query/calendar.js";

const rules = (fiscalYearStart: number) => ({timeZone: "UTC", fiscalYearStart, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []});
const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
const contexts = fc.record({first: fc.integer({min: 16_000, max: 19_800}), days: fc.integer({min: 0, max: 2000}), fiscal: fc.integer({min: 1, max: 12})})
  .map(({first, days, fiscal}) => ({firstDay: iso(first), asOf: iso(first + days), calendar: rules(fiscal)}));
const grains = ["month", "quarter", "year", "fiscal_quarter", "fiscal_year"] as const;

describe("breakpoints", () => {
  it("are the months, the day after as-of, and the ends of what running periods are compared with", () => {
    expect(breakpoints({firstDay: "2024-11-10", asOf: "2025-02-20", calendar: rules(1)})).toEqual([
      "2024-11-10", "2024-11-21", "2024-12-01", "2025-01-01", "2025-01-21", "2025-02-01", "2025-02-21"
    ]);
  });

  it("are sorted, distinct and end with the day after as-of", () =>
    fc.assert(fc.property(contexts, (context) => {
      const edges = breakpoints(context);
      expect(edges).toEqual([...new Set(edges)].sort());
      expect(edges.at(-1)).toBe(parsePeriod("all", context).end);
      expect(edges.length).toBeLessThan(12 * 6 + 20);
    })));

  it("hold the edges of every month, quarter and year, of what each is compared with and of running totals", () =>
    fc.assert(fc.property(contexts, (context) => {
      const edges = new Set(breakpoints(context));
      const [first] = [...edges];
      const asked = ["all", ...grains.flatMap((grain) => periodsOfGrain(grain, 13, context).map(({key}) => key))].map((key) => parsePeriod(key, context));
      const periods = asked.flatMap((period) => [period, previousPeriod(period, context), lastYearPeriod(period, context)]);
      for (const period of periods) {
        if (!period || beforeRecords(period, context)) continue;
        const starts = [period.start, ...(["month", "quarter", "year", "fiscal_year"] as const).map((window) => windowStart(period, window, context))];
        for (const start of starts) expect(edges.has(start) || start <= first!, `${start} of ${period.key}`).toBe(true);
        expect(edges.has(period.end), `${period.end} of ${period.key}`).toBe(true);
      }
    }), {numRuns: 60}));
});
