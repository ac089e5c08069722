import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import Papa from "papaparse";
import {describe, expect, it} from "vitest";
import {kpi} from "../../loaders/kpi/command.js";
import {productsSchema} from "../../loaders/kpi/products.js";

const cache = mkdtempSync(join(tmpdir(), "quarterdeck-products-"));

async function ask(world: string, ...argv: string[]): Promise<{code: number; out: string; err: string}> {
  let out = "";
  let err = "";
  const code = await kpi([...argv, "--config", `test/fixtures/${world}/report.yaml`], {out: (text) => (out += text), err: (text) => (err += text), environment: {}, pipeline: {cache}});
  return {code, out, err};
}

describe("kpi next:<level> and white_space:<level>", () => {
  it("print a table, one line a pair as CSV, and one documented schema", async () => {
    const {code, out} = await ask("tiny-orders", "next:product", "--window", "60");
    expect(code).toBe(0);
    expect(out).toMatch(/^Next product \(next:product\)\nNext product within 60 days, share of customers, and median days until then; as of 20 May 2025\n\nBought first → Then /);
    const told = productsSchema.parse(JSON.parse((await ask("tiny-orders", "next:product", "--window", "60", "--format", "json")).out));
    if (told.ask !== "next") throw new Error("asked what follows");
    expect(told.pairs.length).toBeGreaterThan(0);
    const {data} = Papa.parse<Record<string, string>>((await ask("tiny-orders", "next:product", "--window", "60", "--format", "csv")).out.trim(), {header: true});
    expect(data.map(({from, to, n, followed}) => [from, to, Number(n), Number(followed)])).toEqual(told.pairs.map(({from, to, n, followed}) => [from, to, n, followed]));
    expect(JSON.parse((await ask("tiny-orders", "white_space:product", "--schema")).out)).toMatchObject({description: "What follows which product, or what customers have not bought yet"});
  });
  it("say so where too few are alike, and are one line and exit code 1 where they cannot answer", async () => {
    expect((await ask("tiny-orders", "white_space:product")).out).toMatch(/White space \(white_space:product\)/);
    for (const [argv, line] of [
      [["next:produkt"], /^no source feeds the products by produkt; did you mean "product"\?.*\n$/],
      [["next:product", "win_rate"], /^error: next:<level> stands alone/],
      [["white_space:product", "--window", "30"], /^error: --window is of a funnel/],
      [["next:product", "--where", "segmnt=SMB"], /^unknown dimension: "segmnt"; did you mean "segment"\?.*\n$/]
    ] as const) {
      const {code, out, err} = await ask("tiny-orders", ...argv);
      expect({code, out}).toEqual({code: 1, out: ""});
      expect(err.split("\n").slice(-2).join("\n")).toMatch(line);
    }
  });
});
