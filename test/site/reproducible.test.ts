// The same exports give the same site, whenever, wherever and beside whatever else it is built.

import {spawn} from "node:child_process";
import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {hashSite} from "../../loaders/site/siteHash.js";
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
  }, 600_000);

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

  it.each([
    ["a folder that is no report", "mine", "it is not an earlier report"],
    ["a file", "mine/thesis.txt", "is a file"]
  ])("exits with 1 for an --out that is %s", async (_, out, why) => {
    mkdirSync(join(folder, "mine"), {recursive: true});
    writeFileSync(join(folder, "mine/thesis.txt"), "");
    const {code, text} = await build(join(folder, out), tinySettings, {});
    expect(code, text).toBe(1);
    expect(text).toContain(why);
  }, 60_000);

  it("leaves a whole site alone when nothing changed, says so and warns again", async () => {
    const warnings = (text: string) => text.split("\n").filter((line) => /^ {2}(stop|warn|note) /.test(line));
    const out = join(folder, "0");
    const before = statSync(join(out, "index.html")).mtimeMs;
    const {code, text} = await build(out, tinySettings, {});
    expect(code, text).toBe(0);
    expect(text).toContain("Tiny, as of 2025-03-15: nothing changed");
    expect(warnings(text)).not.toEqual([]);
    expect(warnings(text)).toEqual(warnings(said));
    expect(statSync(join(out, "index.html")).mtimeMs).toBe(before);
  }, 60_000);

  it("builds an edited, incomplete or larger site anew", async () => {
    const out = join(folder, "0");
    const whole = hashes(out);
    writeFileSync(join(out, "index.html"), readFileSync(join(out, "index.html"), "utf8").replace("Tiny", "Tony"));
    rmSync(join(out, "definitions.html"));
    writeFileSync(join(out, "notes.txt"), "mine");
    const {text} = await build(out, tinySettings, {});
    expect(text).not.toContain("nothing changed");
    expect(hashes(out)).toEqual(whole);
    for (const [file, hash] of Object.entries(whole)) expect(createHash("sha256").update(readFileSync(join(out, file))).digest("hex"), file).toBe(hash);
    expect(existsSync(join(out, "notes.txt"))).toBe(false);
  }, 120_000);
});

describe("the hash of a site", () => {
  it("depends on pages, code, config and data", async () => {
    const project = join(folder, "project");
    for (const path of ["src", "loaders", "test/metrics"]) mkdirSync(join(project, path), {recursive: true});
    const manifest = {hash: "a", locale: "en"};
    const seen = new Set([await hashSite(manifest, project)]);
    for (const path of ["src/page.md", "loaders/code.ts", "observablehq.config.ts", "package-lock.json", "test/metrics/win_rate.check.sql"]) {
      writeFileSync(join(project, path), "text");
      seen.add(await hashSite(manifest, project));
    }
    writeFileSync(join(project, "src/page.md"), "taxt");
    seen.add(await hashSite(manifest, project));
    seen.add(await hashSite({...manifest, hash: "b"}, project));
    expect(seen.size).toBe(8);
    expect(seen).toContain(await hashSite({...manifest, hash: "b"}, project));
  });
});
