// The same exports give the same site, whenever, wherever and beside whatever else it is built.

import {spawn} from "node:child_process";
import {readFileSync} from "node:fs";
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {typescript} from "../../loaders/site/framework.js";
import {projectFolder} from "../../loaders/project.js";
import {scratch, tinySettings, tinySite} from "../helpers/sharedSite.js";

let folder: string;
let said: string;
beforeAll(async () => void (folder = await scratch()));
afterAll(() => rm(folder, {recursive: true, force: true}));

const hashes = (site: string) => (JSON.parse(readFileSync(join(site, "report.json"), "utf8")) as {files: Record<string, string>}).files;

/** Builds in another process, zone and language; returns its output and exit code. */
function build(out: string, config: string, env: Record<string, string>): Promise<{code: number | null; text: string}> {
  const child = spawn(process.execPath, ["--import", typescript, join(projectFolder, "loaders/cli/report.ts"), "--config", config, "--out", out], {cwd: folder, env: {...process.env, ...env}});
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  return new Promise((resolve) => child.on("close", (code) => resolve({code, text})));
}

describe("npm run report", () => {
  it("writes the same bytes in any zone and language, from any folder, two builds at once", async () => {
    const zones = ["Pacific/Auckland", "Pacific/Pago_Pago"];
    const [site, ...built] = await Promise.all([
      tinySite(),
      ...zones.map((TZ, i) => build(join(folder, String(i)), tinySettings, {TZ, LANG: i ? "hu_HU.UTF-8" : "C"}))
    ]);
    for (const {code, text} of built) expect(code, text).toBe(0);
    for (const i of zones.keys()) expect(hashes(join(folder, String(i)))).toEqual(hashes(site));
    said = built[0]!.text;
  }, 240_000);

  it("says where the site is, what was read and how to look", () => {
    expect(said).toContain("Tiny, as of 2025-03-15");
    expect(said).toMatch(/rows +\d+ in \d+ files: \d+ used, \d+ rejected, \d+ excluded, \d+ superseded/);
    expect(said).toMatch(/npm run serve -- --dir /);
  });

  it("exits with 1 for settings that are not there, and leaves the earlier site", async () => {
    const before = hashes(join(folder, "0"));
    const {code, text} = await build(join(folder, "0"), join(folder, "missing.yaml"), {});
    expect(code).toBe(1);
    expect(text).toContain("missing.yaml");
    expect(text).toContain("is as it was");
    expect(hashes(join(folder, "0"))).toEqual(before);
  }, 60_000);
});
