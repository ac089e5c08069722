// Which causes each restated number gets, over a year of what the CRM knew at each month's end: late entries, a reopened
// deal, corrected, deleted and merged ones, another definition, other settings, another version of the code. Every line of
// the ledgers is written here.

import {expect, it} from "vitest";
import {opportunitiesClosed, opportunitiesLost, opportunitiesWon, revenueWon, winRate} from "../../src/metrics/opportunities.js";
import type {Metric} from "../../src/metrics/define.js";
import {code, freeze, frozenReport, ledgerOf, type Deal, type FrozenReport} from "./frozenReport.js";

const months = Array.from({length: 12}, (_, k) => `2025-${String(k + 1).padStart(2, "0")}`);
const lastDay = (month: string): string => new Date(Date.UTC(2025, Number(month.slice(5)), 0)).toISOString().slice(0, 10);

/** Of each month one deal won, for 100 times its number, and one lost. */
const regular: readonly Deal[] = months.flatMap((month, k): Deal[] => [
  [`W${k + 1}`, "Won", `${month}-02`, `${month}-10`, String(100 * (k + 1))],
  [`L${k + 1}`, "Lost", `${month}-03`, `${month}-20`, "50"]
]);

/** What people did in the CRM, by the month at whose end it is first known. */
const history: Readonly<Record<string, (deals: readonly Deal[]) => Deal[]>> = {
  "2025-02": (deals) => [...deals, ["late1", "Lost", "2025-01-04", "2025-01-21", "70"]],
  "2025-04": (deals) => deals.map((deal) => (deal[0] === "W2" ? ["W2", "Offer", deal[2], "", deal[4]] : deal)),
  "2025-05": (deals) => deals.map((deal) => (deal[0] === "W3" ? ["W3", "Won", deal[2], deal[3], "350"] : deal)),
  "2025-06": (deals) => deals.filter(([id]) => id !== "L5"),
  "2025-07": (deals) => [...deals, ["drop1", "Dropped", "2025-07-05", "2025-07-25", "20"]],
  "2025-08": (deals) => [...deals, ["late5", "Lost", "2025-06-04", "2025-06-21", "70"], ["late6", "Lost", "2025-06-04", "2025-06-22", "70"]],
  "2025-09": (deals) => [...deals, ["W8b", "Won", "2025-08-03", "2025-08-12", "800"]],
  "2025-10": (deals) => deals.map((deal) => (deal[0] === "W8b" ? ["W8b", "Won", deal[2], deal[3], deal[4], "W8"] : deal)),
  "2025-11": (deals) => [...deals, ["late2", "Lost", "2025-10-04", "2025-10-21", "70"], ["late3", "Lost", "2025-10-04", "2025-10-22", "70"], ["late4", "Won", "2025-09-04", "2025-09-21", "40"]]
};

function knownAt(month: string): Deal[] {
  return months.filter((one) => one <= month).reduce<Deal[]>((deals, one) => [...(history[one]?.(deals) ?? deals), ...regular.filter(([, , created]) => created.startsWith(one))], []);
}

/** From August a win rate is held against the losses alone, as version 2 of it. */
const winRate2: Metric = {...winRate, version: winRate.version + 1, denominator: opportunitiesLost} as Metric;
const parts = [opportunitiesClosed, opportunitiesWon, opportunitiesLost, revenueWon];
const catalogueOf = (month: string): readonly Metric[] => (month < "2025-08" ? [...parts, winRate] : [...parts, winRate2]);

/** A dropped deal is open until September, lost from then on; in December the program is another one, and counts as before. */
const editOf = (month: string) => (text: string): string => (month < "2025-09" ? text.replace("open: [Offer]", "open: [Offer, Dropped]") : text.replace("lost: [Lost]", "lost: [Lost, Dropped]"));
const codeOf = (month: string) => async () => (month < "2025-12" ? code() : {...(await code()), hash: "beef".repeat(16)});

async function runMonth(report: FrozenReport, month: string): Promise<void> {
  report.write(knownAt(month), lastDay(month), editOf(month));
  const next = new Date(Date.UTC(2025, Number(month.slice(5)), 3, 8)).toISOString();
  const {exitCode, err} = await freeze(report, ["--month", month, "--accept", "as planned"], {now: next, build: {catalogue: () => catalogueOf(month), code: codeOf(month)}});
  expect({month, exitCode, err}).toEqual({month, exitCode: 0, err: ""});
}

/** "win_rate 2025-01 0.5 to 0.333: late 1". */
const lineOf = ({metric, period, old, new: now, causes}: Awaited<ReturnType<typeof ledgerOf>>[number]): string =>
  `${metric} ${period} ${round(old)} to ${round(now)}: ${causes.map(({cause, records, detail}) => [cause, ...(detail ? [detail] : []), ...(records > 0 ? [records] : [])].join(" ")).join(", ")}`;
const round = (value: number | null) => (value === null ? "none" : String(Math.round(value * 1000) / 1000));

const expected: Readonly<Record<string, readonly string[]>> = {
  "2025-01": [],
  // A loss of January is entered in February.
  "2025-02": ["opportunities_lost 2025-01 1 to 2: late 1", "win_rate 2025-01 0.5 to 0.333: late 1"],
  "2025-03": [],
  // W2, won in February, is open again.
  "2025-04": [
    "opportunities_won 2025-02 1 to 0: reopened 1", "opportunities_won 2025-Q1 3 to 2: reopened 1",
    "revenue_won 2025-02 200 to 0: reopened 1", "revenue_won 2025-Q1 600 to 400: reopened 1",
    "win_rate 2025-02 0.5 to 0: reopened 1", "win_rate 2025-Q1 0.429 to 0.333: reopened 1"
  ],
  // W3 was worth 350.
  "2025-05": ["revenue_won 2025-03 300 to 350: amount 1", "revenue_won 2025-Q1 400 to 450: amount 1"],
  // L5 is deleted; the quarter was not published yet.
  "2025-06": ["opportunities_lost 2025-05 1 to 0: deleted 1", "win_rate 2025-05 0.5 to 1: deleted 1"],
  "2025-07": [],
  // Another definition, and two losses of June are entered: a number says both where both moved it. February is 0 by either.
  "2025-08": [
    "opportunities_lost 2025-06 1 to 3: late 2", "opportunities_lost 2025-Q2 2 to 4: late 2",
    "win_rate 2025-01 0.333 to 0.5: definition 1 to 2", "win_rate 2025-03 0.5 to 1: definition 1 to 2",
    "win_rate 2025-04 0.5 to 1: definition 1 to 2", "win_rate 2025-05 1 to none: definition 1 to 2",
    "win_rate 2025-06 0.5 to 0.333: definition 1 to 2, late 2", "win_rate 2025-07 0.5 to 1: definition 1 to 2",
    "win_rate 2025-Q1 0.333 to 0.5: definition 1 to 2", "win_rate 2025-Q2 0.6 to 0.75: definition 1 to 2, late 2"
  ],
  // The settings call a stage lost that was open; a second W8 is entered.
  "2025-09": [
    "opportunities_lost 2025-07 1 to 2: settings", "opportunities_won 2025-08 1 to 2: late 1",
    "revenue_won 2025-08 800 to 1600: late 1", "win_rate 2025-07 1 to 0.5: settings", "win_rate 2025-08 1 to 2: late 1"
  ],
  // It is merged into the first.
  "2025-10": [
    "opportunities_won 2025-08 2 to 1: merged 1", "opportunities_won 2025-Q3 4 to 3: merged 1",
    "revenue_won 2025-08 1600 to 800: merged 1", "revenue_won 2025-Q3 3200 to 2400: merged 1",
    "win_rate 2025-08 2 to 1: merged 1", "win_rate 2025-Q3 1 to 0.75: merged 1"
  ],
  // Two losses of October and a sale of September are entered.
  "2025-11": [
    "opportunities_lost 2025-10 1 to 3: late 2", "opportunities_won 2025-09 1 to 2: late 1", "opportunities_won 2025-Q3 3 to 4: late 1",
    "revenue_won 2025-09 900 to 940: late 1", "revenue_won 2025-Q3 2400 to 2440: late 1",
    "win_rate 2025-09 1 to 2: late 1", "win_rate 2025-10 1 to 0.333: late 2", "win_rate 2025-Q3 0.75 to 1: late 1"
  ],
  // Another version of the code moves nothing.
  "2025-12": []
};

it("gives every number that is another one, and no other, the causes that moved it", async () => {
  const report = frozenReport();
  for (const month of months) await runMonth(report, month);
  expect(Object.fromEntries(await Promise.all(months.map(async (month) => [month, (await ledgerOf(report, month)).map(lineOf).sort()] as const)))).toEqual(expected);
}, 120_000);
