import {describe, expect, it} from "vitest";
import {maturedPeriod} from "../../../src/query/value/matured.js";
import {parsePeriod} from "../../../src/query/calendar.js";

const calendar = {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []} as const;
const manifest = {asOf: "2026-11-03", firstDay: "2019-05-29", firstDays: {"fct_acquisition_cost.date": "2023-11-01"}, calendar};

describe("the part of a period whose customers are a year old", () => {
  it.each([
    ["all", "2023-11-01..2025-11-03"],
    // A customer of 3 November 2025 has been watched for 365 days on 3 November 2026.
    ["2025", "2025-01-01..2025-11-03"], ["2025-11", "2025-11-01..2025-11-03"], ["2025-Q3", "2025-Q3"], ["2023", "2023-11-01..2023-12-31"],
    ["2026", null], ["2026-Q4", null], ["2023-10", null]
  ])("of %s is %s", (key, matured) => {
    expect(maturedPeriod(key, manifest)).toBe(matured);
    if (matured !== null) expect(parsePeriod(matured, manifest).key).toBe(matured);
  });

  it("begins with the period where the first cost is not known", () => expect(maturedPeriod("2023", {...manifest, firstDays: {}})).toBe("2023"));
});
