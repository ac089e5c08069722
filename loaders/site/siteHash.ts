// What a site depends on, as one hash: the data build, which knows settings, exports, code and packages, and the pages.

import {createHash} from "node:crypto";
import {readdir, readFile} from "node:fs/promises";
import {join, relative} from "node:path";
import type {Manifest} from "../../src/query/manifest.js";
import {projectFolder} from "../project.js";

/**
 * Returns the SHA-256 of everything that a site of this data is made from. `root` is the project; the names of the
 * metrics' checks count too, because definitions mention them.
 */
export async function hashSite({hash, locale}: Pick<Manifest, "hash" | "locale">, root = projectFolder): Promise<string> {
  const sum = createHash("sha256");
  const add = (...parts: readonly string[]) => sum.update(`${JSON.stringify(parts)}\n`);
  add("data", hash, locale, process.version);
  for (const path of ["observablehq.config.ts", "package.json", "package-lock.json", ...(await filesBelow(root, "src")), ...(await filesBelow(root, "loaders"))]) {
    add("file", path, createHash("sha256").update(await readFile(join(root, path)).catch(() => "")).digest("hex"));
  }
  for (const path of await filesBelow(root, "test/metrics")) if (path.endsWith(".check.sql")) add("check", path);
  return sum.digest("hex");
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), {recursive: true, withFileTypes: true}).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !/^src\/(.observablehq|guide)\//.test(path))
    .sort();
}
