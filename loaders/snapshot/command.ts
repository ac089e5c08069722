// npm run snapshot and npm run verify: arguments to a frozen month, or to its proof. All that touches the world is in `effects`.

import {relative} from "node:path";
import {Command} from "commander";
import {localDay} from "../build/asOf.js";
import {quietly, usageExit} from "../cli/usage.js";
import {PrivacyError} from "../privacy/findings.js";
import {qualityLines} from "../report/text.js";
import {GateError} from "../report/gate.js";
import {runPipeline} from "../pipeline.js";
import {commandWords} from "../quality/words.js";
import {prepareSample, sampleSettings} from "../sampleSource.js";
import {declareSettings, readSettings, SettingsError, type Settings} from "../settings.js";
import {BuildError} from "../site.js";
import {PageError} from "../site/pages.js";
import {compareMonths} from "./compareMonths.js";
import {SnapshotError} from "./fault.js";
import {freezeMonth, type FreezeEffects} from "./freeze.js";
import {isRevisionId, lastClosedMonth, lastDayOf} from "./month.js";
import {comparedLines, frozenLines, provedLines, stepWords} from "./text.js";
import {verifyMonth} from "./verify.js";

/** 0 frozen, or frozen before from the same inputs; proved. 1 settings or options, 2 data or a store that is not whole, 3 build, 4 a published month would change, a check of grade stop failed, or a month is not what its inputs give. */
export type SnapshotExit = 0 | 1 | 2 | 3 | 4;

export interface SnapshotEffects {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Told of each step; where it is shown is the caller's. */
  readonly progress: (text: string) => void;
  /** The last step is over: what follows is the report. */
  readonly done: () => void;
  /** The moment, ISO in UTC. */
  readonly now: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** In place of what builds a month; only for tests. */
  readonly build?: Partial<Omit<FreezeEffects, "today" | "environment">>;
}

interface Options {
  readonly config: string;
  readonly month?: string;
  readonly correct?: string;
  readonly accept?: string;
  readonly all?: boolean;
}

/** Freezes the month that the arguments name and returns the exit code. */
export const snapshot = (argv: readonly string[], effects: SnapshotEffects): Promise<SnapshotExit> => run(snapshotCommand(effects), argv, effects, async (options) => {
  await prepareSample(options.config, effects.progress);
  const settings = await readSettings(options.config, {}, effects.environment);
  const month = options.month ?? (await closedMonth(settings, effects));
  assertClosed(month, settings, effects);
  const frozen = await freezeMonth(settings, {month, correct: options.correct, accept: options.accept}, {...building(effects), today: localDay(effects.now, settings.timeZone)});
  effects.done();
  effects.out(`${(await frozenLines(frozen, show(settings.snapshots.store))).join("\n")}\n`);
  return 0;
});

/** Proves the frozen month that the arguments name and returns the exit code. */
export const verify = (argv: readonly string[], effects: SnapshotEffects): Promise<SnapshotExit> => run(verifyCommand(effects), argv, effects, async ({config, month}) => {
  const {snapshots} = declareSettings(config, {}, effects.environment);
  if (month !== undefined && !isRevisionId(month)) lastDayOf(month);
  const verified = await verifyMonth(snapshots.store, month, building(effects));
  effects.done();
  effects.out(`${provedLines(verified).join("\n")}\n`);
  return verified.broken.length > 0 ? 2 : verified.differing.length > 0 ? 4 : 0;
});

/** Compares the two frozen months that the arguments name and returns the exit code. */
export const compare = (argv: readonly string[], effects: SnapshotEffects): Promise<SnapshotExit> => run(compareCommand(effects), argv, effects, async ({config, all = false}, [then, now]) => {
  const {snapshots} = declareSettings(config, {}, effects.environment);
  const compared = await compareMonths(snapshots.store, [then!, now!]);
  effects.done();
  effects.out(`${(await comparedLines(compared, all)).join("\n")}\n`);
  return 0;
});

const building = ({environment, progress, build}: SnapshotEffects): Partial<FreezeEffects> => ({environment, step: (step, detail) => progress(stepWords(step, detail)), ...build});

/** The last month that has ended on the report's own as-of day. */
async function closedMonth(settings: Settings, {progress, build}: SnapshotEffects): Promise<string> {
  if (settings.asOf !== "newest") return lastClosedMonth(settings.asOf);
  const {manifest} = await runPipeline(settings, {...build?.pipeline, step: (step, detail) => progress(stepWords(step, detail))});
  return lastClosedMonth(manifest.asOf);
}

/** A month that has not ended is not frozen. */
function assertClosed(month: string, {asOf, timeZone, fictional}: Settings, {now}: SnapshotEffects): void {
  const last = lastDayOf(month);
  const known = asOf === "newest" ? localDay(now, timeZone) : asOf;
  if (!(asOf === "newest" && fictional) && (asOf === "newest" ? last >= known : last > known)) throw new SnapshotError(`${month} has not ended: ${asOf === "newest" ? "today is" : "the report's as-of day is"} ${known}.`, 1);
}

async function run(command: Command, argv: readonly string[], effects: SnapshotEffects, act: (options: Options, months: readonly string[]) => Promise<SnapshotExit>): Promise<SnapshotExit> {
  try {
    const {args} = command.parse([...argv], {from: "user"});
    return await act(command.opts<Options>(), args);
  } catch (error) {
    const usage = usageExit(error);
    if (usage !== undefined) return usage;
    effects.done();
    if (error instanceof GateError) effects.out(`${qualityLines(error.manifest, error.judged, {format: await commandWords(error.manifest.currency), colour: false}).join("\n")}\n`);
    effects.err(`${error instanceof Error ? error.message : String(error)}\nThe store is as it was.\n`);
    return exitOf(error);
  }
}

function exitOf(error: unknown): SnapshotExit {
  if (error instanceof SnapshotError) return error.exitCode;
  if (error instanceof GateError || error instanceof PrivacyError) return 4;
  if (error instanceof SettingsError) return 1;
  return error instanceof BuildError || error instanceof PageError ? 3 : 2;
}

const show = (path: string): string => (relative(process.cwd(), path).startsWith("..") ? path : relative(process.cwd(), path));

const snapshotCommand = (effects: SnapshotEffects): Command => quietly(new Command("snapshot"), effects)
  .description("freeze a month: numbers, definitions, settings, exports and pages as they are now, in the store that the settings name")
  .option("--config <path>", "settings of the report", sampleSettings)
  .option("--month <month>", "2026-10; the last that has ended at the report's as-of where absent")
  .option("--correct <reason>", "publish a correction beside a frozen month, as 2026-10-r2, and say why")
  .option("--accept <reason>", "freeze it although KPIs are outside what is usual for them, and say why")
  .addHelpText("after", "\nExit codes: 0 frozen, or frozen before from the same inputs, 1 settings or options, 2 data or a store that cannot be read, 3 build, 4 the month is frozen from other inputs, a check of grade stop failed, or personal data would be published.");

const verifyCommand = (effects: SnapshotEffects): Command => quietly(new Command("verify"), effects)
  .description("prove a frozen month: every kept file is as it was, and the kept inputs give the same bytes again")
  .option("--config <path>", "settings of the report, which name the store", sampleSettings)
  .option("--month <month>", "2026-10, or 2026-10-r2; the newest where absent")
  .addHelpText("after", "\nExit codes: 0 proved, 1 settings or options, 2 a kept file is missing or changed, 3 build, 4 the inputs give other bytes.");

const compareCommand = (effects: SnapshotEffects): Command => quietly(new Command("compare"), effects)
  .description("hold two frozen months against each other: KPI by KPI in the periods that both tell, and record by record")
  .argument("<earlier>", "2026-08, or 2026-08-r2")
  .argument("<later>", "2026-10")
  .option("--config <path>", "settings of the report, which name the store", sampleSettings)
  .option("--all", "print every number that is another one")
  .addHelpText("after", "\nExit codes: 0 compared, 1 settings, options or a month that is not frozen, 2 a store that cannot be read.");
