// A copy of a report's folder whose exports can grow without a byte of the original changing.

import {copyFile, link, mkdir, open, readdir, rename, rm, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";

/** Makes `to` a report's folder like `from`, its files linked rather than copied, with the given settings as report.yaml. */
export async function copyReport(from: string, to: string, settings: string): Promise<void> {
  await rm(to, {recursive: true, force: true});
  for (const entry of await readdir(from, {withFileTypes: true, recursive: true})) {
    const source = join(entry.parentPath, entry.name);
    if (!entry.isFile() || source === join(from, "report.yaml")) continue;
    const target = join(to, source.slice(from.length));
    await mkdir(dirname(target), {recursive: true});
    await link(source, target).catch(() => copyFile(source, target));
  }
  await writeFile(join(to, "report.yaml"), settings);
}

/** Appends the last `share` of a CSV's records to it once more, under ids of their own. Links to the file keep the old text. */
export async function growExport(folder: string, path: string, share = 0.01): Promise<void> {
  const aside = join(folder, `${path}.aside`);
  await copyFile(join(folder, path), aside);
  const file = await open(aside, "r+");
  try {
    const {size} = await file.stat();
    const length = Math.ceil(size * share);
    const {buffer, bytesRead} = await file.read(Buffer.alloc(length), 0, length, size - length);
    await file.write(appendedLines(buffer.toString("utf8", 0, bytesRead)), size);
  } finally {
    await file.close();
  }
  await rename(aside, join(folder, path));
}

/** Returns the whole one-line records in the tail of a CSV whose first cell is an id, each id's letters 4 and 5 changed. */
export function appendedLines(tail: string): string {
  const lines = tail.trimEnd().split("\n").slice(1);
  const prefix = lines.at(-1)?.slice(0, 4) ?? "";
  const whole = lines.filter((line) => line.startsWith(prefix) && line.split('"').length % 2 === 1);
  return whole.map((line) => `${line.replace(/^("?)(...)../, "$1$2Zz")}\n`).join("");
}
