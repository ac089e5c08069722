// Funnels over whole builds: the public files, whose numbers anybody can work out, and a small paper world.

import {mkdtempSync, readFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import Papa from "papaparse";
import {afterAll, beforeAll, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {rateDifference} from "../../src/query/funnel/compare.js";
import {askDropped, askFunnel} from "../../src/query/funnel/askFunnel.js";
import {describeRealData} from "../helpers/needs.js";

const cache = mkdtempSync(join(tmpdir(), "quarterdeck-funnel-"));

type Line = Readonly<Record<string, string>>;

describeRealData("lead_to_cash over the Olist files", "olist_funnel", (data) => {
  let built: BuiltReport;
  let leads: readonly {readonly origin: string; readonly month: string; readonly days: number | null}[];

  beforeAll(async () => {
    const settings = await readSettings("test/fixtures/olist.yaml", {}, {QUARTERDECK_REAL_DATA: dirname(data)});
    built = await openBuilt((await runPipeline(settings, {cache})).folder, {threads: 1});
    const read = (file: string) => Papa.parse<Line>(readFileSync(join(data, file), "utf8"), {header: true, skipEmptyLines: true}).data;
    const won = new Map(read("olist_closed_deals_dataset.csv").map((deal) => [deal["mql_id"], deal["won_date"]!.slice(0, 10)]));
    leads = read("olist_marketing_qualified_leads_dataset.csv").map((lead) => {
      const [first, closed] = [lead["first_contact_date"]!, won.get(lead["mql_id"]!)];
      return {origin: lead["origin"] || "unknown", month: first.slice(0, 7), days: closed === undefined ? null : (Date.parse(closed) - Date.parse(first)) / 86_400_000};
    });
  });
  afterAll(() => built?.close());

  const within = (days: number | null) => leads.filter((lead) => lead.days !== null && (days === null || lead.days <= days));
  const ask = (window: number | null, more = {}) => askFunnel("lead_to_cash", {period: "all", window, ...more}, built);

  it("leaves out the steps that the files do not hold", async () => {
    const {funnel, missing} = await ask(null);
    expect(funnel.steps.map(({id}) => id)).toEqual(["lead", "converted"]);
    expect(missing.map(({step}) => step)).toEqual(["qualified", "quote_sent", "won", "paid"]);
  });

  it.each([[30, 0.069375], [90, 0.0865]])("converts within %i days, the last included: %f", async (days, expected) => {
    const {rows: [total]} = await ask(days);
    expect(total).toMatchObject({entered: 8000, inProgress: 0});
    expect(total!.steps[1]!.overall.value).toBe(expected);
    expect(total!.steps[1]!.reached).toBe(within(days).length);
  });

  it.each(["ordered", "strict", "reached", "all_stages", "any"] as const)("flags the one conversion before its lead, and counts it as of day 0: %s", async (mode) => {
    const {rows: [total], times} = await ask(0, {mode});
    expect(total!.steps[1]).toMatchObject({early: 1, reached: within(0).length});
    expect(times[0]).toMatchObject({flagged: 1, n: within(0).length - 1});
  });

  it("converts by origin as the raw counts say", async () => {
    const {rows} = await ask(null, {by: "source"});
    const raw = [...new Set(leads.map(({origin}) => origin))].map((origin) => [origin, leads.filter((lead) => lead.origin === origin).length, within(null).filter((lead) => lead.origin === origin).length] as const);
    expect(rows.filter(({total}) => !total).map(({member, entered, steps}) => [member, entered, steps[1]!.reached]).sort()).toEqual(raw.map((row) => [...row]).sort());
  });

  it("converts by month of contact as the raw counts say, young months marked", async () => {
    const {trend} = await ask(180);
    const raw = [...new Set(leads.map(({month}) => month))].sort().map((month) => [month, leads.filter((lead) => lead.month === month).length, within(180).filter((lead) => lead.month === month).length]);
    expect(trend.map(({month, entered, steps}) => [month, entered, steps[1]!.reached])).toEqual(raw);
    expect(trend.filter(({immature}) => immature).map(({month}) => month)).toEqual(raw.map(([month]) => month as string).filter((month) => month >= "2018-05" ));
  });

  it("tells the times of those who converted", async () => {
    const days = within(null).map((lead) => lead.days!).filter((one) => one >= 0).sort((a, b) => a - b);
    const [time] = (await ask(null)).times;
    expect(time!.n).toBe(days.length);
    expect(time!.median).toBe(days[(days.length - 1) / 2] ?? (days[days.length / 2 - 1]! + days[days.length / 2]!) / 2);
    expect(time!.mean).toBeCloseTo(days.reduce((sum, one) => sum + one, 0) / days.length, 9);
    expect(time!.unbiasedMedian).toBeNull();
  });

  it("sets one origin against another, and lists who dropped out", async () => {
    const {rows} = await ask(90, {by: "source"});
    const rate = (member: string) => rows.find((row) => row.member === member)!.steps[1]!.overall;
    expect(rateDifference(rate("unknown"), rate("social"))).toMatchObject({differs: true});
    const {count, entries} = await askDropped("lead_to_cash", "lead", {period: "2018-01", window: 90}, built, 5);
    expect(entries).toHaveLength(5);
    expect(count).toBe(leads.filter(({month, days}) => month === "2018-01" && (days === null || days > 90)).length);
  });
});
