// What a build depends on, as one hash: settings, every byte of the exports, our own code, installed packages.

import {createHash} from "node:crypto";
import {readFile, stat} from "node:fs/promises";
import {join, relative} from "node:path";
import {planInputs} from "../canonical/inputs.js";
import type {FilePlace} from "../formats/index.js";
import {digestFile, type Digest} from "../canonical/read.js";
import {unreadFiles} from "../canonical/unread.js";
import type {Finding} from "../quality/define.js";
import type {Settings} from "../settings.js";
import {projectFolder} from "../project.js";
import {filesIn} from "./filesIn.js";

/** Folders whose code makes the numbers. */
const codeFolders = ["loaders", "src/metrics", "src/query"];

/** Keys of the settings that decide no number: where things stand or come from, and what is done with a finished report. */
export const places: ReadonlySet<string> = new Set(["path", "folder", "line", "pulls", "ownFiles", "snapshots", "alerts", "digest", "gates", "releases"]);

export interface BuildInputs {
  /** Sizes of the exports in bytes, before a byte of them is read. */
  readonly sizes: readonly number[];
  /** What is known of an export by its file; undefined for other files. Each is read once, when first asked for. */
  digest(file: string): Promise<Digest | undefined>;
  /** SHA-256 in hex. The same files under the same settings have the same hash wherever the report's folder stands. Reads every file. */
  hash(): Promise<string>;
  /** Throws when somebody has written to an export since it was looked for. */
  assertUnchanged(): Promise<void>;
  /** No more files are read for the hash. */
  stop(): void;
}

/**
 * Finds everything a build of these settings is made from; `besides` is what else the caller wants told apart. Throws
 * when a file cannot be found.
 */
export async function findInputs(settings: Settings, besides: readonly string[] = []): Promise<BuildInputs> {
  const {exports, unread} = await inputFiles(settings);
  const files = exports.map(({file}) => file);
  const marks = await fileMarks(files);
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const digests = new Map<string, Promise<Digest>>();
  let stopped = false;
  const digest = (file: string): Promise<Digest> => {
    const found = digests.get(file) ?? digestFile(file);
    digests.set(file, found);
    return found;
  };
  const hashAll = async (): Promise<string> => {
    const hash = createHash("sha256");
    const add = (...parts: string[]) => hash.update(`${JSON.stringify(parts)}\n`);
    add("settings", JSON.stringify(settings, (key, value: unknown) => (places.has(key) ? undefined : value)));
    for (const one of besides) add("besides", one);
    for (const {id, folder} of settings.sources) add("source", id, portable(relative(settings.folder, folder)));
    for (const {file, path} of exports) {
      if (stopped) throw new Error("nobody waits for the hash any more");
      add("file", portable(relative(settings.folder, path)), (await digest(file)).sha256);
    }
    add("unread", JSON.stringify(unread));
    for (const path of await codePaths()) add("code", path, await readFile(join(projectFolder, path), "utf8"));
    add("packages", await readFile(join(projectFolder, "package-lock.json"), "utf8").catch(() => ""));
    return hash.digest("hex");
  };
  let hash: Promise<string> | undefined;
  return {
    sizes,
    digest: async (file) => (files.includes(file) ? digest(file) : undefined),
    hash: () => (hash ??= hashAll()),
    async assertUnchanged() {
      if ((await fileMarks(files)) !== marks) throw new Error(`${settings.folder}: an export changed while it was being read. Run again when it is complete.`);
    },
    stop: () => void (stopped = true)
  };
}

/** All files that feed the report, each once, sorted by path; beside them what is told of those that do not. */
async function inputFiles(settings: Settings): Promise<{exports: FilePlace[]; unread: Finding[]}> {
  const {inputs, dated, folders} = await planInputs(settings.sources, settings.path);
  const all = [...inputs, ...dated.flatMap(({earlier}) => earlier.flatMap((one) => one.inputs))];
  const places = new Map(all.flatMap(({main, joins}) => [main, ...joins.map(({head}) => head)]).map(({path, file}) => [path, {path, file}]));
  return {exports: [...places.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), unread: unreadFiles({inputs, folders}, settings)};
}

/** Returns size and modification time of files as one text: it differs when somebody wrote to one meanwhile. */
async function fileMarks(paths: readonly string[]): Promise<string> {
  const marks = paths.map(async (path) => {
    const {size, mtimeMs, ino} = await stat(path);
    return `${path} ${size} ${mtimeMs} ${ino}`;
  });
  return (await Promise.all(marks)).join("\n");
}

async function codePaths(): Promise<string[]> {
  const folders = codeFolders.map(async (folder) => {
    return (await filesIn(join(projectFolder, folder))).map((file) => `${folder}/${file}`);
  });
  return (await Promise.all(folders)).flat().sort();
}

const portable = (path: string) => path.replaceAll("\\", "/");
