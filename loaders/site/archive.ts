// Parts of the baked report for the thin loaders in src: one file, or one folder as a zip archive.

import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {zipSync, type Zippable} from "fflate";
import {reportVariable} from "./baked.js";

/** Returns the file `name` of the baked report. */
export async function reportFile(name: string, report = process.env[reportVariable]): Promise<Uint8Array> {
  if (!report) throw new Error(`src/${name}.ts: no report has been baked. Build with “npm run report” or “npm run dev”.`);
  return readFile(join(report, name));
}

/** Returns the folder `name` of the baked report as a zip, stored without compression; equal files give equal bytes. */
export async function archive(name: string, report = process.env[reportVariable]): Promise<Uint8Array> {
  if (!report) throw new Error(`src/data/${name}.zip.ts: no report has been baked. Build with “npm run report” or “npm run dev”.`);
  const folder = join(report, name);
  const files: Zippable = {};
  for (const entry of (await readdir(folder, {withFileTypes: true, recursive: true})).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1).replaceAll("\\", "/")] = await readFile(path);
  }
  return zipSync(files, {level: 0, mtime: new Date(1980, 0, 1)});
}
