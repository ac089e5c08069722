import {readdirSync} from "node:fs";
import {join} from "node:path";
import Papa from "papaparse";
import {describe, expect, it} from "vitest";
import {kpi} from "../../loaders/kpi/command.js";
import {recordsSchema} from "../../loaders/kpi/records.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {deals, smallReport, type SmallReport} from "./smallReport.js";

async function say(report: SmallReport, ...argv: string[]) {
  let out = "";
  let err = "";
  const code = await kpi([...argv, "--config", report.config], {out: (text) => (out += text), err: (text) => (err += text), environment: {}, pipeline: {cache: report.cache}});
  return {code, out, err};
}

const report = smallReport();
const rowsOf = (text: string) => Papa.parse<Record<string, string>>(text, {header: true, skipEmptyLines: true}).data;

describe("kpi --records", () => {
  it("says the number, its parts with their records, what was left out, and the SQL with its values", async () => {
    const {code, out, err} = await say(report, "win_rate", "--period", "2025-Q1", "--records");
    expect({code, err}).toEqual({code: 0, err: ""});
    expect(out.split("\n").slice(0, 7)).toEqual([
      "Win rate (win_rate)",
      "Q1 2025 · as of 31 March 2025",
      "",
      "66.67%",
      "",
      expect.stringMatching(/^Opportunities won \(numerator\) +1 January 2025 – 31 March 2025 +2 records$/),
      expect.stringMatching(/^.+ \(denominator\) +1 January 2025 – 31 March 2025 +3 records$/)
    ]);
    expect(out).toMatch(/'2025-01-01'::date/);
  });

  it("gives the records themselves as CSV: what part they are, whether they count, and the columns of the mart without ids and names of people", async () => {
    const {out} = await say(report, "win_rate", "--period", "2025-Q1", "--records", "--format", "csv");
    const rows = rowsOf(out);
    expect(rows.map(({part}) => part)).toEqual(["numerator", "numerator", "denominator", "denominator", "denominator"]);
    expect(rows.every(({is_counted, brings, kpi}) => is_counted === "true" && brings === "1" && kpi !== "")).toBe(true);
    expect(Object.keys(rows[0]!).filter((name) => name.endsWith("_id"))).toEqual([]);
    expect(rows[0]).toMatchObject({first_day: "2025-01-01", last_day: "2025-03-31", note: ""});
  });

  it("have the CRM's own id, by which each can be looked up there", async () => {
    const rows = rowsOf((await say(report, "win_rate", "--period", "2025-Q1", "--records", "--format", "csv")).out);
    expect(rows.map(({part, record, id}) => [part, record, id]).sort()).toEqual([
      ["denominator", "opportunity", "1"], ["denominator", "opportunity", "2"], ["denominator", "opportunity", "3"], ["numerator", "opportunity", "1"], ["numerator", "opportunity", "3"]
    ]);
    const amounts = rowsOf((await say(report, "revenue_won", "--period", "2025-Q1", "--records", "--format", "csv")).out);
    expect(Object.fromEntries(amounts.map(({id, brings}) => [id, brings]))).toEqual({1: "100.5", 3: "200"});
  });

  it("have none in a report for the public, nor has its folder", async () => {
    const open = smallReport({edit: (text) => `${text}audience: public\n`});
    const rows = rowsOf((await say(open, "opportunities_created", "--period", "2025-Q1", "--records", "--format", "csv")).out);
    expect(rows.length).toBe(5);
    expect(Object.keys(rows[0]!)).not.toContain("id");
    const {folder, manifest} = await runPipeline(await readSettings(open.config), {cache: open.cache});
    expect([manifest.records, readdirSync(join(folder, "marts")).filter((file) => file.includes("ids"))]).toEqual([undefined, []]);
  });

  it("are those of one member where a filter names it", async () => {
    const {out} = await say(report, "win_rate", "--period", "2025-Q1", "--where", "owner=Ana", "--records", "--format", "csv");
    const rows = rowsOf(out);
    expect(rows.map(({part, owner}) => [part, owner])).toEqual([["numerator", "Ana"], ["denominator", "Ana"], ["denominator", "Ana"]]);
  });

  it("never let a spreadsheet run a text of the CRM", async () => {
    const hostile = smallReport({lines: deals.map((line) => line.replace(",Ana,", ",=cmd(),"))});
    const {out} = await say(hostile, "opportunities_created", "--period", "2025-Q1", "--records", "--format", "csv");
    expect(out).toContain("'=cmd()");
    expect(out).not.toMatch(/(^|,)"?=cmd/m);
  });

  it("as JSON keep their schema", async () => {
    const {out} = await say(report, "revenue_won", "--period", "2025-Q1", "--records", "--format", "json");
    const document = recordsSchema.parse(JSON.parse(out));
    expect(document.parts).toEqual([expect.objectContaining({roles: [""], id: "revenue_won", brings: document.value, counted: document.n})]);
    expect(document.sql.length).toBeGreaterThan(0);
    expect(JSON.parse((await say(report, "--records", "--schema")).out)).toMatchObject({description: "How one number is made"});
  });

  it("are of one number: anything else is refused with what to do", async () => {
    for (const argv of [["win_rate", "revenue_won"], ["win_rate", "--by", "owner"]]) {
      const {code, err} = await say(report, ...argv, "--records");
      expect([code, err]).toEqual([1, expect.stringContaining("name one metric")]);
    }
    const {code, err} = await say(report, "new_leads", "--records");
    expect([code, err]).toEqual([1, expect.stringContaining("no source feeds lead.created_at")]);
  });
});
