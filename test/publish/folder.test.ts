// Publishing to a folder: readers meet one release, whole, whatever happens to the publisher.

import {spawn, spawnSync, type ChildProcess} from "node:child_process";
import {chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {rm} from "node:fs/promises";
import {hostname} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {typescript} from "../../loaders/site/framework.js";
import {projectFolder} from "../../loaders/project.js";
import {isFull} from "../helpers/needs.js";
import {seeded} from "../helpers/seeded.js";
import {scratch} from "../helpers/sharedSite.js";
import {documentOf, pages, say, siteFiles, visit, wordOf, writeSite} from "./world.js";

let folder: string;
let web: string;
beforeEach(async () => {
  folder = await scratch();
  web = join(folder, "web");
});
afterEach(() => rm(folder, {recursive: true, force: true}));

const at = (second: number) => new Date(Date.UTC(2026, 10, 1, 0, 0, second)).toISOString();

/** Publishes a word; returns its release's id. */
async function put(word: string, second: number, ...argv: string[]): Promise<string> {
  const id = writeSite(join(folder, word), word);
  const said = await say(["--to", web, "--from", join(folder, word), ...argv], {now: at(second)});
  expect(said).toMatchObject({code: 0, err: ""});
  return id;
}

/** A folder that was there before stays a folder; else the target is a link. */
describe.each([["a link of its own", false], ["a folder that was there before", true]])("publish to %s", (_, there) => {
  beforeEach(() => {
    if (there) mkdirSync(web);
  });

  it("puts releases in place one after another, and keeps what pages of the earlier ones load", async () => {
    await put("one", 1);
    expect(lstatSync(web).isSymbolicLink()).toBe(!there);
    expect(await wordOf(web)).toBe("one");
    let second: Promise<unknown> | undefined;
    const visits = pages.map((page) => visit(web, page, async () => void (await (second ??= put("two", 2)))));
    expect(await Promise.all(visits)).toEqual(["one", "one", "one"]);
    expect(await wordOf(web)).toBe("two");
  });

  it("says what would change and writes nothing", async () => {
    const id = writeSite(join(folder, "one"), "one");
    const said = await say(["--to", web, "--from", join(folder, "one"), "--dry-run", "--json"]);
    expect(documentOf(said)).toMatchObject({outcome: "would_change", release: {id}, changes: {changed: [], removed: [], same: 0}});
    expect(documentOf(said).changes!.added).toHaveLength(9);
    expect(readdirSync(folder).sort()).toEqual(there ? ["one", "web"] : ["one"]);
    expect(there ? readdirSync(web) : []).toEqual([]);
    await put("one", 1);
    writeSite(join(folder, "two"), "two", {edit: (files) => void delete files["funnel.html"]});
    const next = documentOf(await say(["--to", web, "--from", join(folder, "two"), "--dry-run", "--json"]));
    expect(next.changes).toMatchObject({changed: ["definitions.json", "index.html", "deep/churn.html", "report.json"], removed: ["funnel.html"]});
    expect(next.changes!.added).toHaveLength(3);
    expect(await wordOf(web)).toBe("one");
  });

  it("says that nothing changed, and mends a file that was changed or lost", async () => {
    await put("one", 1);
    expect((await say(["--to", web, "--from", join(folder, "one")])).out).toContain("nothing changed");
    rmSync(join(web, "funnel.html"));
    await put("one", 2);
    expect(await wordOf(web)).toBe("one");
  });

  it("removes pages that a release no longer has, and leaves files that nobody published", async () => {
    await put("one", 1);
    if (there) writeFileSync(join(web, "robots.txt"), "mine");
    writeSite(join(folder, "two"), "two", {edit: (files) => void delete files["deep/churn.html"]});
    expect((await say(["--to", web, "--from", join(folder, "two")], {now: at(2)})).code).toBe(0);
    expect(existsSync(join(web, "deep"))).toBe(false);
    expect(existsSync(join(web, "robots.txt"))).toBe(there);
  });

  it("goes back to the release before, and to any that is kept", async () => {
    const ids = [await put("one", 1), await put("two", 2), await put("three", 3)];
    expect((await say(["--to", web, "--rollback"], {now: at(4)})).out).toContain(`back in place\n  release   ${ids[1]}`);
    expect(await wordOf(web)).toBe("two");
    expect((await say(["--to", web, "--rollback", ids[0]!, "--dry-run"], {now: at(5)})).out).toContain("what would change");
    expect(await wordOf(web)).toBe("two");
    expect((await say(["--to", web, "--rollback", ids[0]!], {now: at(6)})).code).toBe(0);
    expect(await wordOf(web)).toBe("one");
    const {list} = documentOf(await say(["--to", web, "--list", "--json"]));
    expect(list!.map(({id, current, published}) => [id, current, published])).toEqual([[ids[0], true, at(6)], [ids[1], false, at(4)], [ids[2], false, at(3)]]);
    const none = await say(["--to", web, "--rollback", "2019"]);
    expect(none).toMatchObject({code: 1, err: expect.stringContaining(`is called 2019: kept are ${ids[0]}`)});
  });

  it("refuses to go back to a release that was damaged", async () => {
    const id = await put("one", 1);
    await put("two", 2);
    writeFileSync(join(folder, "web.releases", id, "index.html"), "edited");
    expect(await say(["--to", web, "--rollback"])).toMatchObject({code: 4, err: expect.stringContaining("index.html has been changed")});
    expect(await wordOf(web)).toBe("two");
  });

  it("keeps so many releases, and of the others no file that nothing kept points to", async () => {
    const answer = (word: string) => Object.keys(siteFiles(word)).find((file) => file.includes("index.html."))!;
    const first = await put("one", 1, "--keep", "2");
    await put("two", 2, "--keep", "2");
    expect(existsSync(join(web, answer("one")))).toBe(true);
    writeSite(join(folder, "three"), "three");
    const said = await say(["--to", web, "--from", join(folder, "three"), "--keep", "2", "--json"], {now: at(3)});
    expect(documentOf(said)).toMatchObject({dropped: [first], kept: {releases: 2}});
    expect(existsSync(join(web, answer("one")))).toBe(false);
    expect(existsSync(join(web, answer("two")))).toBe(true);
    expect(await wordOf(web)).toBe("three");
    expect(readdirSync(join(folder, "web.releases")).filter((name) => !name.startsWith("published"))).toHaveLength(2);
    expect(await say(["--to", web, "--from", join(folder, "three"), "--keep", "1"])).toMatchObject({code: 1});
  });

  it("refuses a damaged build, and says what is wrong with it", async () => {
    await put("one", 1);
    for (const [spoil, words] of [
      [() => writeFileSync(join(folder, "two/index.html"), "half"), "index.html has been changed"],
      [() => rmSync(join(folder, "two/index.html")), "index.html is missing"],
      [() => writeFileSync(join(folder, "two/notes.txt"), "mine"), "notes.txt is not of this report"],
      [() => writeFileSync(join(folder, "two/report.json"), "{}"), "does not describe a report"]
    ] as const) {
      rmSync(join(folder, "two"), {recursive: true, force: true});
      writeSite(join(folder, "two"), "two");
      spoil();
      expect(await say(["--to", web, "--from", join(folder, "two")])).toMatchObject({code: 4, err: expect.stringContaining(words)});
      expect(await wordOf(web)).toBe("one");
    }
  });

  it("lets one of two publishers win; the other says so", async () => {
    writeSite(join(folder, "one"), "one");
    writeSite(join(folder, "two"), "two");
    const said = await Promise.all(["one", "two"].map((word) => say(["--to", web, "--from", join(folder, word)])));
    expect(said.map(({code}) => code).sort()).toEqual([0, 5]);
    expect(said.find(({code}) => code === 5)!.err).toContain(`Another publisher is at work: process ${process.pid} on ${hostname()}`);
    expect(await wordOf(web)).toBe(said[0]!.code === 0 ? "one" : "two");
  });

  it("takes no notice of a lock whose process is gone, and heeds one of another machine that lives", async () => {
    await put("one", 1);
    const lock = join(folder, "web.releases/.lock");
    writeFileSync(lock, JSON.stringify({pid: 999999999, host: hostname(), since: at(1)}));
    await put("two", 2);
    expect(existsSync(lock)).toBe(false);
    writeFileSync(lock, JSON.stringify({pid: 1, host: "elsewhere", since: at(1)}));
    expect(await say(["--to", web, "--from", join(folder, "one")])).toMatchObject({code: 5, err: expect.stringContaining("process 1 on elsewhere")});
    expect(await wordOf(web)).toBe("two");
  });

  it("shows one release, whole, to readers while publishers are killed at seeded points", async () => {
    const words = ["one", "two", "three"];
    for (const word of words) await put(word, words.indexOf(word));
    const script = join(folder, "loop.mts");
    writeFileSync(script, `
      import {folderTarget} from ${JSON.stringify(join(projectFolder, "loaders/publish/folder.ts"))};
      import {verifyRelease} from ${JSON.stringify(join(projectFolder, "loaders/publish/release.ts"))};
      process.stdout.write("go");
      for (let k = 0; ; k++) {
        const from = ${JSON.stringify(folder)} + "/" + ${JSON.stringify(words)}[k % 3];
        await (await folderTarget(${JSON.stringify(web)})).publish(await verifyRelease(from), from, {keep: 3, now: new Date().toISOString()});
      }`);
    const random = seeded(there ? 81 : 80);
    const state = {over: false, seen: 0};
    const reader = (async () => {
      while (!state.over) {
        for (const page of pages) {
          await visit(web, page, () => new Promise((resume) => setTimeout(resume, 2)));
          state.seen++;
        }
      }
    })();
    try {
      for (let point = 0; point < (isFull ? 25 : 4); point++) {
        const child = spawn(process.execPath, ["--import", typescript, script], {cwd: projectFolder, stdio: ["ignore", "pipe", "inherit"]});
        await Promise.race([new Promise((resolve) => child.stdout!.once("data", resolve)), ended(child)]);
        await new Promise((resolve) => setTimeout(resolve, random() * 120));
        child.kill("SIGKILL");
        await ended(child);
        if (there) for (const page of pages) expect(words).toContain(await visit(web, page));
        else expect(words).toContain(await wordOf(web));
      }
    } finally {
      state.over = true;
    }
    await reader;
    expect(state.seen).toBeGreaterThan(20);
    await put("one", 100);
    expect(await wordOf(web)).toBe("one");
    expect(readdirSync(join(folder, "web.releases")).filter((name) => /^\.(next|old|lock)/.test(name))).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith(".web"))).toEqual([]);
  }, 120_000);
});

const ended = (child: ChildProcess) => new Promise<void>((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve() : child.once("exit", () => resolve())));

describe("publish refuses", () => {
  it("a folder that holds something else, the build itself, and no target", async () => {
    writeSite(join(folder, "one"), "one");
    mkdirSync(web);
    writeFileSync(join(web, "thesis.txt"), "mine");
    expect(await say(["--to", web, "--from", join(folder, "one")])).toMatchObject({code: 1, err: expect.stringContaining("it is not an earlier report")});
    expect(readdirSync(web)).toEqual(["thesis.txt"]);
    expect(await say(["--to", join(folder, "one"), "--from", join(folder, "one")])).toMatchObject({code: 1, err: expect.stringContaining("is the build itself")});
    expect(await say(["--from", join(folder, "one")])).toMatchObject({code: 1, err: expect.stringContaining("Name a target")});
  });

  it("names in a report file that lead out of the site", async () => {
    writeSite(join(folder, "one"), "one");
    const path = join(folder, "one/report.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"files": {', `"files": {"../evil.html": "${"0".repeat(64)}",`));
    expect(await say(["--to", web, "--from", join(folder, "one")])).toMatchObject({code: 4, err: expect.stringContaining('at files["../evil.html"]')});
    expect(existsSync(web)).toBe(false);
  });
});

/** Root may write anywhere; a small disk of its own is root's only. */
const root = process.getuid?.() === 0;

describe.skipIf(root || process.platform === "win32")("a target that may not be written [needs no-root]", () => {
  it("stays as it was, with one error", async () => {
    await put("one", 1);
    chmodSync(join(folder, "web.releases"), 0o500);
    writeSite(join(folder, "two"), "two");
    const said = await say(["--to", web, "--from", join(folder, "two")]);
    chmodSync(join(folder, "web.releases"), 0o700);
    expect(said).toMatchObject({code: 3, err: expect.stringContaining("there is no permission to write")});
    expect(await wordOf(web)).toBe("one");
  });
});

const mounts = root && process.platform === "linux" && spawnSync("mount", ["-t", "tmpfs", "none", "/mnt"], {stdio: "ignore"}).status === 0 && spawnSync("umount", ["/mnt"]).status === 0;

describe.skipIf(!mounts)("a disk of its own [needs a mount]", () => {
  const disk = () => join(folder, "disk");
  const mount = (...options: string[]) => expect(spawnSync("mount", options).status).toBe(0);
  afterEach(() => void spawnSync("umount", [disk()]));

  it.each([["a link", false], ["a folder", true]])("that is full, or read-only, keeps the earlier release: %s", async (_, there) => {
    mkdirSync(disk());
    mount("-t", "tmpfs", "-o", "size=256k", "none", disk());
    web = join(disk(), "web");
    if (there) mkdirSync(web);
    await put("one", 1);
    const large = (files: Record<string, string>) => void (files["large.00000000.bin"] = "x".repeat(400_000));
    writeSite(join(folder, "two"), "two", {edit: large});
    const full = await say(["--to", web, "--from", join(folder, "two")]);
    expect(full).toMatchObject({code: 3, err: expect.stringContaining("the disk is full")});
    expect(await wordOf(web)).toBe("one");
    await put("three", 3);
    expect(await wordOf(web)).toBe("three");
    mount("-o", "remount,ro", disk());
    const locked = await say(["--to", web, "--from", join(folder, "one")]);
    expect(locked).toMatchObject({code: 3, err: expect.stringContaining("it is read-only")});
    expect(locked.err.trim().split("\n")).toHaveLength(2);
    expect(await wordOf(web)).toBe("three");
  });
});
