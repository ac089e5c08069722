// A folder of its own for each build: a copy of the pages, Framework's cache, the finished site. Two builds never meet.

import {createHash} from "node:crypto";
import {existsSync, realpathSync} from "node:fs";
import {cp, link, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, copyFile, writeFile} from "node:fs/promises";
import {dirname, join, relative} from "node:path";
import {isRunning} from "../build/isRunning.js";
import {projectFolder} from "../project.js";

// Where node_modules really is: Framework names files outside its root by the way that leads to them.
const cacheFolder = join(realpathSync(join(projectFolder, "node_modules")), ".cache/quarterdeck");

/** Beside the pages in `src`, and no part of a report: the guide is for those who make one. */
const apart = [".observablehq", "guide"];

export interface Workspace {
  readonly folder: string;
  /** Framework's source root. */
  readonly root: string;
  /** Where Framework writes the site. */
  readonly output: string;
  /** Keeps the bundles that Framework made of packages for the next build. */
  keepBundles(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Makes a workspace with a copy of `src`; workspaces of builds that no longer run are removed first. It lies inside
 * the project's `node_modules`, so that packages resolve as they do for the project.
 */
export async function openWorkspace(): Promise<Workspace> {
  const parent = join(cacheFolder, "work");
  await mkdir(parent, {recursive: true});
  for (const name of await readdir(parent)) {
    if (!isRunning(Number(name.split("-")[0]))) await rm(join(parent, name), {recursive: true, force: true});
  }
  const folder = await mkdtemp(join(parent, `${process.pid}-`));
  const root = join(folder, "src");
  const source = join(projectFolder, "src");
  await cp(source, root, {recursive: true, filter: (path) => !apart.includes(relative(source, path))});
  await writeFile(join(folder, "package.json"), '{"type": "module"}\n');
  await symlink(join(projectFolder, "loaders"), join(folder, "loaders"), "junction");
  await prepareCache(root);
  const bundles = join(root, ".observablehq/cache/_node");
  const kept = join(cacheFolder, "bundles", await bundleKey());
  if (existsSync(kept)) await linkTree(kept, bundles);
  return {
    folder,
    root,
    output: join(folder, "site"),
    keepBundles: () => keepTree(bundles, kept),
    remove: () => rm(folder, {recursive: true, force: true})
  };
}

/**
 * Makes the empty folders that keep Framework from asking a registry for the newest version of libraries that its
 * client code names but no page of ours loads. Without them a first build needs a network.
 */
export async function prepareCache(root: string): Promise<void> {
  const client = join(projectFolder, "node_modules/@observablehq/framework/dist/client");
  const names = new Set<string>();
  for (const file of await readdir(client, {recursive: true})) {
    if (!file.endsWith(".js")) continue;
    for (const [, name] of (await readFile(join(client, file), "utf8")).matchAll(/npm:((?:@[\w.-]+\/)?[\w.-]+)/g)) names.add(name!);
  }
  for (const name of names) await mkdir(join(root, ".observablehq/cache/_npm", `${name}@0.0.0`), {recursive: true});
}

/** Bundles depend on the installed packages and on the bundler: both are in the lockfile. */
async function bundleKey(): Promise<string> {
  const lock = await readFile(join(projectFolder, "package-lock.json")).catch(() => "");
  return createHash("sha256").update(lock).update(process.version).digest("hex").slice(0, 16);
}

/** Copies the tree by hard links where the disk allows: the engine alone is 34 MB. Bundles are never written in place. */
async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, {recursive: true});
  for (const entry of await readdir(from, {withFileTypes: true})) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else await link(source, target).catch(() => copyFile(source, target));
  }
}

/** Puts the tree aside and renames it into place; the first of two builds wins, the other's is dropped. */
async function keepTree(from: string, to: string): Promise<void> {
  if (!existsSync(from) || existsSync(to)) return;
  await mkdir(dirname(to), {recursive: true});
  const aside = `${to}.${process.pid}`;
  await linkTree(from, aside);
  await rename(aside, to).catch(() => rm(aside, {recursive: true, force: true}));
}
