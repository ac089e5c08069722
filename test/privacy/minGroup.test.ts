import {describe, expect, it} from "vitest";
import {kpi} from "../../loaders/kpi/command.js";
import {openBuilt} from "../../loaders/native.js";
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
