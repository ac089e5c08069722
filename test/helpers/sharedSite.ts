// Reports that several test files look at: each is built once a run, by whichever worker needs it first.

import {existsSync} from "node:fs";
import {mkdir, mkdtemp, readFile, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {isRunning} from "../../loaders/build/isRunning.js";
import {buildSite} from "../../loaders/site.js";
import {ensureSample} from "../../loaders/sample/ensure.js";
import {readSettings} from "../../loaders/settings.js";
import {projectFolder} from "../../loaders/project.js";

const prefix = "quarterdeck-sites-";

/** Returns the folder of the sample company's report. */
export const sampleSite = () => shared("sample", async () => {
  await ensureSample(join(projectFolder, "data/sample"), {log: () => {}});
  return join(projectFolder, "data/report.yaml");
});

/** Returns the folder of the tiny world's report. */
export const tinySite = () => shared("tiny", async () => tinySettings);

export const tinySettings = join(projectFolder, "test/fixtures/tiny/report.yaml");

/** A fresh folder of this test's own, removed by the caller. */
export const scratch = (): Promise<string> => mkdtemp(join(tmpdir(), "quarterdeck-test-"));

/** The test runner's process is the parent of every worker: its id names the run. */
async function shared(name: string, settingsFile: () => Promise<string>): Promise<string> {
  const run = join(tmpdir(), `${prefix}${process.ppid}`);
  await sweep();
  await mkdir(run, {recursive: true});
  const [site, mark, failure] = ["site", "building", "failed"].map((end) => join(run, `${name}.${end}`)) as [string, string, string];
  if (existsSync(site)) return site;
  try {
    await mkdir(mark);
  } catch {
    return waitFor(site, failure);
  }
  try {
    await buildSite(await readSettings(await settingsFile()), {out: site});
    return site;
  } catch (error) {
    await writeFile(failure, String((error as Error).stack));
    throw error;
  }
}

async function waitFor(site: string, failure: string): Promise<string> {
  while (!existsSync(site)) {
    if (existsSync(failure)) throw new Error(`another test file could not build the shared site:\n${await readFile(failure, "utf8")}`);
    await new Promise((resume) => setTimeout(resume, 200));
  }
  return site;
}

/** Removes the sites of runs that are over. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length)))) await rm(join(tmpdir(), name), {recursive: true, force: true});
  }
}
