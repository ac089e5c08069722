// Exports that nobody on this project wrote: how far what is written is from settings that give the right numbers.

import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import type {KpiDocument} from "../../loaders/kpi/document.js";
import {kpi} from "../../loaders/kpi/command.js";
import {readSettings} from "../../loaders/settings.js";
import {describeRealData} from "../helpers/needs.js";
import {diffLines, inspectFiles, type Inspected} from "./inspected.js";

/** Replaces whole lines: each pattern must stand on exactly one. */
function edit({config, settings, folder}: Inspected, edits: readonly (readonly [RegExp, string])[]): {edited: string; diff: string[]; ask: (...argv: string[]) => Promise<KpiDocument>} {
  const edited = edits.reduce((text, [line, replacement]) => {
    const found = text.split("\n").filter((one) => line.test(one));
    expect({line, found: found.length}).toEqual({line, found: 1});
    return text.replace(found[0]!, () => replacement);
  }, settings);
  writeFileSync(config, edited);
  const ask = async (...argv: string[]): Promise<KpiDocument> => {
    let out = "";
    let err = "";
    const code = await kpi([...argv, "--config", config, "--format", "json"], {out: (text) => (out += text), err: (text) => (err += text), environment: {}, pipeline: {cache: join(folder, "cache")}});
    if (code !== 0) throw new Error(err);
    return JSON.parse(out) as KpiDocument;
  };
  return {edited, diff: diffLines(settings, edited), ask};
}

const totals = ({rows}: KpiDocument) => Object.fromEntries(rows.filter(({total}) => total).map(({id, value}) => [id, value]));
const parts = ({rows, by}: KpiDocument) => Object.fromEntries(rows.filter(({total}) => !total).map(({members, value}) => [members[by[0]!], value]));

describeRealData("what is written for the Maven files", "maven_crm", (data) => {
  it("needs at most 15 changed lines to give their numbers", async () => {
    const {diff, ask} = edit(await inspectFiles([data]), [[/^currency: /, "currency: USD"]]);
    expect(diff.length, diff.join("\n")).toBeLessThanOrEqual(15);
    const found = totals(await ask("opportunities_won", "opportunities_lost", "open_opportunities", "win_rate", "revenue_won", "average_deal_size", "median_deal_size", "sales_cycle_days_mean", "sales_cycle_days"));
    expect(found).toMatchObject({opportunities_won: 4238, opportunities_lost: 2473, open_opportunities: 2089, revenue_won: 10_005_534, median_deal_size: 1117, sales_cycle_days: 57});
    expect(found["win_rate"]).toBeCloseTo(0.6315005215, 10);
    expect(found["average_deal_size"]).toBeCloseTo(2360.909391, 6);
    expect(found["sales_cycle_days_mean"]).toBeCloseTo(51.78197263, 8);
    expect(parts(await ask("revenue_won", "--by", "region"))).toEqual({West: 3_568_647, Central: 3_346_293, East: 3_090_594});
    expect((await ask("open_opportunities")).rows[0]!.undated).toBe(500);
  });
});

describeRealData("what is written for the Olist files", "olist_funnel", (data) => {
  it("needs at most 15 changed lines to give their numbers", async () => {
    const {diff, ask} = edit(await inspectFiles([data]), [
      [/^time_zone: /, "time_zone: America/Sao_Paulo"],
      [/^currency: /, "currency: BRL"],
      [/^# metrics: /, "metrics: {lead_conversion_rate: {window: none}}"],
      [/^ +source: origin/, '          source: {column: origin, map: {"": unknown}}'],
      [/^ +owner_id: sdr_id/, "          owner_id: sr_id"]
    ]);
    expect(diff.length, diff.join("\n")).toBeLessThanOrEqual(15);
    expect(totals(await ask("new_leads"))).toEqual({new_leads: 8000});
    const rate = await ask("lead_conversion_rate", "--by", "source");
    expect(rate.rows.find(({total}) => total)).toMatchObject({value: 0.10525, numerator: 842, denominator: 8000});
    expect(parts(rate)["paid_search"]).toBeCloseTo(0.1229508, 7);
  });
});

describeRealData("exports of known CRMs", "crm_export_samples", (data) => {
  it.each([
    ["salesforce", ["salesforce/dataloader_opportunityData.csv", "salesforce/dataloader_accountData.csv"]],
    ["zoho", ["zoho/Leads_head20.csv", "zoho/Accounts_head20.csv"]],
    ["hubspot", ["hubspot/deals_export_header.csv"]],
    ["pipedrive", ["pipedrive/deals_list_export_header.csv"]]
  ])("are taken for %s, with settings that hold", async (type, files) => {
    const {config, settings, code} = await inspectFiles(files.map((file) => join(data, file)), "--encoding", "windows-1252");
    expect(code).toBe(0);
    expect(settings).toMatch(new RegExp(`^    type: ${type} `, "m"));
    expect((await readSettings(config)).sources.map((source) => source.type)).toEqual([type]);
  });
});
