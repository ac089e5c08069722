import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {
  beforeRecords, isCovered, lastYearPeriod, monthsUpTo, parsePeriod, periodAliases, periodChoices, periodsOfGrain, previousPeriod, trendPeriods, windowStart,
  workingDays, type CalendarContext
} from "../../src/query/calendar.js";
import type {CalendarRules} from "../../src/query/manifest.js";

const rules: CalendarRules = {timeZone: "Europe/Budapest", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []};
const context = (asOf: string, change: Partial<CalendarRules> = {}, firstDay = "2015-06-10"): CalendarContext => ({asOf, firstDay, calendar: {...rules, ...change}});
const show = ({key, start, end, part}: {key: string; start: string; end: string; part: boolean}) => `${key} [${start}, ${end})${part ? " part" : ""}`;
const parsed = (key: string, asOf = "2025-03-20", change: Partial<CalendarRules> = {}) => show(parsePeriod(key, context(asOf, change)));

describe("isCovered(days, first)", () => {
  const year = {start: "2016-01-01", end: "2017-01-01"};
  it.each([
    ["2015-06-10", year, true],
    ["2016-01-01", year, true],
    ["2016-01-19", year, true],
    ["2016-01-20", year, false],
    ["2016-10-20", year, false],
    ["2017-03-01", year, false],
    ["2016-10-04", {start: "2016-10-01", end: "2016-11-01"}, true],
    ["2016-10-05", {start: "2016-10-01", end: "2016-11-01"}, false],
    ["2016-10-02", {start: "2016-10-01", end: "2016-10-02"}, false]
  ])("records from %s on cover %j: %s", (first, days, expected) => expect(isCovered(days, first)).toBe(expected));
});

describe("monthsUpTo(period, months)", () => {
  it.each([
    ["2024-12", 12, "2024-01-01..2024-12-31"],
    // As-of is the 20th.
    ["2025-03", 12, "2024-03-21..2025-03-20"],
    ["2024", 12, "2024"],
    ["all", 12, "all"],
    // Nobody is known who was there before the records begin.
    ["2015-12", 12, "2015-12"]
  ])("%s, %i months: %s", (key, months, expected) => expect(monthsUpTo(parsePeriod(key, context("2025-03-20")), months, context("2025-03-20"))).toBe(expected));
});

describe("parsePeriod", () => {
  it.each([
    ["2024", "2024 [2024-01-01, 2025-01-01)"],
    ["2024-Q3", "2024-Q3 [2024-07-01, 2024-10-01)"],
    ["2024-02", "2024-02 [2024-02-01, 2024-03-01)"],
    ["2025-W05", "2025-W05 [2025-01-27, 2025-02-03)"],
    ["2020-W53", "2020-W53 [2020-12-28, 2021-01-04)"],
    ["2024-02-29", "2024-02-29 [2024-02-29, 2024-03-01)"],
    ["FY2024", "FY2024 [2024-01-01, 2025-01-01)"],
    ["FY2024-Q2", "FY2024-Q2 [2024-04-01, 2024-07-01)"],
    ["2024-01..2024-03", "2024-01..2024-03 [2024-01-01, 2024-04-01)"],
    ["2023-12-15..2024-01-14", "2023-12-15..2024-01-14 [2023-12-15, 2024-01-15)"],
    ["2016-Q4..2017", "2016-Q4..2017 [2016-10-01, 2018-01-01)"],
    ["2024-01..2024-01", "2024-01 [2024-01-01, 2024-02-01)"],
    ["all", "all [2015-06-10, 2025-03-21)"],
    [" fy2024-q2 ", "FY2024-Q2 [2024-04-01, 2024-07-01)"]
  ])("%s is %s", (key, expected) => expect(parsed(key)).toBe(expected));

  it.each([
    ["closed:month", "2025-02 [2025-02-01, 2025-03-01)"],
    ["current:month", "2025-03 [2025-03-01, 2025-03-21) part"],
    ["closed:quarter", "2024-Q4 [2024-10-01, 2025-01-01)"],
    ["current:quarter", "2025-Q1 [2025-01-01, 2025-03-21) part"],
    ["closed:year", "2024 [2024-01-01, 2025-01-01)"],
    ["current:year", "2025 [2025-01-01, 2025-03-21) part"],
    ["closed:week", "2025-W11 [2025-03-10, 2025-03-17)"],
    ["closed:day", "2025-03-20 [2025-03-20, 2025-03-21)"],
    ["current:day", "2025-03-20 [2025-03-20, 2025-03-21)"],
    ["closed:fiscal_quarter", "FY2024-Q4 [2024-10-01, 2025-01-01)"]
  ])("%s on 20 March 2025 is %s", (key, expected) => expect(parsed(key)).toBe(expected));

  it("takes the month that ends on the as-of day as closed and whole", () => {
    expect(parsed("closed:month", "2025-02-28")).toBe("2025-02 [2025-02-01, 2025-03-01)");
    expect(parsed("current:month", "2025-02-28")).toBe("2025-02 [2025-02-01, 2025-03-01)");
  });

  it("cuts a range at as-of and counts its balance on the as-of day", () => {
    expect(parsePeriod("2025-03-01..2025-06-30", context("2025-03-20"))).toMatchObject({end: "2025-03-21", part: true, census: "2025-03-20", grain: "range"});
  });

  it("counts the working days of a part period, passed and in all", () => {
    expect(parsePeriod("2025-03", context("2025-03-20", {holidays: ["2025-03-17"]})).workdays).toEqual([13, 20]);
    expect(parsePeriod("2025-03", context("2025-03-01")).workdays).toEqual([0, 21]);
    expect(parsePeriod("2025-02", context("2025-03-20")).workdays).toBeUndefined();
  });

  it("names a fiscal year for the calendar year in which it ends", () => {
    const july = {fiscalYearStart: 7};
    expect(parsed("FY2025", "2025-08-01", july)).toBe("FY2025 [2024-07-01, 2025-07-01)");
    expect(parsed("FY2025-Q2", "2025-08-01", july)).toBe("FY2025-Q2 [2024-10-01, 2025-01-01)");
    expect(parsed("current:fiscal_quarter", "2025-08-01", july)).toBe("FY2026-Q1 [2025-07-01, 2025-08-02) part");
    expect(parsed("closed:fiscal_year", "2025-06-30", july)).toBe("FY2025 [2024-07-01, 2025-07-01)");
  });

  it("starts weeks on the day that the rules say", () => {
    expect(parsed("current:week", "2025-03-19", {weekStart: 7})).toBe("2025-W12 [2025-03-16, 2025-03-20) part");
    expect(parsed("2025-W01", "2025-03-19", {weekStart: 7})).toBe("2025-W01 [2024-12-29, 2025-01-05)");
  });

  it.each([
    ["2024Q1", "2024-Q1"], ["Q1 2024", "2024-Q1"], ["2024-1", "2024-01"], ["2024/03", "2024-03"], ["202403", "2024-03"], ["3/2024", "2024-03"],
    ["2024-W5", "2024-W05"], ["20240131", "2024-01-31"], ["2024/1/5", "2024-01-05"], ["2024.11.", "2024-11"], ["FY24", "FY2024"], ["FY24Q3", "FY2024-Q3"],
    ["last:month", "closed:month"], ["closed:mounth", "closed:month"], ["curent:week", "current:week"]
  ])("refuses %s and suggests %s, which is understood", (key, suggestion) => {
    expect(() => parsed(key)).toThrow(`did you mean "${suggestion}"?`);
    expect(() => parsed(suggestion)).not.toThrow();
  });

  it.each(["", "2024-13", "2024-02-30", "2023-W53", "2024-Q5", "FY2024-03", "tomorrow", "2024-01..", "..", "0000", "closed:", "closed:all"])(
    "refuses %j naming the allowed forms", (key) => {
      expect(() => parsed(key)).toThrow(/unknown period: .*Allowed: 2025, 2025-Q1, 2025-01, 2025-W05/);
    });

  it("refuses a period that begins after as-of and names the newest", () => {
    expect(() => parsed("2025-04")).toThrow('period "2025-04" begins after the data ends (as of 2025-03-20); did you mean "2025-03"?');
  });

  it("refuses a reversed range and turns it round", () => {
    expect(() => parsed("2024-03..2024-01")).toThrow('ends before it starts; did you mean "2024-01..2024-03"?');
  });
});

describe("comparison with the period before (G10)", () => {
  const previous = (key: string, asOf: string, change = {}) => show(previousPeriod(parsePeriod(key, context(asOf, change)), context(asOf, change))!);
  it.each([
    ["2025-02", "2025-03-20", "2025-01 [2025-01-01, 2025-02-01)"],
    ["2025-Q1", "2025-06-30", "2024-Q4 [2024-10-01, 2025-01-01)"],
    ["2025-W01", "2025-06-30", "2024-W52 [2024-12-23, 2024-12-30)"],
    ["2024-03-01", "2025-06-30", "2024-02-29 [2024-02-29, 2024-03-01)"],
    ["2024-01..2024-03", "2025-06-30", "2023-10-01..2023-12-31 [2023-10-01, 2024-01-01)"],
    ["2024-01-11..2024-01-20", "2025-06-30", "2024-01-01..2024-01-10 [2024-01-01, 2024-01-11)"]
  ])("%s whole at %s is held against %s", (key, asOf, expected) => expect(previous(key, asOf)).toBe(expected));

  it.each([
    ["current:month", "2025-03-20", "2025-02-01..2025-02-20 [2025-02-01, 2025-02-21)"],
    ["current:month", "2025-03-01", "2025-02-01 [2025-02-01, 2025-02-02)"],
    ["current:month", "2025-03-30", "2025-02 [2025-02-01, 2025-03-01)"],
    ["current:month", "2024-03-30", "2024-02 [2024-02-01, 2024-03-01)"],
    ["current:quarter", "2025-05-30", "2025-01-01..2025-03-01 [2025-01-01, 2025-03-02)"],
    ["current:year", "2024-12-30", "2023 [2023-01-01, 2024-01-01)"],
    ["current:week", "2025-03-19", "2025-03-10..2025-03-12 [2025-03-10, 2025-03-13)"],
    ["2025-03-01..2025-03-31", "2025-03-20", "2025-02-01..2025-02-20 [2025-02-01, 2025-02-21)"]
  ])("%s at %s is held against the same number of first days: %s", (key, asOf, expected) => expect(previous(key, asOf)).toBe(expected));

  it("has nothing before everything", () => {
    expect(previousPeriod(parsePeriod("all", context("2025-03-20")), context("2025-03-20"))).toBeNull();
    expect(lastYearPeriod(parsePeriod("all", context("2025-03-20")), context("2025-03-20"))).toBeNull();
  });
});

describe("comparison with the year before (G10)", () => {
  const lastYear = (key: string, asOf: string, change = {}) => show(lastYearPeriod(parsePeriod(key, context(asOf, change)), context(asOf, change))!);
  it.each([
    ["2025-02", "2025-03-20", "2024-02 [2024-02-01, 2024-03-01)"],
    ["2024-02-29", "2025-03-20", "2023-02-28 [2023-02-28, 2023-03-01)"],
    ["2020-W53", "2025-03-20", "2019-W52 [2019-12-23, 2019-12-30)"],
    ["2025-W05", "2025-03-20", "2024-W05 [2024-01-29, 2024-02-05)"],
    ["2024-02-01..2024-02-29", "2025-03-20", "2023-02-01..2023-02-28 [2023-02-01, 2023-03-01)"],
    ["current:month", "2025-02-20", "2024-02-01..2024-02-20 [2024-02-01, 2024-02-21)"],
    ["current:month", "2024-02-28", "2023-02 [2023-02-01, 2023-03-01)"],
    ["current:quarter", "2025-03-20", "2024-01-01..2024-03-19 [2024-01-01, 2024-03-20)"],
    ["FY2025", "2025-12-31", "FY2024 [2024-01-01, 2025-01-01)"]
  ])("%s at %s is held against %s", (key, asOf, expected) => expect(lastYear(key, asOf)).toBe(expected));
});

describe("trendPeriods", () => {
  const keys = (key: string, grain: Parameters<typeof trendPeriods>[1]["grain"], count: number, asOf = "2025-03-20", firstDay?: string) =>
    trendPeriods(parsePeriod(key, context(asOf, {}, firstDay)), {grain, count}, context(asOf, {}, firstDay)).map((period) => period.key + (period.part ? " part" : ""));
  it("ends with the current period", () => expect(keys("2025-02", "month", 3)).toEqual(["2024-12", "2025-01", "2025-02"]));
  it("ends with the unit in which the period's last day lies", () => expect(keys("2024-Q3", "month", 2)).toEqual(["2024-08", "2024-09"]));
  it("marks the running one as part", () => expect(keys("current:month", "month", 2)).toEqual(["2025-02", "2025-03 part"]));
  it("leaves out what lies before the first record", () => expect(keys("2025-02", "month", 12, "2025-03-20", "2024-12-31")).toEqual(["2024-12", "2025-01", "2025-02"]));
  it("refuses a count that is none", () => expect(() => keys("2025-02", "month", 0)).toThrow("1 to 1000"));
  it("refuses a grain that is none", () => expect(() => keys("2025-02", "moth" as "month", 2)).toThrow('did you mean "month"?'));
});

describe("lists for pickers", () => {
  it("offers 13 months and 8 quarters, newest first", () => {
    const {months, quarters} = periodChoices(context("2025-03-20"));
    expect(months.map(({key}) => key)).toEqual(["2025-03", "2025-02", "2025-01", "2024-12", "2024-11", "2024-10", "2024-09", "2024-08", "2024-07", "2024-06", "2024-05", "2024-04", "2024-03"]);
    expect(quarters.map(({key}) => key)).toEqual(["2025-Q1", "2024-Q4", "2024-Q3", "2024-Q2", "2024-Q1", "2023-Q4", "2023-Q3", "2023-Q2"]);
  });
  it("offers no more than there are records for", () => expect(periodsOfGrain("month", 13, context("2025-03-20", {}, "2025-02-28")).map(({key}) => key)).toEqual(["2025-03", "2025-02"]));
});

describe("windowStart", () => {
  const from = (key: string, window: Parameters<typeof windowStart>[1], change = {}) => windowStart(parsePeriod(key, context("2025-03-20", change)), window, context("2025-03-20", change));
  it.each([["2025-02", "year", "2025-01-01"], ["2024-08", "quarter", "2024-07-01"], ["current:month", "month", "2025-03-01"], ["2024-Q4", {days: 90}, "2024-10-03"]] as const)(
    "of %s over %j is %s", (key, window, expected) => expect(from(key, window)).toBe(expected));
  it("follows the fiscal year", () => expect(from("2025-02", "fiscal_year", {fiscalYearStart: 7})).toBe("2024-07-01"));
});

it("knows the other names of the same days", () => {
  expect(periodAliases(parsePeriod("2024", context("2025-03-20")), context("2025-03-20"))).toEqual(["2024", "FY2024"]);
  expect(periodAliases(parsePeriod("FY2025", context("2025-08-01", {fiscalYearStart: 7})), context("2025-08-01", {fiscalYearStart: 7}))).toEqual(["FY2025"]);
  expect(periodAliases(parsePeriod("2024-01..2024-03", context("2025-03-20")), context("2025-03-20"))).toEqual(["2024-01..2024-03", "2024-Q1", "FY2024-Q1"]);
});

it("counts working days without weekends and holidays", () => {
  expect(workingDays("2025-01-01", "2025-02-01", {...rules, holidays: ["2025-01-01", "2025-01-04"]})).toBe(22);
  expect(workingDays("2025-01-04", "2025-01-06", rules)).toBe(0);
  expect(workingDays("2025-01-06", "2025-01-06", rules)).toBe(0);
});

it("knows a period before the first record", () => {
  expect(beforeRecords(parsePeriod("2015-05", context("2025-03-20")), {firstDay: "2015-06-10"})).toBe(true);
  expect(beforeRecords(parsePeriod("2015-06", context("2025-03-20")), {firstDay: "2015-06-10"})).toBe(false);
});

describe("laws", () => {
  const day = fc.integer({min: 0, max: 3650}).map((n) => new Date(Date.UTC(2016, 0, 1 + n)).toISOString().slice(0, 10));
  const grain = fc.constantFrom("day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year");
  const change = fc.record({fiscalYearStart: fc.integer({min: 1, max: 12}), weekStart: fc.integer({min: 1, max: 7})});
  const world = fc.record({asOf: day, change, grain, which: fc.constantFrom("closed", "current")});

  it("every key that comes out can be parsed again to the same period", () => {
    fc.assert(fc.property(world, fc.integer({min: 1, max: 20}), ({asOf, change: rule, grain: unit, which}, count) => {
      const at = context(asOf, rule, "2010-01-01");
      const period = parsePeriod(`${which}:${unit}`, at);
      for (const one of [period, previousPeriod(period, at)!, lastYearPeriod(period, at)!, ...trendPeriods(period, {grain: "month", count}, at)])
        expect(parsePeriod(one.key, at)).toEqual(one);
    }));
  });

  it("periods of one grain follow each other without gap or overlap", () => {
    fc.assert(fc.property(world, ({asOf, change: rule, grain: unit}) => {
      const at = context(asOf, rule, "2010-01-01");
      const periods = trendPeriods(parsePeriod(`current:${unit}`, at), {grain: unit as "day", count: 30}, at);
      periods.slice(1).forEach(({start}, k) => expect(start).toBe(periods[k]!.end));
    }));
  });

  it("the previous of the previous of a whole unit is two units back, and ends where the next begins", () => {
    fc.assert(fc.property(world, ({asOf, change: rule, grain: unit}) => {
      const at = context(asOf, rule, "2010-01-01");
      const period = parsePeriod(`closed:${unit}`, at);
      const once = previousPeriod(period, at)!;
      const twice = previousPeriod(once, at)!;
      expect([once.end, twice.end]).toEqual([period.start, once.start]);
      expect(trendPeriods(period, {grain: unit as "day", count: 3}, at).map(({key}) => key)).toEqual([twice.key, once.key, period.key]);
    }));
  });

  it("a part period is never compared with more days than have passed", () => {
    fc.assert(fc.property(world, ({asOf, change: rule, grain: unit}) => {
      const at = context(asOf, rule, "2010-01-01");
      const period = parsePeriod(`current:${unit}`, at);
      const length = ({start, end}: {start: string; end: string}) => (Date.parse(end) - Date.parse(start)) / 86_400_000;
      for (const reference of [previousPeriod(period, at)!, lastYearPeriod(period, at)!]) {
        expect(reference.part).toBe(false);
        if (period.part) expect(length(reference)).toBeLessThanOrEqual(length(period));
      }
    }));
  });
});
