// A month whose KPIs left what is usual for them is frozen once somebody has said why.

import {describe, expect, it} from "vitest";
import {freeze, frozenReport, snapshotOf, type Deal, type FrozenReport} from "./frozenReport.js";

/** Two wins a month of about as much, for ten months; the eleventh as given. */
const deals = (last: readonly number[]): Deal[] => Array.from({length: 11}, (_, k) => {
  const month = `2025-${String(k + 1).padStart(2, "0")}`;
  return (k < 10 ? [100 + 7 * (k % 3), 100 - 5 * (k % 2)] : last).map((amount, i): Deal => [`${month}-${i}`, "Won", `${month}-02`, `${month}-1${i}`, String(amount)]);
}).flat();

const usual = (report: FrozenReport, last: readonly number[], more = ""): void => report.write([["D0", "Won", "2024-12-01", "2024-12-05", "200"], ...deals(last)], "2025-11-30", (text) => text.replace("publisher: Ana", `publisher: Ana${more}`));
const run = (report: FrozenReport, ...argv: string[]) => freeze(report, ["--month", "2025-11", ...argv], {now: "2025-12-01T08:00:00Z"});

describe("drift", () => {
  it("is none where KPIs are within their limits", async () => {
    const report = frozenReport();
    usual(report, [101, 99]);
    expect(await run(report)).toMatchObject({exitCode: 0, err: ""});
    expect((await snapshotOf(report, "2025-11")).accepted).toBeUndefined();
  });
  it("refuses the month with what is usual, and freezes it with a reason", async () => {
    const report = frozenReport();
    usual(report, [900, 800]);
    const {exitCode, err} = await run(report);
    expect(exitCode).toBe(4);
    expect(err).toMatch(/2025-11 is not frozen: \d+ things are outside what is usual/);
    expect(err).toMatch(/revenue_won: €1[.,]?7\d*K?.*, usual are €/);
    expect(err).toContain("--accept REASON");
    const accepted = await run(report, "--accept", "the trade fair");
    expect(accepted).toMatchObject({exitCode: 0, err: ""});
    expect(accepted.out).toContain("outside what is usual: the trade fair");
    const {accepted: kept} = await snapshotOf(report, "2025-11");
    expect([kept!.reason, kept!.kpis.find(({metric}) => metric === "revenue_won")!.value]).toEqual(["the trade fair", 1700]);
  });
  it("refuses a month whose export lost many of the rows that the snapshot before had", async () => {
    const report = frozenReport();
    usual(report, [101, 99]);
    await run(report);
    report.write(deals([101, 99]).slice(6), "2025-12-31");
    const december = (...argv: string[]) => freeze(report, ["--month", "2025-12", ...argv], {now: "2026-01-02T08:00:00Z"});
    const {exitCode, err} = await december();
    expect(exitCode).toBe(4);
    expect(err).toContain("rows of opportunity from deals: 23 → 16 since the snapshot as of 2025-11-30");
    expect(await december("--accept", "the old deals are archived")).toMatchObject({exitCode: 0, err: ""});
    expect((await snapshotOf(report, "2025-12")).accepted!.rows).toEqual([{source: "deals", table: "opportunity", rows: "23 → 16", before: "2025-11-30"}]);
  }, 60_000);
  it("is told alone where the settings say warn, and not looked for where they say off", async () => {
    for (const [grade, told] of [["warn", true], ["off", false]] as const) {
      const report = frozenReport();
      usual(report, [900, 800], `, drift: ${grade}`);
      const {exitCode, out} = await run(report);
      expect([grade, exitCode, out.includes("no reason asked for")]).toEqual([grade, 0, told]);
    }
  });
});
