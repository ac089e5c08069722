// npm run report: arguments to a finished site and a short report of it. All that touches the world is in `effects`.

import {existsSync} from "node:fs";
import {relative, resolve} from "node:path";
import {Command, Option} from "commander";
import {z} from "zod";
import type {Grade} from "../../src/query/manifest.js";
import {answerLimit} from "../bake.js";
import {localDay} from "../build/asOf.js";
import {quietly, usageExit} from "../cli/usage.js";
import {commandWords} from "../quality/words.js";
import {BuildError, buildSite, type BuiltSite, type SiteEffects, type SiteStep} from "../site.js";
import {PrivacyError} from "../privacy/findings.js";
import {OutError} from "../site/publish.js";
import {PageError} from "../site/pages.js";
import {PullError, pullSources, type Pulled} from "../pull/pull.js";
import type {Timing} from "../pull/retry.js";
import {declareSettings, readSettings, SettingsError} from "../settings.js";
import {prepareSample, sampleSettings} from "../sampleSource.js";
import {reportDocument, reportSchema, type DocumentParts} from "./document.js";
import {atLeast, GateError} from "./gate.js";
import {pulledLines, qualityLines} from "./text.js";

/** 0 fine, 1 settings or options, 2 data that cannot be pulled, read or trusted, 3 build, 4 a check of grade stop failed or personal data would be published, 5 built, with a new alert. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

export interface ReportEffects {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Told of each step; where it is shown is the caller's. */
  readonly progress: (text: string) => void;
  /** The last step is over: what follows is the report. */
  readonly done: () => void;
  /** Whether the reader's terminal shows colours. */
  readonly colour: boolean;
  /** The moment, ISO in UTC. */
  readonly now: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly pipeline?: SiteEffects["pipeline"];
  /** Time between the tries of a pull; the real one where absent. */
  readonly timing?: Timing;
}

interface Options {
  readonly config: string;
  readonly out: string;
  readonly pull: boolean;
  readonly json?: boolean;
  readonly schema?: boolean;
  readonly alertOn?: Grade;
}

/** Builds the report that the arguments ask for and returns the exit code. */
export async function report(argv: readonly string[], effects: ReportEffects): Promise<ExitCode> {
  const options = readArguments(argv, effects);
  if (typeof options === "number") return options;
  if (options.schema) {
    effects.out(`${JSON.stringify(z.toJSONSchema(reportSchema, {io: "output"}), null, 2)}\n`);
    return 0;
  }
  let pulled: readonly Pulled[] = [];
  try {
    await prepareSample(options.config, effects.progress);
    if (options.pull) pulled = await pull(options, effects);
    const settings = await readSettings(options.config, {}, effects.environment);
    const site = await buildSite(settings, options, {step: (step, detail) => effects.progress(words(step, detail)), today: localDay(effects.now, settings.timeZone), ...(effects.pipeline && {pipeline: effects.pipeline})});
    effects.done();
    return await tellBuilt(site, {...options, pulled}, effects);
  } catch (error) {
    effects.done();
    return await tellFailed(error, {...options, pulled: error instanceof PullError ? error.pulled : pulled}, effects);
  }
}

/** Pulls what the settings say is pulled, and tells it at once: whatever comes of the build, it is kept. */
async function pull({config, json}: Options, {environment, now, progress, done, out, timing}: ReportEffects): Promise<Pulled[]> {
  const settings = declareSettings(config, {}, environment);
  if (settings.pulls.length === 0) return [];
  const tell = (pulled: readonly Pulled[]) => {
    done();
    if (!json && pulled.length > 0) out(`${pulledLines(pulled).join("\n")}\n`);
  };
  try {
    const pulled = await pullSources(settings, {environment, now, progress, ...(timing && {timing})});
    tell(pulled);
    return pulled;
  } catch (error) {
    if (error instanceof PullError) tell(error.pulled);
    throw error;
  }
}

type Told = Options & {readonly pulled: readonly Pulled[]};

async function tellBuilt(site: BuiltSite, options: Told, effects: ReportEffects): Promise<ExitCode> {
  const {manifest, judged, unchanged, out, files, bytes} = site;
  const {alertOn} = options;
  const alerted = alertOn !== undefined && judged.fresh.some(({grade}) => atLeast(grade, alertOn));
  const exitCode = alerted ? 5 : 0;
  if (options.json) tellJson({outcome: unchanged ? "unchanged" : "built", exitCode, pulled: options.pulled, manifest, judged, site: {folder: show(out), files, bytes}}, effects);
  else {
    const quality = qualityLines(manifest, judged, {format: await commandWords(manifest.currency), colour: effects.colour});
    effects.out(`${[headline(site), ...quality, ...siteLines(site, options)].join("\n")}\n`);
    if (alerted) effects.err(`A check of grade ${alertOn}${alertOn === "stop" ? "" : " or worse"} fails that did not at the last run: exit code 5.\n`);
  }
  return exitCode;
}

async function tellFailed(error: unknown, {json, out, pulled}: Told, effects: ReportEffects): Promise<ExitCode> {
  const message = error instanceof Error ? error.message : String(error);
  const [outcome, exitCode] = outcomeOf(error);
  const kept = existsSync(out) ? `${out} is as it was.` : "No site was written.";
  const gate = error instanceof GateError ? error : undefined;
  if (json) tellJson({outcome, exitCode, message, pulled, ...(gate && {manifest: gate.manifest, judged: gate.judged})}, effects);
  else {
    if (gate) effects.out(`${[`${gate.manifest.title}, as of ${gate.manifest.asOf}: not published`, ...qualityLines(gate.manifest, gate.judged, {format: await commandWords(gate.manifest.currency), colour: effects.colour})].join("\n")}\n`);
    effects.err(`${message}\n${kept}\n`);
  }
  return exitCode;
}

function outcomeOf(error: unknown): [DocumentParts["outcome"], Exclude<ExitCode, 0 | 5>] {
  if (error instanceof GateError || error instanceof PrivacyError) return ["gate", 4];
  if (error instanceof SettingsError || error instanceof OutError) return ["settings", 1];
  return error instanceof BuildError || error instanceof PageError ? ["build", 3] : ["data", 2];
}

const tellJson = (parts: DocumentParts, {out}: ReportEffects): void => out(`${JSON.stringify(reportDocument(parts), null, 2)}\n`);

function readArguments(argv: readonly string[], {out, err}: ReportEffects): Options | ExitCode {
  const command = quietly(new Command("report"), {out, err})
    .description("build the report: reads the exports that the settings name and writes a static site")
    .option("--config <path>", "settings of the report", sampleSettings)
    .option("--out <dir>", "folder that becomes the site; an earlier report in it is replaced", "dist")
    .addOption(new Option("--alert-on <grade>", "exit with 5 when a check of this grade or worse fails that did not at the last run").choices(["note", "warn", "stop"]))
    .option("--no-pull", "read what was kept last of sources that are pulled")
    .option("--json", "print the short report as one JSON document")
    .option("--schema", "print the JSON Schema of --json")
    .addHelpText("after", "\nExit codes: 0 built, 1 settings or options, 2 data that cannot be pulled, read or trusted, 3 build, 4 a check of grade stop failed, or personal data would be published, 5 built with a new alert (--alert-on).\nAfter 1 to 4 the earlier site stands untouched.");
  try {
    return command.parse([...argv], {from: "user"}).opts<Options>();
  } catch (error) {
    const usage = usageExit(error);
    if (usage !== undefined) return usage;
    throw error;
  }
}

function words(step: SiteStep, detail?: string): string {
  const about = detail === undefined ? "" : `: ${detail}`;
  switch (step) {
    case "recover": return detail ?? "mending what an interrupted build left";
    case "hash": return "looking for changes";
    case "read": return `reading exports${about}`;
    case "marts": return `marts${about}`;
    case "check": return "checking the data";
    case "write": return `writing marts${about}`;
    case "bake": return "computing all default views";
    case "pages": return "building pages";
    case "scan": return "looking for personal data";
    case "publish": return "putting the site in place";
  }
}

function headline({manifest, unchanged, cached}: BuiltSite): string {
  const state = unchanged ? ": nothing changed" : cached ? " (data unchanged since the last build)" : "";
  return `${manifest.title}, as of ${manifest.asOf}${state}`;
}

function siteLines({out, baked, unchanged, files, bytes}: BuiltSite, given: Options): string[] {
  if (unchanged) return [`  site      ${show(out)}: ${files} files, as they were`];
  const number = new Intl.NumberFormat("en");
  return [
    ...(baked?.leftOut ?? []).map(({page, choices, bytes, why}) => (why === "events"
      ? `  answers   ${page}: every event would have to be followed for ${choicesWords(choices)}; the engine answers what these ask beyond counts`
      : `  answers   ${page}: over ${number.format(answerLimit)} bytes with every choice; the engine answers ${choicesWords(choices)}; now ${number.format(bytes)} bytes`)),
    `  site      ${show(out)}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB`,
    `  look      npm run serve${resolve(given.out) === resolve("dist") ? "" : ` -- --dir ${given.out}`}`
  ];
}

/** "4 choices". */
const choicesWords = (count: number): string => `${count} ${count === 1 ? "choice" : "choices"}`;

function show(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near;
}
