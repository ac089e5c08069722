// npm run pdf: a built report as a board pack, a PDF or one HTML file to mail. All that touches the world is in `effects`.

import {mkdir, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {Command, Option} from "commander";
import {NoBrowserError} from "../browser/launch.js";
import {quietly, usageExit} from "../cli/usage.js";
import {isRevisionId} from "../snapshot/month.js";
import {composePack, PackError} from "./compose.js";
import {papers, printPack, type Paper} from "./print.js";

/** 0 written, 1 options, or no report in the folder, 2 no browser, 3 not printed or not written. */
export type PackExit = 0 | 1 | 2 | 3;

export interface PackEffects {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

interface Options {
  readonly dir: string;
  readonly month?: string;
  readonly paper: Paper;
  readonly out?: string;
  readonly html?: string;
}

/** Largest file to mail, in bytes. */
export const mailLimit = 2_000_000;

/** Writes the pack that the arguments ask for and returns the exit code. */
export async function makePack(argv: readonly string[], effects: PackEffects): Promise<PackExit> {
  try {
    const {dir, month, paper, out, html} = packCommand(effects).parse([...argv], {from: "user"}).opts<Options>();
    if (month !== undefined && !/^\d{4}-\d{2}$/.test(month) && !isRevisionId(month)) throw new PackError(`--month ${month}: expected a month such as 2026-10, or 2026-10-r2.`);
    const pack = await composePack(month === undefined ? dir : join(dir, "snapshots", month));
    if (html !== undefined) {
      const bytes = Buffer.from(pack.html);
      if (bytes.length >= mailLimit) throw new Error(`The HTML file would have ${bytes.length} bytes, and many mail hosts refuse more than ${mailLimit}: mail the PDF.`);
      effects.out(await write(html, bytes));
    }
    if (html === undefined || out !== undefined) effects.out(await write(out ?? "board-pack.pdf", await printPack(pack, paper)));
    return 0;
  } catch (error) {
    const usage = usageExit(error);
    if (usage !== undefined) return usage;
    effects.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof PackError ? 1 : error instanceof NoBrowserError ? 2 : 3;
  }
}

async function write(path: string, bytes: Uint8Array): Promise<string> {
  await mkdir(dirname(path), {recursive: true});
  await writeFile(path, bytes);
  return `written   ${path}: ${(bytes.length / 1e6).toFixed(2)} MB\n`;
}

const packCommand = (effects: PackEffects): Command => quietly(new Command("pdf"), effects)
  .description("make a board pack of a built report: a PDF, or one HTML file to mail")
  .option("--dir <dir>", "folder of the report", "dist")
  .option("--month <month>", "a frozen month of the report: 2026-10, or 2026-10-r2")
  .addOption(new Option("--paper <paper>", "size of the sheets").choices(papers).default("A4"))
  .option("--out <file>", "PDF to write; board-pack.pdf where neither this nor --html is named")
  .option("--html <file>", "HTML file to write, which needs no other file and no script")
  .addHelpText("after", "\nExit codes: 0 written, 1 options, or no report in the folder, 2 no browser, 3 not printed or not written.");
