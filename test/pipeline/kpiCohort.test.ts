import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import Papa from "papaparse";
import {describe, expect, it} from "vitest";
import {cohortSchema} from "../../loaders/kpi/cohort.js";
import {kpi} from "../../loaders/kpi/command.js";

const config = fileURLToPath(new URL("../fixtures/tiny-orders/report.yaml", import.meta.url));
const cache = mkdtempSync(join(tmpdir(), "quarterdeck-cohort-"));

async function ask(...argv: string[]): Promise<{code: number; out: string; err: string}> {
  let out = "";
  let err = "";
  const code = await kpi([...argv, "--config", config], {out: (text) => (out += text), err: (text) => (err += text), environment: {}, pipeline: {cache}});
  return {code, out, err};
}
const read = async (...argv: string[]) => cohortSchema.parse(JSON.parse((await ask("cohort:purchases", ...argv, "--format", "json")).out));

// Buyers of the paper world: A1 with A4 from 2023-02-10, A2 from 2023-12-01, A3 from 2024-06-01, A7 from 2025-02-20, and A99,
// who is no account, from 2025-04-02. As of 2025-05-20.
describe("kpi cohort:<id>", () => {
  it("prints the triangle with its marks and the weighted average", async () => {
    const {code, out} = await ask("cohort:purchases", "--grain", "quarter");
    expect(code).toBe(0);
    const lines = out.split("\n").map((line) => line.trim().replaceAll(/ {2,}/g, " | "));
    expect(lines[1]).toMatch(/^back at that age · by quarter · calendar periods · first start of each customer · .* · as of 20 May 2025$/);
    expect(lines.slice(3, 14)).toEqual([
      "Start | Customers | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9",
      "2023-Q1< | 1 | 100% | 100% | 0% | 0% | 0% | 100% | 0% | 0% | 100% | 0%*",
      "2023-Q4 | 1 | 100% | 100% | 0% | 0% | 0% | 0% | 100%*",
      "2024-Q2 | 1 | 100% | 0% | 0% | 100% | 100%*",
      "2025-Q1 | 1 | 100% | 100%*",
      "2025-Q2> | 1 | 100%*",
      "Average, weighted | 100% | 67% | 0% | 33% | 0% | 50% | 0% | 0% | 100%",
      "",
      "* not all of the cohort are that old, or the period still runs; in no average",
      "< the records begin in it: customers of old look new",
      "> still running: more may begin in it"
    ]);
  });

  it("has one documented schema, and the reader's choices", async () => {
    const {choices, segments} = await read("--measure", "repeat", "--by", "segment", "--grain", "year").then(({measure, grain, by, segments: own}) => ({choices: [measure, grain, by], segments: own!}));
    expect(choices).toEqual(["repeat", "year", "segment"]);
    expect(segments.map(({member, size}) => [member, size])).toEqual([["Enterprise", 2], ["SMB", 2], [null, 1]]);
    // A1 came back in its first year, A2 in its second; A3, of 2024, in its second.
    expect(segments.find(({member}) => member === "SMB")!.lines.map(({key, cells}) => [key, cells.map(({value}) => value)])).toEqual([["2023-01-01", [0.5, 1, 1]]]);
    expect(JSON.parse((await ask("cohort:purchases", "--schema")).out)).toMatchObject({description: "One cohort of npm run kpi"});
  });

  it("sets profit beside the cost of winning, as the metric tells it", async () => {
    const {lines} = await read("--measure", "payback", "--grain", "quarter", "--period", "2024-Q2..2025-Q1");
    const cost = JSON.parse((await ask("cac", "--period", "2024-Q2", "--format", "json")).out) as {metrics: {rows: {value: number; total: boolean}[]}[]};
    expect(lines[0]!.cac).toBeGreaterThan(0);
    expect(JSON.stringify(cost)).toContain(`"value":${String(lines[0]!.cac)}`);
    expect(lines[0]!.cells.map(({value}) => Math.round(value! * lines[0]!.cac!)).slice(0, 2)).toEqual([750, 750]);
    expect(lines[0]!.payback_period).toBe(null);
  });

  it("has one line a cell as CSV", async () => {
    const {data} = Papa.parse<Record<string, string>>((await ask("cohort:purchases", "--grain", "year", "--format", "csv")).out.trim(), {header: true});
    expect(data.filter(({start}) => start === "2024-01-01").map(({size, age, state, active, observed, value}) => [size, age, state, active, observed, value])).toEqual([["1", "0", "whole", "1", "1", "1"], ["1", "1", "part", "1", "1", "1"]]);
  });

  it("is one line and exit code 1 where it cannot answer", async () => {
    for (const [argv, line] of [
      [["cohort:purchase"], /^unknown cohort: "purchase"; did you mean "purchases"\?.*\n$/],
      [["cohort:subscriptions"], /^no source feeds the cohort "subscriptions"\n$/],
      [["cohort:purchases", "--by", "segmnt"], /^unknown dimension: "segmnt"; did you mean "segment"\?.*\n$/],
      [["cohort:purchases", "win_rate"], /^error: cohort:<id> stands alone/],
      [["win_rate", "--grain", "month"], /^error: --grain is of a cohort: name it, such as cohort:purchases\.\n$/]
    ] as const) {
      const {code, out, err} = await ask(...argv);
      expect({code, out}).toEqual({code: 1, out: ""});
      expect(err.split("\n").slice(-2).join("\n")).toMatch(line);
    }
  });
});
