// A page's answers have a limit: what does not fit is left to the engine, in a stated order.

import {readFileSync} from "node:fs";
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {bake, type BakeResult} from "../../loaders/bake.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {projectFolder} from "../../loaders/project.js";
import {readSettings} from "../../loaders/settings.js";
import {scratch, tinySettings} from "../helpers/sharedSite.js";

let folder: string;
const results = new Map<string, BakeResult>();

async function bakeWithin(name: string, limit?: number): Promise<BakeResult> {
  const {folder: built} = await runPipeline(await readSettings(tinySettings));
  const result = await bake({root: join(projectFolder, "src"), built, report: join(folder, name), ...(limit !== undefined && {limit})});
  results.set(name, result);
  return result;
}

beforeAll(async () => {
  folder = await scratch();
  const {answerBytes} = await bakeWithin("all");
  const whole = answerBytes["/index"]!;
  await bakeWithin("less", whole - 1);
  await bakeWithin("least", 1);
}, 120_000);
afterAll(() => rm(folder, {recursive: true, force: true}));

const leftOut = (name: string) => results.get(name)!.leftOut.find(({page}) => page === "/index");

describe("a page's answers", () => {
  it("are all there within the limit", () => expect(results.get("all")!.leftOut).toEqual([]));

  it("do without the last group when they are a byte too heavy, and say so", () => {
    const {choices, bytes} = leftOut("less")!;
    expect(Object.keys(choices)).toHaveLength(1);
    expect(["team", "region"]).toContain(Object.keys(choices)[0]);
    expect(bytes).toBeLessThan(results.get("all")!.answerBytes["/index"]!);
    expect(Buffer.byteLength(readFileSync(join(folder, "less/answers/index.json"), "utf8"))).toBe(bytes);
  });

  it("keep the default view whatever the limit, and leave out teams, regions, quarters, months in this order", () => {
    expect(Object.keys(leftOut("least")!.choices).filter((kind) => kind !== "team")).toEqual(["region", "quarter", "month"]);
    const {answers} = JSON.parse(readFileSync(join(folder, "least/answers/index.json"), "utf8")) as {answers: unknown[]};
    expect(answers.length).toBeGreaterThan(0);
  });

  it("have the same words and pictures in the page itself, whatever the limit", () => {
    const baked = (name: string) => readFileSync(join(folder, name, "baked.json"), "utf8");
    expect(baked("least")).toBe(baked("all"));
  });
});
