import {mkdir, mkdtemp, readFile, rm, stat, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {appendedLines, copyReport, growExport} from "./reportCopy.js";

describe("appendedLines(tail)", () => {
  it("repeats the whole records of a CSV's tail under other ids", () => {
    expect(appendedLines('01","a"\n"006Qd02","b"\n"006Qd03","c"\n')).toBe('"006Zz02","b"\n"006Zz03","c"\n');
  });

  it("leaves out records that run over several lines", () => {
    expect(appendedLines('01","a"\n"006Qd02","b\nsecond line"\n"006Qd03","c"\n')).toBe('"006Zz03","c"\n');
  });
});

describe("a report's copy", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "quarterdeck-copy-"));
    await mkdir(join(root, "from/sample"), {recursive: true});
    await writeFile(join(root, "from/report.yaml"), "title: A\n");
    await writeFile(join(root, "from/sample/A.csv"), "Id\n001Qd1\n001Qd2\n");
    await writeFile(join(root, "from/sample/B.csv"), "Id\n002Qd1\n");
    await copyReport(join(root, "from"), join(root, "to"), "title: B\n");
  });
  afterEach(() => rm(root, {recursive: true, force: true}));

  const read = (path: string) => readFile(join(root, path), "utf8");
  const inode = async (path: string) => (await stat(join(root, path))).ino;

  it("links the exports and has settings of its own", async () => {
    expect(await inode("to/sample/B.csv")).toBe(await inode("from/sample/B.csv"));
    expect(await read("to/report.yaml")).toBe("title: B\n");
    expect(await read("from/report.yaml")).toBe("title: A\n");
  });

  it("grows in one export, and the original does not", async () => {
    await growExport(join(root, "to"), "sample/A.csv", 0.75);
    expect(await read("to/sample/A.csv")).toBe("Id\n001Qd1\n001Qd2\n001Zz2\n");
    expect(await read("from/sample/A.csv")).toBe("Id\n001Qd1\n001Qd2\n");
    expect(await inode("to/sample/B.csv")).toBe(await inode("from/sample/B.csv"));
  });
});
