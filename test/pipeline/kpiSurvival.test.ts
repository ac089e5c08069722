// One row a customer without any date, and one table of subscriptions: by settings alone, from exports to what the terminal says.

import {mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import Papa from "papaparse";
import {describe, expect, it} from "vitest";
import {kpi} from "../../loaders/kpi/command.js";
import {kpiListSchema} from "../../loaders/kpi/list.js";
import {survivalSchema} from "../../loaders/kpi/survival.js";
import {monthDays} from "../../src/metrics/survival.js";
import {discountedStay, kaplanMeier, logRank, median, observed, type Life} from "../query/survival/reference.js";

const folder = mkdtempSync(join(tmpdir(), "quarterdeck-survival-"));
const fixture = (name: string) => resolve("test/fixtures", name);

async function ask(config: string, ...argv: string[]): Promise<{code: number; out: string; err: string}> {
  let out = "";
  let err = "";
  const code = await kpi([...argv, "--config", config], {out: (text) => (out += text), err: (text) => (err += text), environment: {}, pipeline: {cache: join(folder, "cache")}});
  return {code, out, err};
}
const read = async (config: string, ...argv: string[]) => survivalSchema.parse(JSON.parse((await ask(config, "survival:customers", ...argv, "--format", "json")).out));
const rowsOf = (path: string) => Papa.parse<Record<string, string>>(readFileSync(path, "utf8"), {header: true, skipEmptyLines: true}).data;
const near = (value: number | null) => (value === null ? null : Number(value.toFixed(7)));

type Told = Awaited<ReturnType<typeof read>>;

/** Holds what is told against counting. */
function compare({total, curves, log_rank: test, least}: Told, lives: readonly Life[]): void {
  for (const line of [total, ...curves]) {
    const own = observed(lives).filter(({member}) => line === total || member === line.member);
    const points = kaplanMeier(own).filter(({age}) => line.end !== null && age <= line.end);
    expect([line.customers, line.losses, line.median]).toEqual([own.length, own.filter(({hasLeft}) => hasLeft).length, median(points)]);
    expect(line.points.map(({age, at_risk, losses, surviving, low, high}) => [age, at_risk, losses, near(surviving), near(low), near(high)])).toEqual(points.map(({age, atRisk, losses, surviving, low, high}) => [age, atRisk, losses, near(surviving), near(low), near(high)]));
    expect(points.every(({atRisk}) => atRisk >= least)).toBe(true);
  }
  const wanted = logRank(observed(lives));
  expect([near(test!.chi_square), test!.df]).toEqual([near(wanted.chiSquare), wanted.df]);
}

describe("one row a customer: tenure, churned, type of contract, monthly charge", () => {
  const config = join(fixture("tenure-only"), "report.yaml");
  const rows = rowsOf(join(fixture("tenure-only"), "customers.csv"));
  const lives = rows.map(({tenure, Contract, Churn}): Life => ({member: Contract!, entered: null, seen: Number(tenure) * monthDays, hasLeft: Churn === "Yes"}));

  it("gives the curves by contract that counting gives", async () => {
    const told = await read(config, "--by", "contract");
    expect(told.curves.map(({member, customers}) => [member, customers])).toEqual([["Month-to-month", 38], ["One year", 26], ["Two year", 26]]);
    compare(told, lives);
    const charges = rows.map(({MonthlyCharges}) => Number(MonthlyCharges));
    expect(told.total.monthly_value).toBeCloseTo(charges.reduce((sum, one) => sum + one, 0) / charges.length, 6);
  });

  it("gives what a customer is worth: charge × discounted months below the curve up to where it reaches, as revenue since no cost is known", async () => {
    const told = await read(config, "--by", "contract");
    expect([told.margin, told.discount]).toEqual([null, 0.1]);
    for (const line of [told.total, ...told.curves]) {
      const points = kaplanMeier(lives.filter(({member}) => line === told.total || member === line.member));
      const {months, value, low, high} = line.worth!;
      expect(months * monthDays).toBeLessThanOrEqual(line.end!);
      const {mean, variance} = discountedStay(points, months, monthDays, 0.1);
      const daily = line.monthly_value! / monthDays;
      expect(value).toBeCloseTo(mean * daily, 4);
      expect(high - low).toBeCloseTo(2 * 1.959963984540054 * Math.sqrt(variance) * daily, 4);
    }
    // Who is bound for two years is worth more than who may leave each month.
    const [monthly, , twoYears] = told.curves;
    expect(twoYears!.worth!.low).toBeGreaterThan(monthly!.worth!.high);
  });

  it("prints them, and lists that they can be asked for", async () => {
    const {code, out, err} = await ask(config, "survival:customers", "--by", "contract");
    expect({code, err}).toEqual({code: 0, err: ""});
    const lines = out.split("\n").map((line) => line.trim().replaceAll(/ {2,}/g, " | "));
    expect(lines.slice(0, 2)).toEqual(["How long customers stay (survival:customers)", "months from the first payment to the end of the first stay · Kaplan–Meier · as of 31 March 2025"]);
    expect(lines).toContain("Month-to-month | 38 | 33 | 8.0 | 5.0–11.0 | –");
    expect(lines.some((line) => line.startsWith("Log-rank test: χ² 36.46 on 2 degrees of freedom, p < 0.0001."))).toBe(true);
    const list = kpiListSchema.parse(JSON.parse((await ask(config, "--list", "--format", "json")).out));
    expect(list.survivals).toEqual([{id: "customers", label: "How long customers stay"}]);
    expect((await ask(config, "survival:customers", "--format", "csv")).out.split("\n")[1]).toMatch(/^total,,30\.4375,/);
    expect(JSON.parse((await ask(config, "survival:customers", "--schema")).out)).toMatchObject({description: "One survival of npm run kpi"});
  });

  it("says what it does not know", async () => {
    expect(await ask(config, "survival:leads")).toMatchObject({code: 1, err: expect.stringContaining("unknown survival: \"leads\"") as string});
    expect(await ask(config, "survival:customers", "--by", "contrakt")).toMatchObject({code: 1, err: expect.stringContaining("unknown dimension") as string});
    expect(await ask(config, "survival:customers", "win_rate")).toMatchObject({code: 1, err: expect.stringContaining("stands alone") as string});
    expect(await ask(join(fixture("tiny-leads"), "report.yaml"), "survival:customers")).toMatchObject({code: 1, err: expect.stringContaining("it needs subscription.started_on or tenure.duration") as string});
  });
});

describe("a table of subscriptions: start, end, plan and MRR", () => {
  const path = fixture("plain-subscriptions");
  const asOf = "2025-03-31";
  const dayOf = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  /** The first stay of each: who is back within the days of grace has not left. */
  const livesFrom = (since: number | null, grace = 30): Life[] => {
    const rows = rowsOf(join(path, "subscriptions.csv"));
    return [...new Set(rows.map(({customer}) => customer))].map((customer): Life => {
      const own = rows.filter((row) => row["customer"] === customer).sort((a, b) => dayOf(a["start"]!) - dayOf(b["start"]!));
      const first = dayOf(own[0]!["start"]!);
      let end: number | null = own[0]!["end"] ? dayOf(own[0]!["end"]) : null;
      for (const row of own.slice(1)) if (end !== null && dayOf(row["start"]!) - end < grace) end = row["end"] ? dayOf(row["end"]) : null;
      return {member: own[0]!["plan"]!, entered: since !== null && first < since ? since - first : null, seen: (end ?? dayOf(asOf) + 1) - first, hasLeft: end !== null};
    });
  };

  it("gives the curves by plan that counting gives: a short gap is no end, who comes back later has left", async () => {
    const told = await read(join(path, "report.yaml"), "--by", "plan");
    expect([told.late, told.left_out, told.total.customers]).toEqual([0, 0, 40]);
    compare(told, livesFrom(null));
  });

  it("takes the days of grace from the settings", async () => {
    const config = join(folder, "grace.yaml");
    writeFileSync(config, `${readFileSync(join(path, "report.yaml"), "utf8").replace("folder: .", `folder: ${path}`)}churn: {grace_days: 10}\n`);
    const [strict, usual] = [await read(config, "--by", "plan"), await read(join(path, "report.yaml"), "--by", "plan")];
    compare(strict, livesFrom(null, 10));
    expect(strict.total.losses).toBeGreaterThan(usual.total.losses);
    writeFileSync(config, readFileSync(config, "utf8").replace("grace_days: 10", "grace_days: 0"));
    expect((await ask(config, "survival:customers")).err).toContain("churn.grace_days");
  });

  it("lets customers in late who began before it is recorded who leaves", async () => {
    const config = join(folder, "late.yaml");
    writeFileSync(config, `${readFileSync(join(path, "report.yaml"), "utf8").replace("folder: .", `folder: ${path}`)}survival: {observed_from: 2023-06-01}\n`);
    const told = await read(config, "--by", "plan");
    const lives = livesFrom(dayOf("2023-06-01"));
    expect(told.late).toBe(observed(lives).filter(({entered}) => entered !== null).length);
    expect(told.left_out).toBe(lives.length - observed(lives).length);
    expect(told.late * told.left_out).toBeGreaterThan(0);
    compare(told, lives);
  });
});
