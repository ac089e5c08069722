// What a site depends on, as one hash: the data build, which knows settings, exports, code and packages, and the pages.

import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import type {Manifest} from "../../src/query/manifest.js";
import {filesIn} from "../build/filesIn.js";
import {projectFolder} from "../project.js";

/**
 * Returns the SHA-256 of everything that a site of this data is made from. `months` marks the frozen months beside it. `root` is the project; the names of the
 * metrics' checks count too, because definitions mention them.
 */
export async function hashSite({hash, locale}: Pick<Manifest, "hash" | "locale">, root = projectFolder, months?: string): Promise<string> {
  const sum = createHash("sha256");
  const add = (...parts: readonly string[]) => sum.update(`${JSON.stringify(parts)}\n`);
  add("data", hash, locale, process.version);
  for (const path of ["observablehq.config.ts", "package.json", "package-lock.json", ...(await filesBelow(root, "src")), ...(await filesBelow(root, "loaders"))]) {
    add("file", path, createHash("sha256").update(await readFile(join(root, path)).catch(() => "")).digest("hex"));
  }
  if (months !== undefined) add("months", months);
  for (const path of await filesBelow(root, "test/metrics")) if (path.endsWith(".check.sql")) add("check", path);
  return sum.digest("hex");
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const files = await filesIn(join(root, folder)).catch(() => []);
  return files.map((file) => `${folder}/${file}`).filter((path) => !/^src\/(.observablehq|guide)\//.test(path));
}
