// Publishing to a branch, with real git and a bare repository on this machine.

import {execFileSync, spawn} from "node:child_process";
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {typescript} from "../../loaders/site/framework.js";
import {projectFolder} from "../../loaders/project.js";
import {isFull} from "../helpers/needs.js";
import {seeded} from "../helpers/seeded.js";
import {scratch} from "../helpers/sharedSite.js";
import {documentOf, say, siteFiles, wordOf, writeSite} from "./world.js";

let folder: string;
let remote: string;
let to: string;
beforeEach(async () => {
  folder = await scratch();
  remote = join(folder, "remote.git");
  git("init", "--quiet", "--bare", remote);
  to = `git:${remote}#gh-pages`;
  for (const [key, value] of Object.entries({GIT_AUTHOR_NAME: "Reports", GIT_AUTHOR_EMAIL: "reports@example.com"})) process.env[key] = value;
});
afterEach(async () => {
  for (const key of ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"]) delete process.env[key];
  await rm(folder, {recursive: true, force: true});
});

const git = (...args: string[]): string => execFileSync("git", args, {encoding: "utf8", cwd: folder, stdio: ["ignore", "pipe", "ignore"]});
const commits = (): string[] => git("--git-dir", remote, "log", "--format=%an: %s", "gh-pages").trim().split("\n");
const filesOf = (): string[] => git("--git-dir", remote, "ls-tree", "-r", "--name-only", "gh-pages").trim().split("\n");

/** The branch as a host shows it. */
function shown(): string {
  const out = join(folder, "shown");
  rmSync(out, {recursive: true, force: true});
  git("clone", "--quiet", "--branch", "gh-pages", remote, out);
  return out;
}

async function put(word: string, ...argv: string[]): Promise<string> {
  const id = writeSite(join(folder, word), word);
  const said = await say(["--to", to, "--from", join(folder, word), ...argv]);
  expect(said).toMatchObject({code: 0, err: ""});
  return id;
}

describe("publish to a branch", () => {
  it("makes one commit a release, which holds the site, what earlier pages load, and no Jekyll", async () => {
    const ids = [await put("one"), await put("two")];
    expect(commits()).toEqual(["Reports: Tiny, as of 2026-10-31", "Reports: Tiny, as of 2026-10-31"]);
    expect(git("--git-dir", remote, "log", "-1", "--format=%b", "gh-pages").trim()).toBe(`Release: ${ids[1]}`);
    expect(await wordOf(shown())).toBe("two");
    const own = Object.keys(siteFiles("two"));
    const earlier = Object.keys(siteFiles("one")).filter((file) => file.startsWith("_file/"));
    expect(filesOf().sort()).toEqual([".nojekyll", "report.json", ...own, ...earlier].sort());
  });

  it("makes none where nothing changed, and pushes nothing in a dry run", async () => {
    await put("one");
    expect((await say(["--to", to, "--from", join(folder, "one")])).out).toContain("nothing changed");
    writeSite(join(folder, "two"), "two");
    const said = documentOf(await say(["--to", to, "--from", join(folder, "two"), "--dry-run", "--json"]));
    expect(said).toMatchObject({outcome: "would_change", changes: {changed: ["definitions.json", "index.html", "funnel.html", "deep/churn.html", "report.json"], removed: []}});
    expect(commits()).toHaveLength(1);
  });

  it("goes back by a new commit, and lists what can be gone back to", async () => {
    const ids = [await put("one"), await put("two")];
    expect((await say(["--to", to, "--rollback"])).out).toContain(`back in place\n  release   ${ids[0]}`);
    expect(await wordOf(shown())).toBe("one");
    expect(commits()).toHaveLength(3);
    expect(documentOf(await say(["--to", to, "--list", "--json"])).list!.map(({id, current}) => [id, current])).toEqual([[ids[0], true], [ids[1], false]]);
  });

  it("keeps one commit with --squash, and the files of the release before", async () => {
    await put("one");
    await put("two", "--squash");
    await put("three", "--squash");
    expect(commits()).toHaveLength(1);
    expect(await wordOf(shown())).toBe("three");
    const answers = (word: string) => Object.keys(siteFiles(word)).filter((file) => file.startsWith("_file/"));
    expect(filesOf()).toEqual(expect.arrayContaining(answers("two")));
    expect(filesOf().filter((file) => answers("one").includes(file))).toEqual([]);
    expect(await say(["--to", to, "--rollback"])).toMatchObject({code: 1, err: expect.stringContaining("was published before the present one")});
  });

  it("leaves what nobody published, and refuses a branch of something else", async () => {
    await put("one");
    const clone = shown();
    writeFileSync(join(clone, "CNAME"), "reports.example.com");
    git("-C", clone, "add", "CNAME");
    git("-C", clone, "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "-m", "domain");
    git("-C", clone, "push", "--quiet", "origin", "gh-pages:gh-pages", "gh-pages:other");
    await put("two");
    expect(readFileSync(join(shown(), "CNAME"), "utf8")).toBe("reports.example.com");
    rmSync(join(clone, "report.json"));
    git("-C", clone, "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "-am", "mine");
    git("-C", clone, "push", "--quiet", "--force", "origin", "HEAD~0:refs/heads/mine");
    const orphan = git("-C", clone, "-c", "user.name=x", "-c", "user.email=x@example.com", "commit-tree", "HEAD^{tree}", "-m", "mine").trim();
    git("-C", clone, "push", "--quiet", "--force", "origin", `${orphan}:refs/heads/mine`);
    expect(await say(["--to", `git:${remote}#mine`, "--from", join(folder, "two")])).toMatchObject({code: 1, err: expect.stringContaining("it is not an earlier report")});
  });

  it("touches no working tree and no index, and leaves nothing in the temporary folder", async () => {
    const project = join(folder, "project");
    git("init", "--quiet", project);
    git("-C", project, "remote", "add", "pages", remote);
    mkdirSync(join(project, "dist"));
    writeFileSync(join(project, ".gitignore"), "dist\n");
    writeFileSync(join(project, ".gitattributes"), "* text eol=crlf\n");
    const before = git("-C", project, "status", "--porcelain");
    const home = process.cwd();
    process.chdir(project);
    try {
      writeSite(join(project, "dist"), "one");
      const said = await say(["--config", join(projectFolder, "test/fixtures/tiny/report.yaml"), "--to", "git:pages#gh-pages"]);
      expect(said).toMatchObject({code: 0, err: ""});
    } finally {
      process.chdir(home);
    }
    expect(git("-C", project, "status", "--porcelain")).toBe(before);
    expect(readdirSync(join(project, ".git"))).not.toContain("index");
    expect(await wordOf(shown())).toBe("one");
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`quarterdeck-branch-${process.pid}-`))).toEqual([]);
  });

  it("lets one of two publishers win; the other says so", async () => {
    await put("zero");
    for (const word of ["one", "two"]) writeSite(join(folder, word), word);
    // The first push waits on the remote until the second is over.
    const hook = join(remote, "hooks/pre-receive");
    writeFileSync(hook, `#!/bin/sh\nif mkdir ${JSON.stringify(join(folder, "first"))} 2>/dev/null; then while [ ! -e ${JSON.stringify(join(folder, "over"))} ]; do sleep 0.1; done; fi\n`, {mode: 0o755});
    const first = say(["--to", to, "--from", join(folder, "one")]);
    while (!readdirSync(folder).includes("first")) await new Promise((resume) => setTimeout(resume, 20));
    const second = await say(["--to", to, "--from", join(folder, "two")]);
    writeFileSync(join(folder, "over"), "");
    expect(second.code).toBe(0);
    expect(await first).toMatchObject({code: 5, err: expect.stringContaining("Another publisher was faster")});
    expect(await wordOf(shown())).toBe("two");
  });

  it("tells a remote that cannot be reached, one that refuses, and one that is lost half-way, and who has to be named", async () => {
    await put("one");
    writeSite(join(folder, "two"), "two");
    const publish = (target: string) => say(["--to", target, "--from", join(folder, "two")]);
    const gone = await publish(`git:${join(folder, "gone.git")}#gh-pages`);
    expect(gone).toMatchObject({code: 3, err: expect.stringContaining("gone.git#gh-pages cannot be reached: git says:")});
    const secret = await publish("git:http://me:hunter2@127.0.0.1:1/pages.git");
    expect(secret.code).toBe(3);
    expect(secret.err).not.toContain("hunter2");
    for (const body of ["echo no room >&2; exit 1", "kill -9 $PPID"]) {
      writeFileSync(join(remote, "hooks/pre-receive"), `#!/bin/sh\n${body}\n`, {mode: 0o755});
      expect(await publish(to)).toMatchObject({code: 3, err: expect.stringContaining("cannot be written: git says:")});
      expect(await wordOf(shown())).toBe("one");
    }
    for (const bad of ["git:", "git:x#a b", "git:--upload-pack=evil#main", "git:x#--force"]) expect(await publish(bad)).toMatchObject({code: 1});
  });

  it("shows the older or the newer release when publishers are killed at seeded points", async () => {
    const words = ["one", "two"];
    for (const word of words) await put(word);
    const random = seeded(82);
    const script = join(folder, "loop.mts");
    writeFileSync(script, `
      import {branchTarget} from ${JSON.stringify(join(projectFolder, "loaders/publish/branch.ts"))};
      import {verifyRelease} from ${JSON.stringify(join(projectFolder, "loaders/publish/release.ts"))};
      process.stdout.write("go");
      for (let k = 0; ; k++) {
        const from = ${JSON.stringify(folder)} + "/" + ${JSON.stringify(words)}[k % 2];
        await branchTarget(${JSON.stringify(to)}, {squash: false, author: undefined}).publish(await verifyRelease(from), from, {keep: 3, now: new Date().toISOString()});
      }`);
    for (let point = 0; point < (isFull ? 10 : 2); point++) {
      const child = spawn(process.execPath, ["--import", typescript, script], {cwd: projectFolder, stdio: ["ignore", "pipe", "inherit"]});
      await new Promise((resolve) => child.stdout!.once("data", resolve));
      await new Promise((resolve) => setTimeout(resolve, random() * 400));
      child.kill("SIGKILL");
      await new Promise((resolve) => child.once("exit", resolve));
      expect(words).toContain(await wordOf(shown()));
    }
    const id = writeSite(join(folder, "three"), "three");
    expect((await say(["--to", to, "--from", join(folder, "three")])).out).toContain(id);
    expect(await wordOf(shown())).toBe("three");
  }, 60_000);
});
