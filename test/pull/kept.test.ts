import {existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {listFiles, matchFiles} from "../../loaders/canonical/files.js";
import {beginExport, keepExport, keptDays, keptExport, pruneExports} from "../../loaders/pull/kept.js";

/** A process id that nobody has. */
const gone = 2 ** 22 + 1;

function kept(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "kept-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const read = (...path: string[]) => readFileSync(join(...path), "utf8");

describe("keptDays(folder)", () => {
  it("returns folders that are days, oldest first, and nothing else", () => {
    const folder = kept({"2026-02-03/a.csv": "1", "2025-12-31/a.csv": "1", "2026-02-30/a.csv": "1", "old/a.csv": "1", ".aside-1/a.csv": "1", "2026-01-01": "a file"});
    expect(keptDays(folder)).toEqual(["2025-12-31", "2026-02-03"]);
  });

  it("is empty where nothing was ever kept", () => expect(keptDays("/no/such/folder")).toEqual([]));
});

describe("keptExport(folder, day)", () => {
  it("is the folder of the day, or the one archive of files in it", () => {
    const folder = kept({"2026-01-01/a.csv": "", "2026-01-02/export.zip": "", "2026-01-02/pull.json": "", "2026-01-03/deals.csv.zip": "", "2026-01-04/a.zip": "", "2026-01-04/b.zip": ""});
    expect(keptDays(folder).map((day) => keptExport(folder, day).slice(folder.length + 1))).toEqual(["2026-01-01", join("2026-01-02", "export.zip"), "2026-01-03", "2026-01-04"]);
  });
});

describe("keepExport(aside, folder, day)", () => {
  it("replaces the whole folder of the day, files of the older pull included", async () => {
    const folder = kept({"2026-01-01/a.csv": "old", "2026-01-01/gone.csv": "old"});
    const aside = await beginExport(folder);
    writeFileSync(join(aside, "a.csv"), "new");
    expect(await keepExport(aside, folder, "2026-01-01")).toBe(join(folder, "2026-01-01"));
    expect(readdirSync(folder)).toEqual(["2026-01-01"]);
    expect(readdirSync(join(folder, "2026-01-01"))).toEqual(["a.csv"]);
    expect(read(folder, "2026-01-01/a.csv")).toBe("new");
  });

  it("leaves the kept one where the new one cannot be put in its place", async () => {
    const folder = kept({"2026-01-01/a.csv": "old"});
    await expect(keepExport(join(folder, ".aside-none"), folder, "2026-01-01")).rejects.toThrow(/ENOENT/);
    expect(read(folder, "2026-01-01/a.csv")).toBe("old");
  });

  it("brings back what a process that was killed between the renames had moved away", () => {
    const folder = kept({[`.replaced-${gone}-2026-01-01/a.csv`]: "whole"});
    expect(keptDays(folder)).toEqual(["2026-01-01"]);
    expect(read(folder, "2026-01-01/a.csv")).toBe("whole");
  });
});

describe("beginExport(folder)", () => {
  it("removes what killed processes left, and leaves what a running one is writing", async () => {
    const folder = kept({[`.aside-${gone}/half.csv`]: "", [`.replaced-${gone}-2026-01-01/a.csv`]: "older", "2026-01-01/a.csv": "newer", [`.aside-${process.ppid}/a.csv`]: ""});
    const aside = await beginExport(folder);
    expect(readdirSync(aside)).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual([`.aside-${process.pid}`, `.aside-${process.ppid}`, "2026-01-01"].sort());
    expect(read(folder, "2026-01-01/a.csv")).toBe("newer");
  });
});

describe("pruneExports(folder, days, today)", () => {
  it("removes pulled days older than that, never the newest, nor those put there by hand", async () => {
    const folder = kept({"2026-01-01/pull.json": "{}", "2026-01-02/a.csv": "by hand", "2026-01-03/pull.json": "{}", "2026-01-04/pull.json": "{}"});
    await pruneExports(folder, 1, "2026-01-04");
    expect(keptDays(folder)).toEqual(["2026-01-02", "2026-01-03", "2026-01-04"]);
    await pruneExports(folder, 1, "2027-01-01");
    expect(keptDays(folder)).toEqual(["2026-01-02", "2026-01-04"]);
    expect(existsSync(join(folder, "2026-01-04"))).toBe(true);
  });
});

it("what a pull says of itself is no export: neither a glob nor its name finds it", () => {
  const path = kept({"a.json": "[]", "pull.json": "{}", "below/pull.json": "{}"});
  const folder = {path, opened: path};
  expect(listFiles(folder)).toEqual(["a.json"]);
  expect(["*.json", "pull.json", "**/*.json"].map((name) => matchFiles(folder, name).map((found) => found.path.slice(path.length + 1)))).toEqual([["a.json"], [], ["a.json", "below/pull.json"]]);
});
