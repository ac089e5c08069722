// What a build depends on, as one hash: settings, every byte of the exports, our own code, installed packages.

import {createHash} from "node:crypto";
import {readdir, readFile, stat} from "node:fs/promises";
import {join, relative} from "node:path";
import {planInputs} from "../canonical/inputs.js";
import type {FilePlace} from "../formats/index.js";
import {digestFile, type Digest} from "../canonical/read.js";
import type {Settings} from "../settings.js";
import {projectFolder} from "../project.js";

/** Folders whose code makes the numbers. */
const codeFolders = ["loaders", "src/metrics", "src/query"];

/** Keys of the settings that say where things stand, not what they are. */
const places = new Set(["path", "folder", "line"]);

export interface BuildHash {
  /** SHA-256 in hex. The same files under the same settings have the same hash wherever the report's folder stands. */
  readonly hash: string;
  /** What is known of every export, by absolute path. */
  readonly digests: ReadonlyMap<string, Digest>;
  /** Size and modification time of the exports before they were read. */
  readonly marks: string;
}

/**
 * Returns the hash of everything a build of these settings is made from, and of what else the caller wants told apart.
 * Throws when a file cannot be read.
 */
export async function hashBuild(settings: Settings, besides: readonly string[] = []): Promise<BuildHash> {
  const hash = createHash("sha256");
  const add = (...parts: string[]) => hash.update(`${JSON.stringify(parts)}\n`);
  add("settings", JSON.stringify(settings, (key, value: unknown) => (places.has(key) ? undefined : value)));
  for (const one of besides) add("besides", one);
  for (const {id, folder} of settings.sources) add("source", id, portable(relative(settings.folder, folder)));
  const exports = await inputFiles(settings);
  const marks = await fileMarks(exports.map(({file}) => file));
  const digests = new Map<string, Digest>();
  for (const {file, path} of exports) {
    const digest = await digestFile(file);
    digests.set(file, digest);
    add("file", portable(relative(settings.folder, path)), digest.sha256);
  }
  for (const path of await codePaths()) add("code", path, await readFile(join(projectFolder, path), "utf8"));
  add("packages", await readFile(join(projectFolder, "package-lock.json"), "utf8").catch(() => ""));
  return {hash: hash.digest("hex"), digests, marks};
}

/** All files that feed the report, each once, sorted by path. */
async function inputFiles(settings: Settings): Promise<FilePlace[]> {
  const {inputs} = await planInputs(settings.sources, settings.path);
  const places = new Map(inputs.flatMap(({main, joins}) => [main, ...joins.map(({head}) => head)]).map(({path, file}) => [path, {path, file}]));
  return [...places.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Returns size and modification time of files as one text: it differs when somebody wrote to one meanwhile. */
export async function fileMarks(paths: Iterable<string>): Promise<string> {
  const marks = [...paths].map(async (path) => {
    const {size, mtimeMs, ino} = await stat(path);
    return `${path} ${size} ${mtimeMs} ${ino}`;
  });
  return (await Promise.all(marks)).join("\n");
}

async function codePaths(): Promise<string[]> {
  const folders = codeFolders.map(async (folder) => {
    const entries = await readdir(join(projectFolder, folder), {withFileTypes: true, recursive: true});
    return entries.filter((entry) => entry.isFile()).map((entry) => portable(relative(projectFolder, join(entry.parentPath, entry.name))));
  });
  return (await Promise.all(folders)).flat().sort();
}

const portable = (path: string) => path.replaceAll("\\", "/");
