import {describe, expect, it} from "vitest";
import {kpi} from "../../loaders/kpi/command.js";
import {openBuilt} from "../../loaders/native.js";
import {report} from "../../loaders/report/command.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {ask} from "../../src/query/ask.js";
import {packAnswers, unpackAnswers} from "../../src/query/pack.js";
import type {Question} from "../../src/query/question.js";
import {smallReport} from "../pipeline/smallReport.js";

const deal = (id: number, agent: string) => `${id},${agent},Won,2025-01-10T09:00:00Z,2025-02-20T12:00:00Z,100,2025-02-20T12:00:00Z`;
const agents = [...Array<string>(6).fill("Ana"), ...Array<string>(4).fill("Ben"), "Cleo"];
const {config, cache} = smallReport({lines: ["id,agent,stage,created,closed,amount,updated", ...agents.map((agent, k) => deal(k, agent))], edit: (text) => `${text}min_group: 3\n`});

describe("min_group", () => {
  it("hides the smallest and the next in kpi, as table, CSV and JSON alike", async () => {
    const say = async (format: string) => {
      const out: string[] = [];
      expect(await kpi(["revenue_won", "--by", "owner", "--format", format, "--config", config], {out: (text) => out.push(text), err: () => {}, environment: {}, pipeline: {cache}})).toBe(0);
      return out.join("");
    };
    const csv = (await say("csv")).trim().split("\n").map((line) => line.split(","));
    const [header, ...lines] = csv;
    const told = lines.map((line) => ["owner", "value", "n", "reason"].map((name) => line[header!.indexOf(name)]));
    expect(told).toEqual([["", "1100", "11", ""], ["Ana", "600", "6", ""], ["Ben", "", "", "suppressed"], ["Cleo", "", "", "suppressed"]]);
    const {rows} = JSON.parse(await say("json")) as {rows: {value: number | null; reason?: string}[]};
    expect(rows.map(({value, reason}) => reason ?? value)).toEqual([1100, 600, "suppressed", "suppressed"]);
    expect(await say("table")).toMatch(/Cleo +– +– .*too few records to show/);
  });

  it("hides the smallest in a table of several metrics and in the shares of a funnel", async () => {
    const out: string[] = [];
    expect(await kpi(["win_rate", "revenue_won", "opportunities_won", "--by", "owner", "--compare", "previous", "--trend", "month:2", "--period", "2025-02", "--format", "json", "--config", config], {out: (text) => out.push(text), err: () => {}, environment: {}, pipeline: {cache}})).toBe(0);
    const {rows} = JSON.parse(out.join("")) as {rows: {total: boolean; members: {owner?: string}; n: number; value: number | null; numerator?: number; denominator?: number}[]};
    const small = rows.filter(({total, members}) => !total && members.owner !== "Ana");
    expect(small.length).toBeGreaterThan(6);
    for (const {value, n, numerator, denominator} of small) expect([value, n, numerator, denominator].map((number) => number ?? 0)).toEqual([0, 0, 0, 0]);
  });

  it("is said not to hold for marts, and can be made to stop the report", async () => {
    const {folder, manifest} = await runPipeline(await readSettings(config), {cache});
    expect(manifest.quality!.checks.find(({id}) => id === "small_groups")).toMatchObject({grade: "warn", status: "failed", examples: expect.arrayContaining([{id: "fct_opportunity", detail: "owner, stage, size_band, cycle_band"}])});
    const {run, close} = await openBuilt(folder);
    try {
      expect(await run({sql: "select count(*)::integer as n from fct_opportunity where owner = 'Cleo'", params: []})).toEqual([{n: 1}]);
    } finally {
      close();
    }
    const err: string[] = [];
    const {config: strict} = smallReport({edit: (text) => `${text}min_group: 3\nchecks: {small_groups: stop}\n`});
    expect(await report(["--config", strict, "--out", `${strict}.site`], {out: () => {}, err: (text) => err.push(text), progress: () => {}, done: () => {}, colour: false, now: "2025-04-01T00:00:00Z", environment: {}, pipeline: {cache}})).toBe(4);
    expect(err.join("")).toContain("A check of grade stop failed.");
  });

  it("hides what a filter narrows to few, and comes out of a page's answers the same", async () => {
    const {folder} = await runPipeline(await readSettings(config), {cache});
    const {manifest, run, close} = await openBuilt(folder);
    try {
      expect(manifest.minGroup).toBe(3);
      const only = await ask({metrics: ["win_rate"], period: "all", filters: [{dimension: "owner", values: ["Cleo"]}]}, {manifest, run});
      expect(only.rows.map(({value, n, reason}) => [value, n, reason])).toEqual([[null, 0, "suppressed"]]);
      const question: Question = {metrics: ["win_rate", "revenue_won"], period: "2025-02", by: ["owner"], trend: {grain: "month", count: 2}};
      const answer = await ask(question, {manifest, run});
      expect(unpackAnswers(JSON.parse(JSON.stringify(packAnswers([answer]))))(question)).toEqual(JSON.parse(JSON.stringify(answer)));
    } finally {
      close();
    }
  });
});
