import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {deals, smallReport, type SmallReport} from "../pipeline/smallReport.js";

const header = "metric,period,where,value,tolerance,records";

function written(lines: readonly string[], {files = {}, edit = (text: string) => text, rows = deals}: {files?: Record<string, string>; edit?: (text: string) => string; rows?: readonly string[]} = {}): SmallReport {
  const report = smallReport({lines: [...rows], edit: (text) => edit(`${text}reconcile: reconcile.csv\n`)});
  writeFileSync(join(report.folder, "reconcile.csv"), `${[header, ...lines].join("\n")}\n`);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(report.folder, name), text);
  return report;
}

const build = async ({config, cache}: SmallReport) => (await runPipeline(await readSettings(config), {cache})).manifest;
const reconciled = async (report: SmallReport) => (await build(report)).quality!.reconcile;
const refused = (report: SmallReport) => build(report).then(() => "no error", (error: Error) => `${error.name}: ${error.message}`);

describe("reconcile.csv", () => {
  it("sets the CRM's totals beside ours, for any metric, period and filter", async () => {
    const quality = (await build(written(["revenue_won,2025-Q1,,300.50,,", "opportunities_won,2025-02,owner=Ana,2,,", "win_rate,2025-Q1,,66.7%,,"]))).quality!;
    expect(quality.reconcile).toMatchObject([
      {line: 2, metric: "revenue_won", period: "2025-Q1", where: [], theirs: 300.5, ours: 300.5, difference: 0, agrees: true},
      {line: 3, where: [{dimension: "owner", values: ["Ana"]}], theirs: 2, ours: 1, difference: 1, agrees: false},
      {line: 4, theirs: 0.667, agrees: true}
    ]);
    expect(quality.checks.filter(({id}) => id === "reconcile").map(({column, status, grade}) => [column, status, grade])).toEqual([
      ["opportunities_won", "failed", "warn"], ["revenue_won", "passed", "warn"], ["win_rate", "passed", "warn"]
    ]);
  });

  it("forgives what rounding hides, or what the line allows, and no more", async () => {
    const lines = ["revenue_won,2025-Q1,,300,,", "revenue_won,2025-Q1,,300.4,,", "revenue_won,2025-Q1,,290,10.5,", "revenue_won,2025-Q1,,290,1%,"];
    expect((await reconciled(written(lines))).map(({tolerance, agrees}) => [tolerance, agrees])).toEqual([[0.5, true], [0.05, false], [10.5, true], [2.9, false]]);
  });

  it("lists the records only in theirs, only in ours, and different, the largest first, with why", async () => {
    const rows = [...deals, "6,Ben,Won,2025-01-12T23:30:00Z,2025-03-05T12:00:00Z,70,2025-03-05T12:00:00Z"];
    const records = "ID,Amount\n1,110.50\n2,50\n6,70\n9,\"1,000\"\n";
    const report = written(["revenue_won,2025-Q1,,1230.50,,crm.csv"], {rows, files: {"crm.csv": records}, edit: (text) => text.replace("        stages:", "        exclude: [{column: id, values: [6], why: test}]\n        stages:")});
    const [{records: found} = {records: undefined}] = await reconciled(report);
    expect(found).toEqual({
      onlyTheirs: {count: 3, difference: 1120, examples: [
        {id: "9", theirs: 1000, ours: null, why: "not_in_data"},
        {id: "6", theirs: 70, ours: null, why: "test"},
        {id: "2", theirs: 50, ours: null, why: "not_counted"}
      ]},
      onlyOurs: {count: 1, difference: -200, examples: [{id: "3", theirs: null, ours: 200}]},
      different: {count: 1, difference: 10, examples: [{id: "1", theirs: 110.5, ours: 100.5}]}
    });
  });

  it("explains the whole difference: what its parts add up to", async () => {
    const report = written(["revenue_won,2025-Q1,,111,,crm.csv", "open_opportunities,2025-03,,1,,open.csv"], {files: {"crm.csv": "id,value\n1,100\n8,11\n", "open.csv": "id\n4\n"}});
    for (const {difference, records} of await reconciled(report)) {
      expect(records!.onlyTheirs.difference + records!.onlyOurs.difference + records!.different.difference).toBeCloseTo(difference!, 6);
    }
  });

  it("knows ids that two sources prefix, and Salesforce's of 15 and 18 characters", async () => {
    const id = "006x0000001YtCr";
    const second = (text: string) => text.replace(/reconcile.*\n/, "") + text.slice(text.indexOf("  - id: deals")).replace("id: deals", "id: copy").replace("deals.csv", "others.csv").replace(/reconcile.*\n/, "") + "reconcile: reconcile.csv\n";
    const report = written(["opportunities_won,2025,,3,,crm.csv"], {edit: second, files: {"crm.csv": `id\n1\n3\n${id}\n`, "exports/others.csv": `${deals[0]}\n${id}AAK,Ana,Won,2025-01-10T09:00:00Z,2025-02-20T12:00:00Z,1,2025-02-20T12:00:00Z\n`}});
    expect(await reconciled(report)).toMatchObject([{agrees: true, records: {onlyTheirs: {count: 0}, onlyOurs: {count: 0}, different: {count: 0}}}]);
  });

  it.each([
    ["an unknown metric", "revenu_won,2025,,1,,", 'reconcile.csv:2: wrong value: unknown metric: "revenu_won"; did you mean revenue_won?'],
    ["an unknown member", "revenue_won,2025,owner=Anna,1,,", 'reconcile.csv:2: wrong value: unknown owner: "Anna"; did you mean Ana?'],
    ["an unknown period", "revenue_won,last year,,1,,", "reconcile.csv:2: wrong value: "],
    ["words for a number", "revenue_won,2025,,much,,", 'reconcile.csv:2: wrong value: "much" (value); expected a number such as 1234.50'],
    ["a filter without =", "revenue_won,2025,Ana,1,,", 'reconcile.csv:2: wrong value: "Ana" (where); expected dimension=member'],
    ["a missing file of records", "revenue_won,2025,,1,,none.csv", "reconcile.csv:2: no such file: none.csv (records)"],
    ["records of a share", "win_rate,2025,,50%,,crm.csv", "neither counts nor adds up records"],
    ["records without values", "revenue_won,2025,,1,,crm.csv", "a column value or amount beside id"]
  ])("refuses %s with its line", async (_, line, message) => {
    expect(await refused(written([line], {files: {"crm.csv": "id\n1\n"}}))).toContain(message);
  });

  it("refuses a column it does not know, and a value of a record that is no number", async () => {
    const report = written([]);
    writeFileSync(join(report.folder, "reconcile.csv"), "metric,period,were,value\n");
    expect(await refused(report)).toContain("reconcile.csv:1: unknown key: were; did you mean where?");
    expect(await refused(written(["revenue_won,2025,,1,,crm.csv"], {files: {"crm.csv": "id,value\n1,lots\n"}}))).toContain('wrong value: "lots" (records); expected a number in the column value');
  });

  it("is part of what a build depends on, records and all", async () => {
    const report = written(["revenue_won,2025,,1,,crm.csv"], {files: {"crm.csv": "id,value\n1,1\n"}});
    const hashes = new Set([(await build(report)).hash]);
    writeFileSync(join(report.folder, "crm.csv"), "id,value\n1,2\n");
    hashes.add((await build(report)).hash);
    writeFileSync(join(report.folder, "reconcile.csv"), `${header}\nrevenue_won,2025,,2,,crm.csv\n`);
    hashes.add((await build(report)).hash);
    expect(hashes.size).toBe(3);
  });
});
