// npm run inspect: arguments to files, findings to text. All that touches the world is in `effects`.

import {existsSync, readdirSync, statSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {Command} from "commander";
import {quietly, usageExit} from "../cli/usage.js";
import {openNative} from "../native.js";
import {keptDays, keptExport, pullRecord} from "../pull/kept.js";
import {describeProblem} from "../settings/problems.js";
import {describeExports} from "./describe.js";
import {inspect} from "./inspect.js";
import {folderFrom, OpenError, type OpenOptions} from "./openExports.js";
import {settingsText} from "./settingsText.js";

export interface InspectEffects {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

interface Options extends OpenOptions {
  readonly out?: string;
  readonly force?: boolean;
}

const readable = /\.(csv|tsv|txt|xlsx|json|ndjson|jsonl|parquet)(\.(gz|zip))?$/i;

/** Inspects the files in the arguments after `inspect`; returns the exit code: 0, 1 for usage, 2 for a file that cannot be read. */
export async function inspectCommand(argv: readonly string[], effects: InspectEffects): Promise<number> {
  try {
    const {files, options} = readArguments(argv, effects);
    const {out, force, ...given} = options;
    if (out && existsSync(out) && !force) throw new UsageError(`${out} exists and is left as it is; --force replaces it`);
    const paths = files.flatMap(filesIn);
    const native = await openNative({memory: "1300MB"});
    try {
      const found = await inspect(native, paths, given);
      const text = settingsText(found, folderFrom(out ? dirname(out) : ".", paths));
      (out ? effects.out : effects.err)(describeExports(found));
      if (out) {
        writeFileSync(out, text);
        effects.out(`${out} written: look at every CHECK and QUESTION in it.\n`);
      } else effects.out(text);
      return 0;
    } finally {
      native.close();
    }
  } catch (error) {
    const usage = usageExit(error);
    if (usage !== undefined) return usage;
    if (error instanceof UsageError) return effects.err(`${error.message}\n`), 1;
    if (!(error instanceof OpenError)) throw error;
    const {problem: code, detail, allowed} = error.cause;
    effects.err(`${describeProblem({code, file: "inspect", value: error.file, ...(detail !== undefined && {detail}), ...(allowed && {allowed})})}\n`);
    return 2;
  }
}

/** What was asked for cannot be done. */
class UsageError extends Error {}

/** A folder stands for the files in it, one that holds a folder a day for the newest of them. */
function filesIn(path: string): string[] {
  if (!existsSync(path)) throw new UsageError(`no such file: ${path}`);
  if (!statSync(path).isDirectory()) return [path];
  const found = readdirSync(path).filter((name) => readable.test(name) && name !== pullRecord).sort().map((name) => join(path, name));
  const newest = keptDays(path).at(-1);
  if (found.length === 0 && newest !== undefined) return filesIn(keptExport(path, newest));
  if (found.length === 0) throw new UsageError(`no CSV, XLSX, JSON or Parquet file in ${path}`);
  return found;
}

function readArguments(argv: readonly string[], {out, err}: InspectEffects): {files: readonly string[]; options: Options} {
  const command = quietly(new Command("inspect"), {out, err})
    .description("look at unknown exports and write a first report.yaml for them")
    .argument("<files...>", "exports in any format, or folders of them")
    .option("--out <path>", "write the settings there instead of to the output")
    .option("--force", "replace a file that is there")
    .option("--encoding <name>", "of files that are not UTF-8: windows-1250, gb18030 …")
    .option("--delimiter <mark>", "column separator, where it is not found by itself")
    .option("--sheet <name>", "sheet of a workbook that has several")
    .addHelpText("after", "\nExit code 1: the arguments are wrong. 2: a file cannot be read.");
  command.parse([...argv], {from: "user"});
  return {files: command.args, options: command.opts<Options>()};
}
