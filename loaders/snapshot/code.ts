// Which code made a month: one hash over all that makes numbers and pages.

import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {filesIn} from "../build/filesIn.js";
import {projectFolder} from "../project.js";

export interface CodeVersion {
  /** SHA-256 over loaders, src without the guide, configuration and installed packages. */
  readonly hash: string;
  /** That of package.json. */
  readonly version: string;
  /** Of Node. */
  readonly node: string;
}

/** Returns the version of the project's code as it stands on disk. */
export async function codeVersion(root = projectFolder): Promise<CodeVersion> {
  const hash = createHash("sha256");
  const below = async (folder: string) => (await filesIn(join(root, folder))).map((file) => `${folder}/${file}`);
  const files = [...(await below("loaders")), ...(await below("src")), "observablehq.config.ts", "package-lock.json"].filter((file) => !/^src\/(\.observablehq|guide)\//.test(file));
  for (const file of files) hash.update(`${JSON.stringify([file, await readFile(join(root, file), "utf8").catch(() => "")])}\n`);
  const {version} = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {version: string};
  return {hash: hash.digest("hex"), version, node: process.version};
}
