// An earlier site stays whole: when a build is refused, when it fails, when it is killed at any point.

import {spawn, type ChildProcess} from "node:child_process";
import {existsSync, readFileSync, readdirSync} from "node:fs";
import {mkdir, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {typescript} from "../../loaders/site/framework.js";
import {assertReplaceable, OutError, publish, recover, reportFile} from "../../loaders/site/publish.js";
import {projectFolder} from "../../loaders/project.js";
import {isFull} from "../helpers/needs.js";
import {seeded} from "../helpers/seeded.js";
import {scratch, tinySettings} from "../helpers/sharedSite.js";

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await scratch();
  out = join(folder, "dist");
});
afterEach(() => rm(folder, {recursive: true, force: true}));

const count = 30;

/** Writes a site whose files all say the same word. */
async function writeSite(path: string, word: string): Promise<void> {
  await mkdir(path, {recursive: true});
  await writeFile(join(path, reportFile), word);
  for (let i = 0; i < count; i++) await writeFile(join(path, `${i}.html`), word);
}

/** Returns the word of a whole site; throws for a missing or mixed one. */
function wordOf(path: string): string {
  const words = new Set(readdirSync(path).map((file) => readFileSync(join(path, file), "utf8")));
  expect(readdirSync(path)).toHaveLength(count + 1);
  expect(words.size).toBe(1);
  return [...words][0]!;
}

const left = () => readdirSync(folder).filter((name) => name !== "dist");

describe("publish", () => {
  it("puts a site where there was none, and in the place of an older one", async () => {
    for (const word of ["one", "two"]) {
      await writeSite(join(folder, word), word);
      await publish(join(folder, word), out);
      expect(wordOf(out)).toBe(word);
    }
    expect(left()).toEqual([]);
  });

  it("lets two builds finish at the same time", async () => {
    await writeSite(out, "old");
    await Promise.all(["a", "b", "c"].map((word) => writeSite(join(folder, word), word)));
    // One process publishes one site at a time: the folder beside the site carries its id.
    for (const word of ["a", "b", "c"]) await publish(join(folder, word), out);
    expect(wordOf(out)).toBe("c");
    expect(left()).toEqual([]);
  });
});

describe("recover", () => {
  it("brings back a site that was moved away but not replaced", async () => {
    await writeSite(`${out}.previous`, "old");
    expect((await recover(out)).join()).toContain("it is back");
    expect(wordOf(out)).toBe("old");
  });

  it("removes what killed builds left, and leaves what running ones work on", async () => {
    await writeSite(out, "old");
    await writeSite(`${out}.previous`, "older");
    await writeSite(`${out}.next-999999999`, "dead");
    await writeSite(`${out}.next-${process.pid}`, "alive");
    await recover(out);
    expect(wordOf(out)).toBe("old");
    expect(left()).toEqual([`dist.next-${process.pid}`]);
  });
});

describe("assertReplaceable", () => {
  it("refuses a folder with other things in it, and takes an empty, absent or earlier one", async () => {
    await assertReplaceable(out);
    await mkdir(out);
    await assertReplaceable(out);
    await writeFile(join(out, "thesis.txt"), "");
    await expect(assertReplaceable(out)).rejects.toThrow("it is not an earlier report and would be removed");
    for (const file of [join(out, "thesis.txt"), join(out, "thesis.txt", "below")]) await expect(assertReplaceable(file)).rejects.toThrow(OutError);
    await writeFile(join(out, reportFile), "");
    await assertReplaceable(out);
  });
});

/** Of 20 points the first eight are in every part of a build; each costs half a build. */
const buildPoints = isFull ? 20 : 8;

const ended = (child: ChildProcess) => new Promise<void>((resolve) => child.once("exit", () => resolve()));

describe("a build that is killed", () => {
  it("in the swap, at 20 seeded points: the older or the newer site is whole", async () => {
    const random = seeded(20261122);
    const script = join(folder, "swap.mts");
    await writeFile(script, `
      import {cpSync} from "node:fs";
      import {publish, recover} from ${JSON.stringify(join(projectFolder, "loaders/site/publish.ts"))};
      await recover(${JSON.stringify(out)});
      process.stdout.write("go");
      for (;;) for (const word of ["one", "two"]) {
        cpSync(${JSON.stringify(folder)} + "/" + word, ${JSON.stringify(folder)} + "/copy", {recursive: true});
        await publish(${JSON.stringify(folder)} + "/copy", ${JSON.stringify(out)});
      }`);
    for (const word of ["one", "two"]) await writeSite(join(folder, word), word);
    await writeSite(out, "one");
    for (let point = 0; point < 20; point++) {
      const child = spawn(process.execPath, ["--import", typescript, script], {cwd: projectFolder, stdio: ["ignore", "pipe", "ignore"]});
      await new Promise((resolve) => child.stdout!.once("data", resolve));
      await new Promise((resolve) => setTimeout(resolve, random() * 60));
      child.kill("SIGKILL");
      await ended(child);
      await recover(out);
      expect(["one", "two"]).toContain(wordOf(out));
      expect(existsSync(`${out}.lock`)).toBe(false);
      await rm(join(folder, "copy"), {recursive: true, force: true});
    }
    expect(left().filter((name) => name.startsWith("dist"))).toEqual([]);
  }, 120_000);

  it("anywhere between start and swap, at seeded points: the older site is untouched", async () => {
    await writeSite(out, "old");
    const random = seeded(7);
    const build = () => spawn(process.execPath, ["--import", typescript, join(projectFolder, "loaders/cli/report.ts"), "--config", tinySettings, "--out", out], {cwd: projectFolder, stdio: ["ignore", "pipe", "ignore"]});
    const points = Array.from({length: buildPoints}, () => random());
    // Four at a time: they share nothing but the folder that they must leave alone.
    for (let i = 0; i < points.length; i += 4) {
      await Promise.all(points.slice(i, i + 4).map(async (point) => {
        const child = build();
        await Promise.race([stepReached(child, point < 0.3 ? "looking" : point < 0.6 ? "computing" : "building"), ended(child)]);
        await new Promise((resolve) => setTimeout(resolve, ((point * 1000) % 1) * 900));
        child.kill("SIGKILL");
        await ended(child);
      }));
      expect(wordOf(out)).toBe("old");
    }
    await recover(out);
    expect(wordOf(out)).toBe("old");
    expect(left()).toEqual([]);
  }, 600_000);
});

/** Resolves when the command says that it is at a step. */
function stepReached(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve) => {
    let heard = "";
    child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      heard += text;
      if (heard.includes(word)) resolve();
    });
  });
}
