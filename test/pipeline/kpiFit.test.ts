import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import Papa from "papaparse";
import {describe, expect, it} from "vitest";
import {kpi} from "../../loaders/kpi/command.js";
import {fitSchema} from "../../loaders/kpi/fit.js";

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}/report.yaml`, import.meta.url));
const cache = mkdtempSync(join(tmpdir(), "quarterdeck-fit-"));

async function ask(config: string, ...argv: string[]): Promise<{code: number; out: string; err: string}> {
  let out = "";
  let err = "";
  const code = await kpi([...argv, "--config", fixture(config)], {out: (text) => (out += text), err: (text) => (err += text), environment: {}, pipeline: {cache}});
  return {code, out, err};
}

// Six customers order in the paper world; one of them is no account. A fit needs 300.
describe("kpi fit:clv", () => {
  it("says in words why there is no value", async () => {
    const {code, out} = await ask("tiny-orders", "fit:clv");
    expect(code).toBe(0);
    expect(out).toMatch(/^Model of expected customer value \(fit:clv\)\nas of 20 May 2025\n/i);
    expect(out).toContain("No value: the fit needs 300 customers, 30 of whom came back.");
    expect(out).toContain("Nothing is held out: the first two thirds of the log need 300 customers, 30 of whom came back.");
    expect(out).toMatch(/r \(BG\/NBD\) +–\n/);
  });
  it("has one documented schema, and one line as CSV", async () => {
    const fit = fitSchema.parse(JSON.parse((await ask("tiny-orders", "fit:clv", "--format", "json")).out));
    expect(fit).toMatchObject({reason: "too_few_customers", customers: 5, r: null, q: null, discount: 0.1, holdout_reason: "too_few_customers", holdout_expected: null});
    const {data} = Papa.parse<Record<string, string>>((await ask("tiny-orders", "fit:clv", "--format", "csv")).out.trim(), {header: true});
    expect(data.map(({reason, customers, repeaters}) => [reason, customers, repeaters])).toEqual([["too_few_customers", "5", String(fit.repeaters)]]);
    expect(JSON.parse((await ask("tiny-orders", "fit:clv", "--schema")).out)).toMatchObject({description: "One fit of npm run kpi"});
  });
  it("is one line and exit code 1 where it cannot answer", async () => {
    for (const [config, argv, line] of [
      ["tiny-orders", ["fit:clw"], /^unknown fit: "clw"; did you mean "clv"\?.*\n$/],
      ["tiny-orders", ["fit:clv", "win_rate"], /^error: fit:<id> stands alone/],
      ["tiny-adoption", ["fit:clv"], /^no source feeds the fit "clv"\n$/]
    ] as const) {
      const {code, out, err} = await ask(config, ...argv);
      expect({code, out}).toEqual({code: 1, out: ""});
      expect(err.split("\n").slice(-2).join("\n")).toMatch(line);
    }
  });
});
