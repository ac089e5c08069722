// Exports written, inspected, and what is said of them.

import {mkdirSync, mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {inspectCommand} from "../../loaders/inspect/command.js";

export interface Inspected {
  readonly folder: string;
  /** Path of the settings written. */
  readonly config: string;
  readonly settings: string;
  readonly said: string;
  readonly err: string;
  readonly code: number;
}

/** Runs the command over files as a user does, the settings written to a folder of their own. */
export async function inspectFiles(paths: readonly string[], ...more: string[]): Promise<Inspected> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-inspect-"));
  const config = join(folder, "report.yaml");
  let said = "";
  let err = "";
  const code = await inspectCommand([...paths, "--out", config, ...more], {out: (text) => (said += text), err: (text) => (err += text)});
  return {folder, config, said, err, code, settings: code === 0 ? readFileSync(config, "utf8") : ""};
}

/** Writes files by name; returns their paths. */
export function exportFiles(files: Readonly<Record<string, string | Uint8Array>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-exports-"));
  return Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(path, content);
    return path;
  });
}

export const lines = (...rows: string[]): string => `${rows.join("\n")}\n`;

/** Lines that only one of two texts has, as a diff prints them: "-old", "+new". */
export function diffLines(before: string, after: string): string[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const common = Array.from({length: a.length + 1}, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; --i) for (let j = b.length - 1; j >= 0; --j) common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const found: string[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) [i, j] = [i + 1, j + 1];
    else if (i < a.length && (j === b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) found.push(`-${a[i++]}`);
    else found.push(`+${b[j++]}`);
  }
  return found;
}
