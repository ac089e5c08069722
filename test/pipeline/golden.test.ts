// Numbers that anybody can work out from the public files with a spreadsheet, asked the way a user asks.

import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {expect, it} from "vitest";
import type {KpiDocument} from "../../loaders/kpi/document.js";
import {kpi} from "../../loaders/kpi/command.js";
import {funnelSchema} from "../../loaders/kpi/funnel.js";
import {describeRealData} from "../helpers/needs.js";

const cache = mkdtempSync(join(tmpdir(), "quarterdeck-golden-"));

/** Answers in JSON as the terminal would print it; throws what it would say instead. */
async function printed(config: string, data: string, ...argv: string[]): Promise<unknown> {
  let out = "";
  let err = "";
  const code = await kpi([...argv, "--config", config, "--format", "json"], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    environment: {QUARTERDECK_REAL_DATA: dirname(data)},
    pipeline: {cache}
  });
  if (code !== 0) throw new Error(err);
  return JSON.parse(out);
}

const ask = async (config: string, data: string, ...argv: string[]): Promise<KpiDocument> => (await printed(config, data, ...argv)) as KpiDocument;

const totals = ({rows}: KpiDocument) => Object.fromEntries(rows.filter(({total}) => total).map(({id, value}) => [id, value]));
const parts = ({rows, by}: KpiDocument) => Object.fromEntries(rows.filter(({total}) => !total).map(({members, value}) => [members[by[0]!], value]));

describeRealData("kpi over the Maven files", "maven_crm", (data) => {
  const maven = (...argv: string[]) => ask("test/fixtures/maven.yaml", data, ...argv);

  it("counts what was won, lost and is open, with the undated", async () => {
    const document = await maven("opportunities_won", "opportunities_lost", "open_opportunities");
    expect(totals(document)).toEqual({opportunities_won: 4238, opportunities_lost: 2473, open_opportunities: 2089});
    expect(document.rows.find(({id}) => id === "open_opportunities")?.undated).toBe(500);
  });

  it("has the undated in the total and in no past month", async () => {
    const {rows} = await maven("open_opportunities", "--period", "2017-11");
    expect(rows[0]!.value).toBe(2119);
    expect(rows[0]!.undated ?? 0).toBe(0);
  });

  it("gives rate, revenue, sizes and cycles", async () => {
    const found = totals(await maven("win_rate", "revenue_won", "average_deal_size", "median_deal_size", "sales_cycle_days_mean", "sales_cycle_days"));
    expect(found["win_rate"]).toBeCloseTo(0.6315005215, 10);
    expect(found["revenue_won"]).toBe(10_005_534);
    expect(found["average_deal_size"]).toBeCloseTo(2360.909391, 6);
    expect(found["median_deal_size"]).toBe(1117);
    expect(found["sales_cycle_days_mean"]).toBeCloseTo(51.78197263, 8);
    expect(found["sales_cycle_days"]).toBe(57);
  });

  it("breaks revenue down by region", async () => {
    expect(parts(await maven("revenue_won", "--by", "region"))).toEqual({West: 3_568_647, Central: 3_346_293, East: 3_090_594});
  });

  it("gives the parts of a rate in one period and region", async () => {
    const {rows, period} = await maven("win_rate", "--by", "owner", "--period", "2017-Q1", "--where", "region=West");
    expect(period).toMatchObject({key: "2017-Q1", start: "2017-01-01", end: "2017-04-01", part: false});
    const [total, ...owners] = rows;
    expect(total).toMatchObject({numerator: 196, denominator: 231, n: 231});
    expect(owners.reduce((sum, {numerator}) => sum + numerator!, 0)).toBe(196);
  });

  it("says what the files do not hold", async () => {
    const {missing} = await maven("new_leads");
    expect(missing).toEqual([{id: "new_leads", columns: ["lead.created_at"], why: "not_in_data"}]);
  });
});

describeRealData("kpi over the Olist files", "olist_funnel", (data) => {
  const olist = (...argv: string[]) => ask("test/fixtures/olist.yaml", data, ...argv);

  it("converts leads without a window", async () => {
    const {rows} = await olist("new_leads", "lead_conversion_rate", "--by", "source");
    const rate = rows.filter(({id}) => id === "lead_conversion_rate");
    expect(rows[0]!.value).toBe(8000);
    expect(rate[0]).toMatchObject({value: 0.10525, numerator: 842, denominator: 8000});
    expect(rate.find(({members}) => members["source"] === "paid_search")?.value).toBeCloseTo(0.1229508, 7);
  });

  it("answers the funnel, without the steps that the files do not hold", async () => {
    const {rows: [total]} = funnelSchema.parse(await printed("test/fixtures/olist.yaml", data, "--funnel", "lead_to_cash", "--window", "none"));
    expect(total!.steps.map(({step, reached}) => [step, reached])).toEqual([["lead", 8000], ["converted", 842]]);
  });
});
