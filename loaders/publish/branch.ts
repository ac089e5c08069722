// A branch of a git repository as a target, for hosts that show one. A commit is a release; the working tree and the
// index of nobody are touched: trees are made in a bare repository of this run's own, and one push puts them in place.

import {mkdtemp, readdir, rm} from "node:fs/promises";
import {existsSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {isRunning} from "../build/isRunning.js";
import {hasContentName} from "../site/contentName.js";
import {reportFile} from "../site/publish.js";
import {changesOf, wantedFiles} from "./changes.js";
import {BusyError, TargetError, WriteError} from "./problems.js";
import {releaseOf, sizesOf, type Release} from "./release.js";
import {askGit, lastWords, runGit, withoutSecret} from "./runGit.js";
import {chooseRelease, type KeptRelease, type Placed, type PlaceOptions, type Target} from "./target.js";

export interface BranchOptions {
  /** Each release replaces the history of the branch: what is kept for readers is the release before alone. */
  readonly squash: boolean;
  /** "Name <mail>" of who publishes; git's own settings where absent. */
  readonly author: string | undefined;
}

/** A file of a tree: its blob, and whether it may be run. */
interface Entry {
  readonly mode: string;
  readonly blob: string;
}

type Tree = Readonly<Record<string, Entry>>;

interface Committed {
  readonly commit: string;
  readonly published: string;
  readonly release: Release;
  readonly tree: Tree;
}

/** What a run knows of the branch, in its own repository. */
interface Branch {
  readonly git: string;
  readonly remote: string;
  readonly ref: string;
  readonly name: string;
  /** Commit at the branch's end; undefined where there is no such branch yet. */
  readonly head: string | undefined;
  readonly headTree: Tree;
  /** Releases that the fetched commits hold, the last published first. */
  readonly releases: readonly Committed[];
}

const prefix = "quarterdeck-branch-";

/** Where git works, whatever the environment says. */
const at = (git: string) => ({cwd: git, env: {GIT_DIR: git}});

/** Whether the target names a branch: git:REMOTE#BRANCH. */
export const isBranch = (to: string): boolean => to.startsWith("git:");

/** Returns the branch as a target. Throws a TargetError where none is named. */
export function branchTarget(to: string, options: BranchOptions): Target {
  const [, address = "", branch = "gh-pages"] = /^git:([^#]+)(?:#(.+))?$/.exec(to) ?? [];
  if (address === "" || address.startsWith("-") || /[\s~^:?*[\\]|\.\.|^[-/.]|[/.]$|@\{/.test(branch)) throw new TargetError(`${withoutSecret(to)} names no branch: git:REMOTE#BRANCH, such as git:origin#gh-pages.`);
  const name = withoutSecret(`git:${address}#${branch}`);
  const within = <Result>(depth: number, work: (branch: Branch) => Promise<Result>) => inOwnRepository(async (git) => work(await readBranch(git, await remoteOf(address), branch, name, depth)));
  return {
    name,
    list: () => within(1000, async ({releases}) => releases.map(({release, published}, k): KeptRelease => ({id: release.id, title: release.title, asOf: release.asOf, published, files: Object.keys(release.files).length, current: k === 0}))),
    publish: (release, from, placing) => within(placing.keep + 1, async (found) => {
      const own = await addFiles(found.git, release, from);
      return put(found, release, own, await sizesOf(from, Object.keys(release.files)), {...placing, ...options});
    }),
    rollback: (id, placing) => within(1000, async (found) => {
      const {release, tree} = chooseRelease(found.releases.map((one) => ({...one, id: one.release.id})), found.releases[0]?.release.id, id, name);
      return put(found, release, Object.fromEntries(Object.keys(release.files).map((file) => [file, tree[file]!])), new Map(), {...placing, ...options});
    })
  };
}

/** Runs the work with a bare repository of its own, which is removed; those of killed runs too. */
async function inOwnRepository<Result>(work: (git: string) => Promise<Result>): Promise<Result> {
  for (const name of await readdir(tmpdir())) {
    if (name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length).split("-")[0]))) await rm(join(tmpdir(), name), {recursive: true, force: true});
  }
  const git = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  try {
    await runGit(["init", "--quiet", "--bare", "."], "A repository of this run's own", at(git));
    return await work(git);
  } finally {
    await rm(git, {recursive: true, force: true});
  }
}

/** Returns the address of a remote that the repository here knows by name, of a folder, or of a host. */
async function remoteOf(address: string): Promise<string> {
  if (/^[\w.-]+$/.test(address)) {
    const {code, out} = await askGit(["remote", "get-url", "--push", address], {cwd: process.cwd()});
    if (code === 0) return /^([a-z][a-z0-9+.-]*:\/\/|[^/]+:)/i.test(out.trim()) ? out.trim() : resolve(out.trim());
  }
  return existsSync(address) ? resolve(address) : address;
}

async function readBranch(git: string, remote: string, branch: string, name: string, depth: number): Promise<Branch> {
  const ref = `refs/heads/${branch}`;
  const heads = await runGit(["ls-remote", "--", remote, ref], `${name} cannot be reached`, at(git));
  const head = heads.split(/\s/)[0] || undefined;
  if (head === undefined) return {git, remote, ref, name, head, headTree: {}, releases: []};
  await runGit(["fetch", "--quiet", "--no-tags", `--depth=${depth}`, "--", remote, `+${ref}:${ref}`], `${name} cannot be reached`, at(git));
  const log = await runGit(["log", "--first-parent", "--format=%H %ct", ref], `${name} cannot be read`, at(git));
  const releases: Committed[] = [];
  for (const line of log.trim().split("\n")) {
    const [commit = "", seconds = "0"] = line.split(" ");
    const {code, out} = await askGit(["cat-file", "blob", `${commit}:${reportFile}`], at(git));
    if (code !== 0) continue;
    const release = asRelease(out, name);
    if (release === undefined || releases.some((one) => one.release.id === release.id)) continue;
    releases.push({commit, published: new Date(Number(seconds) * 1000).toISOString(), release, tree: await readTree(git, commit)});
  }
  const headTree = await readTree(git, ref);
  if (releases[0] === undefined && Object.keys(headTree).length > 0) throw new TargetError(`${name} holds ${Object.keys(headTree).length} files and no ${reportFile}: it is not an earlier report. Name another branch.`);
  return {git, remote, ref, name, head, headTree, releases};
}

function asRelease(text: string, name: string): Release | undefined {
  try {
    return releaseOf(text, name);
  } catch {
    return undefined;
  }
}

async function readTree(git: string, commit: string): Promise<Record<string, Entry>> {
  const said = await runGit(["ls-tree", "-r", "-z", commit], "The branch cannot be read", at(git));
  return Object.fromEntries(said.split("\0").filter(Boolean).map((line) => {
    const [, mode = "", blob = "", file = ""] = /^(\d+) \w+ (\w+)\t([^]*)$/.exec(line) ?? [];
    return [file, {mode, blob}];
  }));
}

/** Adds the release's files to the repository as they are, without the filters of anybody's settings. */
async function addFiles(git: string, {files}: Release, from: string): Promise<Record<string, Entry>> {
  const names = Object.keys(files);
  const out = await runGit(["hash-object", "-w", "--no-filters", "--stdin-paths"], "The build cannot be read", {...at(git), input: names.map((file) => `${resolve(from, file)}\n`).join("")});
  const blobs = out.trim().split("\n");
  return Object.fromEntries(names.map((file, k) => [file, {mode: "100644", blob: blobs[k]!}]));
}

/** Makes a commit of the release and pushes it, unless the branch is so already. */
async function put(branch: Branch, release: Release, own: Tree, sizes: ReadonlyMap<string, number>, {keep, now, dryRun = false, squash, author}: PlaceOptions & BranchOptions): Promise<Placed> {
  const {git, head, headTree, releases, name} = branch;
  const others = releases.filter((one) => one.release.id !== release.id);
  // With a history the releases that are kept are those within it; without one, the release before.
  const kept = others.slice(0, squash ? 1 : keep - 1);
  const wanted = wantedFiles(release, kept.map((one) => one.release));
  const next: Record<string, Entry> = {".nojekyll": {mode: "100644", blob: (await runGit(["hash-object", "-w", "--stdin"], "A file cannot be written", at(git))).trim()}};
  for (const file of Object.keys(wanted)) next[file] = own[file] ?? kept.find((one) => one.tree[file] && one.release.files[file] === wanted[file])!.tree[file]!;
  // What nobody published, such as the name of the host's domain, stays; a file named by content is of an older release.
  const published = new Set(releases.flatMap((one) => Object.keys(one.release.files)));
  for (const [file, entry] of Object.entries(headTree)) if (!published.has(file) && !hasContentName(file)) next[file] ??= entry;
  const changes = changesOf(blobsOf(headTree), blobsOf(next));
  const bytes = [...changes.added, ...changes.changed].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
  const unchanged = changes.added.length + changes.changed.length + changes.removed.length === 0;
  const placed: Placed = {release, unchanged, changes, bytes, dropped: [], kept: {releases: kept.length + 1, bytes: null}};
  if (dryRun || unchanged) return placed;
  const env = await identity(author, now);
  const index = {cwd: git, env: {...env, GIT_DIR: git, GIT_INDEX_FILE: join(git, "release.index")}};
  await runGit(["update-index", "-z", "--index-info"], "The release cannot be written", {...index, input: Object.entries(next).map(([file, {mode, blob}]) => `${mode} ${blob}\t${file}\0`).join("")});
  const tree = (await runGit(["write-tree"], "The release cannot be written", index)).trim();
  const message = `${release.title}, as of ${release.asOf}\n\nRelease: ${release.id}\n`;
  const commit = (await runGit(["commit-tree", tree, ...(head && !squash ? ["-p", head] : [])], "The release cannot be committed", {...index, input: message})).trim();
  await push(branch, commit, name);
  return placed;
}

/** One push: the branch ends where it ended, or at the release. It is refused where it ends elsewhere than it was read. */
async function push({git, remote, ref, head}: Branch, commit: string, name: string): Promise<void> {
  const {code, err} = await askGit(["push", "--quiet", "--porcelain", `--force-with-lease=${ref}:${head ?? ""}`, "--", remote, `${commit}:${ref}`], at(git));
  if (code === 0) return;
  const now = (await askGit(["ls-remote", "--", remote, ref], at(git))).out.split(/\s/)[0] ?? "";
  if (now === commit) return;
  if (now !== (head ?? "") && now !== "") throw new BusyError(`Another publisher was faster: ${name} has another release since this run read it. Nothing was published by this one; run it again.`);
  throw new WriteError(`${name} cannot be written: git says: ${lastWords(err) || `exit code ${code}`}.`);
}

const blobsOf = (tree: Tree): Record<string, string> => Object.fromEntries(Object.entries(tree).map(([file, {blob}]) => [file, blob]));

/** Returns who commits, and when. Throws a TargetError where neither the settings nor git know a name. */
async function identity(author: string | undefined, now: string): Promise<Record<string, string>> {
  const [, name, mail] = /^\s*([^<]*[^<\s])\s*<([^>]+)>\s*$/.exec(author ?? "") ?? [undefined, ...(await Promise.all(["name", "email"].map(async (key) => (process.env[`GIT_AUTHOR_${key.toUpperCase()}`] ?? (await askGit(["config", `user.${key}`], {cwd: process.cwd()})).out).trim())))];
  if (!name || !mail) throw new TargetError("git does not know who publishes: name them in the settings, releases: {author: \"Reports <reports@example.com>\"}, or with git config user.name and user.email.");
  return {GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: mail, GIT_AUTHOR_DATE: now, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: mail, GIT_COMMITTER_DATE: now};
}
