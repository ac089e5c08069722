// npm run alerts: what calls for somebody, new, ongoing or recovered since the last snapshot. All that touches the world is in `effects`.

import {relative} from "node:path";
import {Command} from "commander";
import {reportFormatter} from "../../src/elements/report.js";
import {loadMessages} from "../../src/format/messages.js";
import {catalogueOf} from "../../src/query/catalogue.js";
import {QuestionError} from "../../src/query/questionError.js";
import {writeFiles} from "../build/writeFiles.js";
import {quietly, usageExit} from "../cli/usage.js";
import {mostMemory, openBuilt} from "../native.js";
import {runPipeline, type PipelineEffects} from "../pipeline.js";
import {prepareSample, sampleSettings} from "../sampleSource.js";
import {readSettings, SettingsError} from "../settings.js";
import {SnapshotError} from "../snapshot/fault.js";
import {lastAlerts} from "./memory.js";
import {makeAlerts} from "./makeAlerts.js";
import {alertLines, tasksCsv} from "./tasks.js";

/** 0 told, 1 settings or options, 2 data or a store that cannot be read, 5 something is new, where asked for. */
export type AlertsExit = 0 | 1 | 2 | 5;

export interface AlertsEffects {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly pipeline?: Partial<PipelineEffects>;
}

interface Options {
  readonly config: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly exitCode?: boolean;
}

/** Tells the alerts of the report that the arguments name and returns the exit code. */
export async function alerts(argv: readonly string[], effects: AlertsEffects): Promise<AlertsExit> {
  try {
    const options = alertsCommand(effects).parse([...argv], {from: "user"}).opts<Options>();
    await prepareSample(options.config, () => {});
    const settings = await readSettings(options.config, {}, effects.environment);
    const {folder: built, manifest} = await runPipeline(settings, effects.pipeline ?? {});
    const {run, close} = await openBuilt(built, {memory: "1300MB", most: mostMemory});
    try {
      const catalogue = catalogueOf(manifest);
      const report = await makeAlerts(settings.alerts, {manifest, run, catalogue, built}, await lastAlerts(settings.snapshots.store));
      const words = {rules: settings.alerts, manifest, catalogue, format: reportFormatter(manifest, catalogue, await loadMessages(manifest.locale))};
      if (options.out !== undefined) await writeFiles(options.out, {"alerts.json": `${JSON.stringify(report, null, 1)}\n`, "tasks.csv": tasksCsv(report, words)});
      effects.out(options.json ? `${JSON.stringify(report, null, 2)}\n` : `${[
        ...(settings.alerts.length === 0 ? ["The settings name no alerts: see src/guide/alerts.md."] : alertLines(report, words)),
        ...(options.out === undefined ? [] : [`  written   ${show(options.out)}: alerts.json, tasks.csv`])
      ].join("\n")}\n`);
      return options.exitCode && report.entries.some(({state}) => state === "new") ? 5 : 0;
    } finally {
      close();
    }
  } catch (error) {
    const usage = usageExit(error);
    if (usage !== undefined) return usage;
    effects.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof SettingsError || error instanceof QuestionError ? 1 : error instanceof SnapshotError && error.exitCode === 1 ? 1 : 2;
  }
}

const show = (path: string): string => (relative(process.cwd(), path).startsWith("..") ? path : relative(process.cwd(), path));

const alertsCommand = (effects: AlertsEffects): Command => quietly(new Command("alerts"), effects)
  .description("hold the alerts of the settings against the data, and say what is new, ongoing or recovered since the last snapshot")
  .option("--config <path>", "settings of the report", sampleSettings)
  .option("--out <dir>", "folder for alerts.json and tasks.csv, tasks for a CRM")
  .option("--json", "print alerts.json")
  .option("--exit-code", "exit with 5 when something is new")
  .addHelpText("after", "\nExit codes: 0 told, 1 settings or options, 2 data or a store that cannot be read, 5 something is new (--exit-code).");
