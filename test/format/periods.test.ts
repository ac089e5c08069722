import {describe, expect, it} from "vitest";
import type {Period} from "../../src/query/question.js";
import {formatterOf} from "../components/world.js";

const en = await formatterOf("en");
const hu = await formatterOf("hu");
const period = (key: string, grain: Period["grain"], start: string, end: string, part = false): Period => ({key, grain, start, end, part, census: end});

describe("periods in words", () => {
  it.each([
    [period("2026-10", "month", "2026-10-01", "2026-11-01"), "October 2026", "2026. október"],
    [period("2026-Q3", "quarter", "2026-07-01", "2026-10-01"), "Q3 2026", "2026. III. negyedév"],
    [period("2026", "year", "2026-01-01", "2027-01-01"), "2026", "2026"],
    [period("2026-W05", "week", "2026-01-26", "2026-02-02"), "Week 5, 2026", "2026. 5. hét"],
    [period("2026-10-12", "day", "2026-10-12", "2026-10-13"), "12 October 2026", "2026. október 12."],
    [period("FY2026", "fiscal_year", "2025-07-01", "2026-07-01"), "FY2026", "2026. pénzügyi év"],
    [period("FY2026-Q1", "fiscal_quarter", "2025-07-01", "2025-10-01"), "Q1 FY2026", "2026. pénzügyi év, 1. negyedév"],
    [period("2026-11", "month", "2026-11-01", "2026-11-23", true), "1–22 November 2026 (part)", "2026. november 1–22. (részidőszak)"],
    [period("2026-11-01..2026-11-22", "range", "2026-11-01", "2026-11-23"), "1–22 November 2026", "2026. november 1–22."],
    [period("all", "all", "2023-01-01", "2026-11-23", true), "everything up to 22 November 2026", "minden eddig: 2026. november 22."]
  ])("%o", (value, english, hungarian) => {
    expect(en.period(value)).toBe(english);
    expect(hu.period(value)).toBe(hungarian);
  });
  it("says the days of a month that was cut to the same elapsed days, though it is not a part period", () => expect(en.period(period("2026-10", "month", "2026-10-01", "2026-10-23"))).toBe("1–22 October 2026"));
  it("leaves out the year that its neighbour has", () => {
    const base = period("2026-10", "month", "2026-10-01", "2026-11-01");
    expect(en.periodBeside(period("2026-09", "month", "2026-09-01", "2026-10-01"), base)).toBe("September");
    expect(en.periodBeside(period("2025-10", "month", "2025-10-01", "2025-11-01"), base)).toBe("October 2025");
  });
  it("a tick says the year where it begins", () => {
    expect(en.tick(period("2026-09", "month", "2026-09-01", "2026-10-01"))).toBe("Sep");
    expect(en.tick(period("2026-01", "month", "2026-01-01", "2026-02-01"))).toBe("Jan\n2026");
    expect(en.tick(period("2026-09", "month", "2026-09-01", "2026-10-01"), true)).toBe("Sep\n2026");
    expect(en.tick(period("2026-Q2", "quarter", "2026-04-01", "2026-07-01"))).toBe("Q2");
    expect(hu.tick(period("2026-09", "month", "2026-09-01", "2026-10-01"))).toBe("szept");
  });
  it("a day is the same day in every zone of the machine", () => expect([en.date("2026-01-01"), en.date("2026-12-31")]).toEqual(["1 January 2026", "31 December 2026"]));
});
