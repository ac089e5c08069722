// A file of a page's answers has a limit: what does not fit stands in a second one, and beyond that is left to the engine.

import {readFileSync} from "node:fs";
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {bake, type BakeResult} from "../../loaders/bake.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {projectFolder} from "../../loaders/project.js";
import {readSettings} from "../../loaders/settings.js";
import type {Baked} from "../../loaders/site/baked.js";
import {unpackFunnels, type PackedFunnels} from "../../src/query/funnel/packFunnels.js";
import type {PackedAnswers} from "../../src/query/pack.js";
import {scratch, tinySettings} from "../helpers/sharedSite.js";

let folder: string;
const results = new Map<string, BakeResult>();

async function bakeWithin(name: string, within: {readonly limit?: number; readonly many?: number} = {}): Promise<BakeResult> {
  const {folder: built} = await runPipeline(await readSettings(tinySettings));
  const result = await bake({root: join(projectFolder, "src"), built, report: join(folder, name), ...within});
  results.set(name, result);
  return result;
}

beforeAll(async () => {
  folder = await scratch();
  const {answerBytes} = await bakeWithin("all");
  const whole = answerBytes["/index"]!;
  await bakeWithin("less", {limit: whole - 1, many: 1});
  await bakeWithin("least", {limit: 1});
}, 120_000);
afterAll(() => rm(folder, {recursive: true, force: true}));

const leftOut = (name: string) => results.get(name)!.leftOut.find(({page}) => page === "/index");

describe("a page's answers", () => {
  it("are all there within the limit", () => expect(results.get("all")!.leftOut).toEqual([]));

  it("put the last group in a second file when they are a byte too heavy, and say which", () => {
    const [all, less] = [results.get("all")!.answerBytes, results.get("less")!.answerBytes];
    expect([leftOut("less"), all["/index.more"]]).toEqual([undefined, undefined]);
    expect(less["/index"]).toBeLessThan(all["/index"]!);
    const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8")) as PackedAnswers;
    const [first, second, whole] = [read("less/answers/index.json"), read("less/answers/index.more.json"), read("all/answers/index.json")];
    expect(first.more).toHaveLength(1);
    expect(["team", "region"]).toContain(first.more![0]);
    expect([second.more, whole.more]).toEqual([undefined, undefined]);
    const filtered = ({filters}: PackedAnswers, dimension: string) => JSON.stringify(filters).includes(`"${dimension}"`);
    expect([filtered(first, first.more![0]!), filtered(second, first.more![0]!)]).toEqual([false, true]);
    const page = (name: string) => (JSON.parse(readFileSync(join(folder, name, "baked.json"), "utf8")) as Baked).pages.find(({path}) => path === "/index")!.more;
    expect([page("less"), page("all")]).toEqual([true, false]);
  });

  it("keep the default view whatever the limit, and leave out teams, regions, quarters, months in this order", () => {
    expect(Object.keys(leftOut("least")!.choices).filter((kind) => kind !== "team")).toEqual(["region", "quarter", "month"]);
    const {answers} = JSON.parse(readFileSync(join(folder, "least/answers/index.json"), "utf8")) as {answers: unknown[]};
    expect(answers.length).toBeGreaterThan(0);
  });

  it("leave choices to the engine for which many events would be followed, and say how many, but never the default view", () => {
    const left = results.get("less")!.leftOut.filter(({why}) => why === "events");
    expect(left.map(({page}) => page)).toEqual(expect.arrayContaining(["/funnel.month", "/funnel.region", "/funnel.funnel-mode"]));
    expect(left.find(({page}) => page === "/funnel.funnel-mode")!.choices).toEqual({choice: 6});
    const told = (name: string, file: string) => unpackFunnels((JSON.parse(readFileSync(join(folder, name, "answers", file), "utf8")) as PackedAnswers).funnels!);
    const question = {id: "lead_to_cash", choices: {period: "all", by: "source"}} as const;
    expect(told("less", "funnel.json")(question)).toEqual(told("all", "funnel.json")(question));
    expect(told("less", "funnel.json")(question)).toBeDefined();
    const chosen = {id: "lead_to_cash", choices: {period: "all", by: "source", mode: "any"}} as const;
    const modes = (name: string) => {
      const {funnels} = JSON.parse(readFileSync(join(folder, name, "answers", "funnel.funnel-mode.json"), "utf8")) as {funnels?: PackedFunnels};
      return funnels && unpackFunnels(funnels)(chosen);
    };
    expect([modes("all") === undefined, modes("less")]).toEqual([false, undefined]);
  });

  it("have the same words and pictures in the page itself, whatever the limit", () => {
    const baked = (name: string) => readFileSync(join(folder, name, "baked.json"), "utf8").replaceAll('"more":true', '"more":false');
    expect(baked("least")).toBe(baked("all"));
    expect(baked("less")).toBe(baked("all"));
  });
});
