// The sample company is not in the repository: whoever reads settings that point at it has it made first.

import {readFile} from "node:fs/promises";
import {dirname, join, relative, resolve} from "node:path";
import {parse} from "yaml";
import {ensureSample} from "./sample/ensure.js";
import {projectFolder} from "./project.js";

const sampleFolder = join(projectFolder, "data/sample");
const file = join(projectFolder, "data/report.yaml");

/** Settings of the sample report, as the commands show them: what is built when none is named. */
export const sampleSettings = relative(process.cwd(), file) || file;

/**
 * Makes the sample company where a source of the settings at `path` lies in data/sample and it is not there yet.
 * Settings that cannot be read are left to `readSettings`, which says what is wrong with them.
 */
export async function prepareSample(path: string, log: (line: string) => void): Promise<void> {
  const text = await readFile(path, "utf8").catch(() => "");
  if (sourceFolders(text).some((folder) => isSample(resolve(dirname(path), folder)))) await ensureSample(sampleFolder, {log});
}

function sourceFolders(text: string): string[] {
  try {
    const {sources} = parse(text) as {sources?: readonly {folder?: unknown}[]};
    return (sources ?? []).flatMap(({folder}) => (typeof folder === "string" ? [folder] : []));
  } catch {
    return [];
  }
}

const isSample = (folder: string) => !relative(sampleFolder, folder).startsWith("..");
