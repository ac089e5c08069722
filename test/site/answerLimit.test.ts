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
import type {PackedAnswers, PackedChoices} from "../../src/query/pack.js";
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

const leftOut = (name: string) => results.get(name)!.leftOut.find(({page}) => page.startsWith("/index."));

describe("a page's answers", () => {
  it("are all there within the limit", () => expect(results.get("all")!.leftOut).toEqual([]));

  it("put the choices of the last kind in a file of their own when they are a byte too heavy", () => {
    const [all, less] = [results.get("all")!.answerBytes, results.get("less")!.answerBytes];
    expect(less["/index"]).toBeLessThan(all["/index"]!);
    const own = (bytes: Readonly<Record<string, number>>) => Object.keys(bytes).filter((path) => path.startsWith("/index."));
    expect([own(all), own(less).length, leftOut("less")]).toEqual([[], 1, undefined]);
    const kind = own(less)[0]!.slice("/index.".length);
    expect(["team", "region"]).toContain(kind);
    const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8")) as unknown;
    const filtered = ({filters}: PackedAnswers) => JSON.stringify(filters).includes(`"${kind}"`);
    expect([filtered(read("less/answers/index.json") as PackedAnswers), filtered((read(`less/answers/index.${kind}.json`) as PackedChoices).metrics!)]).toEqual([false, true]);
    const page = (name: string) => (read(`${name}/baked.json`) as Baked).pages.find(({path}) => path === "/index")!.choices;
    expect([page("less"), page("all")]).toEqual([[kind], []]);
  });

  it("keep the default view whatever the limit, and leave every other choice to the engine", () => {
    const left = results.get("least")!.leftOut.filter(({page}) => page.startsWith("/index."));
    expect(left.map(({page}) => page.slice("/index.".length)).filter((kind) => kind !== "team").sort()).toEqual(["month", "quarter", "region"]);
    expect(left.every(({choices}) => choices > 0)).toBe(true);
    const {answers} = JSON.parse(readFileSync(join(folder, "least/answers/index.json"), "utf8")) as {answers: unknown[]};
    expect(answers.length).toBeGreaterThan(0);
  });

  it("leave choices to the engine for which many events would be followed, and say how many, but never the default view", () => {
    const left = results.get("less")!.leftOut.filter(({why}) => why === "events");
    expect(left.map(({page}) => page)).toEqual(expect.arrayContaining(["/funnel.month", "/funnel.region", "/funnel.funnel-mode"]));
    expect(left.find(({page}) => page === "/funnel.funnel-mode")!.choices).toBe(6);
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
    const baked = (name: string) => readFileSync(join(folder, name, "baked.json"), "utf8").replaceAll(/"choices":\[[^\]]*\]/g, "");
    expect(baked("least")).toBe(baked("all"));
    expect(baked("less")).toBe(baked("all"));
  });
});
