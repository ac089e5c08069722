// What the rows of the bench share, each made once and only when asked for: samples, sites, the browser.

import {copyFile, cp, mkdir, rm} from "node:fs/promises";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {generatorVersion} from "../../loaders/sample/generate.js";
import {launchBrowser, type TestBrowser} from "../helpers/browser.js";
import {projectRoot, runProgram, type Finished} from "./child.js";

export interface Workshop {
  /** Scale of the big-data rows. */
  readonly scale: number;
  /** Rounds of an interleaved comparison. */
  readonly runs: number;
  readonly log: (line: string) => void;
  /** Folder with report.yaml and the exports of a sample of that scale. */
  sample(scale: number): Promise<string>;
  /** Folder of the site built from that sample, or of the one that was named for the big-data rows. */
  site(scale: number): Promise<string>;
  browser(): Promise<TestBrowser>;
  /** An empty folder for this run, removed on close. */
  scratch(name: string): Promise<string>;
  close(): Promise<void>;
}

const samples = join(projectRoot, "node_modules/.cache/quarterdeck-bench");

/** Opens a workshop; samples stay for the next run while the generator is the same, everything else goes on close. */
export function openWorkshop({scale, runs, site: given}: {scale: number; runs: number; site?: string}, log: (line: string) => void = console.error): Workshop {
  const own = join(samples, `run-${process.pid}`);
  const once = new Map<string, Promise<unknown>>();
  const remember = <T>(name: string, make: () => Promise<T>): Promise<T> => {
    const known = once.get(name) ?? make();
    once.set(name, known);
    return known as Promise<T>;
  };
  const workshop: Workshop = {
    scale,
    runs,
    log,
    sample: (scale) => remember(`sample ${scale}`, () => makeSample(scale, log)),
    site: (wanted) =>
      remember(`site ${wanted}`, async () => {
        if (given !== undefined && wanted === scale) return given;
        const folder = await workshop.sample(wanted);
        const out = join(await workshop.scratch("sites"), String(wanted));
        log(`building the site at scale ${wanted}`);
        const {seconds} = await buildReport(folder, out);
        log(`built in ${seconds.toFixed(1)} s`);
        return out;
      }),
    browser: () => remember("browser", () => launchBrowser()),
    async scratch(name) {
      const folder = join(own, name);
      await mkdir(folder, {recursive: true});
      return folder;
    },
    async close() {
      await (once.get("browser") as Promise<TestBrowser> | undefined)?.then((browser) => browser.close());
      await rm(own, {recursive: true, force: true});
    }
  };
  return workshop;
}

/** Runs `npm run report` for the settings in `folder`. Throws with its last words when it fails. */
export async function buildReport(folder: string, out: string, env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const finished = await runProgram("loaders/cli/report.ts", ["--config", join(folder, "report.yaml"), "--out", out], env);
  if (finished.code !== 0) throw new Error(`the report was not built: ${`${finished.stdout}\n${finished.stderr}`.trim().split("\n").slice(-12).join("\n")}`);
  return finished;
}

async function makeSample(scale: number, log: (line: string) => void): Promise<string> {
  const folder = join(samples, `${await generatorVersion()}-${scale}`);
  if (!existsSync(join(folder, "sample/sample.json"))) {
    log(`making the sample of scale ${scale}`);
    const {code, stderr} = await runProgram("loaders/cli/sample.ts", ["--scale", String(scale), "--out", join(folder, "sample")]);
    if (code !== 0) throw new Error(`the sample was not made: ${stderr.trim().split("\n").slice(-4).join("\n")}`);
  }
  await copyFile(join(projectRoot, "data/report.yaml"), join(folder, "report.yaml"));
  await cp(join(projectRoot, "data/reference"), join(folder, "reference"), {recursive: true}).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  return folder;
}
