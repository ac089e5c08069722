// A log of purchases and settings alone, from exports to what the terminal says: the triangle and the model.

import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {beforeAll, describe, expect, it} from "vitest";
import {cohortSchema} from "../../loaders/kpi/cohort.js";
import {kpi} from "../../loaders/kpi/command.js";
import {fitSchema} from "../../loaders/kpi/fit.js";
import {cdnowLog, lastDay} from "./cdnowLog.js";

/** As published: Fader, Hardie and Lee 2005, times in weeks; Fader and Hardie 2013, dollars. */
const published = {r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, p: 6.25, q: 3.74, v: 15.44};

const folder = mkdtempSync(join(tmpdir(), "quarterdeck-cdnow-"));
const log = cdnowLog(published);
const dayOf = (day: number) => new Date(Date.UTC(1997, 0, 1 + day)).toISOString().slice(0, 10);

async function ask(...argv: string[]): Promise<string> {
  let out = "";
  let err = "";
  const code = await kpi([...argv, "--config", "test/fixtures/cdnow/report.yaml"], {out: (text) => (out += text), err: (text) => (err += text), environment: {CDNOW_LOG: folder}, pipeline: {cache: join(folder, "cache")}});
  expect({code, err}).toEqual({code: 0, err: ""});
  return out;
}

beforeAll(() => {
  const lines = log.map(({customer, day, quantity, cents}) => [customer.padStart(4, "0"), dayOf(day).replaceAll("-", ""), quantity, (cents / 100).toFixed(2)].join(","));
  writeFileSync(join(folder, "log.csv"), `customer,date,quantity,value\n${lines.join("\n")}\n`);
});

describe("a log of purchases, mapped by settings alone", () => {
  it("gives the published parameters, in the units they are published in", async () => {
    const fit = fitSchema.parse(JSON.parse(await ask("fit:clv", "--format", "json")));
    expect(fit).toMatchObject({reason: null, at_edge: null, spending_at_edge: null, customers: 2357, repeaters: 946, holdout_reason: null, holdout_customers: 2357});
    for (const name of ["r", "alpha", "a", "b", "p", "q", "v"] as const) expect(Math.abs(fit[name]! - published[name]), name).toBeLessThan(0.01);
    const text = await ask("fit:clv");
    expect(text).toMatch(/α \(BG\/NBD, weeks\) +4\.41/);
    expect(text).toMatch(/v \(Gamma-Gamma, money\) +15\.4/);
    // Two thirds of the log's 272 days are fitted, and the rest counted. Between first and last the log's days are made up, so how near the two come says nothing.
    expect(fit.holdout_until).toBe(dayOf(181));
    expect(fit.holdout_observed).toBe(new Set(log.filter(({day}) => day > 181 && day <= lastDay).map(({customer, day}) => `${customer} ${day}`)).size);
    expect(text).toContain("Held out: a fit up to ");
  });

  it("counts what a customer buys on one day as one, and nothing after the last day", async () => {
    const days = new Set(log.filter(({day}) => day <= lastDay).map(({customer, day}) => `${customer} ${day}`));
    const [, line = ""] = (await ask("repeat_purchases", "--format", "csv")).split("\n");
    expect(line).toContain(`,${days.size - 2357},`);
    expect(log.length).toBeGreaterThan(days.size + 1000);
  });

  it("prints the triangle that counting by hand gives", async () => {
    const monthOf = (day: number) => Number(dayOf(day).slice(5, 7));
    const bought = new Map<string, Set<number>>();
    for (const {customer, day} of log) if (day <= lastDay) bought.set(customer, (bought.get(customer) ?? new Set()).add(monthOf(day)));
    const {lines} = cohortSchema.parse(JSON.parse(await ask("cohort:purchases", "--format", "json")));
    expect(lines.map(({key}) => key)).toEqual(["1997-01-01", "1997-02-01", "1997-03-01"]);
    for (const {key, size, cells} of lines) {
      const start = Number(key.slice(5, 7));
      const members = [...bought.values()].filter((months) => Math.min(...months) === start);
      expect(size).toBe(members.length);
      expect(cells.filter(({state}) => state !== "later").map(({active}) => active)).toEqual(Array.from({length: 10 - start}, (_, age) => members.filter((months) => months.has(start + age)).length));
    }
    expect((await ask("cohort:purchases")).split("\n")[3]).toMatch(/^Start +Customers +0 +1 +2 +3 +4 +5 +6 +7 +8$/);
  });
});
