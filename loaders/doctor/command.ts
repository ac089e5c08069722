// npm run doctor: looks at this machine and a settings file before the first run. All that touches the world is in `effects`.

import {execFile} from "node:child_process";
import {mkdir, readFile, rm, statfs, writeFile} from "node:fs/promises";
import {tmpdir, totalmem} from "node:os";
import {join, relative, resolve} from "node:path";
import {promisify} from "node:util";
import {Command} from "commander";
import {findBrowser} from "../browser/findBrowser.js";
import {quietly, usageExit} from "../cli/usage.js";
import {projectFolder} from "../project.js";
import {sampleSettings} from "../sampleSource.js";
import {declareSettings, readSettings, SettingsError} from "../settings.js";
import {doctorLines, examine, type MachineFacts} from "./examine.js";

export interface DoctorEffects {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** In place of what this machine has; only for tests. */
  readonly machine?: Partial<MachineFacts>;
}

interface Options {
  readonly config: string;
  readonly out: string;
}

/** Tells what is wrong and returns the exit code: 0 where nothing stands in the way, 1 where something does. */
export async function doctor(argv: readonly string[], effects: DoctorEffects): Promise<0 | 1> {
  let options: Options;
  try {
    options = doctorCommand(effects).parse([...argv], {from: "user"}).opts<Options>();
  } catch (error) {
    const usage = usageExit(error);
    if (usage !== undefined) return usage;
    throw error;
  }
  const findings = examine({...(await lookAround(options, effects.environment)), ...effects.machine});
  const stops = findings.filter(({grade}) => grade === "stop").length;
  const warns = findings.filter(({grade}) => grade === "warn").length;
  effects.out(`${[stops > 0 ? `${stops} of ${findings.length} stand in the way` : warns > 0 ? "Ready, with something missing" : "Ready", ...doctorLines(findings)].join("\n")}\n`);
  return stops > 0 ? 1 : 0;
}

async function lookAround({config, out}: Options, environment: DoctorEffects["environment"]): Promise<MachineFacts> {
  const {engines} = JSON.parse(await readFile(join(projectFolder, "package.json"), "utf8")) as {readonly engines: {readonly node: string}};
  const free = await Promise.all([tmpdir(), projectFolder].map(async (path) => statfs(path).then(({bavail, bsize}) => bavail * bsize)));
  const git = await promisify(execFile)("git", ["--version"]).then(({stdout}) => stdout.trim(), () => null);
  const {faults, store} = await settingsFaults(config, environment);
  return {
    node: process.version, engines: engines.node, memory: totalmem(), freeDisk: Math.min(...free), git,
    browser: browserHere(),
    folders: await Promise.all([resolve(out, ".."), ...(store === null ? [] : [resolve(store, "..")]), tmpdir()].map(async (path) => ({path: show(path), fault: await writeFault(path)}))),
    settings: {path: show(resolve(config)), faults}
  };
}

function browserHere(): string | null {
  try {
    return findBrowser() ?? null;
  } catch {
    return null;
  }
}

/** Settings of the sample need no exports yet: the first build makes them. */
async function settingsFaults(config: string, environment: DoctorEffects["environment"]): Promise<{readonly faults: readonly string[]; readonly store: string | null}> {
  try {
    const {snapshots, fictional, pulls} = declareSettings(config, {}, environment);
    if (!fictional && pulls.length === 0) await readSettings(config, {}, environment);
    return {faults: [], store: snapshots.store};
  } catch (error) {
    if (!(error instanceof SettingsError)) return {faults: [(error as Error).message], store: null};
    return {faults: error.message.split("\n"), store: null};
  }
}

/** Returns why nothing can be put into the folder, or into the nearest one above it that is there; null where it can. */
async function writeFault(folder: string): Promise<string | null> {
  const probe = join(folder, `.quarterdeck-${process.pid}`);
  try {
    await mkdir(folder, {recursive: true});
    await writeFile(probe, "");
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  } finally {
    await rm(probe, {force: true}).catch(() => {});
  }
}

const show = (path: string): string => (relative(process.cwd(), path).startsWith("..") ? path : relative(process.cwd(), path) || ".");

const doctorCommand = (effects: Pick<DoctorEffects, "out" | "err">): Command => quietly(new Command("doctor"), effects)
  .description("look at this machine and a settings file before the first run: what is missing, and how to get it")
  .option("--config <path>", "settings of the report", sampleSettings)
  .option("--out <dir>", "folder for the site", "dist")
  .addHelpText("after", "\nExit codes: 0 nothing stands in the way, 1 something does.");
