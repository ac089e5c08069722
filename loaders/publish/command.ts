// npm run publish: arguments to a release in place, and a short report of it. All that touches the world is in `effects`.

import {resolve} from "node:path";
import {Command, InvalidArgumentError} from "commander";
import {z} from "zod";
import {quietly, usageExit} from "../cli/usage.js";
import {sampleSettings} from "../sampleSource.js";
import {declareSettings, SettingsError, type Settings} from "../settings.js";
import {publishDocument, publishSchema, type DocumentParts} from "./document.js";
import {branchTarget, isBranch} from "./branch.js";
import {folderTarget} from "./folder.js";
import {renderPages} from "./gates/render.js";
import {gateLines, runGates} from "./gates/runGates.js";
import {BusyError, DamagedError, GatesError, TargetError, WriteError} from "./problems.js";
import {verifyRelease} from "./release.js";
import {withoutSecret} from "./runGit.js";
import type {Target} from "./target.js";
import {listLines, placedLines} from "./text.js";

/** 0 published, or nothing to do; 1 settings, options or a target that is not ours; 3 the target cannot be written or reached; 4 the build was refused; 5 another publisher is at work. */
export type ExitCode = 0 | 1 | 3 | 4 | 5;

export interface PublishEffects {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Told of each step; where it is shown is the caller's. */
  readonly progress: (text: string) => void;
  /** The last step is over: what follows is the report. */
  readonly done: () => void;
  /** The moment, ISO in UTC. */
  readonly now: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** In place of a real browser; only for tests. */
  readonly render?: typeof renderPages;
}

interface Options {
  readonly to?: string;
  readonly from: string;
  readonly config: string;
  readonly store?: string;
  readonly squash?: boolean;
  readonly keep?: number;
  readonly list?: boolean;
  readonly rollback?: string | true;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly schema?: boolean;
}

/** Publishes what the arguments ask for and returns the exit code. */
export async function publish(argv: readonly string[], effects: PublishEffects): Promise<ExitCode> {
  const options = readArguments(argv, effects);
  if (typeof options === "number") return options;
  if (options.schema) {
    effects.out(`${JSON.stringify(z.toJSONSchema(publishSchema, {io: "output"}), null, 2)}\n`);
    return 0;
  }
  try {
    const parts = await work(options, effects);
    effects.done();
    tell(parts, options, effects);
    return 0;
  } catch (error) {
    effects.done();
    return tellFailed(error, options, effects);
  }
}

async function work(options: Options, effects: PublishEffects): Promise<DocumentParts> {
  const {progress, now, environment} = effects;
  const settings = declareSettings(options.config, {}, environment);
  const to = options.to;
  if (to === undefined) throw new TargetError("Name a target: --to FOLDER, or --to git:REMOTE#BRANCH.");
  const target = await targetOf(to, options, settings);
  if (options.list) return {outcome: "listed", target: target.name, list: await target.list()};
  const placing = {keep: options.keep ?? settings.releases.keep, now, dryRun: options.dryRun ?? false};
  if (options.rollback !== undefined) {
    progress("going back");
    const placed = await target.rollback(options.rollback === true ? undefined : options.rollback, placing);
    return {outcome: outcomeOf(placed.unchanged, options, "rolled_back"), target: target.name, placed};
  }
  if (resolve(to) === resolve(options.from)) throw new TargetError(`${to} is the build itself. Name the folder that readers see with --to.`);
  progress("holding the build against its hashes");
  const release = await verifyRelease(options.from);
  progress("looking at the pages");
  const gates = await runGates(release, options.from, settings.gates, {render: effects.render ?? renderPages});
  if (gates.some(({grade, status}) => grade === "stop" && status === "failed")) throw new GatesError(gates);
  progress(options.dryRun ? "comparing with what is there" : "putting the release in place");
  const placed = await target.publish(release, options.from, placing);
  return {outcome: outcomeOf(placed.unchanged, options, "published"), target: target.name, placed, gates};
}

const targetOf = async (to: string, {store, squash = false}: Options, {releases: {author}}: Settings): Promise<Target> => (isBranch(to) ? branchTarget(to, {squash, author}) : folderTarget(to, store));

const outcomeOf = (unchanged: boolean, {dryRun}: Options, done: DocumentParts["outcome"]): DocumentParts["outcome"] => (unchanged ? "unchanged" : dryRun ? "would_change" : done);

function tell(parts: DocumentParts, {json, to}: Options, {out}: PublishEffects): void {
  if (json) out(`${JSON.stringify(publishDocument({...parts, exitCode: 0}), null, 2)}\n`);
  else out(`${(parts.list ? listLines(parts.list, to!) : [...placedLines(parts), ...(parts.gates ? gateLines(parts.gates) : [])]).join("\n")}\n`);
}

function tellFailed(error: unknown, {json, to}: Options, {out, err}: PublishEffects): ExitCode {
  const message = error instanceof Error ? error.message : String(error);
  const [outcome, exitCode] = failureOf(error);
  const gates = error instanceof GatesError ? error.gates : undefined;
  if (!json && gates) out(`${gateLines(gates).join("\n")}\n`);
  if (json) out(`${JSON.stringify(publishDocument({outcome, exitCode, message, ...(gates && {gates}), target: to === undefined ? null : withoutSecret(to)}), null, 2)}\n`);
  else err(`${message}\n${to === undefined ? "" : `${withoutSecret(to)} shows what it showed before.\n`}`);
  return exitCode;
}

function failureOf(error: unknown): [DocumentParts["outcome"], ExitCode] {
  if (error instanceof SettingsError || error instanceof TargetError) return ["settings", 1];
  if (error instanceof DamagedError || error instanceof GatesError) return ["gate", 4];
  if (error instanceof BusyError) return ["busy", 5];
  if (error instanceof WriteError) return ["target", 3];
  throw error;
}

function readArguments(argv: readonly string[], {out, err}: PublishEffects): Options | ExitCode {
  const command = quietly(new Command("publish"), {out, err})
    .description("put a built report where readers see it, whole, and keep earlier releases to go back to")
    .option("--to <target>", "folder that readers see, or git:REMOTE#BRANCH")
    .option("--from <dir>", "folder of the built report", "dist")
    .option("--config <path>", "settings of the report", sampleSettings)
    .option("--store <dir>", "where releases of a folder are kept; TARGET.releases beside it where absent")
    .option("--squash", "of a branch: each release replaces its history")
    .option("--keep <n>", "releases that are kept, the present one too", readKeep)
    .option("--list", "tell the kept releases")
    .option("--rollback [release]", "put a kept release in place; without its id the one before the present")
    .option("--dry-run", "tell what would change, and write nothing")
    .option("--json", "print the short report as one JSON document")
    .option("--schema", "print the JSON Schema of --json")
    .addHelpText("after", "\nExit codes: 0 published or nothing to do, 1 settings, options or a target that holds something else, 3 the target cannot be written or reached, 4 the build is damaged or a gate refused it, 5 another publisher is at work.\nAfter 1 to 5 readers see what they saw before.");
  try {
    return command.parse([...argv], {from: "user"}).opts<Options>();
  } catch (error) {
    const usage = usageExit(error);
    if (usage !== undefined) return usage;
    throw error;
  }
}

function readKeep(text: string): number {
  const keep = Number(text);
  if (/^\d+$/.test(text) && keep >= 2) return keep;
  throw new InvalidArgumentError("expected a number from 2: readers may have a page of the release before open");
}
