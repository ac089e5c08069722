import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import Papa from "papaparse";
import {describe, expect, it} from "vitest";
import {kpi} from "../../loaders/kpi/command.js";
import {waterfallSchema} from "../../loaders/kpi/waterfall.js";

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}/report.yaml`, import.meta.url));
const cache = mkdtempSync(join(tmpdir(), "quarterdeck-waterfall-"));

async function ask(config: string, ...argv: string[]): Promise<{code: number; out: string; err: string}> {
  let out = "";
  let err = "";
  const code = await kpi([...argv, "--config", fixture(config)], {out: (text) => (out += text), err: (text) => (err += text), environment: {}, pipeline: {cache}});
  return {code, out, err};
}

// The numbers are those of the fixture's README.
describe("kpi waterfall:mrr", () => {
  it("prints what came and went, from stock to stock", async () => {
    const {code, out} = await ask("tiny-subscriptions", "waterfall:mrr", "--period", "2025-Q1");
    expect(code).toBe(0);
    expect(out.replaceAll("\u00a0", " ")).toMatch(/\(waterfall:mrr\)\nQ1 2025 · as of 15 April 2025\n/);
    expect(out.split("\n").slice(4, 12).map((line) => line.split(/\s{2,}/).slice(0, 2))).toEqual([
      ["At the start", "€840"], ["New", "€10"], ["Expansion", "€30"], ["Returned", "€80"], ["Contraction", "−€25"], ["Lost", "−€145"], ["Exchange rates", "€10"], ["At the end", "€800"]
    ]);
    expect(out).toContain("other currencies at the last exchange rate of each month");
  });
  it("has one documented schema, all together first, and leaves nothing over for any member", async () => {
    const told = waterfallSchema.parse(JSON.parse((await ask("tiny-subscriptions", "waterfall:mrr", "--by", "region", "--format", "json")).out));
    expect(told).toMatchObject({id: "mrr", period: "2025-03", first_day: "2025-03-01", last_day: "2025-03-31", by: "region", exchange_rates: 10});
    expect(told.waterfalls[0]).toMatchObject({total: true, residual: 0, bars: [{move: "start", value: 710}, {value: 0}, {value: 0}, {move: "reactivation", value: 200, n: 1}, {value: 0}, {move: "churn", value: -120, n: 1}, {move: "rates", value: 10, n: 1}, {move: "end", value: 800}]});
    expect(told.waterfalls.length).toBeGreaterThan(2);
    expect(told.waterfalls.map(({residual}) => residual)).toEqual(told.waterfalls.map(() => 0));
    told.waterfalls[0]!.bars.forEach(({value}, k) => expect(told.waterfalls.slice(1).reduce((sum, {bars}) => sum + bars[k]!.value!, 0)).toBeCloseTo(value!, 6));
    expect(JSON.parse((await ask("tiny-subscriptions", "waterfall:mrr", "--schema")).out)).toMatchObject({description: "One waterfall of npm run kpi"});
  });
  it.each(["plan", "tenure", "size"])("leaves nothing over by what customers were, and the members are the whole: %s", async (by) => {
    const told = waterfallSchema.parse(JSON.parse((await ask("tiny-subscriptions", "waterfall:mrr", "--period", "2025-Q1", "--by", by, "--format", "json")).out));
    const {waterfalls: [total]} = waterfallSchema.parse(JSON.parse((await ask("tiny-subscriptions", "waterfall:mrr", "--period", "2025-Q1", "--format", "json")).out));
    expect(told.waterfalls[0]).toEqual(total);
    expect(told.waterfalls.length).toBeGreaterThan(2);
    expect(told.waterfalls.map(({residual}) => residual)).toEqual(told.waterfalls.map(() => 0));
    total!.bars.forEach(({value, n}, k) => {
      const own = told.waterfalls.slice(1).map(({bars}) => bars[k]!);
      expect([own.reduce((sum, one) => sum + Math.round(one.value! * 100), 0), own.reduce((sum, one) => sum + one.n, 0)]).toEqual([Math.round(value! * 100), n]);
    });
    const {out} = await ask("tiny-subscriptions", "waterfall:mrr", "--period", "2025-Q1", "--by", by);
    expect(out).toContain("from start to end");
  });
  it("has one line a bar as CSV", async () => {
    const {data} = Papa.parse<Record<string, string>>((await ask("tiny-subscriptions", "waterfall:mrr", "--period", "2025-02", "--format", "csv")).out.trim(), {header: true});
    expect(data.map(({move, value, n}) => [move, value, n])).toEqual([["start", "615", "9"], ["new", "0", "0"], ["expansion", "20", "1"], ["reactivation", "120", "2"], ["contraction", "-20", "1"], ["churn", "-25", "1"], ["rates", "0", "0"], ["end", "710", "10"]]);
  });
  it("prints the pipeline's too", async () => {
    const {out} = await ask("tiny-waterfall", "waterfall:pipeline", "--period", "2025-04", "--format", "json");
    expect(waterfallSchema.parse(JSON.parse(out)).waterfalls[0]).toMatchObject({residual: 0, bars: expect.arrayContaining([expect.objectContaining({move: "end", value: 2850, n: 6, unrated: 1})])});
  });
  it("is one line and exit code 1 where it cannot answer", async () => {
    for (const [config, argv, line] of [
      ["tiny-subscriptions", ["waterfall:mmr"], /^unknown waterfall: "mmr"; did you mean "mrr"\?.*\n$/],
      ["tiny-subscriptions", ["waterfall:mrr", "mrr"], /^error: waterfall:<id> stands alone/],
      ["tiny-subscriptions", ["waterfall:mrr", "--by", "product"], /^the waterfall "mrr" is not broken down by "product"/],
      ["tiny-orders", ["waterfall:mrr"], /^no source feeds the waterfall "mrr"/]
    ] as const) {
      const {code, out, err} = await ask(config, ...argv);
      expect({argv, code, out}).toEqual({argv, code: 1, out: ""});
      expect(err.split("\n").slice(-2).join("\n")).toMatch(line);
    }
  });
});
