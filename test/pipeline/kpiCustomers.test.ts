// npm run kpi -- health:customers and lapsed:customers: what they print, held against the records and the pages' own words.

import Papa from "papaparse";
import {beforeAll, describe, expect, it} from "vitest";
import {kpi} from "../../loaders/kpi/command.js";
import {healthSchema} from "../../loaders/kpi/health.js";
import {kpiListSchema} from "../../loaders/kpi/list.js";
import {lapsedSchema} from "../../loaders/kpi/lapsed.js";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {prepareSample} from "../../loaders/sampleSource.js";
import {readSettings} from "../../loaders/settings.js";
import {sampleWorld} from "../metrics/worlds.js";

let built: BuiltReport;
beforeAll(async () => {
  await prepareSample(sampleWorld.settings, () => {});
  built = await openBuilt((await runPipeline(await readSettings(sampleWorld.settings))).folder, {threads: 1});
  return () => built.close();
});

async function ask(...argv: string[]): Promise<{code: number; out: string; err: string}> {
  let out = "";
  let err = "";
  const code = await kpi([...argv, "--config", sampleWorld.settings], {out: (text) => (out += text), err: (text) => (err += text), environment: {}});
  return {code, out, err};
}
const rows = (sql: string) => built.run({sql, params: []});
const csv = (text: string) => Papa.parse<Record<string, string>>(text.trim(), {header: true}).data;

describe("kpi health:customers", () => {
  it("tells the bands of the as-of day, and who left after past scorings, as a count over the scores does", async () => {
    const {code, out} = await ask("health:customers", "--format", "json");
    expect(code).toBe(0);
    const told = healthSchema.parse(JSON.parse(out));
    const bands = await rows(`select coalesce(band, 'none') as band, count(*)::double as customers from fct_customer_health_span where valid_from <= date '${told.as_of}' and valid_to > date '${told.as_of}' group by 1`);
    expect(Object.fromEntries(told.bands.map(({band, customers}) => [band, customers]))).toEqual(Object.fromEntries(bands.map((row) => [row["band"], row["customers"]])));
    const scored = await rows(`select coalesce(band, 'none') as band, strftime(valid_from, '%Y-%m-%d') as day, strftime(left_date, '%Y-%m-%d') as left_on from fct_customer_health_span where score is not null`);
    const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
    const isMonthEnd = (day: string) => new Date(Date.parse(day) + 86_400_000).getUTCDate() === 1;
    for (const {band, scorings, lost, rate, low, high} of told.calibration.bands) {
      const own = scored.filter((row) => row["band"] === band && isMonthEnd(String(row["day"])) && days(String(row["day"]), told.as_of) >= 90);
      const left = own.filter((row) => row["left_on"] !== null && days(String(row["day"]), String(row["left_on"])) <= 90);
      expect([band, scorings, lost, rate]).toEqual([band, own.length, left.length, left.length / own.length]);
      expect(low! <= rate! && rate! <= high!).toBe(true);
    }
    expect(told.calibration.bands.map(({band}) => band).slice(0, 3)).toEqual(["red", "amber", "green"]);
  });
  it("prints bands, inputs, calibration and n, and has one line a band as CSV", async () => {
    const told = healthSchema.parse(JSON.parse((await ask("health:customers", "--format", "json")).out));
    const lines = (await ask("health:customers")).out.split("\n").map((line) => line.trim().replaceAll(/ {2,}/g, " | "));
    for (const band of told.calibration.bands) expect(lines.some((line) => line.includes(` | ${band.scorings.toLocaleString("en-GB")} | ${band.lost.toLocaleString("en-GB")} | `))).toBe(true);
    expect(lines).toContain("Red: Predicts: more of them left than of the next better band, and the intervals are apart");
    expect(lines.some((line) => line.startsWith("Usage, "))).toBe(true);
    expect(csv((await ask("health:customers", "--format", "csv")).out).map(({band, scorings, verdict}) => [band, Number(scorings), verdict])).toEqual(told.calibration.bands.map(({band, scorings, verdict}) => [band, scorings, verdict ?? ""]));
    expect(JSON.parse((await ask("health:customers", "--schema")).out)).toMatchObject({description: "The customers' health of npm run kpi"});
    expect((await ask("health:customers", "--by", "region")).err).toContain("health:customers stands alone");
  });
});

describe("kpi lapsed:customers", () => {
  it("tells who is lost by segment and the log, all of it as a file, and lists what can be asked", async () => {
    const told = lapsedSchema.parse(JSON.parse((await ask("lapsed:customers", "--period", "2026-10", "--format", "json")).out));
    expect(told).toMatchObject({day: "2026-10-31", rule: {by: "gap", under: 0.3, model: true}, log: {first_day: "2025-11-01", last_day: "2026-10-31"}});
    const entries = told.log.entries!;
    expect(entries.filter(({lost_on}) => lost_on >= "2025-11-01").length).toBe(told.log.lost);
    expect(entries.filter(({back_on}) => back_on !== null && back_on >= "2025-11-01").length).toBe(told.log.back);
    expect(csv((await ask("lapsed:customers", "--period", "2026-10", "--format", "csv")).out).map(({customer, lost_on}) => [Number(customer), lost_on])).toEqual(entries.map(({customer, lost_on}) => [customer, lost_on]));
    const {out} = await ask("lapsed:customers", "--period", "2026-10");
    for (const {customers, lost} of told.segments) expect(out).toMatch(new RegExp(` ${customers} +${lost} `));
    expect(out).toContain("an order takes it back");
    const list = kpiListSchema.parse(JSON.parse((await ask("--list", "--format", "json")).out));
    expect(list.customers.map(({id}) => id)).toEqual(["health", "lapsed"]);
  });
});
