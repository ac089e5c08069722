// Every file of a folder, by the names it has inside.

import {readdir} from "node:fs/promises";
import {join, relative} from "node:path";

/** Returns the paths of all files below the folder, relative to it, with slashes, sorted. Throws where there is no folder. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/")).sort();
}
