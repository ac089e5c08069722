// Text files that a command hands over.

import {mkdir, rename, writeFile} from "node:fs/promises";
import {join} from "node:path";

/** Writes files by name into a folder, each aside and then by renaming: a reader never sees half of one. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, {recursive: true});
  for (const [name, text] of Object.entries(files)) {
    const aside = join(folder, `.${name}.${process.pid}`);
    await writeFile(aside, text);
    await rename(aside, join(folder, name));
  }
}
