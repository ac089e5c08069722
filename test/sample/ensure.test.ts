import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {ensureSample, replaceSample} from "../../loaders/sample/ensure.js";
import {scratchFolder, silent} from "./sampleFiles.js";

const {folder, drop} = scratchFolder();
afterAll(drop);
const out = join(folder, "sample");

describe("ensureSample(folder)", () => {
  it("leaves a sample of this generator alone, whatever its scale", async () => {
    await replaceSample({out, scale: 0.02}, silent);
    const before = readFileSync(join(out, "sample.json"), "utf8");
    const {made, ledger} = await ensureSample(out, silent);
    expect(made).toBe(false);
    expect(ledger.scale).toBe(0.02);
    expect(readFileSync(join(out, "sample.json"), "utf8")).toBe(before);
  }, 60_000);

  it("makes the sample again when another generator made it, and leaves nothing beside it", async () => {
    const old = JSON.parse(readFileSync(join(out, "sample.json"), "utf8")) as object;
    writeFileSync(join(out, "sample.json"), JSON.stringify({...old, generator: "older"}));
    const lines: string[] = [];
    const {made, ledger} = await ensureSample(out, {log: (line) => lines.push(line)});
    expect(made).toBe(true);
    expect(ledger.scale).toBe(1);
    expect(lines[0]).toMatch(/generator has changed/);
    expect(readdirSync(dirname(out))).toEqual(["sample"]);
  }, 60_000);
});

describe("replaceSample", () => {
  it("refuses a folder that holds something else", async () => {
    const foreign = scratchFolder();
    writeFileSync(join(foreign.folder, "Lead.csv"), "mine");
    await expect(replaceSample({out: foreign.folder, scale: 0.02}, silent)).rejects.toThrow(/Lead\.csv.*Name another folder/);
    expect(readFileSync(join(foreign.folder, "Lead.csv"), "utf8")).toBe("mine");
    foreign.drop();
  });

  it("keeps the earlier sample when it fails", async () => {
    await expect(replaceSample({out, scale: 999}, silent)).rejects.toThrow(/scale/);
    expect(existsSync(join(out, "salesforce/Lead.csv"))).toBe(true);
  });

  it("sweeps away what a killed run left beside it, and nothing of a run that lives", async () => {
    const killed = join(folder, "sample.making-999999999-0123abcd");
    const living = join(folder, `sample.making-${process.pid}-0123abcd`);
    for (const left of [killed, living]) mkdirSync(left);
    await replaceSample({out, scale: 0.02}, silent);
    expect(readdirSync(folder).sort()).toEqual(["sample", `sample.making-${process.pid}-0123abcd`]);
  }, 60_000);

  it("lets two runs at once end with one whole sample", async () => {
    const both = scratchFolder();
    const target = join(both.folder, "sample");
    await Promise.all([replaceSample({out: target, scale: 0.02}, silent), replaceSample({out: target, scale: 0.02}, silent)]);
    expect(readdirSync(both.folder)).toEqual(["sample"]);
    expect(readdirSync(target).sort()).toEqual(["other", "salesforce", "sample.json"]);
    both.drop();
  }, 60_000);
});
