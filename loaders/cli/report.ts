// npm run report -- --config PATH --out DIR: exports to a finished site.

import {existsSync} from "node:fs";
import {relative, resolve} from "node:path";
import {Command} from "commander";
import {answerLimit} from "../bake.js";
import {describeWarning} from "../build/warnings.js";
import {BuildError, buildSite, type BuiltSite, type SiteStep} from "../site.js";
import {OutError} from "../site/publish.js";
import {PageError} from "../site/pages.js";
import {readSettings, SettingsError} from "../settings.js";
import {sampleSettings, prepareSample} from "../sampleSource.js";
import {createProgress} from "./progress.js";

/** 0 fine, 1 settings or a wrong --out, 2 data, 3 build. */
type ExitCode = 0 | 1 | 2 | 3;

const program = new Command("report")
  .description("build the report: reads the exports that the settings name and writes a static site")
  .option("--config <path>", "settings of the report", sampleSettings)
  .option("--out <dir>", "folder that becomes the site; an earlier report in it is replaced", "dist")
  .addHelpText("after", "\nExit codes: 0 built, 1 settings or options, 2 data, 3 build. After anything but 0 the earlier site stands untouched.")
  .parse();

async function report({config, out}: {config: string; out: string}): Promise<ExitCode> {
  const progress = createProgress(process.stdout);
  const warnings: string[] = [];
  try {
    await prepareSample(config, (text) => progress.step(text));
    const settings = await readSettings(config);
    const site = await buildSite(settings, {out}, {step: (step, detail) => progress.step(words(step, detail)), warn: (warning) => warnings.push(describeWarning(warning))});
    progress.done();
    process.stdout.write(site.unchanged ? unchanged(site, warnings) : summary(site, warnings, {config, out}));
    return 0;
  } catch (error) {
    progress.done();
    console.error(error instanceof Error ? error.message : error);
    console.error(existsSync(out) ? `${out} is as it was.` : "No site was written.");
    return error instanceof SettingsError || error instanceof OutError ? 1 : error instanceof BuildError || error instanceof PageError ? 3 : 2;
  }
}

function words(step: SiteStep, detail?: string): string {
  const about = detail === undefined ? "" : `: ${detail}`;
  switch (step) {
    case "recover": return detail ?? "mending what an interrupted build left";
    case "hash": return "looking for changes";
    case "read": return `reading exports${about}`;
    case "marts": return `marts${about}`;
    case "write": return `writing marts${about}`;
    case "bake": return "computing all default views";
    case "pages": return "building pages";
    case "publish": return "putting the site in place";
  }
}

function unchanged({out, manifest, files}: BuiltSite, warnings: readonly string[]): string {
  const lines = [`${manifest.title}, as of ${manifest.asOf}: nothing changed`, ...warningLines(warnings), `  site      ${show(out)}: ${files} files, as they were`];
  return `${lines.join("\n")}\n`;
}

/** The first ten; an eleventh line says how many there are. */
const warningLines = (warnings: readonly string[]): string[] => [
  ...warnings.slice(0, 10).map((text) => `  warning   ${text}`),
  ...(warnings.length > 10 ? [`  warning   … ${warnings.length} in all`] : [])
];

function summary({out, manifest, baked, cached, files, bytes}: BuiltSite, warnings: readonly string[], given: {config: string; out: string}): string {
  const sum = (field: "rows" | "kept" | "rejected" | "excluded" | "superseded") => manifest.files.reduce((total, file) => total + file[field], 0);
  const number = (value: number) => new Intl.NumberFormat("en").format(value);
  const rejected = manifest.files.filter((file) => file.rejected > 0 || file.rejectedCells > 0);
  const lines = [
    `${manifest.title}, as of ${manifest.asOf}${cached ? " (data unchanged since the last build)" : ""}`,
    `  rows      ${number(sum("rows"))} in ${manifest.files.length} files: ${number(sum("kept"))} used, ${number(sum("rejected"))} rejected, ${number(sum("excluded"))} excluded, ${number(sum("superseded"))} superseded`,
    ...rejected.slice(0, 5).map((file) => `            ${file.file}: ${number(file.rejected)} rows and ${number(file.rejectedCells)} cells rejected`),
    ...warningLines(warnings),
    ...(baked?.leftOut ?? []).map(({page, choices, bytes}) => `  answers   ${page}: over ${number(answerLimit)} bytes with every choice; the engine answers ${choicesWords(choices)}; now ${number(bytes)} bytes`),
    `  site      ${show(out)}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB, the engine's 39 MB included`,
    `  look      npm run serve${resolve(given.out) === resolve("dist") ? "" : ` -- --dir ${given.out}`}`
  ];
  return `${lines.join("\n")}\n`;
}

/** "12 teams, 4 quarters". */
function choicesWords(choices: Readonly<Record<string, number>>): string {
  return Object.entries(choices).map(([kind, count]) => `${count} ${kind}${count === 1 ? "" : "s"}`).join(", ");
}

function show(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near;
}

process.exitCode = await report(program.opts<{config: string; out: string}>());
